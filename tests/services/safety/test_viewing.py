"""Looking on while somebody else has the records: live on this computer, else the last backup."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.invented_disks import lies_on
from tests.services.safe import Safe, opened, refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.errors import EXIT_LOCKED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import tables
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety.backups import listed
from xqhz_desktop.services.safety.viewing import is_live, looking, seen
from xqhz_desktop.store.cipher import is_plain

NOW = datetime(2025, 3, 1, 9, 30)


def look(folder: DataFolder) -> int:
    """How many firms somebody who looks on sees."""
    with looking(folder, "李四", lambda: NOW) as office:
        assert office.looking
        return tables.count(office, "firms")


def elsewhere(folder: DataFolder) -> None:
    """Let the one who has the folder sit at another computer."""
    note = json.loads(folder.lock.read_text("utf-8"))
    folder.lock.write_text(json.dumps({**note, "pc": "PC-2"}), "utf-8")


def test_what_another_process_here_has_is_seen_live(desk: Desk) -> None:
    desk.bring(OFFICE)
    folder = desk.office.folder
    assert is_live(folder)
    assert look(folder) == 2
    assert "测试" in seen(folder)
    assert desk.bring({}) is not None  # the writer was not disturbed


def test_every_verb_that_writes_is_refused(desk: Desk) -> None:
    with looking(desk.office.folder, "李四", lambda: NOW) as office:
        assert refused(lambda: Desk(office).bring(OFFICE)) == EXIT_LOCKED
    assert desk.one("SELECT count(*) FROM firm") == 0


def test_what_another_computer_has_is_seen_as_the_last_backup_has_it(desk: Desk) -> None:
    desk.bring({"01企业.xlsx": OFFICE["01企业.xlsx"]})
    folder = desk.office.folder
    desk.office.backup("手动")
    desk.undo()
    elsewhere(folder)
    before = folder.database.read_bytes()
    assert not is_live(folder)
    assert look(folder) == 2
    assert "2025年3月1日 09:30 的备份" in seen(folder)
    assert "PC-2" in seen(folder)
    assert folder.database.read_bytes() == before


def test_a_network_folder_is_never_opened_live(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.bring(OFFICE)
    folder = desk.office.folder
    desk.office.backup("手动")
    desk.office.close()
    lies_on(monkeypatch, share=(folder.root, Kind.NETWORK))
    assert not is_live(folder)
    before = sorted(path.name for path in folder.root.iterdir())
    assert look(folder) == 2
    assert sorted(path.name for path in folder.root.iterdir()) == before


def test_a_damaged_backup_is_not_shown_and_none_at_all_is_said(desk: Desk) -> None:
    folder = desk.office.folder
    elsewhere(folder)
    with pytest.raises(UserError, match="完好的备份") as caught:
        look(folder)
    assert caught.value.code == EXIT_LOCKED
    desk.office.backup("手动")
    (path,) = folder.backups.glob("*.db")
    path.write_bytes(path.read_bytes()[:-1] + b"\xa5")
    assert refused(lambda: seen(folder)) == EXIT_LOCKED


def test_a_look_at_a_backup_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    desk.office.backup("手动")
    elsewhere(desk.office.folder)
    with looking(desk.office.folder, "李四", lambda: NOW) as office:
        assert office.folder.root.parent == tmp_path
    assert not list(tmp_path.glob("xqhz-look-*"))


def test_encrypted_records_are_seen_encrypted(safe: Safe) -> None:
    folder = safe.unlocked()
    with opened(folder):
        elsewhere(folder)
        with looking(folder, "李四", lambda: NOW) as office:
            assert tables.count(office, "firms") == 2
            assert not office.folder.database.read_bytes().startswith(b"SQLite")
    with opened(folder), looking(folder, "李四", lambda: NOW + timedelta(hours=1)) as office:
        assert tables.count(office, "firms") == 2


def test_what_nobody_has_open_can_be_looked_at(empty_school: Path, tmp_path: Path) -> None:
    folder = DataFolder(Path(shutil.copytree(empty_school, tmp_path / "school")))
    assert look(folder) == 0
    assert "没有人在用" in seen(folder)
    Office.open(folder, "测试", lambda: NOW).close()


def test_a_folder_that_may_only_be_read_is_seen_as_its_backup_has_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring(OFFICE)
    desk.office.backup("手动")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert not is_live(desk.office.folder)
    assert look(desk.office.folder) == 2


def test_a_backup_under_a_key_that_is_not_known_is_passed_over(safe: Safe) -> None:
    with opened(safe.unlocked()) as office:
        encryption.turn_off(office)
        assert not is_plain(next(iter(listed(office.folder.backups))).path)
        elsewhere(office.folder)
        newest = seen(office.folder)
        assert look(office.folder) == 2
    assert "09:30 的备份" in newest  # the plain one, made before encryption was turned on
