"""The rules of teaching plans, agreements and bases."""

from datetime import date

import pytest
from policy_facts import D, agreement, base, booking, course, found, placement, school

from xqhz_desktop.policy.rules import double_bookings


@pytest.mark.parametrize(("practice", "below"), [(50, 0), (49.9, 1), (0, 1)])
def test_half_of_the_hours_is_enough(practice: float, below: int) -> None:
    assert len(found("major_practice_below_50pct", courses=(course(practice),))) == below


def test_a_major_is_named_by_its_intake_and_without_a_row() -> None:
    rows = (course(40), course(45, id=2), course(90, id=3, major="电子商务"))
    (one,) = found("major_practice_below_50pct", courses=rows)
    assert (one.record, one.major, one.others) == (0, "数控技术应用", (1, 2))
    assert (one.period_kind, one.period) == ("intake", "2021")
    assert one.message == (
        "2021级数控技术应用专业实践学时85，占总学时200的42.50%，低于50%，请调整教学计划。"
    )


def test_a_major_without_hours_is_not_below_half() -> None:
    assert found("major_practice_below_50pct", courses=(course(0, 0),)) == []


@pytest.mark.parametrize(("end", "short"), [(D(2025, 12, 31), 0), (D(2025, 12, 30), 1)])
def test_three_years_to_the_day_are_enough_of_an_agreement(end: date, short: int) -> None:
    facts = {"agreements": (agreement(end=end),), "placements": (placement(),)}
    findings = found("agreement_under_3_years", **facts)
    assert [one.severity for one in findings] == ["hint"] * short


def test_a_short_agreement_matters_only_where_interns_are_taken_under_it() -> None:
    short = agreement(end=D(2023, 8, 31))
    assert found("agreement_under_3_years", agreements=(short,), placements=(placement(),)) == []
    assert found("agreement_under_3_years", agreements=(short,)) == []


def test_a_double_booking_is_named_at_its_first_row() -> None:
    rows = (booking((480, 601)), booking((600, 720), id=2), booking((720, 800), id=3))
    (one,) = found("double_booking", bookings=rows, bases=(base(),))
    assert (one.record, one.others, one.period) == (1, (2,), "2024")
    assert one.message == "“数控实训中心”2024年3月5日有两条使用记录时间重叠，请调整其一。"


def test_the_pairs_of_a_year_leave_out_cancelled_rows_and_other_years() -> None:
    rows = (
        booking((480, 600)),
        booking((480, 600), id=2),
        booking((480, 600), id=3, cancelled=True),
        booking((480, 600), id=4, day=D(2023, 3, 5)),
        booking((480, 600), id=5, day=D(2023, 3, 5)),
    )
    of = school(bookings=rows)
    assert double_bookings(of, 2024) == [(1, 2)]
    assert double_bookings(of, 2023) == [(4, 5)]
    assert double_bookings(of, 2022) == []
