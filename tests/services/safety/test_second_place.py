"""A second place holds copies that were read back; one that fails is told at once."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.services.books import firm, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.safety import second_place
from xqhz_desktop.services.safety.backups import listed, sound
from xqhz_desktop.services.safety.second_place import MARK, choose, copy_newest, copy_to, reminder
from xqhz_desktop.store import backup as files

NOW = datetime(2025, 3, 1, 9, 30)
BOOKS = {"企业.xlsx": table(firm(1, "甲机械有限公司"))}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where a stick is put in."""
    path = tmp_path / "U盘"
    path.mkdir()
    return path


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key ring as the first start leaves it, and the recovery code."""
    first = prepare(DataFolder(tmp_path_factory.mktemp("first")), "测试")
    first.keep()
    return first.folder.keys, first.code


@pytest.fixture
def saved(desk: Desk, ring: tuple[Path, str]) -> Desk:
    """An office with one backup."""
    shutil.copy(ring[0], desk.office.folder.keys)
    desk.bring(BOOKS)
    desk.office.backup("手动")
    return desk


def names(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_the_newest_backup_goes_to_the_chosen_place_with_its_note(saved: Desk, stick: Path) -> None:
    folder = saved.office.folder
    choose(folder, stick / "备份")
    assert copy_newest(folder, NOW) == "xqhz-20250301-093000-手动.db"
    (copy,) = listed(stick / "备份")
    assert sound(copy)
    assert copy.note.rows == listed(folder.backups)[0].note.rows
    assert second_place.second_place(folder).copied == NOW


def test_without_a_second_place_nothing_is_copied(saved: Desk) -> None:
    assert copy_newest(saved.office.folder, NOW) is None


def test_a_place_inside_the_data_folder_is_none(saved: Desk) -> None:
    with pytest.raises(UserError, match="另一个磁盘"):
        choose(saved.office.folder, saved.office.folder.backups / "二")


def test_a_stick_that_is_not_there_is_told_and_nothing_is_written_in_its_place(
    saved: Desk, stick: Path
) -> None:
    choose(saved.office.folder, stick)
    (stick / MARK).unlink()
    with pytest.raises(UserError, match="现在不在") as caught:
        copy_newest(saved.office.folder, NOW)
    assert caught.value.code == EXIT_NO_SPACE
    assert names(stick) == []


def test_another_stick_under_the_same_name_is_not_taken_for_it(saved: Desk, stick: Path) -> None:
    choose(saved.office.folder, stick)
    (stick / MARK).write_text(json.dumps({"mark": "another"}), "utf-8")
    with pytest.raises(UserError, match="现在不在"):
        copy_newest(saved.office.folder, NOW)


def test_one_stick_may_serve_two_pcs(saved: Desk, stick: Path, tmp_path: Path) -> None:
    first = choose(saved.office.folder, stick)
    other = type(saved.office.folder)(tmp_path / "other")
    other.root.mkdir()
    assert choose(other, stick).mark == first.mark


def test_a_stick_that_gives_back_other_bytes_is_told_at_once(
    saved: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(saved.office.folder, stick)
    write = files.copy_file

    def forgetting(source: Path, target: Path) -> str:
        digest = write(source, target)
        content = bytearray(target.read_bytes())
        content[7000] ^= 1
        target.write_bytes(content)
        return digest

    monkeypatch.setattr(files, "copy_file", forgetting)
    with pytest.raises(UserError, match="换一个 U 盘") as caught:
        copy_newest(saved.office.folder, NOW)
    assert caught.value.code == EXIT_NO_SPACE
    assert names(stick) == [MARK]
    assert second_place.second_place(saved.office.folder).copied is None


def test_a_stick_that_cannot_be_written_is_told(saved: Desk, tmp_path: Path) -> None:
    (one,) = listed(saved.office.folder.backups)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="换一个 U 盘"):
        copy_to(saved.office.folder, tmp_path / "file" / "x", one, NOW)
    with pytest.raises(UserError, match="换一个 U 盘"):
        choose(saved.office.folder, tmp_path / "file" / "x")


def test_a_damaged_backup_is_not_copied(saved: Desk, stick: Path) -> None:
    (one,) = listed(saved.office.folder.backups)
    content = bytearray(one.path.read_bytes())
    content[7000] ^= 1
    one.path.write_bytes(content)
    with pytest.raises(UserError, match="已损坏"):
        copy_to(saved.office.folder, stick, one, NOW)
    choose(saved.office.folder, stick)
    with pytest.raises(UserError, match="没有完好的备份"):
        copy_newest(saved.office.folder, NOW)
    assert names(stick) == [MARK]


def test_a_copy_thins_the_second_place_too(saved: Desk, stick: Path) -> None:
    with files.opened(saved.office.folder.database) as connection:
        for hours in (0, 3):
            files.save(connection, stick, NOW - timedelta(days=30, hours=hours), "定时")
    copy_to(saved.office.folder, stick, listed(saved.office.folder.backups)[0], NOW)
    assert len(listed(stick)) == 2


def test_the_reminder_speaks_until_a_copy_was_made_and_again_after_a_week(
    saved: Desk, stick: Path
) -> None:
    folder = saved.office.folder
    assert "再选一个 U 盘" in reminder(folder, NOW)
    choose(folder, stick)
    assert "还没有过" in reminder(folder, NOW)
    copy_newest(folder, NOW)
    assert reminder(folder, NOW + timedelta(days=6)) == ""
    assert "2025年3月1日" in reminder(folder, NOW + timedelta(days=7))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"second": 5, "mark": "x"}', '{"second": "/x"}', "\x00", '{"mark": "x"}']
)
def test_a_damaged_note_of_the_second_place_is_none(desk: Desk, text: str) -> None:
    desk.office.folder.places.write_text(text, "utf-8")
    assert second_place.second_place(desk.office.folder).path is None


def test_a_damaged_date_of_the_last_copy_only_reminds(saved: Desk, stick: Path) -> None:
    folder = saved.office.folder
    choose(folder, stick)
    kept = json.loads(folder.places.read_text("utf-8")) | {"copied": "yesterday"}
    folder.places.write_text(json.dumps(kept), "utf-8")
    assert second_place.second_place(folder).path == stick
    assert "还没有过" in reminder(folder, NOW)
