"""A migration runs on a copy, whole or not at all, and the original goes last."""

import os
import shutil
from pathlib import Path

import pytest
from alembic.util import CommandError

from xqhz_desktop.base.paths import migrations
from xqhz_desktop.store import database as database_module
from xqhz_desktop.store import migrate
from xqhz_desktop.store.database import open_engine, revision

NEXT = '''"""A next migration."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a table and a column."""
    op.execute("CREATE TABLE parking (id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT")
    op.execute("ALTER TABLE firm ADD COLUMN web TEXT")
    {more}
'''


@pytest.fixture
def with_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that knows one migration more; its text is for the test to write."""
    folder = tmp_path / "newer"
    shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (migrate, database_module):
        monkeypatch.setattr(module, "HEAD", "0006")
    monkeypatch.setattr(migrate, "migrations", lambda: folder)
    return folder / "migrations" / "versions" / "0006_next.py"


def fill(path: Path) -> None:
    """A record that must outlive the upgrade, in a file as a running program leaves it."""
    engine = open_engine(path)
    with engine.begin() as connection:
        for sql in (
            "INSERT INTO action (id, at, who, kind, title) VALUES (1, '', '', 'import', '')",
            "INSERT INTO current_action VALUES (1, 1)",
            "INSERT INTO firm (name, partner) VALUES ('甲机械有限公司', 0)",
            "DELETE FROM current_action",
        ):
            connection.exec_driver_sql(sql)
    engine.dispose()


def names(path: Path) -> list[str]:
    """The firms in a file."""
    engine = open_engine(path)
    with engine.connect() as connection:
        found = [row[0] for row in connection.exec_driver_sql("SELECT name FROM firm")]
    engine.dispose()
    return found


def test_an_older_file_is_backed_up_and_brought_up_with_its_records(
    database: Path, with_next: Path
) -> None:
    fill(database)
    with_next.write_text(NEXT.format(more="pass"), "utf-8")
    at_backup: list[str] = []
    assert not migrate.ensure(database, lambda: at_backup.append(revision(database)))
    assert at_backup == ["0005"]
    assert revision(database) == "0006"
    assert names(database) == ["甲机械有限公司"]
    assert [path.name for path in database.parent.glob("xqhz.db*")] == ["xqhz.db"]


def test_new_tables_and_columns_are_journaled_after_an_upgrade(
    database: Path, with_next: Path
) -> None:
    with_next.write_text(NEXT.format(more="pass"), "utf-8")
    migrate.ensure(database)
    engine = open_engine(database)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = " ".join(row[0] for row in found)
    engine.dispose()
    assert 'NEW."web"' in triggers
    assert 'ON "parking"' in triggers


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(
    database: Path, with_next: Path
) -> None:
    fill(database)
    before = database.read_bytes()
    with_next.write_text(NEXT.format(more='raise OSError("half way")'), "utf-8")
    with pytest.raises(OSError, match="half way"):
        migrate.ensure(database)
    assert database.read_bytes() == before
    with_next.unlink()
    assert revision(database) == "0005"


def test_a_failed_migration_leaves_nothing_of_itself_in_its_copy(
    database: Path, with_next: Path
) -> None:
    with_next.write_text(NEXT.format(more='raise OSError("half way")'), "utf-8")
    with pytest.raises(OSError, match="half way"):
        migrate.ensure(database)
    engine = open_engine(database.with_name("xqhz.db.migrating"))
    with engine.connect() as connection:
        tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")]
    engine.dispose()
    assert "firm" in tables
    assert "parking" not in tables


def test_after_a_failure_the_next_start_tries_again(database: Path, with_next: Path) -> None:
    fill(database)
    with_next.write_text(NEXT.format(more='raise OSError("half way")'), "utf-8")
    with pytest.raises(OSError, match="half way"):
        migrate.ensure(database)
    with_next.write_text(NEXT.format(more="pass"), "utf-8")
    migrate.ensure(database)
    assert names(database) == ["甲机械有限公司"]


def test_an_upgrade_that_is_cut_off_before_the_exchange_loses_nothing(
    database: Path, with_next: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    with_next.write_text(NEXT.format(more="pass"), "utf-8")
    with monkeypatch.context() as cut:
        cut.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            migrate.ensure(database)
    assert revision(database) == "0005"
    assert names(database) == ["甲机械有限公司"]
    migrate.ensure(database)
    assert names(database) == ["甲机械有限公司"]


def test_a_file_whose_next_migration_is_missing_is_left_alone(
    database: Path, with_next: Path
) -> None:
    before = database.read_bytes()
    with pytest.raises(CommandError):
        migrate.ensure(database)
    assert not with_next.exists()
    assert database.read_bytes() == before
