"""Length of internship over a school year, and the share of a firm's staff."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_facts import D, agreement, firm, found, id_number, placement

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.policy.settings import Settings

START = D(2023, 9, 1)


def lasting(days: int, start: date = START, **changes: object) -> Placement:
    return placement(start=start, end=start + timedelta(days - 1), **changes)


@pytest.mark.parametrize(("days", "short"), [(180, 0), (179, 1), (1, 1)])
def test_exactly_180_days_are_enough(days: int, short: int) -> None:
    assert len(found("shorter_than_180_days", placements=(lasting(days),))) == short


def test_two_rows_of_a_change_of_firm_count_together_at_the_latest_row() -> None:
    second = START + timedelta(100)
    enough = (lasting(100, id=5), lasting(80, second, id=3, firm=2))
    assert found("shorter_than_180_days", placements=enough) == []
    short = (lasting(100, id=5), lasting(79, second, id=3, firm=2))
    (one,) = found("shorter_than_180_days", placements=short)
    assert (one.record, one.others, one.period) == (3, (5,), "2023-2024")
    assert one.message == "本学年岗位实习合计179天，不足180天，请补足时长或核对日期。"


def test_days_that_overlap_count_once() -> None:
    rows = (lasting(120), lasting(90, START + timedelta(60), id=2))
    (one,) = found("shorter_than_180_days", placements=rows)
    assert "合计150天" in one.message


def test_of_two_rows_that_start_on_one_day_the_later_recorded_is_named() -> None:
    rows = (lasting(90, id=2), lasting(100, id=1))
    assert found("shorter_than_180_days", placements=rows)[0].record == 2


def test_another_school_year_is_counted_by_itself() -> None:
    rows = (lasting(100), lasting(100, D(2024, 9, 1), id=2))
    assert [one.period for one in found("shorter_than_180_days", placements=rows)] == [
        "2023-2024",
        "2024-2025",
    ]


def test_an_internship_that_goes_on_is_not_judged() -> None:
    rows = (lasting(10), placement(id=2, start=D(2024, 3, 1), end=None))
    assert found("shorter_than_180_days", placements=rows) == []


def test_the_days_are_the_schools_setting_and_shown_as_such() -> None:
    (one,) = found(
        "shorter_than_180_days", Settings(internship_days=181), placements=(lasting(180),)
    )
    assert one.status == "setting"


def crowd(count: int, **changes: object) -> tuple[Placement, ...]:
    return tuple(
        placement(id=n, id_number=id_number(serial=n), **changes) for n in range(1, count + 1)
    )


@pytest.mark.parametrize(("interns", "over"), [(10, 0), (11, 1)])
def test_a_tenth_of_the_staff_is_allowed(interns: int, over: int) -> None:
    assert len(found("firm_over_10pct", placements=crowd(interns))) == over


def test_the_firms_own_row_is_named_with_the_placements_of_that_day() -> None:
    (one,) = found("firm_over_10pct", placements=crowd(11))
    assert (one.register, one.record, one.period) == ("firms", 1, "2023-2024")
    assert one.others == tuple(range(1, 12))
    assert one.message == (
        "“沂川甲机械有限公司”2023年9月1日同时在岗实习学生11人，超过在岗职工100人的10%，请分流。"
    )


def test_only_those_present_on_one_day_count() -> None:
    ten = crowd(10, end=D(2024, 1, 31))
    after = placement(id=20, id_number="x", start=D(2024, 2, 1), end=D(2024, 8, 31))
    same_day = placement(id=20, id_number="x", start=D(2024, 1, 31), end=D(2024, 8, 31))
    assert found("firm_over_10pct", placements=(*ten, after)) == []
    (one,) = found("firm_over_10pct", placements=(*ten, same_day))
    assert one.others == (*range(1, 11), 20)


def test_a_student_with_two_rows_at_a_firm_counts_once() -> None:
    again = placement(id=20, id_number=id_number(serial=1), start=D(2023, 10, 1))
    assert found("firm_over_10pct", placements=(*crowd(10), again)) == []


def test_one_without_an_end_is_still_there() -> None:
    ten = crowd(10, start=D(2024, 5, 1))
    open_end = placement(id=20, id_number="x", end=None)
    assert len(found("firm_over_10pct", placements=(*ten, open_end))) == 1


def test_the_rows_of_another_school_year_do_not_count() -> None:
    late = placement(id=20, id_number="x", start=D(2024, 9, 1), end=D(2025, 6, 30), intake=2022)
    ten = crowd(10, end=D(2024, 12, 31))
    assert found("firm_over_10pct", placements=(*ten, late)) == []


def test_an_unknown_head_count_is_never_a_pass() -> None:
    facts = {"firms": (firm(staff=None),), "placements": crowd(2)}
    assert found("firm_over_10pct", **facts) == []
    (one,) = found("firm_staff_unknown", **facts)
    assert (one.severity, one.record, one.period) == ("hint", 1, "2023-2024")
    assert "接收实习学生2人，职工人数未填" in one.message


def test_a_firm_without_interns_is_not_asked_for_its_staff() -> None:
    assert found("firm_staff_unknown", firms=(firm(staff=None),)) == []


DAYS = st.dates(D(2023, 9, 1), D(2024, 8, 31))


@given(
    st.lists(st.tuples(st.integers(1, 4), DAYS, st.none() | st.integers(0, 200)), min_size=1),
    st.integers(1, 40),
)
def test_the_peak_is_that_of_a_count_day_by_day(
    rows: list[tuple[int, date, int | None]], staff: int
) -> None:
    made = tuple(
        placement(
            id=number,
            id_number=id_number(serial=person),
            start=start,
            end=None if length is None else start + timedelta(length),
        )
        for number, (person, start, length) in enumerate(rows)
    )

    def present(day: date) -> int:
        return len(
            {
                row.id_number
                for row in made
                if row.start <= day and (row.end is None or row.end >= day)
            }
        )

    most = max(present(D(2023, 9, 1) + timedelta(step)) for step in range(366))
    facts = {"firms": (firm(staff=staff),), "agreements": (agreement(),), "placements": made}
    findings = found("firm_over_10pct", Settings(firm_share=Fraction(1, 10)), **facts)
    assert len(findings) == (1 if most * 10 > staff else 0)
