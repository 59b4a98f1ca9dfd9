"""Deleting, putting back, undoing over later work, erasing and test copies, by the command line."""

from pathlib import Path

import pytest

from tests.cli.command_line import FIRM, Here, write
from tests.services.books import firm, id_number, name, student, table, uscc
from xqhz_desktop.commands.people import ERASABLE
from xqhz_desktop.services.whose import SUBJECTS


def change_number(said: str) -> str:
    """The number with which a line begins."""
    return said.split()[0]


def twice(here: Here, place: Path) -> None:
    """A firm that one import made and a later one changed."""
    for folder, people in (("a", 100), ("b", 200)):
        book = write(place / folder / "企业.xlsx", table(firm(1, FIRM, 职工人数=people)))
        assert here("import", book.parent, "--yes").code == 0


def test_a_deleted_record_is_listed_and_put_back(filled: Here) -> None:
    assert filled("delete", "firms", uscc(1), "--yes").code == 3
    done = filled("delete", "firms", uscc(1), "--along", "--yes")
    assert (done.code, filled.count("placement")) == (0, 1)
    listed = filled("history", "--deleted").out.splitlines()
    (line,) = [one for one in listed if FIRM in one]
    assert filled("put-back", change_number(line)).code == 0
    assert filled.count("placement") == 2
    assert filled("history", "--deleted").out == ""


def test_nothing_is_deleted_without_a_yes(filled: Here) -> None:
    done = filled("delete", "students", id_number(1), "--along")
    assert (done.code, done.out, filled.count("student")) == (0, "", 2)
    assert "--yes" in done.err


def test_a_key_that_means_nothing_is_refused_and_not_repeated(filled: Here) -> None:
    done = filled("delete", "students", id_number(99), "--yes")
    assert done.code == 2
    assert id_number(99) not in done.err


def test_an_undo_over_later_work_is_asked_about(here: Here, tmp_path: Path) -> None:
    twice(here, tmp_path)
    done = here("undo", "2")
    assert (done.code, done.out) == (3, "")
    assert "导入" in done.err
    assert "--over" in done.err
    assert here("undo", "2", "--over").code == 0
    assert here.count("firm") == 0
    assert here("undo", "4").code == 0
    assert here.count("firm") == 1


def test_an_undo_at_a_terminal_goes_on_after_a_yes(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice(here, tmp_path)
    monkeypatch.setattr(
        "xqhz_desktop.commands.undoing.agreed", lambda question: "仍然撤销" in question
    )
    assert here("undo", "2").code == 0
    assert here.count("firm") == 0


def test_the_plan_of_an_erasure_comes_first(filled: Here) -> None:
    done = filled("erase", "students", id_number(1), "--reason", "家长书面要求")
    assert done.code == 0
    assert "永久删除" in done.out
    assert "请自行销毁" in done.out
    assert id_number(1) not in done.out + done.err
    assert filled.count("student") == 2


def test_an_erased_person_is_gone_and_the_history_says_so(filled: Here) -> None:
    filled("backup")
    done = filled("erase", "students", id_number(1), "--reason", "家长书面要求", "--yes")
    assert done.code == 0
    assert id_number(1).encode() not in (filled.data / "xqhz.db").read_bytes()
    assert "不能撤销" in filled("history").out
    assert filled("undo", "2").code == 3
    assert filled("audit", "verify").code == 0
    assert "还在 1 份备份里" in filled("erase").out


def test_an_erasure_without_a_reason_is_refused(filled: Here) -> None:
    done = filled("erase", "students", id_number(1), "--yes")
    assert (done.code, filled.count("student")) == (2, 2)
    assert "原因" in done.err
    assert filled("erase", "students").code == 2


def test_a_name_that_several_have_is_not_enough(here: Here, tmp_path: Path) -> None:
    book = write(tmp_path / "a" / "学生.xlsx", table(student(1), student(2, 姓名=name(1))))
    here("import", book.parent, "--yes")
    done = here("erase", "students", name(1))
    assert done.code == 2
    assert "#1、#2" in done.err
    assert here("erase", "students", "#2").code == 0


def test_the_command_knows_everybody_who_can_be_erased() -> None:
    assert tuple(SUBJECTS) == ERASABLE


def test_a_test_copy_answers_with_the_same_numbers(filled: Here, tmp_path: Path) -> None:
    done = filled("test-copy", tmp_path / "copy")
    assert done.code == 0
    copy = Here(tmp_path / "copy")
    assert copy("indicators", "--json").out == filled("indicators", "--json").out
    assert id_number(1).encode() not in (tmp_path / "copy" / "xqhz.db").read_bytes()
    assert filled("test-copy", tmp_path / "copy").code == 2
