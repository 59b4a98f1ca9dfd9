"""A backup is whole, checked and hashed, or it is not there."""

import hashlib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from xqhz_desktop.store import journal
from xqhz_desktop.store.backup import verified_backup
from xqhz_desktop.store.database import revision


def majors(path: Path) -> list[str]:
    """The majors in a file."""
    connection = driver.connect(str(path))
    found = [row[0] for row in connection.execute("SELECT name FROM major ORDER BY id")]
    connection.close()
    return found


def write(engine: Engine) -> None:
    """A committed record that still stands in the write-ahead log alone."""
    with journal.acting(engine, who="", at="", kind="edit", title="") as (connection, _):
        connection.exec_driver_sql("INSERT INTO major (name) VALUES ('数控')")


def test_a_backup_of_a_live_database_has_its_last_commit(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    write(engine)
    made = verified_backup(database, tmp_path / "backups", "one.db")
    assert majors(made) == ["数控"]
    assert revision(made) == "0001"


def test_beside_a_backup_lies_its_hash_and_nothing_else(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    write(engine)
    made = verified_backup(database, tmp_path / "backups", "one.db")
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    assert (made.parent / "one.db.sha256").read_text("utf-8") == f"{digest}  one.db\n"
    assert sorted(path.name for path in made.parent.iterdir()) == ["one.db", "one.db.sha256"]


def test_a_backup_of_a_damaged_database_is_not_made(database: Path, tmp_path: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xa5" * (4096 * 4)
    database.write_bytes(content)
    with pytest.raises(driver.DatabaseError):
        verified_backup(database, tmp_path / "backups", "one.db")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_place_that_cannot_be_written_raises(database: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").touch()
    with pytest.raises(OSError, match="backups"):
        verified_backup(database, tmp_path / "backups", "one.db")
