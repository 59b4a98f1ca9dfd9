"""The commands about places, looking, another computer and handing over, as a person meets them."""

import io
import json
import sys
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.command_line import Answer, Here
from tests.services.invented_disks import lies_on
from xqhz_desktop import cli
from xqhz_desktop.base import paths
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office

PASSWORD = "海上明月共潮生2025"


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account that has chosen nothing, and a key file."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "account"))
    (tmp_path / "key.txt").write_text(f"{PASSWORD}\n", "utf-8")
    return tmp_path / "account" / "xqhz"


def at_home(*arguments: object) -> Answer:
    """The command line without --data-dir."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = cli.main([str(one) for one in arguments])
    return Answer(code, out.getvalue(), err.getvalue())


def code_of(answer: Answer) -> str:
    """The recovery code that an answer shows."""
    return answer.err.partition("恢复码：")[2].split()[0]


# ---------------------------------------------------------------- another computer


def test_a_school_is_packed_and_unpacked_and_both_counts_are_printed(
    filled: Here, tmp_path: Path
) -> None:
    assert filled("password", "--key-file", tmp_path / "key.txt").code == 0
    done = filled("pack", tmp_path / "school.xqhzpack")
    assert done.code == 0
    packed = done.out.splitlines()[0].partition("：")[2]
    assert packed.startswith("学生 ")
    new = Here(tmp_path / "new")
    back = new("unpack", tmp_path / "school.xqhzpack", "--key-file", tmp_path / "key.txt")
    assert back.code == 0, back.err
    assert back.out.splitlines()[:2] == [f"打包时：{packed}", f"解包后：{packed}"]
    for command in ("indicators", "check"):
        assert new(command, "--json").json == filled(command, "--json").json
    assert new("audit", "verify").code == 0


def test_unpacking_asks_for_a_password_and_says_when_it_is_wrong(
    filled: Here, tmp_path: Path
) -> None:
    assert filled("pack", tmp_path / "school.xqhzpack").code == 0
    new = Here(tmp_path / "new")
    for arguments in ([], ["--key-file", tmp_path / "key.txt"]):
        answer = new("unpack", tmp_path / "school.xqhzpack", *arguments)
        assert (answer.code, answer.out, answer.err.count("\n")) == (10, "", 1)
    assert not (tmp_path / "new").exists()
    assert new("unpack", tmp_path / "key.txt", "--key-file", tmp_path / "key.txt").code == 3


def test_the_recovery_code_of_the_first_start_opens_a_pack(here: Here, tmp_path: Path) -> None:
    code = code_of(here("history"))
    assert here("pack", tmp_path / "school.xqhzpack").code == 0
    (tmp_path / "code.txt").write_text(code.lower(), "utf-8")
    new = Here(tmp_path / "new")
    done = new("unpack", tmp_path / "school.xqhzpack", "--key-file", tmp_path / "code.txt")
    assert done.code == 0, done.err


# ---------------------------------------------------------------- places


def test_where_the_records_lie_is_said_without_making_anything(here: Here) -> None:
    done = here("place")
    assert done.code == 0
    assert f"数据文件夹：{here.data}" in done.out
    assert "第二存放处：还没有" in done.out
    assert not here.data.exists()


def test_a_place_is_chosen_before_the_first_start_and_counts_from_then_on(
    tmp_path: Path, account: Path
) -> None:
    assert at_home("place", tmp_path / "data").code == 0
    assert at_home("history").code == 0
    assert DataFolder(tmp_path / "data").database.exists()
    assert not DataFolder(account).database.exists()
    assert f"数据文件夹：{tmp_path / 'data'}" in at_home("place").out


def test_records_are_moved_only_when_somebody_agrees(
    filled: Here, tmp_path: Path, account: Path
) -> None:
    said = filled("check", "--json").json
    asked = filled("place", tmp_path / "moved")
    assert (asked.code, asked.out) == (0, "")
    assert "--yes" in asked.err
    assert not (tmp_path / "moved").exists()
    done = filled("place", tmp_path / "moved", "--yes")
    assert done.code == 0
    before, after = done.out.splitlines()[:2]
    assert after.startswith(f"现在：{before.partition('：')[2]}")
    assert str(filled.data) in done.err  # the old folder is still there
    assert at_home("check", "--json").json == said
    left = filled("check")
    assert (left.code, left.out, left.err.count("\n")) == (2, "", 1)
    assert str(tmp_path / "moved") in left.err
    assert at_home("place", filled.data).code == 0  # on second thoughts
    assert at_home("check", "--json").json == said


def test_a_place_that_holds_records_already_is_only_chosen(filled: Here, here: Here) -> None:
    done = at_home("place", filled.data)
    assert done.code == 0
    assert "没有移动" in done.out
    assert paths.chosen_root() == filled.data


def test_records_are_not_begun_among_files_of_others(tmp_path: Path, account: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").touch()
    for folder in (tmp_path / "letters", Path("/proc")):  # where a disk begins
        answer = at_home("place", folder)
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
        assert f"{folder / '校企合作台账'}" in answer.err
    assert not account.exists()
    assert at_home("place", tmp_path / "letters" / "校企合作台账").code == 0


def test_a_chosen_place_that_is_gone_is_said_and_another_can_be_chosen(tmp_path: Path) -> None:
    at_home("place", tmp_path / "stick")
    (tmp_path / "stick").rmdir()
    answer = at_home("history")
    assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
    assert "插好" in at_home("place").err
    assert at_home("place", tmp_path / "other").code == 0
    assert at_home("history").code == 0


def test_a_new_account_begins_nothing_beside_records_that_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account: Path
) -> None:
    (tmp_path / "disk").mkdir()
    lies_on(monkeypatch, disk=(tmp_path / "disk", Kind.FIXED))
    there = tmp_path / "disk" / "校企合作台账"
    assert Here(there)("history").code == 0
    answer = at_home("history")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert not account.exists()
    assert at_home("place", there).code == 0
    assert at_home("history").code == 0


def test_records_on_the_system_disk_are_warned_of(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    lies_on(monkeypatch, disk=(tmp_path / "disk", Kind.FIXED))
    done = here("place")
    assert "系统盘" in done.out
    assert f"建议放在：{tmp_path / 'disk' / '校企合作台账'}" in done.out
    assert done.err.count("\n") == 1
    assert "重装系统" in done.err


def test_a_first_start_names_the_disk_that_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    lies_on(monkeypatch, disk=(tmp_path / "disk", Kind.FIXED))
    assert "校企合作台账" in at_home("history").err
    assert "校企合作台账" not in at_home("history").err
    assert at_home("place", tmp_path / "disk" / "校企合作台账", "--yes").code == 0
    assert "第二存放处" in at_home("place").out


def test_a_network_folder_is_refused_by_every_command(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, share=(here.data, Kind.NETWORK))
    for command in (["history"], ["check"], ["import", tmp_path, "--yes"]):
        answer = here(*command)
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert not here.data.exists()


def test_a_first_start_on_a_stick_demands_a_password(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, stick=(here.data, Kind.REMOVABLE))
    assert here("history").code == 10
    assert not here.data.exists()
    answer = here("history", "--key-file", tmp_path / "key.txt")
    assert answer.code == 0, answer.err
    assert "必须加密" in answer.err
    assert answer.err.count("恢复码：") == 1
    assert not DataFolder(here.data).database.read_bytes().startswith(b"SQLite")
    assert here("history").code == 10
    assert here("history", "--key-file", tmp_path / "key.txt").code == 0


def test_plain_records_on_a_stick_are_encrypted_by_the_command_that_the_sentence_names(
    filled: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_on(monkeypatch, stick=(filled.data, Kind.REMOVABLE))
    answer = filled("history")
    assert (answer.code, answer.out, answer.err.count("\n")) == (9, "", 1)
    assert "xqhz encrypt" in answer.err
    assert filled("encrypt", "--key-file", tmp_path / "key.txt").code == 0
    assert filled("history", "--key-file", tmp_path / "key.txt").code == 0


def test_a_portable_program_keeps_its_records_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path / "program")
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "portable.flag").touch()
    assert f"{tmp_path / 'program' / 'data'}" in at_home("place").out
    assert at_home("place", tmp_path / "x").code == 2


# ---------------------------------------------------------------- looking


def held(here: Here) -> Office:
    """Somebody has the folder open."""
    return Office.open(DataFolder(here.data), "王一", lambda: datetime(2025, 3, 1, 8, 0))


def test_who_is_shut_out_is_told_who_has_it_and_how_to_look(filled: Here) -> None:
    with held(filled):
        answer = filled("check")
    assert (answer.code, answer.out, answer.err.count("\n")) == (4, "", 1)
    for said in ("王一", "2025-03-01 08:00", "--look"):
        assert said in answer.err


def test_reading_commands_work_while_somebody_else_writes(filled: Here, tmp_path: Path) -> None:
    alone = {name: filled(name, "--json").json for name in ("check", "indicators")}
    with held(filled):
        for name, said in alone.items():
            assert filled(name, "--json", "--look").json == said
            assert filled("--look", name, "--json").json == said
        assert filled("find", "甲机械", "--look").code == 0
        assert filled("todo", "--look").code == 0
        answer = filled("history", "--look")
        assert answer.code == 0
        assert "导入" in answer.out
        assert "王一" in answer.err
        out = tmp_path / "firms.xlsx"
        assert filled("export", "firms", "-o", out, "--look").code == 0
        book = tmp_path / "book.pdf"
        assert filled("yearbook", "--year", "2024", "-o", book, "--look").code == 0
    assert out.exists()
    assert book.exists()


@pytest.mark.parametrize(
    "command", [["import", "x"], ["undo"], ["backup"], ["encrypt"], ["pack", "x"], ["restore", "x"]]
)
def test_what_writes_is_refused_in_one_sentence(filled: Here, command: list[str]) -> None:
    answer = filled("--look", *command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (4, "", 1)
    assert "只看不改" in answer.err


def test_another_computers_records_are_seen_as_the_last_backup_has_them(filled: Here) -> None:
    assert filled("backup").code == 0
    now = filled("check", "--json").json
    with held(filled):
        lock = DataFolder(filled.data).lock
        note = json.loads(lock.read_text("utf-8"))
        lock.write_text(json.dumps({**note, "pc": "PC-2"}), "utf-8")
        answer = filled("check", "--json", "--look")
    assert answer.json == now
    assert "的备份" in answer.err


# ---------------------------------------------------------------- handing over


def test_a_handover_list_is_printed(filled: Here, tmp_path: Path) -> None:
    filled("user", "add", "王小明", "管理员")
    path = tmp_path / "移交.pdf"
    done = filled("--user", "王小明", "handover", "-o", path, "--to", "李接收")
    assert done.code == 0, done.err
    with pypdfium2.PdfDocument(path) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    for said in ("王小明", "李接收", "移交人", "监交人", str(filled.data)):
        assert said in text
