"""Rows that are typed: held whole, one record once, made new, filled down as one action."""

from datetime import date

import pytest

from tests.services.books import (
    id_number,
    masked,
    name,
    placement,
    student,
    table,
    uscc,
    wrong,
)
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from tests.services.typed import new, put, said, title, value
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.services import tables
from xqhz_desktop.services.access import users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.entry.editing import Edit, Edited, create_linked, fill, set_cells
from xqhz_desktop.services.office import Office


@pytest.fixture
def office(desk: Desk) -> Office:
    """The small office, open."""
    desk.bring(OFFICE)
    return desk.office


# ------------------------------------------------------------ whole rows


def test_an_end_before_the_start_is_refused_and_the_rest_kept(office: Office) -> None:
    edited = put(office, "placements", end="20230101", position="焊工")
    assert said(edited) == ["“结束”：结束日期早于开始日期，请核对。"]
    assert value(office, "placements", "position") == "焊工"
    assert value(office, "placements", "end") == date(2024, 5, 31)


def test_both_ends_of_a_period_may_move_at_once(office: Office) -> None:
    assert said(put(office, "placements", start="20250901", end="20260531")) == []
    assert value(office, "placements", "start") == date(2025, 9, 1)


def test_a_sex_that_the_number_contradicts_is_warned_of(office: Office) -> None:
    edited = put(office, "students", sex="女" if int(id_number(1)[16]) % 2 else "男")
    assert [one.reason for one in edited.warnings] == ["“性别”：性别与身份证号不一致。"]
    assert edited.changes


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ({"practice": "50"}, (70, 20, 50)),
        ({"total": "80"}, (80, 40, 40)),
        ({"theory": "10", "total": "60"}, (60, 10, 50)),
        ({"theory": ""}, (40, 0, 40)),
    ],
)
def test_hours_that_were_not_typed_follow(
    office: Office, typed: dict[str, str], hours: tuple[int, int, int]
) -> None:
    assert said(put(office, "courses", **typed)) == []
    found = tuple(value(office, "courses", name) for name in ("total", "theory", "practice"))
    assert found == hours
    assert not put(office, "courses", **typed).changes


@pytest.mark.parametrize(
    "typed", [{"total": "10"}, {"total": "60", "theory": "50", "practice": "20"}]
)
def test_hours_that_do_not_add_up_are_refused(office: Office, typed: dict[str, str]) -> None:
    reasons = said(put(office, "courses", **typed))
    assert {"总学时不等于理论学时加实践学时" in one for one in reasons} == {True}
    assert value(office, "courses", "total") == 60


def test_a_double_booking_is_a_warning(desk: Desk, office: Office) -> None:
    edited = put(office, "bookings", times="2-4节")
    assert edited.changes
    (warning,) = edited.warnings
    assert warning.reason == (
        "数控实训室在 2024-03-04 10:00-12:00 已由“2021级数控1班”使用，请核对时间。"
    )


def test_a_cancelled_booking_clashes_with_none(office: Office) -> None:
    assert put(office, "bookings", note="已取消").changes
    assert put(office, "bookings", times="2-4节").warnings == ()
    assert put(office, "bookings", note="").warnings != ()


# ------------------------------------------------------------ one record once


def test_two_records_may_exchange_their_numbers(office: Office) -> None:
    one, two = tables.ids(office, "agreements")
    edits = [Edit(one, "code", "XY2"), Edit(two, "code", "XY1")]
    assert said(set_cells(office, "agreements", edits)) == []
    assert value(office, "agreements", "code", one) == "XY2"
    assert value(office, "agreements", "code", two) == "XY1"


def test_students_who_exchange_numbers_keep_what_links_to_them(desk: Desk, office: Office) -> None:
    one, two = tables.ids(office, "students")[:2]
    before = desk.dump()
    edits = [Edit(one, "id_number", id_number(2)), Edit(two, "id_number", id_number(1))]
    edited = set_cells(office, "students", edits)
    assert said(edited) == []
    assert value(office, "placements", "student") == id_number(2)
    desk.undo(edited.changes.action)
    assert desk.dump() == before


def test_the_second_of_two_equal_rows_is_refused(office: Office) -> None:
    one, two = tables.ids(office, "agreements")
    edits = [Edit(one, "code", "XY9"), Edit(two, "code", "XY9")]
    edited = set_cells(office, "agreements", edits)
    assert [(problem.row, problem.field) for problem in edited.problems] == [(two, "code")]
    assert value(office, "agreements", "code", one) == "XY9"


def test_a_row_may_not_step_on_one_that_was_refused(office: Office) -> None:
    one, two = tables.ids(office, "agreements")
    edits = [Edit(one, "code", "XY2"), Edit(two, "code", "XY3"), Edit(two, "start", "无此日")]
    edits += [Edit(None, "code", "XY3"), Edit(None, "firm", FIRM)]
    edits += [Edit(None, "start", "20250101"), Edit(None, "end", "20251231")]
    edited = set_cells(office, "agreements", edits)
    assert value(office, "agreements", "code", one) == "XY2"
    assert value(office, "agreements", "code", two) == "XY3"
    assert {problem.field for problem in edited.problems} == {"start", "code"}


def test_a_course_may_be_listed_twice(office: Office) -> None:
    row = {"intake": "2021级", "major": "数控技术应用", "name": "机械基础", "total": "20"}
    edited = new(office, "courses", **row)
    assert "第 2 次列入" in edited.warnings[0].reason
    assert edited.problems == ()


# ------------------------------------------------------------ new rows


def test_a_new_row_lacks_what_its_register_demands(desk: Desk, office: Office) -> None:
    before = desk.dump()
    edited = new(office, "students", name="王新", nation="汉族")
    assert said(edited) == ["“身份证号”未填，请填写。"]
    assert desk.dump() == before


def test_a_new_row_is_kept_without_its_bad_cell(office: Office) -> None:
    edited = new(office, "students", name="王新", id_number=id_number(70), entry="不知")
    assert [problem.field for problem in edited.problems] == ["entry"]
    assert value(office, "students", "name", edited.made[0]) == "王新"
    assert title(office) == "新增学生：王新"


def test_an_empty_new_row_is_nothing(office: Office) -> None:
    assert new(office, "students", name="", nation=" ") == Edited()


def test_a_new_row_takes_name_and_number_of_the_person_it_links_to(office: Office) -> None:
    edited = new(office, "placements", student="20210003", firm=FIRM, start="20250301")
    assert said(edited) == []
    assert [one.reason for one in edited.warnings] == ["“结束”：在岗，结束日期未填。"]
    assert value(office, "placements", "name", edited.made[0]) == name(3)
    assert value(office, "placements", "night_shift", edited.made[0]) is False


def test_a_new_student_whom_a_roster_knew_becomes_one_person(desk: Desk, office: Office) -> None:
    desk.bring({"a.xlsx": table(placement(50, FIRM))})
    known = desk.one("SELECT id FROM student WHERE id_number = ?", id_number(50))
    edited = new(office, "students", name=name(50), id_number=id_number(50), nation="汉族")
    assert edited.made == {0: known}
    assert known in tables.ids(office, "students")


def test_a_new_firm_of_the_name_that_rosters_know_becomes_one_firm(
    desk: Desk, office: Office
) -> None:
    desk.bring({"a.xlsx": table(placement(50, "丁食品有限公司"))})
    edited = new(office, "firms", name="丁食品有限公司", uscc=uscc(9))
    assert said(edited) == []
    assert desk.one("SELECT count(*) FROM firm WHERE name = '丁食品有限公司'") == 1


def test_a_new_shortened_number_is_not_enough(office: Office) -> None:
    edited = new(office, "students", name="王新", id_number=masked(id_number(70)))
    assert said(edited) == ["“身份证号”被遮盖，请填写完整号码。"]


def test_a_firm_that_changes_its_name_is_found_by_both(office: Office) -> None:
    put(office, "firms", name="甲智造有限公司")
    for typed in (FIRM, "甲智造有限公司"):
        put(office, "placements", firm=OTHER)
        assert said(put(office, "placements", firm=typed)) == []
        assert value(office, "placements", "firm") == "甲智造有限公司"


# ------------------------------------------------------------ filling down, making, roles


def test_one_field_of_many_rows_is_one_action_with_its_reason(desk: Desk, office: Office) -> None:
    before = desk.dump()
    ids = tables.ids(office, "students")
    edited = fill(
        office, "students", ids, "registered", "休学", reason="服兵役", on=date(2025, 3, 1)
    )
    assert title(office) == "学生：3 行的 学籍状态 改为 否（自 2025-03-01 起，事由：服兵役）"
    assert len(edited.ids) == 3
    desk.undo()
    assert desk.dump() == before


def test_a_filled_phone_is_not_in_the_title(office: Office) -> None:
    fill(office, "students", tables.ids(office, "students"), "phone", "13912345678")
    assert title(office) == "学生：3 行的 联系电话 改为同一号码"


def test_a_firm_is_made_from_its_name_and_only_once(desk: Desk, office: Office) -> None:
    number, changes = create_linked(office, "firms", "丙汽修有限公司")
    assert changes.registers == {"firms": 1}
    assert title(office) == "登记合作企业：丙汽修有限公司"
    assert create_linked(office, "firms", "丙汽修有限责任公司") == (number, type(changes)())


def test_a_student_is_made_of_number_and_name(desk: Desk, office: Office) -> None:
    with pytest.raises(UserError, match="请写明学生姓名"):
        create_linked(office, "students", id_number(61))
    number, _ = create_linked(office, "students", id_number(61), name="王新")
    assert desk.one("SELECT name FROM student WHERE id = ?", number) == "王新"
    assert title(office) == "登记学生：王新"


@pytest.mark.parametrize(
    ("register", "label"),
    [("students", wrong(id_number(3))), ("teachers", "王无号"), ("bases", "新基地")],
)
def test_what_names_nobody_is_not_made(office: Office, register: str, label: str) -> None:
    with pytest.raises(UserError) as error:
        create_linked(office, register, label)
    assert error.value.code == EXIT_USAGE


def test_who_only_reads_may_not_write(desk: Desk, office: Office) -> None:
    users.add(office, "测试", Role.ADMIN)
    users.add(office, "管", Role.ADMIN)
    users.set_role(office, "测试", Role.VIEWER)
    before = desk.dump()
    with pytest.raises(UserError) as error:
        put(office, "students", nation="汉族")
    assert error.value.code == EXIT_NOT_PERMITTED
    assert desk.dump() == before


# ------------------------------------------------------------ who a row is about


def test_a_row_linked_to_another_person_has_that_ones_name(office: Office) -> None:
    put(office, "apprentices", student="20210001")
    assert value(office, "apprentices", "name") == name(1)
    assert value(office, "apprentices", "student_no") == "20210001"


def test_a_name_typed_beside_the_link_stays(office: Office) -> None:
    put(office, "apprentices", student="20210001", name=name(3))
    assert value(office, "apprentices", "name") == name(3)
    put(office, "apprentices", student="20210002", name="王小名")
    assert value(office, "apprentices", "name") == "王小名"


# ------------------------------------------------------------ many rows


def test_a_block_of_many_rows_takes_no_more_queries_than_one_of_few(
    desk: Desk, office: Office, queries: list[str]
) -> None:
    desk.bring({"a.xlsx": table(*(student(100 + n) for n in range(120)))})

    def asked(rows: range) -> int:
        typed = {"firm": FIRM, "start": "20250301", "end": "20250901", "agreement": "是"}
        edits = [Edit(None, "student", f"2021{100 + n:04}", n) for n in rows]
        edits += [Edit(None, name, text, n) for n in rows for name, text in typed.items()]
        queries.clear()
        edited = set_cells(office, "placements", edits)
        assert (len(edited.ids), edited.problems) == (len(rows), ())
        return len([sql for sql in queries if sql.startswith("SELECT")])

    assert asked(range(2)) == asked(range(2, 120))
