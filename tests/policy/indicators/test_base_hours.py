"""Bases: hours, use within opening hours, clashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_facts import D, base, booking, school

from xqhz_desktop.base.facts import Booking
from xqhz_desktop.policy.indicators import bases, breakdowns, compute
from xqhz_desktop.policy.indicators.bases import clashes, used_minutes
from xqhz_desktop.policy.periods import calendar_year

YEAR = calendar_year(2024)
MORNING, AFTERNOON, EVENING = (480, 720), (810, 1050), (1110, 1230)
SPAN = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda one: one[0] < one[1])


def test_a_whole_day_is_eight_hours_and_double_bookings_count_for_both() -> None:
    rows = (booking(MORNING, AFTERNOON), booking(MORNING, id=2), booking((540, 590), id=3))
    got = compute(school(bookings=rows), YEAR)
    assert got["bookings"].value == 3
    assert got["booked_hours"].value == 12.8333


def test_cancelled_rows_count_only_as_cancelled() -> None:
    rows = (booking(MORNING), booking(MORNING, id=2, cancelled=True))
    got = compute(school(bookings=rows, bases=(base(),)), YEAR)
    assert (got["bookings"].value, got["cancelled_rows"].ids) == (1, (2,))
    assert got["double_booking_pairs"].value == 0


def test_hours_fall_into_functions_and_audiences() -> None:
    rows = (
        booking(MORNING),
        booking(EVENING, id=2, function="技能鉴定", audience="企业职工"),
        booking(EVENING, id=3, function=None, audience=None),
    )
    parts = breakdowns(school(bookings=rows), YEAR)
    by_function = {one.part: one.value for one in parts["booked_hours_by_function"]}
    assert by_function == {"技能实训": 4, "技能培训": 0, "技能鉴定": 2, "技能大赛": 0, "未填": 2}
    assert [one.part for one in parts["booked_hours_by_audience"]] == [
        "在校学生",
        "企业职工",
        "城乡劳动者",
        "未填",
    ]
    both = {
        (one.part, one.subpart): one.ids for one in parts["booked_hours_by_function_and_audience"]
    }
    assert len(both) == 5 * 4
    assert both["技能鉴定", "企业职工"] == (2,)
    assert both["未填", "未填"] == (3,)


def test_where_nothing_is_blank_no_part_says_so() -> None:
    parts = breakdowns(school(bookings=(booking(MORNING),)), YEAR)
    assert len(parts["booked_hours_by_function"]) == 4
    assert len(parts["booked_hours_by_function_and_audience"]) == 12


def test_use_is_counted_once_within_opening_hours_on_working_days() -> None:
    saturday = D(2024, 3, 9)
    rows = (
        booking((420, 600)),
        booking((540, 660), id=2),
        booking(EVENING, id=3),
        booking(MORNING, id=4, day=saturday),
    )
    of = school(bookings=rows, bases=(base(), base(id=2, code="SX02")))
    by_base = {one.part: one for one in breakdowns(of, YEAR)["utilisation_by_base"]}
    days = compute(of, YEAR)["working_days"].value
    assert days == 262
    assert (by_base["SX01"].top, by_base["SX01"].bottom) == (3, 262 * 8)
    assert by_base["SX01"].value == 0.0014
    assert by_base["SX02"].value == 0
    overall = compute(of, YEAR)["utilisation_overall"]
    assert (overall.top, overall.bottom, overall.value) == (3, 262 * 16, 0.0007)


def test_a_saturday_worked_in_a_holidays_stead_counts() -> None:
    saturday = D(2024, 3, 9)
    of = school(
        bookings=(booking(MORNING, day=saturday),), bases=(base(),), day_types={saturday: True}
    )
    assert compute(of, YEAR)["utilisation_overall"].top == 4


@given(st.lists(SPAN, max_size=6))
def test_used_minutes_are_those_of_a_minute_by_minute_count(spans: list[tuple[int, int]]) -> None:
    open_minutes = {*range(480, 720), *range(810, 1050)}
    covered = {minute for start, end in spans for minute in range(start, end)}
    assert used_minutes(spans) == len(open_minutes & covered)


@pytest.mark.parametrize(
    ("one", "two", "pairs"),
    [
        ([(480, 600)], [(600, 720)], 0),
        ([(480, 601)], [(600, 720)], 1),
        ([MORNING, AFTERNOON], [(1000, 1100)], 1),
        ([MORNING, AFTERNOON], [(720, 810)], 0),
        ([MORNING, AFTERNOON], [MORNING, AFTERNOON], 1),
    ],
)
def test_bookings_clash_where_they_share_a_minute_and_not_where_they_touch(
    one: list[tuple[int, int]], two: list[tuple[int, int]], pairs: int
) -> None:
    rows = (booking(*one), booking(*two, id=2))
    got = compute(school(bookings=rows), YEAR)["double_booking_pairs"]
    assert got.value == pairs
    assert got.ids == ((1, 2) if pairs else ())


def test_other_bases_and_other_days_do_not_clash() -> None:
    rows = (booking(MORNING), booking(MORNING, id=2, base=2))
    assert clashes((*rows, booking(MORNING, id=3, day=D(2024, 3, 6)))) == []


def test_three_at_one_time_make_three_pairs() -> None:
    rows = tuple(booking(MORNING, id=one) for one in (1, 2, 3))
    assert compute(school(bookings=rows), YEAR)["double_booking_pairs"].value == 3


ROWS = st.lists(st.tuples(st.integers(1, 2), st.integers(4, 6), st.lists(SPAN, min_size=1)))


@given(ROWS)
def test_pairs_are_those_of_looking_at_every_two(
    rows: list[tuple[int, int, list[tuple[int, int]]]],
) -> None:
    made = [
        booking(*spans, id=number, base=of, day=D(2024, 3, day))
        for number, (of, day, spans) in enumerate(rows)
    ]

    def minutes(row: Booking) -> set[int]:
        return {minute for start, end in row.spans for minute in range(start, end)}

    slow = {
        (one.id, two.id)
        for one in made
        for two in made
        if one.id < two.id
        and (one.base, one.day) == (two.base, two.day)
        and minutes(one) & minutes(two)
    }
    assert {(one.id, two.id) for one, two in bases.clashes(made)} == slow
