"""Every schema that was ever released opens with today's program, its records as they were."""

import hashlib
import lzma
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Here
from tests.released.make import HERE, PLAIN, work
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import history
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import audit, migrate
from xqhz_desktop.store.backup import opened
from xqhz_desktop.store.database import HEAD, integrity, revision

# What lies here is kept as it was on the day it was made.
SHA256 = {
    "0001": "f301f7338359a979c4dc53419d70d0147266a32a3f04b8b4c79f1fffb4d44ce7",
    "0002": "d03bb8a4a468174cc0052165584790cf398b9d5048cfa97779d2e7dbd1ad05ec",
    "0003": "c1399e9741364b29603b81198285e35b019ef080a8e483d4386201f0a66382b7",
    "0005": "9e77dc5abf42c7723375d9a2fbd1a31df22690655d3d056ddae701e43fef6d30",
}
NOW = datetime(2026, 9, 1, 8, 0)
MOVED_ON = {"alembic_version"}  # what an upgrade is there to change
Tables = dict[str, tuple[list[str], list[tuple[Any, ...]]]]  # by name: columns, rows


def released() -> list[str]:
    """The schemas that have a fixture, the oldest first."""
    return sorted(path.name.removesuffix(PLAIN) for path in HERE.glob(f"*{PLAIN}"))


def unpack(schema: str, target: Path) -> Path:
    """The database of that schema as a file."""
    target.write_bytes(lzma.decompress((HERE / f"{schema}{PLAIN}").read_bytes()))
    return target


def read(path: Path, like: Tables | None = None) -> Tables:
    """All rows; with `like`, those tables and columns of today's that were there then."""
    connection = driver.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)
    try:
        columns = {name: found[0] for name, found in like.items()} if like else _columns(connection)
        return {
            name: (
                listed,
                sorted(
                    connection.execute(f'SELECT {", ".join(listed)} FROM "{name}"').fetchall(),
                    key=repr,
                ),
            )
            for name, listed in columns.items()
        }
    finally:
        connection.close()


def _columns(connection: Any) -> dict[str, list[str]]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
        if name not in MOVED_ON
    }


@pytest.fixture(params=released())
def schema(request: pytest.FixtureRequest) -> str:
    """Each released schema in turn."""
    return str(request.param)


@pytest.fixture
def folder(schema: str, tmp_path: Path) -> DataFolder:
    """A data folder with the database of that schema."""
    made = DataFolder(tmp_path / "school")
    made.root.mkdir()
    unpack(schema, made.database)
    return made


@pytest.fixture
def office(folder: DataFolder) -> Iterator[Office]:
    """It, opened by today's program."""
    with Office.open(folder, "测试", lambda: NOW) as opened_office:
        yield opened_office


def test_the_present_schema_has_its_fixture() -> None:
    assert HEAD in released(), "run `python -m tests.released.make` and commit what it made"


def test_no_fixture_was_touched_or_taken_away() -> None:
    found = {
        schema: hashlib.sha256((HERE / f"{schema}{PLAIN}").read_bytes()).hexdigest()
        for schema in released()
    }
    assert found == SHA256


def test_the_present_fixture_has_the_present_tables(tmp_path: Path) -> None:
    """A schema that was changed after its fixture was made needs a number of its own."""

    def tables(path: Path) -> list[tuple[str, str]]:
        with opened(path, None) as connection:
            return sorted(
                connection.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger'")
            )

    migrate.ensure(tmp_path / "fresh.db")
    assert tables(unpack(HEAD, tmp_path / "kept.db")) == tables(tmp_path / "fresh.db")


def test_a_fixture_is_of_the_schema_that_its_name_says(schema: str, folder: DataFolder) -> None:
    assert revision(folder.database) == schema
    rows = read(folder.database)
    assert len(rows["student"][1]) == 23
    assert len(rows["quarantined_row"][1]) >= 1
    assert len(rows["change"][1]) > 60


def test_its_records_and_its_journal_are_as_they_were(schema: str, folder: DataFolder) -> None:
    before = read(folder.database)
    with (
        Office.open(folder, "测试", lambda: NOW) as office,
        office.engine.connect() as connection,
    ):
        assert integrity(connection) == []
        assert audit.verify(connection) is None
    after = read(folder.database, before)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == []
    assert revision(folder.database) == HEAD


def test_it_was_backed_up_before_it_was_changed(schema: str, folder: DataFolder) -> None:
    before = read(folder.database)
    Office.open(folder, "测试", lambda: NOW).close()
    made = [one for one in backups.listed(folder.backups) if one.why == "升级前"]
    assert len(made) == (0 if schema == HEAD else 1)
    for one in made:
        assert backups.sound(one)
        assert read(one.path) == before


def test_what_was_done_under_it_can_still_be_undone_and_done_again(office: Office) -> None:
    def students() -> int:
        with office.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT count(*) FROM student").scalar()
        return int(found or 0)

    assert students() == 23
    history.undo(office)
    assert students() == 3
    history.undo(office, history.actions(office)[0].id)
    assert students() == 23
    with office.engine.connect() as connection:
        assert audit.verify(connection) is None


def test_what_was_taken_back_under_it_can_be_done_again(office: Office) -> None:
    undone = next(one for one in history.actions(office) if one.kind == "undo")
    history.undo(office)  # what came after it, and has its place
    history.undo(office, undone.id)
    with office.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM firm").scalars().all()
    assert "误录企业有限公司" in names


def test_every_answer_is_that_of_the_same_work_done_today(
    folder: DataFolder, tmp_path: Path
) -> None:
    new = DataFolder(tmp_path / "new")
    work(new)
    for command in ("indicators", "check"):
        old, today = (Here(place.root)(command, "--json") for place in (folder, new))
        assert old.code == 0
        assert old.json == today.json


def test_it_is_restored_as_a_backup_by_today_s_program(schema: str, tmp_path: Path) -> None:
    path = unpack(schema, tmp_path / "old.db")
    before = read(path)
    here = Here(tmp_path / "elsewhere")
    done = here("restore", path, "--yes")
    assert done.code == 0, done.err
    after = read(here.data / "xqhz.db", before)
    assert {name for name in before if before[name] != after[name]} <= {"action", "audit_entry"}
