"""The commands that keep records safe: what they answer, and with which code."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.command_line import FIRM, Here
from xqhz_desktop import cli
from xqhz_desktop.commands import speaking


def backup(here: Here) -> str:
    """Make a backup; its name."""
    assert here("backup").code == 0
    return sorted(path.name for path in (here.data / "backups").glob("*.db"))[-1]


def lose(here: Here) -> None:
    """Somebody deletes the database."""
    for path in here.data.glob("xqhz.db*"):
        path.unlink()


def damage(here: Here) -> None:
    """The first page of the database is overwritten."""
    path = here.data / "xqhz.db"
    path.write_bytes(b"\xa5" * 4096 + path.read_bytes()[4096:])


def test_backups_are_listed_with_their_counts(filled: Here) -> None:
    name = backup(filled)
    done = filled("backups")
    assert (done.code, len(done.out.splitlines())) == (0, 1)
    assert name in done.out
    assert "学生 " in done.out


def test_backups_as_json_say_whether_every_byte_is_right(filled: Here) -> None:
    name = backup(filled)
    (one,) = filled("backups", "--json").json
    assert (one["name"], one["why"], one["sound"]) == (name, "手动", True)
    assert one["rows"]["firm"] >= 2
    path = filled.data / "backups" / name
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    (one,) = filled("backups", "--json").json
    assert one["sound"] is False


def test_a_folder_without_backups_says_so_and_is_not_made(here: Here) -> None:
    done = here("backups")
    assert (done.code, done.out) == (0, "")
    assert "还没有备份" in done.err
    assert not here.data.exists()


def test_a_backup_goes_to_a_named_folder_too(filled: Here, tmp_path: Path) -> None:
    done = filled("backup", "--to", tmp_path / "usb")
    assert done.code == 0
    (copy,) = (tmp_path / "usb").glob("*.db")
    assert f"已加密另存并读回核对：{copy}" in done.out


def test_a_remembered_second_place_gets_every_backup(filled: Here, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    assert filled("backups", "--second", tmp_path / "usb").code == 0
    assert "第二存放处" in filled("backup").out
    assert len([*(tmp_path / "usb").glob("*.db")]) == 1
    shutil.rmtree(tmp_path / "usb")
    done = filled("backup")
    assert (done.code, done.err.count("\n")) == (7, 1)
    assert "已备份并核对" in done.out
    assert "现在不在" in done.err


def test_a_backup_comes_back_with_counts_before_and_after(filled: Here) -> None:
    name = backup(filled)
    filled("undo")
    done = filled("restore", name, "--yes")
    assert done.code == 0
    before, after, where = done.out.splitlines()
    assert before.startswith("恢复前：学生 0，")
    assert after.startswith("恢复后：学生 ")
    assert not after.startswith("恢复后：学生 0，")
    assert name in where
    assert "恢复备份" in filled("history").out


def test_a_restore_that_nobody_agreed_to_changes_nothing(filled: Here) -> None:
    name = backup(filled)
    before = (filled.data / "xqhz.db").read_bytes()
    done = filled("restore", name)
    assert (done.code, done.out) == (0, "")
    assert "--yes" in done.err
    assert (filled.data / "xqhz.db").read_bytes() == before


def test_a_restore_without_a_name_lists_the_backups(filled: Here) -> None:
    name = backup(filled)
    done = filled("restore", "--yes")
    assert done.code == 0
    assert name in done.out
    assert not (filled.data / "set-aside").exists()


def test_a_restore_of_nothing_is_a_wrong_call(filled: Here) -> None:
    done = filled("restore", "没有", "--yes")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("harm", [lose, damage])
def test_a_lost_or_damaged_database_names_its_backup_and_comes_back(filled: Here, harm) -> None:
    name = backup(filled)
    harm(filled)
    for command in ("history", "indicators", "backup"):
        done = filled(command)
        assert (done.code, done.out, done.err.count("\n")) == (5, "", 1)
        assert name in done.err
    assert filled("restore", name, "--yes").code == 0
    assert FIRM in filled("check", "--json").out or filled("history").code == 0


def test_a_damaged_page_is_told_by_the_next_command(filled: Here) -> None:
    filled("history")
    page_size = 4096
    path = filled.data / "xqhz.db"
    content = bytearray(path.read_bytes())
    content[page_size * 12 : page_size * 12 + 40] = b"\xa5" * 40
    path.write_bytes(content)
    done = filled("history")
    assert (done.code, done.out, done.err.count("\n")) == (5, "", 1)


def test_an_export_rebuilds_a_school_with_the_same_answers(filled: Here, tmp_path: Path) -> None:
    done = filled("export-all", tmp_path / "out", "--reason", "换电脑")
    assert done.code == 0
    assert str(tmp_path / "out") in done.out
    new = Here(tmp_path / "new")
    assert new("rebuild", tmp_path / "out").code == 0
    for command in ("indicators", "check"):
        assert new(command, "--json").json == filled(command, "--json").json


@pytest.mark.parametrize("arguments", [["export-all", "out"], ["export-all", "--reason", "x"]])
def test_an_export_needs_a_folder_and_a_reason(filled: Here, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        filled(*arguments)
    assert ended.value.code == 2


def test_a_folder_that_is_no_export_is_rejected(here: Here, tmp_path: Path) -> None:
    done = here("rebuild", tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert not here.data.exists()


def test_a_clock_turned_back_is_told_on_stderr_and_holds_nothing_up(
    filled: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Back:
        """A clock that a dead battery has set back."""

        @staticmethod
        def now() -> datetime:
            """Some years ago."""
            return datetime(2020, 1, 1)

    monkeypatch.setattr(cli, "datetime", Back)
    done = filled("indicators", "--json")
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "校准" in done.err
    assert done.json


def test_the_clock_of_these_commands_is_the_computers() -> None:
    assert speaking.clock().tzinfo is None
