"""Migrations: run on a copy that replaces the original only when it opens and checks."""

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NEWER_FILE, UserError
from xqhz_desktop.base.paths import migrations
from xqhz_desktop.store import journal
from xqhz_desktop.store.backup import copy_database, must_be_alone
from xqhz_desktop.store.database import APPLICATION_ID, HEAD, integrity, open_engine, revision
from xqhz_desktop.store.failures import explained


def ensure(
    path: Path,
    before_upgrade: Callable[[], object] | None = None,
    key: bytes | None = None,
) -> bool:
    """Make the file exist at the newest revision; True where it was made anew.

    With a key the file is encrypted, and so is every copy on the way.
    `before_upgrade` is called before an older file is replaced (a backup is made there).
    Raises UserError for a damaged (5) or newer (6) file, which is left untouched, and where the
    disk fails (4, 7, 8); OSError likewise.
    """
    found = revision(path, key) if path.exists() else ""
    if found == HEAD:
        return False
    if found and before_upgrade:
        before_upgrade()
    with explained():
        _exchange(path, key, copied=bool(found))
    return not found


def must_be_current(path: Path, key: bytes | None = None) -> None:
    """Raises UserError: damaged (5), not at the revision that this program reads (6)."""
    if not path.exists() or revision(path, key) != HEAD:
        raise UserError("这份数据要先由本版本的程序打开一次才能查看。", EXIT_NEWER_FILE)


def _exchange(path: Path, key: bytes | None, *, copied: bool) -> None:
    fresh = path.with_name(path.name + ".migrating")
    _remove(fresh)
    if copied:
        copy_database(path, fresh, key)
        must_be_alone(path)  # the copy's reading has moved the log into the file
    _upgrade(fresh, key)
    must_be_alone(fresh)
    _remove_log(path)
    os.replace(fresh, path)


def _upgrade(path: Path, key: bytes | None) -> None:
    engine = open_engine(path, key=key)
    try:
        run(engine, HEAD)
        with engine.connect() as connection:
            if wrong := integrity(connection):
                raise UserError(f"数据升级检查没有通过，原文件未动：{wrong[0]}", EXIT_DAMAGED)
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            connection.rollback()
            raw.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
    finally:
        engine.dispose()


def run(engine: Engine, target: str) -> None:
    """Bring the database to a revision, each migration in its own transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations() / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        journal.install(connection)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_log(path)


def _remove_log(path: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
