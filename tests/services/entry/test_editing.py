"""Cells as they are typed into a table: taken, refused with a reason, told in a title."""

from datetime import date

import pytest

from tests.services.books import (
    id_number,
    masked,
    name,
    student,
    table,
    uscc,
)
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from tests.services.typed import first, put, said, title, value
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.editing import Edit, Edited, fill, set_cells
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office


@pytest.fixture
def office(desk: Desk) -> Office:
    """The small office, open."""
    desk.bring(OFFICE)
    return desk.office


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


def test_a_number_inside_a_text_is_not_in_the_title(office: Office) -> None:
    put(office, "students", note="家长电话13912345678")
    assert title(office) == f"{name(1)} 的 备注：（空） → 家长电话（号码）"
    fill(office, "students", [first(office, "students")], "note", "甲", reason=id_number(3))
    assert title(office).endswith("（事由：（号码））")


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
