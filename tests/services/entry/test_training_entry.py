"""What the tables of internships refuse is refused with a sentence while it is typed."""

import pytest

from tests.services.books import id_number, name
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE
from tests.services.typed import new, put, said, value
from xqhz_desktop.services import deleting, tables
from xqhz_desktop.services.office import Office

BATCH = "2024-2025学年第一批"
DAYS = {
    "batch_firms": ({"batch": BATCH, "firm": FIRM}, "published", "published_until"),
    "alternations": (
        {"cohort": "2021级数控学徒班", "group_name": "全班", "place": "企业"},
        "first",
        "last",
    ),
    "incidents": ({"kind": "来电", "what": "家长来电"}, "day", "closed"),
    "mentorships": (
        {"student": id_number(3), "side": "企业师傅", "mentor": "赵师傅"},
        "start",
        "end",
    ),
    "apprentice_events": (
        {"student": id_number(3), "kind": "请假", "reason": "病假"},
        "day",
        "until",
    ),
}


@pytest.fixture
def office(desk: Desk) -> Office:
    """The small office with a batch."""
    desk.bring(OFFICE)
    new(desk.office, "batches", name=BATCH, school_year="2024", kind="岗位实习", start="2024-9-1")
    return desk.office


@pytest.mark.parametrize("typed", ["2025", "2025-2026", "2025-26", "2025—2026学年", "2025学年"])
def test_a_school_year_is_kept_in_one_form(office: Office, typed: str) -> None:
    assert said(put(office, "batches", school_year=typed)) == []
    assert value(office, "batches", "school_year") == "2025-2026学年"


@pytest.mark.parametrize("typed", ["2025-2027", "2025-24", "第一学年", "1999", "2025年"])
def test_what_is_no_school_year_is_refused(office: Office, typed: str) -> None:
    edited = put(office, "batches", school_year=typed)
    assert said(edited) == ["“学年”请按 2024-2025学年 的样子填写。"]


@pytest.mark.parametrize("register", DAYS)
def test_days_in_the_wrong_order_are_refused(office: Office, register: str) -> None:
    row, first, last = DAYS[register]
    assert said(new(office, register, **row, **{first: "2025-3-2", last: "2025-3-2"})) == []
    (reason,) = said(put(office, register, **{last: "2025-3-1"}))
    assert reason.endswith("请核对。")
    refused = new(office, register, **row, **{first: "2025-3-2", last: "2025-3-1"})
    assert refused.problems[0].field == last
    assert "早于" in refused.problems[0].reason


def test_a_supervisors_visit_names_the_student(office: Office) -> None:
    row = {"day": "2025-3-1", "firm": FIRM, "visitor": "李老师"}
    refused = new(office, "visits", kind="巡查", **row)
    assert said(refused) == ["巡查要写明是哪个学生，请填写身份证号、学号或姓名。"]
    assert said(new(office, "visits", kind="走访", **row)) == []
    assert said(put(office, "visits", kind="巡查")) == said(refused)
    assert said(put(office, "visits", kind="巡查", student=id_number(1))) == []
    assert value(office, "visits", "name") == name(1)
    assert said(put(office, "visits", student="")) == said(refused)


def test_a_visit_stays_where_its_student_is_deleted(office: Office) -> None:
    seen = {"day": "2025-3-1", "firm": FIRM, "visitor": "李老师", "kind": "巡查"}
    new(office, "visits", **seen, student=id_number(1))
    student = tables.ids(office, "students")[0]
    deleting.delete(office, "students", [student], with_what_belongs=True)
    assert value(office, "visits", "student") is None


def test_who_is_due_is_called_and_placed_in_a_class_as_the_student_is(office: Office) -> None:
    assert said(new(office, "dues", batch=BATCH, student=id_number(1))) == []
    assert value(office, "dues", "name") == name(1)
    assert value(office, "dues", "class_name") == "2021级数控技术应用1班"
    assert value(office, "dues", "student_no") == "20210001"


def test_a_student_is_due_once_in_a_batch(office: Office) -> None:
    new(office, "dues", batch=BATCH, student=id_number(1))
    again = new(office, "dues", batch=BATCH, student=id_number(1))
    assert "“批次、身份证号”相同" in said(again)[0]
    assert not again.changes


def test_what_has_no_name_is_refused_twice_without_one(office: Office) -> None:
    new(office, "batch_firms", batch=BATCH, firm=FIRM)
    again = said(new(office, "batch_firms", batch=BATCH, firm=FIRM))
    assert again == ["实习单位名单里已有这一行，“批次、实习单位”相同，请核对是否重复。"]
