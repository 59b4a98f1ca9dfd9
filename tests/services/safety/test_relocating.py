"""A data folder moves: copied, checked, chosen; the old one stays, and nothing half is left."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.invented_disks import lies_on
from tests.services.safe import PASSWORD, Safe, dump, refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base import paths
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_REJECTED,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.services.access import audit, encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import places, relocating
from xqhz_desktop.services.safety.relocating import Moved

NOW = datetime(2025, 3, 1, 9, 30)


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that has chosen nothing."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "account"))


@pytest.fixture
def school(desk: Desk) -> DataFolder:
    """A closed school with a backup, a scan and a second place."""
    desk.bring(OFFICE)
    desk.office.backup("手动")
    folder = desk.office.folder
    (folder.attachments / "ab").mkdir(parents=True)
    (folder.attachments / "ab" / "scan").write_bytes(b"a scan")
    folder.places.write_text("{}")
    desk.office.close()
    return folder


def move(folder: DataFolder, target: Path) -> Moved:
    return relocating.move(folder, target, "测试", lambda: NOW)


def rows_of(folder: DataFolder) -> dict[str, list[tuple[object, ...]]]:
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert audit.verify(office).whole
        return {name: rows for name, rows in dump(office).items() if name != "audit_entry"}


def test_everything_is_there_and_the_new_place_is_chosen(
    school: DataFolder, tmp_path: Path
) -> None:
    before = rows_of(school)
    done = move(school, tmp_path / "新的 地方" / "school")
    there = default_data_folder()
    assert there.root == tmp_path / "新的 地方" / "school"
    assert rows_of(there) == before
    assert done.rows == done.there
    assert done.there["firm"] == 2
    assert (there.attachments / "ab" / "scan").read_bytes() == b"a scan"
    assert len(list(there.backups.glob("*.db"))) == 1
    assert there.places.exists()
    assert school.database.exists()  # the old one stays
    with Office.open(there, "测试", lambda: NOW) as office:
        assert any("移到" in (entry.title or "") for entry in audit.entries(office, 9))


def test_what_is_still_in_the_log_moves_too(desk: Desk, tmp_path: Path) -> None:
    """A process that was killed has left its log beside the file."""
    desk.bring(OFFICE)
    folder = DataFolder(tmp_path / "killed")
    folder.root.mkdir()
    for name in ("xqhz.db", "xqhz.db-wal"):
        (folder.root / name).write_bytes((desk.office.folder.root / name).read_bytes())
    assert move(folder, tmp_path / "new").there["firm"] == 2


def test_encrypted_records_move_encrypted(safe: Safe, tmp_path: Path) -> None:
    assert refused(lambda: move(safe.folder, tmp_path / "new")) == EXIT_WRONG_KEY
    move(safe.unlocked(), tmp_path / "new")
    new = DataFolder(tmp_path / "new")
    assert not new.database.read_bytes().startswith(b"SQLite")
    assert len(rows_of(encryption.unlock(new, PASSWORD))["firm"]) == 2


def test_a_school_that_somebody_has_open_stays(desk: Desk, tmp_path: Path) -> None:
    assert refused(lambda: move(desk.office.folder, tmp_path / "new")) == EXIT_LOCKED
    assert not (tmp_path / "new").exists()


def test_a_place_that_holds_something_or_lies_inside_is_refused(
    school: DataFolder, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    (tmp_path / "file").touch()
    for target, code in {
        tmp_path / "full": EXIT_REJECTED,
        tmp_path / "file": EXIT_REJECTED,
        school.root / "inside": EXIT_USAGE,
        school.root.parent: EXIT_USAGE,
        school.root: EXIT_USAGE,
        Path("/proc"): EXIT_USAGE,  # where a disk begins
    }.items():
        assert refused(lambda target=target: move(school, target)) == code, target
    assert default_data_folder().chosen is False
    (tmp_path / "empty").mkdir()
    move(school, tmp_path / "empty")


def test_a_share_and_an_unencrypted_stick_are_no_places(
    school: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share, stick = tmp_path / "share", tmp_path / "stick"
    lies_on(monkeypatch, share=(share, Kind.NETWORK), stick=(stick, Kind.REMOVABLE))
    assert refused(lambda: move(school, share / "school")) == EXIT_USAGE
    assert refused(lambda: move(school, stick / "school")) == EXIT_NOT_PERMITTED


def test_records_that_lie_on_a_share_can_be_brought_home(
    school: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, share=(school.root, Kind.NETWORK))
    move(school, tmp_path / "home")
    assert len(rows_of(DataFolder(tmp_path / "home"))["firm"]) == 2


def test_a_damaged_database_and_a_failing_disk_leave_everything_where_it_is(
    school: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise OSError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(relocating, "copied", fail)
        assert refused(lambda: move(school, tmp_path / "new")) == EXIT_NO_SPACE
    content = bytearray(school.database.read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = b"\xa5" * 200
    school.database.write_bytes(content)
    assert refused(lambda: move(school, tmp_path / "new")) == EXIT_DAMAGED
    assert not list(tmp_path.glob("new*"))
    assert not default_data_folder().chosen


def test_the_old_folder_says_where_its_records_went_until_somebody_chooses_it(
    school: DataFolder, tmp_path: Path
) -> None:
    move(school, tmp_path / "new")
    with pytest.raises(UserError, match="2025-03-01 09:30") as caught:
        Office.open(school, "测试", lambda: NOW)
    assert caught.value.code == EXIT_USAGE
    assert str(tmp_path / "new") in caught.value.message
    assert not DataFolder(tmp_path / "new").moved.exists()
    places.choose(school.root)
    assert len(rows_of(school)["firm"]) == 2


def test_a_portable_programs_records_are_not_moved(
    school: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "portable.flag").touch()
    assert refused(lambda: move(school, tmp_path / "new")) == EXIT_USAGE
    assert not (tmp_path / "new").exists()
