"""A batch's list of firms, its school year, and the length over all its stages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from policy_facts import D, firm, found, id_number, placement, school

from xqhz_desktop.base import facts as f
from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.periods import calendar_year, periods_of, school_year
from xqhz_desktop.policy.rules import check

BATCH = f.Batch(7, "2023-2024岗位实习", "2023-2024", D(2023, 6, 20), D(2024, 6, 30))
START = D(2023, 9, 1)
DAY = timedelta(1)


def listed(**changes: object) -> f.BatchFirm:
    """A firm of the list for which all was done on the first student's day."""
    return replace(f.BatchFirm(3, 7, 1, True, START, "档案柜", START, START), **changes)  # type: ignore[arg-type]


def in_batch(**changes: object) -> f.Placement:
    return placement(**{"batch": 7, "batch_year": "2023-2024"} | changes)  # type: ignore[arg-type]


def of_list(rule: str, row: f.BatchFirm) -> list[str]:
    facts = {"batches": (BATCH,), "batch_firms": (row,), "placements": (in_batch(),)}
    return [one.message for one in found(rule, **facts)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, ""),
        ({"assessed": START + DAY}, "晚于学生上岗"),
        ({"assessed": None}, "没有实地考察"),
        ({"report": ""}, "没有书面考察报告"),
        ({"new": False, "assessed": None, "report": ""}, ""),
        ({"new": None, "assessed": None}, "未填"),
    ],
)
def test_a_new_firm_is_looked_at_before_the_first_student(
    changes: dict[str, object], says: str
) -> None:
    found = of_list("new_firm_not_assessed", listed(**changes))
    assert len(found) == bool(says)
    assert all(says in message for message in found)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, ""),
        ({"decided": None}, "未填党组织会议决定的日期"),
        ({"decided": None, "published": None}, "党组织会议决定、公开"),
        ({"published": START + DAY}, "公开晚于学生上岗日期"),
    ],
)
def test_the_list_is_decided_and_public_before_the_first_student(
    changes: dict[str, object], says: str
) -> None:
    found = of_list("firm_list_not_public", listed(**changes))
    assert len(found) == bool(says)
    assert all(says in message for message in found)


def test_a_student_is_placed_at_a_firm_of_the_list() -> None:
    facts = {"batches": (BATCH,), "firms": (firm(), firm(id=2)), "batch_firms": (listed(),)}
    rows = (in_batch(), in_batch(id=2, firm=2), in_batch(id=3, firm=2, arranged=False))
    assert [one.record for one in found("firm_not_on_list", **facts, placements=rows)] == [2]


def test_a_batch_with_students_has_a_list() -> None:
    facts = {"batches": (BATCH,)}
    assert found("batch_without_list", **facts) == []
    (one,) = found("batch_without_list", **facts, placements=(in_batch(),))
    assert (one.register, one.record, one.period) == ("batches", 7, "2023-2024")


def test_what_belongs_to_a_batch_counts_in_its_school_year() -> None:
    row = in_batch(start=D(2023, 6, 25))
    of = school(batches=(BATCH,), batch_firms=(listed(),), placements=(row,))
    assert compute(of, school_year(2023))["internship_rows"].ids == (1,)
    assert compute(of, school_year(2022))["internship_rows"].ids == ()
    assert compute(of, calendar_year(2023))["internship_rows"].ids == (1,)
    assert [one.name for one in periods_of(of.facts)[1]] == ["2023-2024"]
    late = replace(row, agreement=False)
    assert {one.period for one in check(school(batches=(BATCH,), placements=(late,)))} == {
        "2023-2024"
    }


def stages(days: int) -> tuple[f.Placement, ...]:
    """Two stages of one batch, in two school years by their dates, so many days together."""
    first = in_batch(id=1, start=D(2023, 7, 1), end=D(2023, 8, 31))  # 62 days
    second = START + timedelta(60)
    return first, in_batch(id=2, start=second, end=second + timedelta(days - 62 - 1))


@pytest.mark.parametrize(("days", "short"), [(180, 0), (179, 1)])
def test_all_stages_of_a_batch_count_together(days: int, short: int) -> None:
    findings = found("shorter_than_180_days", batches=(BATCH,), placements=stages(days))
    assert len(findings) == short
    assert all("本批次岗位实习合计179天" in one.message for one in findings)


@pytest.mark.parametrize(
    ("today", "end", "judged"),
    [
        (D(2024, 6, 30), D(2024, 6, 30), False),
        (D(2024, 7, 1), D(2024, 6, 30), True),
        (D(2024, 7, 1), None, False),
        (None, None, False),
    ],
)
def test_a_batch_that_goes_on_is_not_judged(
    today: date | None, end: date | None, judged: bool
) -> None:
    of = school(batches=(replace(BATCH, end=end),), placements=stages(100))
    of.today = today
    assert any(one.rule == "shorter_than_180_days" for one in check(of)) is judged


POST = f.Post(5, 1, "2023-2024", "数控车工", 10)


def crowd(count: int, **changes: object) -> tuple[f.Placement, ...]:
    return tuple(
        placement(id=n, id_number=id_number(serial=n), **changes) for n in range(1, count + 1)
    )


@pytest.mark.parametrize(("interns", "over"), [(2, 0), (3, 1)])
def test_a_fifth_of_the_staff_of_a_post_is_allowed(interns: int, over: int) -> None:
    findings = found("post_over_20pct", posts=(POST,), placements=crowd(interns))
    assert [one.others for one in findings] == [(1, 2, 3)] * over


@pytest.mark.parametrize(("start", "over"), [(D(2024, 1, 31), True), (D(2024, 2, 1), False)])
def test_interns_who_overlap_by_a_day_are_there_together(start: date, over: bool) -> None:
    third = placement(id=9, id_number=id_number(serial=9), start=start)
    rows = (*crowd(2, end=D(2024, 1, 31)), third)
    assert bool(found("post_over_20pct", posts=(POST,), placements=rows)) is over


@pytest.mark.parametrize(("day", "over"), [(D(2024, 3, 1), True), (START, False)])
def test_who_has_changed_to_another_post_is_no_longer_on_it(day: date, over: bool) -> None:
    rows = (*crowd(2), placement(id=9, id_number=id_number(serial=9), position="钳工"))
    turns = (f.Turn(9, day, "数控车工", "钳工"),)
    facts = {"posts": (POST,), "placements": rows}
    assert found("post_over_20pct", **facts) == []
    assert bool(found("post_over_20pct", **facts, turns=turns)) is over


def test_an_unknown_staff_of_a_post_is_never_a_pass() -> None:
    facts = {"posts": (replace(POST, staff=None),), "placements": crowd(3)}
    assert found("post_over_20pct", **facts) == []
    (one,) = found("post_staff_unknown", **facts)
    assert (one.severity, one.record) == ("hint", 5)
    assert "3人，同岗位职工数未填" in one.message
