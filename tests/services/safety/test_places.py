"""Where records may lie: never on the network, encrypted on a stick, best on a data disk."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.invented_disks import lies_on
from tests.services.safe import PASSWORD, Safe, refused
from xqhz_desktop.base import paths
from xqhz_desktop.base.disks import Disk, Kind
from xqhz_desktop.base.errors import (
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_READ_ONLY,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import places
from xqhz_desktop.services.safety.plain_export import export_all
from xqhz_desktop.services.safety.rebuilding import rebuild
from xqhz_desktop.services.safety.restoring import restore

NOW = datetime(2025, 3, 1, 9, 30)
GIB = 1 << 30
DEFAULT = Path("/home/王一/.local/share/xqhz")
SYSTEM = Disk(Path("/"), Kind.SYSTEM, 500 * GIB)


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account that has chosen nothing."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "account"))
    return tmp_path / "account" / "xqhz"


def open_in(folder: DataFolder, **options: bool) -> Office:
    return Office.open(folder, "测试", lambda: NOW, **options)


# ---------------------------------------------------------------- proposals


def test_the_data_disk_with_most_room_is_proposed() -> None:
    found = [
        SYSTEM,
        Disk(Path("/data"), Kind.FIXED, 20 * GIB),
        Disk(Path("/more"), Kind.FIXED, 90 * GIB),
        Disk(Path("/media/stick"), Kind.REMOVABLE, 400 * GIB),
    ]
    made = places.proposed(DEFAULT, Kind.SYSTEM, found)
    assert made.folder == Path("/more/校企合作台账")
    assert "90 GB" in made.why
    assert "重装系统后数据还在" in made.why


@pytest.mark.parametrize(
    "found",
    [
        [],
        [SYSTEM],
        [SYSTEM, Disk(Path("/data"), Kind.FIXED, GIB - 1)],  # full
        [SYSTEM, Disk(Path("/media/stick"), Kind.REMOVABLE, 99 * GIB)],
    ],
)
def test_without_a_data_disk_it_is_the_accounts_own_place(found: list[Disk]) -> None:
    made = places.proposed(DEFAULT, Kind.SYSTEM, found)
    assert made.folder == DEFAULT
    assert "第二存放处" in made.why


def test_an_account_that_lies_on_a_data_disk_already_stays_there() -> None:
    found = [SYSTEM, Disk(Path("/data"), Kind.FIXED, 900 * GIB)]
    assert places.proposed(DEFAULT, Kind.FIXED, found).folder == DEFAULT


def test_records_on_the_system_disk_are_warned_of_where_there_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch)
    assert places.warning(DataFolder(tmp_path / "here")) == ""
    (tmp_path / "data").mkdir()
    lies_on(monkeypatch, data=(tmp_path / "data", Kind.FIXED))
    assert str(tmp_path / "data") in places.warning(DataFolder(tmp_path / "here"))
    assert places.warning(DataFolder(tmp_path / "data" / "school")) == ""


# ---------------------------------------------------------------- where they may be opened


def test_a_network_folder_is_refused_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, share=(tmp_path / "share", Kind.NETWORK))
    folder = DataFolder(tmp_path / "share" / "school")
    with pytest.raises(UserError, match="第二存放处") as caught:
        open_in(folder)
    assert caught.value.code == EXIT_USAGE
    assert not (tmp_path / "share").exists()


def test_plain_records_on_a_stick_are_refused_until_they_are_encrypted(
    empty_school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "stick" / "school")
    open_in(folder).close()
    lies_on(monkeypatch, stick=(tmp_path / "stick", Kind.REMOVABLE))
    with pytest.raises(UserError, match="encrypt") as caught:
        open_in(folder)
    assert caught.value.code == EXIT_NOT_PERMITTED
    with open_in(folder, encrypting=True) as office:
        encryption.turn_on(office, PASSWORD, lambda _: None)
    open_in(encryption.unlock(folder, PASSWORD)).close()


def test_records_are_not_begun_plain_on_a_stick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, stick=(tmp_path / "stick", Kind.REMOVABLE))
    folder = DataFolder(tmp_path / "stick" / "school")
    assert places.must_be_encrypted(folder)
    assert refused(lambda: open_in(folder)) == EXIT_NOT_PERMITTED
    assert not folder.root.exists()
    folder.root.mkdir(parents=True)
    folder.database.touch()  # nothing yet, all the same
    assert refused(lambda: open_in(folder)) == EXIT_NOT_PERMITTED


def test_encrypted_records_on_a_stick_are_opened(
    safe: Safe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, stick=(tmp_path, Kind.REMOVABLE))
    assert not places.must_be_encrypted(safe.folder)
    open_in(safe.unlocked()).close()


# ---------------------------------------------------------------- the chosen folder


def test_a_chosen_folder_is_remembered_and_made(account: Path, tmp_path: Path) -> None:
    places.choose(tmp_path / "数据 一")
    assert default_data_folder() == DataFolder(tmp_path / "数据 一", chosen=True)
    open_in(default_data_folder()).close()
    assert DataFolder(tmp_path / "数据 一").database.exists()


def test_a_chosen_folder_that_is_gone_is_never_begun_anew(tmp_path: Path) -> None:
    places.choose(tmp_path / "data")
    (tmp_path / "data").rmdir()
    with pytest.raises(UserError, match="插好") as caught:
        open_in(default_data_folder())
    assert caught.value.code == EXIT_NO_SPACE
    assert not (tmp_path / "data").exists()


def test_a_choice_that_is_damaged_is_said_and_can_be_made_anew(account: Path) -> None:
    places.choose(account)
    paths.choice().write_text("{", "utf-8")
    with pytest.raises(UserError, match="重新指定") as caught:
        open_in(default_data_folder())
    assert caught.value.code == EXIT_NO_SPACE
    assert not DataFolder(account).database.exists()
    places.choose(account)
    open_in(default_data_folder()).close()


def test_what_is_no_place_for_records_cannot_be_chosen(
    account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, share=(tmp_path / "share", Kind.NETWORK))
    (tmp_path / "file").touch()
    assert refused(lambda: places.choose(tmp_path / "share")) == EXIT_USAGE
    assert refused(lambda: places.choose(tmp_path / "file")) == EXIT_READ_ONLY
    assert not paths.choice().exists()


def test_a_portable_program_has_one_place_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "portable.flag").touch()
    assert refused(lambda: places.choose(tmp_path / "x")) == EXIT_USAGE
    assert places.proposal().folder == tmp_path / "data"


def test_a_relative_choice_is_kept_as_a_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places.choose(Path("data"))
    assert json.loads(paths.choice().read_text("utf-8")) == {"data": str(tmp_path / "data")}


def test_neither_a_restore_nor_a_rebuild_brings_records_onto_a_share(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, share=(tmp_path / "share", Kind.NETWORK))
    share = DataFolder(tmp_path / "share" / "school")
    backup = desk.office.folder.backups / desk.office.backup("手动")
    export_all(desk.office, tmp_path / "export", "检查")
    for work in (
        lambda: restore(share, "测试", lambda: NOW, backup, Task()),
        lambda: rebuild(tmp_path / "export", share, "测试", lambda: NOW, Task()),
    ):
        assert refused(work) == EXIT_USAGE
    assert not share.root.exists()


# ---------------------------------------------------------------- after re-imaging


def test_records_that_survived_on_the_data_disk_are_found_by_a_new_account(
    account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    lies_on(monkeypatch, disk=(tmp_path / "disk", Kind.FIXED))
    assert places.surviving() is None
    there = places.proposal().folder
    open_in(DataFolder(there)).close()
    assert places.surviving() == there
    assert places.proposal().folder == there
    assert "以前的数据" in places.proposal().why
    places.choose(there)
    assert places.surviving() is None  # they are known


def test_an_account_that_has_its_own_records_is_told_of_the_others(
    account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    lies_on(monkeypatch, disk=(tmp_path / "disk", Kind.FIXED))
    open_in(DataFolder(account)).close()
    open_in(DataFolder(tmp_path / "disk" / places.NAME)).close()
    assert places.surviving() is None
    assert "核对" in places.warning(DataFolder(account))


def test_a_choice_that_cannot_be_kept_is_said(account: Path, tmp_path: Path) -> None:
    account.parent.touch()  # a file where the account's folder should be
    with pytest.raises(UserError, match="没能记下") as caught:
        places.choose(tmp_path / "data")
    assert caught.value.code == EXIT_NO_SPACE
