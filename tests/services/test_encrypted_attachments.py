"""Turning encryption on and off takes the scans along; killed in between, all can be read."""

from pathlib import Path

import pytest

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.safe import NOW, PASSWORD, opened
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.plain_copies import plain_copies, purge
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.services.safety.backups import listed, place_of
from xqhz_desktop.store import attachments as files
from xqhz_desktop.store import sealing
from xqhz_desktop.store.attachments import Store

SCAN = "三方协议的扫描件".encode() * 999


@pytest.fixture
def school(desk: Desk, tmp_path: Path) -> Desk:
    """A plain school with two scans and a backup of them."""
    desk.bring({"学生.xlsx": table(student(1), student(2))})
    for number in (1, 2):
        path = tmp_path / f"协议{number}.pdf"
        path.write_bytes(SCAN + bytes([number]))
        attachments.add(desk.office, "students", number, path)
    desk.office.backup("手动")
    return desk


def readable(root: Path) -> list[str]:
    """The files below a folder that show a scan."""
    paths = [path for path in root.rglob("*") if path.is_file()]
    return sorted(path.name for path in paths if SCAN[:24] in path.read_bytes())


def turn_on(desk: Desk) -> str:
    """Encrypt the school."""
    return encryption.turn_on(desk.office, PASSWORD, lambda _: None)


def test_encryption_seals_the_scans_and_its_first_backup_has_them(school: Desk) -> None:
    name = turn_on(school)
    folder = school.office.folder
    assert attachments.missing(school.office) == []
    assert readable(folder.attachments) == []
    (first,) = [one for one in listed(folder.backups) if one.name == name]
    assert first.note is not None
    assert (first.note.attachments, first.note.missing) == (2, 0)
    beside = Store(place_of(folder.backups), folder.key)
    assert all(beside.sound(one.sha256) for one in attachments.all_of(school.office))


def test_the_plain_scans_beside_old_backups_go_with_them(school: Desk) -> None:
    turn_on(school)
    folder = school.office.folder
    assert len(readable(folder.root)) == 2
    assert len(plain_copies(folder)) == 1
    assert purge(school.office) == 1
    assert readable(folder.root) == []
    assert plain_copies(folder) == []


def test_decryption_gives_the_scans_back_plain(school: Desk) -> None:
    turn_on(school)
    encryption.turn_off(school.office)
    assert attachments.missing(school.office) == []
    assert len(readable(school.office.folder.attachments)) == 2


def test_encryption_that_fails_leaves_every_scan_as_it_was(
    school: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(school.office.folder.attachments.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(sealing, "seal", full)
    with pytest.raises(UserError, match="加密没有做成"):
        turn_on(school)
    assert sorted(school.office.folder.attachments.rglob("*")) == before
    assert attachments.missing(school.office) == []


@pytest.mark.parametrize("on", [True, False])
def test_killed_after_the_exchange_the_next_opening_settles_the_scans(
    school: Desk, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    if not on:
        turn_on(school)
    with monkeypatch.context() as killed:
        killed.setattr(files, "settle", lambda *_: None)
        if on:
            turn_on(school)
        else:
            encryption.turn_off(school.office)
    folder = school.office.folder
    assert len(Store(folder.attachments).stored()) == 4
    school.office.close()
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert attachments.missing(office) == []
        assert len(Store(folder.attachments).stored()) == 2
    assert len(readable(folder.attachments)) == (0 if on else 2)


def test_killed_before_the_exchange_the_next_opening_removes_what_was_sealed(
    school: Desk,
) -> None:
    folder = school.office.folder
    files.convert(folder.attachments, None, bytes(32))
    school.office.close()
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert attachments.missing(office) == []
    assert len(Store(folder.attachments).stored()) == 2


def test_a_damaged_scan_is_not_left_open_and_not_lost(school: Desk) -> None:
    folder = school.office.folder
    path = folder.attachments / sorted(Store(folder.attachments).stored())[0][:2]
    (path,) = path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    turn_on(school)
    assert readable(folder.attachments) == []
    assert len(Store(folder.attachments).stored()) == 2
    assert len(attachments.missing(school.office)) == 1
    encryption.turn_off(school.office)
    assert path.read_bytes().startswith(SCAN[:24])


def test_a_locked_school_shows_no_scan(school: Desk) -> None:
    turn_on(school)
    folder = DataFolder(school.office.folder.root)
    school.office.close()
    with pytest.raises(UserError):
        opened(folder)
    assert readable(folder.attachments) == []
