"""Cells as they are typed into a table: taken, refused with a reason, written as one action."""

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
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.services import tables, users
from xqhz_desktop.services.editing import Edit, Edited, create_linked, fill, set_cells
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.roles import Role


@pytest.fixture
def office(desk: Desk) -> Office:
    """The small office, open."""
    desk.bring(OFFICE)
    return desk.office


def first(office: Office, register: str) -> int:
    """The id of a register's first record."""
    return tables.ids(office, register)[0]


def put(office: Office, register: str, **typed: str) -> Edited:
    """Type into cells of the first record."""
    number = first(office, register)
    return set_cells(office, register, [Edit(number, name, text) for name, text in typed.items()])


def new(office: Office, register: str, **typed: str) -> Edited:
    """Type a new row."""
    return set_cells(office, register, [Edit(None, name, text) for name, text in typed.items()])


def value(office: Office, register: str, field: str, number: int | None = None) -> object:
    """The true value of a cell."""
    number = number or first(office, register)
    return tables.read_values(office, register, [number])[0][field]


def said(edited: Edited) -> list[str]:
    """Why cells were not written."""
    return [problem.reason for problem in edited.problems]


def title(office: Office) -> str:
    """What the last action is called."""
    return actions(office)[0].title


# ------------------------------------------------------------ one cell


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20260901", date(2026, 9, 1)),
        ("2026-9-1", date(2026, 9, 1)),
        ("9.1", date(2025, 9, 1)),
        ("9月1日", date(2025, 9, 1)),
        ("2026年9月", date(2026, 9, 1)),
        ("２０２６．９．１", date(2026, 9, 1)),
    ],
)
def test_a_date_is_taken_as_people_type_it(office: Office, typed: str, day: date) -> None:
    assert put(office, "students", entry=typed).problems == ()
    assert value(office, "students", "entry") == day


@pytest.mark.parametrize(
    ("register", "field", "typed", "kept"),
    [
        ("placements", "agreement", "已签", True),
        ("placements", "agreement", "×", False),
        ("placements", "agreement", "否", False),
        ("placements", "arrangement", "学校统一安排", "集中"),
        ("placements", "arrangement", "zz", "自主"),
        ("placements", "pay", "3,200元", 3200.0),
        ("placements", "pay", "", None),
        ("bookings", "times", "5-6节", "810-930"),
        ("bookings", "function", "jd", "技能鉴定"),
        ("firms", "staff", "120人", 120),
        ("students", "phone", "139 0000-0021", "13900000021"),
        ("placements", "position", " 车工 ", "车工"),
    ],
)
def test_a_cell_is_read_as_the_import_reads_it(
    office: Office, register: str, field: str, typed: str, kept: object
) -> None:
    assert said(put(office, register, **{field: typed})) == []
    assert value(office, register, field) == kept


@pytest.mark.parametrize(
    ("register", "field", "typed", "reason"),
    [
        ("students", "entry", "2月30日", "“入学时间”：日期读不出或不存在"),
        ("students", "name", "", "“姓名”不能为空，请填写。"),
        ("students", "id_number", "123", "“身份证号”：身份证号校验不通过"),
        ("students", "sex", "不详", "“性别”请填男或女。"),
        ("firms", "uscc", "9137", "不是18位"),
        ("firms", "staff", "-5", "“在岗职工人数”请填写数字，不能是负数。"),
        ("placements", "pay", "面议", "“实发报酬”请填写数字"),
        ("placements", "firm", "丙公司", "合作企业里没有“丙公司”"),
        ("placements", "student", "T900", "学生里没有“T900”，请填写学号、姓名或身份证号。"),
        ("stints", "teacher", "T900", "专任教师里没有“T900”"),
        ("bookings", "times", "中午", "“节次/时间”：时间读不出"),
        ("students", "note", "长" * 10_001, "超过 10,000 个字"),
    ],
)
def test_a_bad_cell_is_refused_with_one_sentence_and_not_written(
    office: Office, desk: Desk, register: str, field: str, typed: str, reason: str
) -> None:
    before = desk.dump()
    edited = put(office, register, **{field: typed})
    assert [reason in one for one in said(edited)] == [True]
    assert said(edited)[0].endswith("。")
    assert not edited.changes
    assert desk.dump() == before


def test_good_cells_are_written_and_bad_ones_are_not(office: Office) -> None:
    edited = put(office, "students", nation="汉族", entry="昨天", sex="女")
    assert [problem.field for problem in edited.problems] == ["entry"]
    assert (value(office, "students", "nation"), value(office, "students", "sex")) == ("汉族", "女")
    assert title(office) == f"修改学生 {name(1)}：性别、民族"


def test_what_says_the_same_is_no_action(office: Office) -> None:
    before = len(actions(office))
    edited = put(office, "students", name=name(1), entry="20210901", registered="是")
    assert edited == Edited()
    assert len(actions(office)) == before


def test_a_shortened_number_typed_back_is_no_change(office: Office) -> None:
    put(office, "students", phone="13900000021")
    edited = put(office, "students", id_number=masked(id_number(1)), phone="139****0021")
    assert edited == Edited()
    edited = put(office, "students", phone="138****9999")
    assert not edited.changes
    assert "遮盖过的号码，没有改动" in edited.warnings[0].reason


def test_an_apostrophe_or_star_in_a_text_is_text(office: Office) -> None:
    assert put(office, "students", note="*重点关注").changes
    assert value(office, "students", "note") == "*重点关注"


def test_a_record_that_is_gone_is_said(office: Office) -> None:
    edited = set_cells(office, "students", [Edit(999, "name", "王新")])
    assert said(edited) == ["这一行已经不在了，请刷新后再改。"]


def test_an_unknown_field_is_our_mistake(office: Office) -> None:
    with pytest.raises(KeyError):
        put(office, "students", number="7")


# ------------------------------------------------------------ titles


def test_a_title_tells_one_edit_in_words(office: Office) -> None:
    put(office, "students", **{"class": "2021级数控技术应用1班", "nation": "回族"})
    assert title(office) == f"{name(1)} 的 民族：（空） → 回族"


@pytest.mark.parametrize(
    ("field", "typed"), [("phone", "13912345678"), ("id_number", id_number(77))]
)
def test_a_title_names_a_number_and_never_repeats_it(
    office: Office, field: str, typed: str
) -> None:
    put(office, "students", **{field: typed})
    assert title(office).startswith(f"{name(1)} 的 ")
    assert not any(letter.isdigit() for letter in title(office))


def test_many_edits_are_counted(office: Office) -> None:
    ids = tables.ids(office, "students")
    edits = [Edit(number, "nation", "汉族") for number in ids]
    edits += [Edit(None, "name", "王新"), Edit(None, "id_number", id_number(90))]
    edited = set_cells(office, "students", edits)
    assert title(office) == "学生：修改 3 格，新增 1 行"
    assert len(edited.ids) == 4
    assert edited.changes.registers == {"students": 4}


# ------------------------------------------------------------ links


@pytest.mark.parametrize("typed", [OTHER, "乙电子有限责任公司", uscc(2), uscc(2).lower()])
def test_a_firm_is_found_by_name_or_code(office: Office, typed: str) -> None:
    put(office, "placements", firm=typed)
    assert value(office, "placements", "firm") == OTHER


@pytest.mark.parametrize("typed", [id_number(2), name(2), "20210002"])
def test_a_student_is_found_by_number_or_unique_name(office: Office, typed: str) -> None:
    assert said(put(office, "apprentices", student=typed)) == []
    assert value(office, "apprentices", "student") == id_number(2)


@pytest.mark.parametrize("typed", ["T002", "t002", name(502)])
def test_a_teacher_is_found_by_number_or_name(office: Office, typed: str) -> None:
    put(office, "stints", teacher=typed, start="20230601")
    assert value(office, "stints", "teacher") == "T002"


def test_an_ambiguous_name_says_who_is_meant_perhaps(desk: Desk, office: Office) -> None:
    desk.bring({"a.xlsx": table(student(8, 姓名=name(2), 班级="2022级电工1班"))})
    (reason,) = said(put(office, "apprentices", student=name(2)))
    assert reason == (
        f"学生里有 2 个“{name(2)}”：{name(2)}（2021级数控技术应用1班 20210002）、"
        f"{name(2)}（2022级电工1班 20210008），请改填学号或身份证号。"
    )


def test_a_picked_candidate_is_taken_by_its_id(desk: Desk, office: Office) -> None:
    (other,) = (row[0] for row in desk.read("SELECT id FROM student WHERE student_no = '20210002'"))
    edit = Edit(first(office, "apprentices"), "student", name(2), picked=other)
    assert set_cells(office, "apprentices", [edit]).changes
    assert value(office, "apprentices", "student") == id_number(2)


def test_no_id_number_stands_in_a_reason(office: Office) -> None:
    (reason,) = said(put(office, "apprentices", student=id_number(55)))
    assert id_number(55) not in reason
    (reason,) = said(put(office, "students", id_number=id_number(2)))
    assert reason == f"学生里已有“{name(2)}”，“身份证号”相同，请核对是否重复。"


@pytest.mark.parametrize("register", ["students", "placements", "stints", "bookings"])
def test_a_number_typed_into_the_wrong_cell_is_not_said_again(
    office: Office, register: str
) -> None:
    links = [field.name for field in tables.shown_fields(register) if field.link]
    for field in links:
        (reason,) = said(put(office, register, **{field: id_number(55)}))
        assert id_number(55) not in reason


def test_a_long_text_is_said_again_in_short(office: Office) -> None:
    (reason,) = said(put(office, "placements", firm="长" * 500))
    assert len(reason) < 80


def test_what_is_missing_can_be_made_with_the_row(desk: Desk, office: Office) -> None:
    number = first(office, "placements")
    edits = [Edit(number, "firm", "丙汽修有限公司")]
    assert set_cells(office, "placements", edits).problems[0].missing == "丙汽修有限公司"
    before = desk.dump()
    edited = set_cells(office, "placements", edits, make_missing=True)
    assert edited.changes.registers == {"firms": 1, "placements": 1}
    assert value(office, "placements", "firm") == "丙汽修有限公司"
    assert desk.one("SELECT partner FROM firm WHERE name = '丙汽修有限公司'") == 0
    desk.undo(edited.changes.action)
    assert desk.dump() == before


def test_a_student_is_made_of_the_row_that_names_one(desk: Desk, office: Office) -> None:
    edits = [Edit(None, "student", id_number(60)), Edit(None, "name", "王新")]
    edits += [Edit(None, "firm", FIRM), Edit(None, "start", "20250301")]
    assert set_cells(office, "placements", edits, make_missing=True).problems == ()
    found = "SELECT name, provisional FROM student WHERE id_number = ?"
    assert desk.read(found, id_number(60)) == [("王新", 1)]


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
