"""Deleted records are asked about, named, and can be put back one by one."""

import pytest

from tests.services.books import base, booking, firm, name, placement, student, table
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services import deleting, history
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store.models import Attachment


def ids(desk: Desk, sql: str) -> list[int]:
    """The ids that a query finds."""
    return [row[0] for row in desk.read(sql)]


def attach(desk: Desk, table_name: str, row: int) -> None:
    """A scan that belongs to a record."""
    from sqlalchemy import insert

    with desk.office.acting("attach", "添加附件") as (connection, _):
        connection.execute(
            insert(Attachment).values(
                table_name=table_name, row_id=row, name="扫描.pdf", sha256="a" * 64, size=1,
                added="2025-03-01",
            )
        )  # fmt: skip


def test_a_deleted_record_goes_with_its_parts_and_comes_back_with_them(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, FIRM, 企业曾用名="甲机械厂"), firm(2, "乙有限公司"))})
    (number,) = ids(desk, f"SELECT id FROM firm WHERE name = '{FIRM}'")
    attach(desk, "firm", number)
    before = desk.dump()
    deleting.delete(desk.office, "firms", [number])
    assert desk.one("SELECT count(*) FROM firm_name WHERE firm_id = ?", number) == 0
    assert desk.one("SELECT count(*) FROM attachment") == 0
    (gone,) = deleting.deleted(desk.office)
    assert (gone.register, gone.what, gone.label) == ("firms", FIRM, "合作企业")
    history.put_back(desk.office, [gone.change])
    assert desk.dump() == before
    assert deleting.deleted(desk.office) == []


def test_what_refers_to_a_record_is_named_and_nothing_is_deleted(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = desk.dump()
    (number,) = ids(desk, "SELECT student_id FROM placement ORDER BY id LIMIT 1")
    with pytest.raises(UserError, match="岗位实习 1 条"):
        deleting.delete(desk.office, "students", [number])
    assert desk.dump() == before


def test_what_belongs_to_a_record_goes_along_when_that_was_chosen(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = desk.dump()
    students = ids(desk, "SELECT id FROM student")
    going = deleting.going(desk.office, "students", students)
    assert (going.records, going.along) == (3, {"岗位实习": 2, "学徒": 1})
    done = deleting.delete(desk.office, "students", students, "重复", with_what_belongs=True)
    assert done.registers == {"students": 3, "placements": 2, "apprentices": 1}
    assert desk.one("SELECT count(*) FROM placement") == 0
    assert "原因：重复" in actions(desk.office)[0].title
    desk.undo(done.action)
    assert desk.dump() == before


def test_a_link_to_what_is_deleted_is_blanked_and_made_again(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = desk.dump()
    (number,) = ids(desk, "SELECT id FROM school_class")
    with pytest.raises(UserError, match="学生 3 条"):
        deleting.delete(desk.office, "classes", [number])
    deleting.delete(desk.office, "classes", [number], with_what_belongs=True)
    assert desk.one("SELECT count(*) FROM student WHERE class_id IS NULL") == 3
    (gone,) = deleting.deleted(desk.office)
    history.put_back(desk.office, [gone.change])
    assert desk.dump() == before


def test_only_the_chosen_one_of_several_comes_back_with_what_went_along(desk: Desk) -> None:
    desk.bring(OFFICE)
    numbers = ids(desk, "SELECT id FROM student ORDER BY id")
    deleting.delete(desk.office, "students", numbers, with_what_belongs=True)
    gone = deleting.deleted(desk.office)
    chosen = [one for one in gone if (one.register, one.what) == ("students", name(1))]
    history.put_back(desk.office, [one.change for one in chosen])
    assert desk.read("SELECT name FROM student") == [(name(1),)]
    assert desk.read("SELECT name FROM placement") == [(name(1),)]
    assert {one.what for one in deleting.deleted(desk.office)} == {name(2), name(3)}


def test_a_record_is_not_put_back_before_what_it_belongs_to(desk: Desk) -> None:
    desk.bring(OFFICE)
    numbers = ids(desk, "SELECT id FROM student")
    deleting.delete(desk.office, "students", numbers, with_what_belongs=True)
    (placed, *_) = [one for one in deleting.deleted(desk.office) if one.register == "placements"]
    with pytest.raises(UserError, match="放不回去"):
        history.put_back(desk.office, [placed.change])


def test_a_number_that_was_taken_meanwhile_keeps_a_record_from_coming_back(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(base(1, "数控实训室"))})
    deleting.delete(desk.office, "bases", ids(desk, "SELECT id FROM base"))
    desk.bring({"a.xlsx": table(base(1, "新数控实训室"))})
    (gone,) = deleting.deleted(desk.office)
    with pytest.raises(UserError, match="号码已经另有记录"):
        history.put_back(desk.office, [gone.change])
    assert desk.one("SELECT name FROM base") == "新数控实训室"


def test_what_is_back_cannot_be_put_back_again(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1))})
    deleting.delete(desk.office, "students", ids(desk, "SELECT id FROM student"))
    (gone,) = deleting.deleted(desk.office)
    done = history.put_back(desk.office, [gone.change])
    with pytest.raises(UserError, match="重新选择") as refused:
        history.put_back(desk.office, [gone.change])
    assert refused.value.code == EXIT_USAGE
    desk.undo(done.action)
    (again,) = deleting.deleted(desk.office)
    history.put_back(desk.office, [again.change])
    assert desk.one("SELECT count(*) FROM student") == 1


def test_an_undone_import_is_no_deleted_record(desk: Desk) -> None:
    desk.undo(desk.bring({"a.xlsx": table(student(1))}).action)
    assert deleting.deleted(desk.office) == []


def test_a_part_whose_number_another_has_by_now_comes_back_under_a_new_one(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, FIRM))})
    deleting.delete(desk.office, "firms", ids(desk, "SELECT id FROM firm"))
    desk.bring({"a.xlsx": table(firm(2, "乙有限公司"))})
    (gone,) = deleting.deleted(desk.office)
    history.put_back(desk.office, [gone.change])
    named = "SELECT firm.name, firm_name.name FROM firm JOIN firm_name ON firm_id = firm.id"
    assert sorted(desk.read(named)) == [("乙有限公司", "乙有限公司"), (FIRM, FIRM)]


def test_many_rows_are_backed_up_before_they_are_deleted(desk: Desk) -> None:
    rows = [booking("数控实训室", times=f"{at}:00-{at + 1}:00") for at in range(8, 18)]
    more = [booking("数控实训室", "2024-03-05", f"{at}:00-{at + 1}:00") for at in range(8, 18)]
    desk.bring({"a.xlsx": table(base(1, "数控实训室")), "b.xlsx": table(*rows, *more)})
    few, many = ids(desk, "SELECT id FROM booking")[:19], ids(desk, "SELECT id FROM base")
    deleting.delete(desk.office, "bookings", few)
    assert backups.listed(desk.office.folder.backups) == []
    desk.undo()
    deleting.delete(desk.office, "bases", many, with_what_belongs=True)
    (saved,) = backups.listed(desk.office.folder.backups)
    assert saved.note is not None
    assert (saved.why, saved.note.rows["booking"]) == ("删除前", 20)


def test_nothing_chosen_is_one_sentence(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有要删除的记录"):
        deleting.delete(desk.office, "students", [17])


def test_a_number_is_never_given_to_another_record(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2)), "b.xlsx": table(placement(1, FIRM))})
    highest = desk.one("SELECT max(id) FROM student")
    deleting.delete(desk.office, "students", [highest])
    desk.bring({"a.xlsx": table(student(3))})
    assert desk.one("SELECT max(id) FROM student") > highest
