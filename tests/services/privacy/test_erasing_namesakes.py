"""Erasing one person takes nothing from others who share a name, a phone or a word."""

from tests.services.books import base, booking, placement, student, table, teacher
from tests.services.desk import Desk
from tests.services.erased import ME, NAME, PARENT, PARENT_PHONE, TYPO, erase
from tests.services.small_office import FIRM


def test_a_number_or_name_that_others_have_stays_with_them(desk: Desk) -> None:
    desk.bring(
        {
            "a.xlsx": table(
                student(77, **ME, 监护人姓名=PARENT, 监护人电话=PARENT_PHONE),
                student(1, 姓名=NAME, 监护人姓名=PARENT, 监护人电话=PARENT_PHONE),
                student(2, 姓名=NAME + "一"),
            )
        }
    )
    plan = erase(desk)
    assert set(plan.shared) == {NAME, PARENT, PARENT_PHONE}
    kept = desk.read("SELECT name, guardian_name, guardian_phone FROM student ORDER BY id")
    assert kept == [(NAME, PARENT, PARENT_PHONE), (NAME + "一", None, None)]


def test_a_waiting_row_of_a_namesake_stays(desk: Desk) -> None:
    here, there = "2021级数控技术应用1班", "2021级数控技术应用2班"
    bad = {"身份证号": TYPO, "联系电话": ""}
    rows = [
        student(77, **ME, 班级=here),
        student(1, 姓名=NAME, 班级=there),
        student(78, **ME | bad, 学号="", 班级=here),
        student(79, **ME | bad, 学号="", 班级=there),
    ]
    desk.bring({"a.xlsx": table(*rows)})
    assert desk.one("SELECT count(*) FROM quarantined_row") == 2
    assert erase(desk).waiting == 1
    (kept,) = desk.read("SELECT cells FROM quarantined_row")
    assert there in kept[0]


def test_a_waiting_row_with_anothers_number_is_not_the_persons(desk: Desk) -> None:
    other = placement(5, FIRM, 姓名=NAME, 实习开始日期="无此日")
    desk.bring({"a.xlsx": table(student(77, **ME)), "b.xlsx": table(other)})
    plan = erase(desk)
    assert (plan.waiting, plan.shared) == (0, (NAME,))
    assert NAME in desk.one("SELECT cells FROM quarantined_row")


def test_a_longer_name_is_somebody_elses(desk: Desk) -> None:
    rows = [student(77, **ME), student(2, 姓名=NAME + "一", 备注=f"{NAME}一和{NAME}同班")]
    desk.bring({"a.xlsx": table(*rows)})
    erase(desk)
    (kept,) = desk.read("SELECT name, note FROM student")
    assert tuple(kept) == (f"{NAME}一", f"{NAME}一和（已删除）同班")


def test_words_of_the_trade_are_no_names(desk: Desk) -> None:
    rows = (student(77, **ME | {"姓名": "安全"}), student(2, 备注="安全同学带队"))
    placed = placement(2, FIRM, 实习岗位="安全员", 实习内容="安全生产")
    desk.bring({"a.xlsx": table(*rows), "b.xlsx": table(placed)})
    plan = erase(desk)
    assert plan.mentions == {"学生": 1}
    assert desk.read("SELECT position, content FROM placement") == [("安全员", "安全生产")]


def test_what_a_column_of_names_says_of_nobody_is_no_name(desk: Desk) -> None:
    mine = student(77, **ME, 监护人姓名="母亲", 监护人电话="无")
    desk.bring({"a.xlsx": table(mine, student(2, 备注="母亲陪同"))})
    assert erase(desk).mentions == {}
    assert desk.read("SELECT note FROM student") == [("母亲陪同",)]


def test_bookings_that_differed_by_the_person_alone_stay_two(desk: Desk) -> None:
    rows = [booking("数控实训室", 负责人=who) for who in (NAME, "")]
    me = teacher(77, 姓名=NAME, 工号="T077")
    desk.bring(
        {"a.xlsx": table(me), "b.xlsx": table(*rows), "c.xlsx": table(base(1, "数控实训室"))}
    )
    assert desk.one("SELECT count(*) FROM booking") == 2
    erase(desk, "teachers", desk.one("SELECT id FROM teacher"))
    assert {row[0] for row in desk.read("SELECT owner FROM booking")} == {None, "（已删除）"}
