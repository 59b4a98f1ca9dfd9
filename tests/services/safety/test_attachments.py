"""Scans and photos of a record: copied in whole, given back, removed and brought back."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.safe import NOW, Safe, opened
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_REJECTED,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.history import undo
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.services.safety.attachments import (
    add,
    all_of,
    counts,
    missing,
    of,
    open_copy,
    remove,
    store_of,
    sweep,
)

BOOKS = {
    "企业.xlsx": table(firm(1, "甲机械有限公司")),
    "学生.xlsx": table(student(1), student(2)),
}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """An office with a firm and two students."""
    desk.bring(BOOKS)
    return desk


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned agreement on a stick."""
    path = tmp_path / "stick" / "三方协议.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.4 " + os.urandom(3000))
    return path


def refused(code: int, *arguments: object) -> str:
    """The sentence with which adding is refused."""
    with pytest.raises(UserError) as caught:
        add(*arguments)  # type: ignore[arg-type]
    assert caught.value.code == code
    return caught.value.message


def files(office: Office) -> list[Path]:
    """The files of the office's store."""
    root = office.folder.attachments
    return sorted(path for path in root.rglob("*") if path.is_file())


# ---------------------------------------------------------------- in and out


def test_a_file_is_copied_in_and_listed_with_its_record(filled: Desk, scan: Path) -> None:
    changes = add(filled.office, "students", 2, scan, "  原件在\n档案室 ")
    assert changes.registers == {"students": 1}
    (one,) = of(filled.office, "students", 2)
    assert (one.name, one.size, one.added) == ("三方协议.pdf", 3009, "2025-03-01T09:30:00")
    assert (one.register, one.row_id, one.note) == ("students", 2, "原件在 档案室")
    assert of(filled.office, "students", 1) == []
    assert counts(filled.office, "students") == {2: 1}
    assert missing(filled.office) == []


def test_the_original_is_not_needed_any_more(filled: Desk, scan: Path, tmp_path: Path) -> None:
    add(filled.office, "students", 1, scan)
    content = scan.read_bytes()
    scan.unlink()
    (one,) = of(filled.office, "students", 1)
    copy = open_copy(filled.office, one.id, tmp_path / "out")
    assert (copy.name, copy.read_bytes()) == ("三方协议.pdf", content)


def test_a_copy_overwrites_nothing(filled: Desk, scan: Path, tmp_path: Path) -> None:
    add(filled.office, "students", 1, scan)
    (one,) = of(filled.office, "students", 1)
    names = [open_copy(filled.office, one.id, tmp_path / "out").name for _ in range(3)]
    assert names == ["三方协议.pdf", "三方协议 (2).pdf", "三方协议 (3).pdf"]


def test_the_same_scan_for_two_records_is_kept_once(filled: Desk, scan: Path) -> None:
    add(filled.office, "students", 1, scan)
    add(filled.office, "students", 2, scan)
    add(filled.office, "firms", 1, scan)
    assert len(files(filled.office)) == 1
    assert len(all_of(filled.office)) == 3


def test_opening_one_is_in_the_audit_chain_without_its_name(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    add(filled.office, "students", 1, scan)
    (one,) = of(filled.office, "students", 1)
    open_copy(filled.office, one.id, tmp_path / "out")
    line = audit.entries(filled.office)[0]
    assert (line.kind, line.title) == ("open", f"打开 {one.id} 号附件")


def test_a_name_with_folders_and_marks_comes_in_as_a_plain_one(
    filled: Desk, tmp_path: Path
) -> None:
    odd = tmp_path / "..\\..\\照片\u202egpj.pdf"
    odd.write_bytes(b"x")
    add(filled.office, "students", 1, odd)
    assert of(filled.office, "students", 1)[0].name == "照片gpj.pdf"


def test_a_hostile_name_in_the_database_leaves_the_folder_by_no_way(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    add(filled.office, "students", 1, scan)
    for name, safe in (("../../a.pdf", "a.pdf"), ("/etc/x", "x"), ("b.exe", "b.exe.bin")):
        with filled.office.acting("edit", "试") as (connection, _):
            connection.exec_driver_sql("UPDATE attachment SET name = ?", (name,))
        copy = open_copy(filled.office, 1, tmp_path / "out")
        assert copy == tmp_path / "out" / safe


# ---------------------------------------------------------------- what may not come in


def test_a_program_is_refused(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "协议.pdf.exe"
    path.write_bytes(b"MZ")
    assert "是程序" in refused(EXIT_REJECTED, filled.office, "students", 1, path)


def test_a_folder_a_link_an_empty_file_and_a_device_are_refused(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    link, empty, pipe = tmp_path / "link.pdf", tmp_path / "empty.pdf", tmp_path / "pipe.pdf"
    link.symlink_to(scan)
    empty.touch()
    os.mkfifo(pipe)
    for path in (tmp_path, link, pipe, Path("/dev/zero")):
        assert "不是文件" in refused(EXIT_REJECTED, filled.office, "students", 1, path)
    assert "是空的" in refused(EXIT_REJECTED, filled.office, "students", 1, empty)
    assert "读不出来" in refused(EXIT_REJECTED, filled.office, "students", 1, tmp_path / "no.pdf")
    assert all_of(filled.office) == []


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(
    filled: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 3000)
    assert "超过" in refused(EXIT_REJECTED, filled.office, "students", 1, scan)
    assert files(filled.office) == []


@pytest.mark.parametrize(("register", "row"), [("students", 9), ("students", 0), ("没有", 1)])
def test_nothing_is_attached_to_a_record_that_is_not_there(
    filled: Desk, scan: Path, register: str, row: int
) -> None:
    refused(EXIT_USAGE, filled.office, register, row, scan)
    assert files(filled.office) == []


def test_a_store_that_cannot_be_written_is_one_sentence(filled: Desk, scan: Path) -> None:
    filled.office.folder.attachments.touch()
    assert "没有存成" in refused(EXIT_NO_SPACE, filled.office, "students", 1, scan)


def test_who_only_reads_may_list_but_neither_add_nor_remove_nor_open(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    add(filled.office, "students", 1, scan)
    users.add(filled.office, "测试", Role.ADMIN)
    users.add(filled.office, "李四", Role.VIEWER)
    filled.office.who = "李四"
    assert len(of(filled.office, "students", 1)) == 1
    refused(EXIT_NOT_PERMITTED, filled.office, "students", 1, scan)
    for verb in (lambda: remove(filled.office, 1), lambda: open_copy(filled.office, 1, tmp_path)):
        with pytest.raises(UserError) as caught:
            verb()
        assert caught.value.code == EXIT_NOT_PERMITTED


def test_who_looks_while_another_writes_changes_nothing(filled: Desk, scan: Path) -> None:
    looking = Office.look(filled.office.folder, "测试", lambda: NOW)
    refused(EXIT_LOCKED, looking, "students", 1, scan)
    looking.close()


# ---------------------------------------------------------------- away and back


def test_a_removed_attachment_comes_back_with_its_file(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    add(filled.office, "students", 1, scan)
    changes = remove(filled.office, 1)
    assert changes.registers == {"students": 1}
    assert all_of(filled.office) == []
    filled.undo()
    (one,) = of(filled.office, "students", 1)
    assert open_copy(filled.office, one.id, tmp_path / "out").read_bytes() == scan.read_bytes()


def test_adding_can_be_undone_and_done_again(filled: Desk, scan: Path) -> None:
    action = add(filled.office, "students", 1, scan).action
    undone = filled.undo(action)
    assert all_of(filled.office) == []
    filled.undo(undone.action)
    assert len(all_of(filled.office)) == 1
    assert missing(filled.office) == []


def test_an_attachment_goes_and_comes_with_its_record_and_no_later_record_inherits_it(
    filled: Desk, scan: Path
) -> None:
    brought = filled.bring({"学生3.xlsx": table(student(3))}).action
    row = filled.one("SELECT max(id) FROM student")
    add(filled.office, "students", row, scan)
    with pytest.raises(UserError, match="添加附件"):  # it would go along: that is asked first
        filled.undo(brought)
    undone = undo(filled.office, brought, over=True).action
    assert all_of(filled.office) == []
    filled.undo(undone)
    assert len(of(filled.office, "students", row)) == 1
    undo(filled.office, brought, over=True)
    filled.bring({"学生4.xlsx": table(student(4))})
    assert all_of(filled.office) == []


def test_a_changed_or_lost_file_is_named_and_not_given_out(
    filled: Desk, scan: Path, tmp_path: Path
) -> None:
    add(filled.office, "students", 1, scan)
    (path,) = files(filled.office)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    for _ in range(2):
        assert [one.id for one in missing(filled.office)] == [1]
        with pytest.raises(UserError, match="不见了或已损坏") as caught:
            open_copy(filled.office, 1, tmp_path / "out")
        assert caught.value.code == EXIT_DAMAGED
        assert list((tmp_path / "out").iterdir()) == []
        path.unlink(missing_ok=True)
    add(filled.office, "students", 2, scan)
    assert missing(filled.office) == []


def test_a_removal_of_nothing_is_one_sentence(filled: Desk) -> None:
    with pytest.raises(UserError) as caught:
        remove(filled.office, 5)
    assert caught.value.code == EXIT_USAGE


# ---------------------------------------------------------------- for good


def test_the_sweep_takes_only_what_nothing_refers_to_and_nothing_of_today(
    filled: Desk, scan: Path
) -> None:
    add(filled.office, "students", 1, scan)
    remove(filled.office, 1)
    left = store_of(filled.office).put([b"left by a crash"])[0]
    path = store_of(filled.office).path(left)
    assert sweep(filled.office) == 0
    for one in files(filled.office):
        old = (NOW - timedelta(days=2)).timestamp()
        os.utime(one, (old, old))
    aside = filled.office.folder.set_aside / "20250101-080000" / "xqhz.db"
    aside.parent.mkdir(parents=True)
    aside.touch()
    assert sweep(filled.office) == 0
    aside.unlink()
    assert sweep(filled.office) == 1
    assert not path.exists()
    assert len(files(filled.office)) == 1


# ---------------------------------------------------------------- encryption


def test_an_encrypted_office_keeps_no_byte_of_a_scan_readable(safe: Safe, scan: Path) -> None:
    with opened(safe.unlocked()) as office:
        add(office, "students", 1, scan)
        assert missing(office) == []
        stored = [path.read_bytes() for path in files(office)]
    assert stored
    assert not any(scan.read_bytes()[9:40] in content for content in stored)
