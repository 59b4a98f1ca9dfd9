"""A backup is whole, checked and hashed, or it is not there."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from xqhz_desktop.store import journal
from xqhz_desktop.store.backup import Note, note_of, opened, save
from xqhz_desktop.store.database import HEAD, revision

NOW = datetime(2025, 3, 1, 9, 30, 5)


def majors(path: Path) -> list[str]:
    """The majors in a file."""
    connection = driver.connect(str(path))
    found = [row[0] for row in connection.execute("SELECT name FROM major ORDER BY id")]
    connection.close()
    return found


def write(engine: Engine) -> None:
    """A committed record that still stands in the write-ahead log alone."""
    with journal.acting(engine, who="", at="今天", kind="edit", title="") as (connection, _):
        connection.exec_driver_sql("INSERT INTO major (name) VALUES ('数控')")


def backup(database: Path, folder: Path, why: str = "手动") -> Note:
    """A backup of the database as another connection sees it."""
    with opened(database) as origin:
        return save(origin, folder, NOW, why)


def names(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_of_a_live_database_has_its_last_commit(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    write(engine)
    note = backup(database, tmp_path / "backups")
    made = tmp_path / "backups" / note.name
    assert majors(made) == ["数控"]
    assert revision(made) == HEAD


def test_beside_a_backup_lies_what_it_holds_and_nothing_else(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    write(engine)
    note = backup(database, tmp_path / "backups")
    made = tmp_path / "backups" / "xqhz-20250301-093005-手动.db"
    assert names(made.parent) == [made.name, made.name + ".json"]
    assert note_of(made) == note
    assert note.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
    assert note.size == made.stat().st_size
    assert (note.made, note.why, note.revision) == ("2025-03-01T09:30:05", "手动", HEAD)
    assert (note.rows["major"], note.rows["student"]) == (1, 0)
    assert (note.action, note.acted) == (1, "今天")


def test_a_second_backup_of_the_same_second_replaces_no_other(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    first = backup(database, tmp_path)
    before = (tmp_path / first.name).read_bytes()
    write(engine)
    second = backup(database, tmp_path)
    assert second.name == "xqhz-20250301-093005-手动-2.db"
    assert (tmp_path / first.name).read_bytes() == before
    assert majors(tmp_path / second.name) == ["数控"]


def test_a_damaged_database_makes_no_backup_and_leaves_the_good_ones(
    database: Path, tmp_path: Path
) -> None:
    good = backup(database, tmp_path / "backups")
    before = {path: path.read_bytes() for path in (tmp_path / "backups").iterdir()}
    content = bytearray(database.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xa5" * (4096 * 4)
    database.write_bytes(content)
    with pytest.raises(driver.DatabaseError):
        backup(database, tmp_path / "backups")
    assert {path: path.read_bytes() for path in (tmp_path / "backups").iterdir()} == before
    assert good.name in names(tmp_path / "backups")


def test_what_a_cut_off_backup_left_goes_with_the_next_one(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for left in ("xqhz-1-a.db.partial", "xqhz-1-a.db.partial-journal", "xqhz-1-a.db.json"):
        (folder / left).touch()
    (folder / "说明.txt").touch()
    note = backup(database, folder)
    assert names(folder) == [note.name, f"{note.name}.json", "说明.txt"]


def test_a_missing_database_makes_neither_a_backup_nor_itself(tmp_path: Path) -> None:
    with pytest.raises(driver.OperationalError, match="unable to open"):
        backup(tmp_path / "none.db", tmp_path / "backups")
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_raises(database: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").touch()
    with pytest.raises(OSError, match="backups"):
        backup(database, tmp_path / "backups")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"name": 1}', "[" * 100_000, '{"name": "xqhz-1-a.db"}']
)
def test_a_damaged_note_is_none(database: Path, tmp_path: Path, text: str) -> None:
    made = tmp_path / backup(database, tmp_path).name
    made.with_name(made.name + ".json").write_text(text, "utf-8")
    assert note_of(made) is None


def test_a_note_of_another_file_is_none(database: Path, tmp_path: Path) -> None:
    made = tmp_path / backup(database, tmp_path).name
    beside = made.with_name(made.name + ".json")
    beside.write_text(json.dumps(json.loads(beside.read_text("utf-8")) | {"name": "b.db"}), "utf-8")
    assert note_of(made) is None
