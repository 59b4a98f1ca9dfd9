"""Encryption by the command line: passwords by file or standard input, codes as documented."""

import getpass
import io
import re
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Answer, Here, small_folder
from tests.conftest import Run
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.commands import unlocking
from xqhz_desktop.services.access import encryption, passwords
from xqhz_desktop.services.office import Office

WRONG = "春江潮水连海平"
OTHER = "another one"
PASSWORD = "海上明月共潮生2025"
CODE = re.compile(r"恢复码：((?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5})\n")
Typed = Callable[..., Answer]


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted data folder after an import, with its plain backup."""
    place = tmp_path_factory.mktemp("encrypted")
    here = Here(place / "data")
    assert here("import", small_folder(place), "--yes").code == 0
    (place / "key.txt").write_text(PASSWORD + "\n", "utf-8")
    assert here("backup").code == 0
    answer = here("encrypt", "--key-file", place / "key.txt")
    assert answer.code == 0, answer.err
    return place / "data"


@pytest.fixture
def safe(encrypted: Path, tmp_path: Path) -> Here:
    """The command line on a copy of it."""
    shutil.copytree(encrypted, tmp_path / "data")
    return Here(tmp_path / "data")


@pytest.fixture
def typed(safe: Here, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """The command line on it, given lines on standard input."""

    def run(lines: str, *arguments: object) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return safe(*arguments, "--password-stdin")

    return run


def test_turning_it_on_says_what_is_still_plain(filled: Here, tmp_path: Path) -> None:
    assert filled("backup").code == 0
    (tmp_path / "key.txt").write_text(PASSWORD, "utf-8")
    answer = filled("encrypt", "--key-file", tmp_path / "key.txt")
    assert answer.code == 0
    assert "恢复码：" not in answer.out + answer.err  # that of the first start stays
    assert "数据已加密" in answer.out
    assert "没有加密" in answer.err
    assert "--purge-plain-backups" in answer.err
    with pytest.raises(driver.DatabaseError):
        filled.count("firm")


def test_the_first_start_shows_the_recovery_code_once_and_not_as_the_answer(
    here: Here, books: Path, tmp_path: Path
) -> None:
    first = here("import", books, "--json")
    code = CODE.search(first.err)
    assert code
    assert "锁在别处" in first.err
    assert first.json
    assert not CODE.search(here("history").err)
    (tmp_path / "key.txt").write_text(PASSWORD, "utf-8")
    (tmp_path / "code.txt").write_text(code[1], "utf-8")
    assert here("encrypt", "--key-file", tmp_path / "key.txt").code == 0
    assert here("check", "--key-file", tmp_path / "code.txt").code == 0


def test_a_folder_that_is_gone_at_the_end_gets_no_code(here: Here) -> None:
    answer = here("--temp", "history")
    assert (answer.code, answer.err) == (0, "")


def test_a_damaged_folder_gets_no_code_and_one_sentence(here: Here) -> None:
    here.data.mkdir()
    (here.data / "xqhz.db").write_bytes(b"no database" * 1000)
    answer = here("check")
    assert (answer.code, len(answer.err.splitlines())) == (5, 1)


def test_every_command_works_with_the_password_before_or_behind_it(
    safe: Here, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed(PASSWORD + "\n", "check", "--json").code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\r\n"))
    assert safe("--password-stdin", "history").code == 0
    for command in (["indicators", "--json"], ["history"], ["backup"], ["check"]):
        assert typed(PASSWORD, *command).code == 0


def test_a_key_file_opens_with_password_or_recovery_code(safe: Here, tmp_path: Path) -> None:
    folder = encryption.unlock(DataFolder(safe.data), PASSWORD)
    with Office.open(folder, "测试", lambda: datetime(2025, 3, 1)) as office:
        code = passwords.new_code(office)
    for secret in (PASSWORD, f"\ufeff{PASSWORD}\r\n", code.lower()):
        (tmp_path / "key.txt").write_text(secret, "utf-8")
        assert safe("history", "--key-file", tmp_path / "key.txt").code == 0


@pytest.mark.parametrize("command", [["check"], ["import", "."], ["backup"], ["restore", "x"]])
def test_without_a_password_it_is_10_and_one_sentence(safe: Here, command: list[str]) -> None:
    answer = safe(*command)
    assert (answer.code, answer.out) == (10, "")
    assert "--password-stdin" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_wrong_password_is_10_and_never_5(typed: Typed, safe: Here) -> None:
    for wrong in (WRONG, PASSWORD + "!", "\n", " "):
        answer = typed(wrong, "check")
        assert (answer.code, answer.out) == (10, ""), wrong
        assert len(answer.err.splitlines()) == 1
        assert wrong.strip() == "" or wrong not in answer.err


def test_a_damaged_file_is_5_under_the_right_password(safe: Here, typed: Typed) -> None:
    path = safe.data / "xqhz.db"
    content = bytearray(path.read_bytes())
    content[50] ^= 1
    path.write_bytes(content)
    assert typed(WRONG, "check").code == 10
    answer = typed(PASSWORD, "check")
    assert answer.code == 5
    assert "损坏" in answer.err


def test_nothing_but_our_sentence_stands_on_stderr(xqhz: Run, encrypted: Path) -> None:
    answer = xqhz("check", data=encrypted)
    assert answer.returncode == 10
    assert len(answer.stderr.splitlines()) == 1
    content = (encrypted / "xqhz.db").read_bytes()
    other = encrypted.parent / "damaged"
    shutil.copytree(encrypted, other)
    (other / "xqhz.db").write_bytes(content[:4000] + b"\0" + content[4001:])
    answer = xqhz("check", "--key-file", encrypted.parent / "key.txt", data=other)
    assert answer.returncode == 5
    assert len(answer.stderr.splitlines()) == 1


def test_the_key_file_that_is_not_there_is_a_wrong_call(safe: Here, tmp_path: Path) -> None:
    answer = safe("check", "--key-file", tmp_path / "missing.txt")
    assert answer.code == 2


def test_there_is_no_argument_for_a_password(safe: Here) -> None:
    with pytest.raises(SystemExit):
        safe("check", "--password", PASSWORD)


def test_which_backups_there_are_is_told_without_a_password(safe: Here) -> None:
    answer = safe("backups")
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 2


def test_a_password_is_changed_by_two_lines(typed: Typed) -> None:
    assert typed(f"{PASSWORD}\nanother one\n", "password").code == 0
    assert typed(PASSWORD, "check").code == 10
    assert typed("another one", "check").code == 0
    assert typed("another one", "password").code == 10  # no new one was given


def test_a_new_recovery_code_is_shown_once_and_opens(typed: Typed) -> None:
    answer = typed(PASSWORD, "recovery-code")
    code = answer.out.strip().removeprefix("恢复码：")
    assert typed(code, "check").code == 0


def test_turned_off_it_needs_no_password(safe: Here, typed: Typed) -> None:
    assert typed(PASSWORD, "decrypt").code == 0
    assert safe("check").code == 0
    assert safe.count("firm") == 1
    assert safe("password").code == 10
    assert typed(f"{PASSWORD}\nanother one\n", "password").code == 0


def test_an_encrypted_backup_is_restored_by_the_command_line(safe: Here, typed: Typed) -> None:
    newest = safe("backups").out.splitlines()[0].split()[0]
    answer = typed(PASSWORD, "restore", newest, "--yes")
    assert answer.code == 0, answer.err
    assert typed(PASSWORD, "check").code == 0


def test_a_stick_restores_into_an_empty_folder(safe: Here, tmp_path: Path) -> None:
    stick = safe.data / "backups"
    newest = safe("backups").out.splitlines()[0].split()[0]
    (tmp_path / "key.txt").write_text(PASSWORD, "utf-8")
    new = Here(tmp_path / "new")
    refused = new("restore", stick / newest, "--yes")
    assert refused.code == 10
    answer = new("restore", stick / newest, "--yes", "--key-file", tmp_path / "key.txt")
    assert answer.code == 0, answer.err
    assert new("check", "--key-file", tmp_path / "key.txt").code == 0
    assert new("check").code == 10


def test_plain_backups_go_only_when_somebody_agrees(safe: Here, typed: Typed) -> None:
    before = sorted((safe.data / "backups").glob("*.db"))
    asked = typed(PASSWORD, "encrypt", "--purge-plain-backups")
    assert asked.code == 0
    assert sorted((safe.data / "backups").glob("*.db")) == before
    answer = typed(PASSWORD, "encrypt", "--purge-plain-backups", "--yes")
    assert "已删除 1 份" in answer.out
    assert len(list((safe.data / "backups").glob("*.db"))) == 1


class Terminal(io.StringIO):
    """A keyboard and a screen."""

    def isatty(self) -> bool:
        """Somebody sits at it."""
        return True


def test_at_a_terminal_the_password_is_typed_unseen_and_a_new_one_twice(
    safe: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter([PASSWORD, "new password", "new passwort"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(unlocking.getpass, "getpass", lambda *_, **__: next(said))
    answer = safe("password")
    assert answer.code == 2
    assert "两次" in answer.err
    said = iter([PASSWORD])
    assert safe("check").code == 0


def test_an_encrypted_sample_school_tells_none_of_its_numbers(sample: Path, tmp_path: Path) -> None:
    here = Here(tmp_path / "school")
    (tmp_path / "key.txt").write_text(PASSWORD, "utf-8")
    assert here("import", sample, "--yes").code == 0
    connection = driver.connect(str(here.data / "xqhz.db"))
    known = [
        found
        for sql in (
            "SELECT id_number FROM student WHERE id_number > '' LIMIT 20",
            "SELECT phone FROM student WHERE phone > '' LIMIT 20",
            "SELECT phone FROM contact WHERE phone > '' LIMIT 20",
        )
        for (found,) in connection.execute(sql)
    ]
    connection.close()
    assert len(known) >= 40
    secret = ("--key-file", tmp_path / "key.txt")
    assert here("encrypt", "--purge-plain-backups", "--yes", *secret).code == 0
    assert here("backup", *secret).code == 0
    assert here("undo", *secret).code == 0
    for path in (path for path in here.data.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for text in known:
            assert text.encode() not in content, path.name
            assert text.encode("utf-16-le") not in content, path.name


# ---------------------------------------------------------------- who is at work


@pytest.fixture
def staffed(safe: Here, typed: Typed) -> Typed:
    """Two users: the system's account is the 管理员, 李 is given a password."""
    me = getpass.getuser()
    assert typed(PASSWORD, "user", "add", me, "管理员").code == 0
    assert typed(PASSWORD, "user", "add", "李", "经办").code == 0
    assert typed(f"{PASSWORD}\n{OTHER}\n", "user", "password", "李").code == 0
    return typed


def last(history: str) -> str:
    """Who did what was done last."""
    return history.splitlines()[0].split()[3]


def test_the_password_says_who_is_at_work(staffed: Typed, books: Path) -> None:
    assert staffed(OTHER, "backup").code == 0
    assert staffed(OTHER, "user", "add", "赵", "查看").code == 9  # 李 is no 管理员
    assert staffed(OTHER, "undo").code == 9
    assert staffed(OTHER, "check", "--user", getpass.getuser()).code == 10
    assert staffed(PASSWORD, "check", "--user", "李").code == 10
    assert staffed(OTHER, "--user", "李", "check").code == 0


def test_by_the_recovery_code_it_is_the_only_admin_or_who_is_named(staffed: Typed) -> None:
    code = staffed(PASSWORD, "recovery-code").out.strip().removeprefix("恢复码：")
    assert staffed(code, "user", "add", "赵", "查看").code == 0
    assert staffed(code, "user", "add", "钱", "查看", "--user", "李").code == 9


def test_in_plain_mode_who_is_named_is_asked_for_the_password_they_have(
    staffed: Typed, safe: Here
) -> None:
    assert staffed(PASSWORD, "decrypt").code == 0
    assert staffed(PASSWORD, "check", "--user", "李").code == 10
    assert staffed(OTHER, "check", "--user", "李").code == 0
    assert safe("check", "--user", "李").code == 10
    assert safe("check").code == 0
    assert safe("check", "--user", "路人").code == 9


def test_who_has_no_password_yet_is_named_when_encryption_is_turned_on(
    filled: Here, tmp_path: Path
) -> None:
    (tmp_path / "key.txt").write_text(PASSWORD, "utf-8")
    assert filled("user", "add", getpass.getuser(), "管理员").code == 0
    assert filled("user", "add", "李", "经办").code == 0
    answer = filled("encrypt", "--key-file", tmp_path / "key.txt")
    assert answer.code == 0
    assert "打不开数据的用户：李" in answer.err


def test_in_plain_mode_a_password_is_set_and_then_asked_for(
    filled: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(lines: str, *arguments: object) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return filled(*arguments, "--password-stdin")

    me = getpass.getuser()
    assert typed(f"{PASSWORD}\n", "password").code == 0
    assert typed(f"{OTHER}\n{OTHER}\n", "password").code == 10
    assert typed(f"{PASSWORD}\n{OTHER}\n", "password").code == 0
    assert typed(OTHER, "check", "--user", me).code == 0
    assert typed(PASSWORD, "encrypt").code == 10
    assert typed(OTHER, "encrypt").code == 0
    assert typed(OTHER, "check").code == 0


# ---------------------------------------------------------------- on paper


def test_the_recovery_code_is_printed_on_one_page(typed: Typed, tmp_path: Path) -> None:
    answer = typed(PASSWORD, "recovery-code", "-o", tmp_path / "code.pdf")
    found = CODE.search(answer.out)
    assert found
    with pypdfium2.PdfDocument(tmp_path / "code.pdf") as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_range()
    assert found[1] in text
    for word in ("密钥编号", "保管人", "见证人", "U 盘"):
        assert word in text
    assert typed(found[1], "check").code == 0
