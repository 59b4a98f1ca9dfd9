"""Repair makes bad indexes anew and finds lost scans; all else it leaves for a backup to mend."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.safe import NOW, Safe, opened
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NOT_PERMITTED,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, health, second_place
from xqhz_desktop.services.safety.backups import listed, place_of
from xqhz_desktop.services.safety.repairing import Repaired, repair
from xqhz_desktop.store import exchange
from xqhz_desktop.store.backup import opened as driven
from xqhz_desktop.store.cipher import is_plain

LATER = NOW + timedelta(hours=1)
INDEX = "ix_attachment_record"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned agreement."""
    path = tmp_path / "协议.pdf"
    path.write_bytes(b"%PDF a scan")
    return path


@pytest.fixture
def school(desk: Desk, scan: Path) -> DataFolder:
    """A closed school with a scan."""
    desk.bring({"学生.xlsx": table(student(1))})
    attachments.add(desk.office, "students", 1, scan)
    desk.office.close()
    return desk.office.folder


def mend(folder: DataFolder, *places: tuple[Path, bytes | None], who: str = "测试") -> Repaired:
    """Repair a folder."""
    return repair(folder, who, lambda: LATER, Task(), places)


def master(folder: DataFolder, *statement: object) -> list[tuple[object, ...]]:
    """A statement on the database's own list of tables and indexes."""
    with driven(folder.database, folder.key) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        found = connection.execute(*statement).fetchall()
        connection.commit()
    return list(found)


def spoil_index(folder: DataFolder, scan: Path) -> None:
    """Attach a scan while the index is not there: it misses a row when it is there again."""
    where = "FROM sqlite_master WHERE name = ?"
    (row,) = master(folder, f"SELECT type, name, tbl_name, rootpage, sql {where}", (INDEX,))
    master(folder, f"DELETE {where}", (INDEX,))
    with Office.open(folder, "测试", lambda: NOW) as office:
        attachments.add(office, "students", 1, scan)
    master(folder, "INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)


def lose(folder: DataFolder) -> None:
    """Somebody deletes the scans."""
    shutil.rmtree(folder.attachments)


def test_a_sound_school_is_left_as_it_is(school: DataFolder) -> None:
    before = school.database.read_bytes()
    assert mend(school) == Repaired(None, 0, 0)
    assert school.database.read_bytes() == before
    assert not school.set_aside.exists()


def test_a_bad_index_is_told_from_other_damage_and_made_anew(
    school: DataFolder, scan: Path
) -> None:
    spoil_index(school, scan)
    with Office.open(school, "测试", lambda: LATER) as office:
        found = health.look(office)
        assert (found.sound, found.repairable) == (False, True)
        assert "repair" in found.sentence
        assert health.advised(UserError(found.sentence, EXIT_DAMAGED), school).message == (
            found.sentence
        )
    before = school.database.read_bytes()
    done = mend(school)
    assert done.aside is not None
    assert (done.aside / "xqhz.db").read_bytes() == before
    with Office.open(school, "测试", lambda: LATER) as office:
        assert health.look(office).sound
        assert len(attachments.of(office, "students", 1)) == 2
        assert actions(office)[0].kind == "repair"
        assert audit.verify(office).whole


def test_an_index_of_an_encrypted_school_is_made_anew_under_its_key(safe: Safe, scan: Path) -> None:
    folder = safe.unlocked()
    spoil_index(folder, scan)
    assert mend(folder).aside is not None
    assert not is_plain(folder.database)
    assert not any(is_plain(path) for path in folder.set_aside.rglob("*.db"))
    with opened(folder) as office:
        assert len(attachments.of(office, "students", 1)) == 1


def break_off(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails when the mended copy is to take its place."""

    def failing(*_: object) -> None:
        raise OSError(5, "gone")

    monkeypatch.setattr(exchange, "exchange", failing)
    with pytest.raises(UserError, match="没有丢"):
        mend(folder)
    monkeypatch.undo()


def test_a_repair_that_breaks_off_leaves_all_as_it_was(
    school: DataFolder, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil_index(school, scan)
    before = school.database.read_bytes()
    break_off(school, monkeypatch)
    assert school.database.read_bytes() == before
    assert list(school.set_aside.iterdir()) == []
    assert mend(school).aside is not None


def overwrite_a_table(folder: DataFolder) -> None:
    """A page of students is no page any more."""
    (page,) = master(folder, "SELECT rootpage FROM sqlite_master WHERE name = 'student'")[0]
    assert isinstance(page, int)
    content = bytearray(folder.database.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 40] = b"\xa5" * 40
    folder.database.write_bytes(content)


def no_database_at_all(folder: DataFolder) -> None:
    """Something else lies under its name."""
    folder.database.write_bytes(b"\xa5" * 9000)


@pytest.mark.parametrize("harm", [overwrite_a_table, no_database_at_all])
def test_other_damage_is_not_touched_and_names_the_backup(
    school: DataFolder, harm: Callable[[DataFolder], None]
) -> None:
    with Office.open(school, "测试", lambda: NOW) as office:
        name = office.backup("手动")
    harm(school)
    before = school.database.read_bytes()
    with pytest.raises(UserError, match=name) as caught:
        mend(school)
    assert caught.value.code == EXIT_DAMAGED
    assert school.database.read_bytes() == before


def test_a_lost_scan_comes_back_from_the_backups(school: DataFolder) -> None:
    with Office.open(school, "测试", lambda: NOW) as office:
        office.backup("手动")
    lose(school)
    assert mend(school) == Repaired(None, 1, 0)
    with Office.open(school, "测试", lambda: LATER) as office:
        assert attachments.missing(office) == []


def test_a_scan_that_is_nowhere_is_counted(school: DataFolder) -> None:
    lose(school)
    assert mend(school) == Repaired(None, 0, 1)
    with Office.open(school, "测试", lambda: LATER) as office:
        found = health.look(office)
        assert found.sound
        assert "1 个附件的文件不见了" in found.warning


def test_a_lost_scan_comes_back_from_the_second_place_and_from_any_folder(
    school: DataFolder, tmp_path: Path
) -> None:
    first = prepare(school, "测试")
    assert first is not None
    first.keep()
    with Office.open(school, "测试", lambda: NOW) as office:
        office.backup("手动")
    second_place.choose(school, tmp_path / "U盘")
    second_place.copy_newest(school, NOW)
    shutil.copytree(school.backups, tmp_path / "elsewhere")
    shutil.rmtree(place_of(school.backups))
    lose(school)
    assert mend(school) == Repaired(None, 1, 0)
    shutil.rmtree(tmp_path / "U盘")
    lose(school)
    assert mend(school) == Repaired(None, 0, 1)
    assert listed(tmp_path / "elsewhere")
    assert mend(school, (tmp_path / "elsewhere", None)) == Repaired(None, 1, 0)


def test_a_folder_in_use_without_data_or_of_others_is_not_repaired(
    school: DataFolder, tmp_path: Path
) -> None:
    def code(folder: DataFolder, who: str = "测试") -> int:
        with pytest.raises(UserError) as caught:
            mend(folder, who=who)
        return caught.value.code

    assert code(DataFolder(tmp_path / "none")) == EXIT_USAGE
    assert not (tmp_path / "none").exists()
    with Office.open(school, "测试", lambda: NOW) as office:
        assert code(school) == EXIT_LOCKED
        users.add(office, "测试", Role.ADMIN)
    assert code(school, "生人") == EXIT_NOT_PERMITTED
