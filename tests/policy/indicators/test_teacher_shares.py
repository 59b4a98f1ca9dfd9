"""Teachers as of a day: in service, dual-qualified, practised, part-time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_facts import D, school, stint, teacher

from xqhz_desktop.base.facts import PartTimer, Stint
from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.periods import calendar_year, school_year
from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.settings import Settings

YEAR = calendar_year(2024)


def practised(*stints: Stint, settings: Settings | None = None) -> Indicator:
    of = school(settings or Settings(), teachers=(teacher(),), stints=stints)
    return compute(of, YEAR)["teachers_practice_180_days"]


def days(start: date, count: int) -> Stint:
    return stint(start, start + timedelta(count - 1))


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"entry": D(2024, 12, 31)}, True),
        ({"entry": D(2025, 1, 1)}, False),
        ({"entry": None}, True),
        ({"left": D(2024, 12, 31)}, False),
        ({"left": D(2025, 1, 1)}, True),
    ],
)
def test_a_teacher_is_in_service_from_entry_until_the_day_of_leaving(
    changes: dict[str, object], counts: bool
) -> None:
    got = compute(school(teachers=(teacher(**changes),)), YEAR)
    assert got["fulltime_teachers"].value == int(counts)


def test_practical_instructors_are_professional_and_public_courses_are_not() -> None:
    rows = (
        teacher(id=1),
        teacher(id=2, category="实习指导教师", dual=False),
        teacher(id=3, category="公共基础课教师"),
        teacher(id=4, category=None, dual=False),
    )
    got = compute(school(teachers=rows), YEAR)
    assert got["professional_teachers"].ids == (1, 2)
    assert got["dual_share_of_fulltime"].value == 0.5
    assert got["dual_qualified_professional"].value == 1
    assert got["dual_share_of_professional"].value == 0.5


@pytest.mark.parametrize(("since", "value"), [(D(2024, 12, 31), 1), (D(2025, 1, 1), 0), (None, 0)])
def test_dual_qualification_counts_from_its_date(since: date | None, value: int) -> None:
    got = compute(school(teachers=(teacher(dual_since=since),)), YEAR)
    assert got["dual_qualified"].value == value


def test_exactly_180_days_are_enough_and_179_are_not() -> None:
    assert practised(days(D(2022, 3, 1), 180)).value == 1
    assert practised(days(D(2022, 3, 1), 179)).value == 0


def test_days_that_overlap_count_once() -> None:
    first, second = stint(D(2022, 1, 10), D(2022, 5, 9)), stint(D(2022, 4, 10), D(2022, 7, 8))
    assert practised(first, second).value == 1
    assert practised(first, stint(D(2022, 4, 10), D(2022, 7, 7))).value == 0


def test_a_stint_is_cut_at_the_edge_of_the_five_years() -> None:
    assert practised(stint(D(2019, 7, 1), D(2020, 6, 28))).value == 1
    assert practised(stint(D(2019, 7, 1), D(2020, 6, 27))).value == 0
    assert practised(stint(D(2024, 7, 5), D(2025, 6, 30))).value == 1
    assert practised(stint(D(2024, 7, 6), D(2025, 6, 30))).value == 0


def test_a_school_years_window_ends_on_31_august() -> None:
    of = school(teachers=(teacher(),), stints=(stint(D(2019, 3, 1), D(2020, 2, 27)),))
    name = "teachers_practice_180_days"
    assert of.practice_window(school_year(2023)) == (D(2019, 9, 1), D(2024, 8, 31))
    assert compute(of, school_year(2023))[name].value == 1
    assert compute(of, school_year(2024))[name].value == 0


def test_a_failed_stint_does_not_count() -> None:
    failed = stint(D(2022, 3, 1), D(2022, 12, 31), passed=False)
    assert practised(failed).value == 0


def test_the_days_asked_for_are_the_schools_setting() -> None:
    assert practised(days(D(2022, 3, 1), 150), settings=Settings(practice_days=150)).value == 1


def test_a_month_a_year_is_counted_within_the_year_itself() -> None:
    of = school(teachers=(teacher(),), stints=(stint(D(2023, 12, 20), D(2024, 1, 30)),))
    assert compute(of, YEAR)["teachers_practice_month_rate"].value == 1
    assert compute(of, calendar_year(2023))["teachers_practice_month_rate"].value == 0


DAYS = st.dates(D(2019, 6, 1), D(2025, 6, 30))


@given(st.lists(st.tuples(DAYS, st.integers(1, 400)), max_size=6))
def test_practice_days_are_those_of_a_set_of_days(stints: list[tuple[date, int]]) -> None:
    of = school(teachers=(teacher(),), stints=tuple(days(*one) for one in stints))
    slow = {
        start + timedelta(step)
        for start, count in stints
        for step in range(count)
        if 2020 <= (start + timedelta(step)).year <= 2024
    }
    assert of.practice_days(of.practice_window(YEAR)) == {1: len(slow)}


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        (D(2024, 12, 31), D(2025, 6, 30), 1),
        (D(2024, 1, 1), D(2024, 12, 31), 1),
        (D(2025, 1, 1), D(2025, 6, 30), 0),
        (D(2024, 1, 1), D(2024, 12, 30), 0),
    ],
)
def test_a_part_timer_counts_while_appointed(start: date, end: date, value: int) -> None:
    got = compute(school(part_timers=(PartTimer(1, start, end),)), YEAR)
    assert got["part_time_teachers"].value == value


def test_the_part_time_share_divides_by_full_time_teachers_unless_set() -> None:
    facts = {
        "teachers": tuple(teacher(id=one) for one in (1, 2, 3, 4)),
        "part_timers": (PartTimer(1, D(2024, 1, 1), D(2024, 12, 31)),),
    }
    share = compute(school(**facts), YEAR)["part_time_share"]
    assert (share.value, share.top, share.bottom) == (0.25, 1, 4)
    both = compute(school(Settings(part_time_of="all"), **facts), YEAR)["part_time_share"]
    assert both.value == 0.2
