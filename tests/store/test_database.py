"""Opening the one file: its pragmas, its identity, and files that are refused untouched."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NEWER_FILE, UserError
from xqhz_desktop.store import migrate
from xqhz_desktop.store.database import APPLICATION_ID, HEAD, integrity, revision


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("application_id", APPLICATION_ID),
    ],
)
def test_every_connection_has_its_pragmas(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_new_database_stands_at_the_newest_revision_and_is_sound(
    database: Path, engine: Engine
) -> None:
    assert revision(database) == HEAD
    with engine.connect() as connection:
        assert integrity(connection) == []


def test_opening_an_up_to_date_file_changes_no_byte(database: Path) -> None:
    before = database.read_bytes()
    assert not migrate.ensure(database)
    assert database.read_bytes() == before


def run(path: Path, *statements: str) -> None:
    """Change a file behind the program's back."""
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def refused(path: Path) -> UserError:
    """The error of opening a file, which must leave it as it was and nothing beside it."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(UserError) as caught:
        migrate.ensure(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    return caught.value


def test_a_file_of_a_newer_program_is_refused_untouched(database: Path) -> None:
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    error = refused(database)
    assert error.code == EXIT_NEWER_FILE
    assert "升级程序" in error.message


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "xqhz.db"
    run(path, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)")
    error = refused(path)
    assert error.code == EXIT_DAMAGED
    assert "不是本程序" in error.message


@pytest.mark.parametrize(
    "content", [b"no database " * 500, b"SQLite format 3\0" + b"\xff" * 5000, b"PK\x03\x04" * 2000]
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "xqhz.db"
    path.write_bytes(content)
    assert refused(path).code == EXIT_DAMAGED


def test_a_cut_off_database_is_refused_untouched(database: Path) -> None:
    database.write_bytes(database.read_bytes()[: 4096 * 3 + 100])
    assert refused(database).code == EXIT_DAMAGED


def test_a_database_without_its_revision_is_refused_untouched(database: Path) -> None:
    run(database, "DROP TABLE alembic_version")
    assert refused(database).code == EXIT_DAMAGED


def test_an_empty_file_becomes_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "xqhz.db"
    path.touch()
    assert migrate.ensure(path)
    assert revision(path) == HEAD


def test_a_database_in_a_folder_of_any_name_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "校企 合作#1?100%"
    folder.mkdir()
    path = folder / "xqhz.db"
    assert migrate.ensure(path)
    assert revision(path) == HEAD
    assert not migrate.ensure(path)
