"""People known from a roster become full by their register, and no import deletes anybody."""

from tests.services.books import (
    apprentice,
    id_number,
    name,
    placement,
    stint,
    student,
    table,
    teacher,
)
from tests.services.desk import Desk, fates
from tests.services.small_office import FIRM
from xqhz_desktop.services import tables


def test_a_student_of_a_roster_becomes_full_when_the_register_comes(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(1, FIRM))})
    assert desk.read("SELECT name, class_id, provisional FROM student") == [(name(1), None, 1)]
    plan = desk.plan({"a.xlsx": table(student(1))})
    assert fates(plan, "students") == ["新增"]
    desk.apply(plan)
    (row,) = desk.read("SELECT id_number, class_id IS NOT NULL, provisional FROM student")
    assert row == (id_number(1), 1, 0)


def test_a_provisional_student_is_not_listed_as_a_student(desk: Desk) -> None:
    desk.bring(
        {"a.xlsx": table(student(1)), "b.xlsx": table(placement(1, FIRM), placement(2, FIRM))}
    )
    assert tables.count(desk.office, "students") == 1
    assert len(tables.ids(desk.office, "students")) == 1


def test_a_roster_never_overwrites_the_register(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1, 联系电话="15400000001"))})
    desk.bring({"b.xlsx": table(placement(1, FIRM, 姓名="王壹", 联系电话="15400000002"))})
    assert desk.read("SELECT name, phone FROM student") == [(name(1), "15400000001")]
    assert desk.read("SELECT name, phone FROM placement") == [("王壹", "15400000002")]


def test_one_person_may_be_an_intern_and_an_apprentice(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(1, FIRM)), "c.xlsx": table(apprentice(1, FIRM))})
    assert desk.one("SELECT count(*) FROM student") == 1


def test_a_teacher_of_a_practice_sheet_becomes_full_when_the_register_comes(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(stint(1, FIRM))})
    assert desk.read("SELECT staff_no, provisional FROM teacher") == [("T001", 1)]
    desk.bring({"a.xlsx": table(teacher(1))})
    assert desk.read("SELECT staff_no, title, provisional FROM teacher") == [("T001", "讲师", 0)]


def test_an_import_deletes_nobody(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2)), "b.xlsx": table(placement(1, FIRM))})
    known = desk.read("SELECT id, id_number FROM student ORDER BY id")
    desk.bring({"a.xlsx": table(student(3)), "b.xlsx": table(placement(3, FIRM))})
    assert desk.read("SELECT id, id_number FROM student ORDER BY id")[:2] == known
    assert desk.one("SELECT count(*) FROM change WHERE after IS NULL") == 0


def test_the_class_teacher_is_learned_from_the_unit_line(desk: Desk) -> None:
    row = {key: value for key, value in student(1).items() if key != "班级"}
    above = ("学生名册", "班级：2021级数控技术应用1班　班主任：李四")
    desk.bring({"a.xlsx": table(row, above=above)})
    found = desk.read("SELECT name, intake, class_teacher FROM school_class")
    assert found == [("2021级数控技术应用1班", 2021, "李四")]


def test_a_class_teacher_told_later_is_kept_as_well(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1))})
    above = ("学生名册", "班级：2021级数控技术应用1班　班主任：李四")
    desk.bring({"b.xlsx": table(student(1), student(2), above=above)})
    assert desk.one("SELECT class_teacher FROM school_class") == "李四"


def test_two_teachers_of_one_name_stay_two(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(teacher(1, 姓名="王伟"), teacher(2, 姓名="王伟"))})
    assert desk.one("SELECT count(*) FROM teacher") == 2
