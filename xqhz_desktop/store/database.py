"""Opening the one SQLite file: its pragmas, its identity, and an engine on it."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DatabaseError

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NEWER_FILE, UserError
from xqhz_desktop.store.cipher import give_key
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.models import Model

APPLICATION_ID = 0x5851485A  # "XQHZ"
_FIRST = "0001"
HEAD = "0005"  # the newest migration that this program knows
_EVER = frozenset({"action", "change", "current_action", "setting", "student", "firm"})


def open_engine(
    path: Path, *, key: bytes | None = None, make: bool = True, looking: bool = False
) -> Engine:
    """An engine on the file; every connection has its key, foreign keys, WAL and full sync.

    A failing file or disk raises UserError (4, 5, 7, 8); no error repeats the values of a row.
    Without `make` a file that was deleted is never made anew, empty. With `looking` SQLite itself
    refuses every write.
    """
    url = _url(path.absolute().as_uri(), mode="rwc" if make else "rw", uri="true")
    engine = create_engine(url, module=driver, hide_parameters=True)
    event.listen(engine, "handle_error", _explain)
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, key, looking))
    event.listen(engine, "begin", _begin)
    return engine


def _url(database: str, **query: str) -> URL:
    """Built of its parts: a folder's name may hold what means something in a URL."""
    return URL.create("sqlite+pysqlite", database=database, query=query)


def _prepare(connection: Any, key: bytes | None, looking: bool) -> None:
    give_key(connection, key)
    connection.isolation_level = None  # SQLAlchemy's recipe: we emit BEGIN ourselves
    for pragma in (
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        "busy_timeout = 5000",
        "temp_store = MEMORY",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if looking:
        connection.execute("PRAGMA query_only = ON")


def _explain(context: ExceptionContext) -> None:
    known = failure(context.original_exception)
    if known is not None:
        raise known from context.original_exception


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def revision(path: Path, key: bytes | None = None) -> str:
    """The migration that a file stands at; "" for an empty database.

    Raises UserError: not our file or damaged (5), made by a newer program (6), a failing disk
    (4, 7, 8).
    """
    try:
        found = _read_identity(path, key)
    except (DatabaseError, UnicodeDecodeError) as error:
        known = failure(error)
        if known is not None and known.code != EXIT_DAMAGED:  # the disk's fault, not the file's
            raise known from error
        raise UserError(
            f"数据文件 {path.name} 已损坏或不是本程序的文件，请从备份恢复。", EXIT_DAMAGED
        ) from error
    if found > HEAD:
        raise UserError("这份数据由更新版本的程序保存，请先升级程序再打开。", EXIT_NEWER_FILE)
    return found


def _read_identity(path: Path, key: bytes | None) -> str:
    # A crash may have left a rollback journal, and only a writer can put the file back by it.
    cut_off = path.with_name(path.name + "-journal").exists()
    url = _url(path.absolute().as_uri(), mode="rw" if cut_off else "ro", uri="true")
    engine = create_engine(url, module=driver)
    event.listen(engine, "connect", lambda connection, _record: give_key(connection, key))
    try:
        with engine.connect() as connection:
            made = connection.exec_driver_sql("SELECT type, name FROM sqlite_master").all()
            identity = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if not made:
                return ""
            row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            tables = {name for kind, name in made if kind == "table"}
            if identity != APPLICATION_ID or not _has_tables(tables, str(row)):
                raise UserError(
                    f"{path.name} 不是本程序的数据文件，请检查数据文件夹是否选对。", EXIT_DAMAGED
                )
            return str(row)
    finally:
        engine.dispose()


def _has_tables(found: set[str], at: str) -> bool:
    """Whether a file that says it is ours, at a revision, has the tables to show for it."""
    if at < _FIRST:
        return False
    return found >= (set(Model.metadata.tables) if at == HEAD else _EVER)


def _answered(connection: Connection, pragma: str) -> list[str]:
    answer = connection.exec_driver_sql(f"PRAGMA {pragma}")
    return [str(row[0]) for row in answer] if answer.returns_rows else []


def integrity(connection: Connection, *, thorough: bool = False) -> list[str]:
    """What SQLite finds wrong with the file and its foreign keys; empty when all is well.

    A thorough look also holds every index against its table, and in an encrypted file notices
    every changed byte, those of free pages too.
    """
    pragmas = ("integrity_check", "cipher_integrity_check") if thorough else ("quick_check",)
    found = [line for name in pragmas for line in _answered(connection, name)]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [line for line in found if line != "ok"] + [f"foreign key: {row}" for row in broken]
