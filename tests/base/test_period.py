"""Days, unions and peaks, held against slow obvious versions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base import period

D = date
DAYS = st.dates(D(2023, 12, 1), D(2024, 3, 31))
SPANS = st.lists(st.tuples(DAYS, DAYS), max_size=8)


def slow_days(spans: list[tuple[date, date]]) -> set[date]:
    return {
        start + timedelta(step) for start, end in spans for step in range((end - start).days + 1)
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (D(2023, 8, 31), "2022-2023"),
        (D(2023, 9, 1), "2023-2024"),
        (D(2024, 1, 1), "2023-2024"),
        (D(2024, 8, 31), "2023-2024"),
    ],
)
def test_a_school_year_turns_on_the_first_of_september(day: date, name: str) -> None:
    assert period.school_year_of(day) == name


def test_every_day_lies_in_the_school_year_that_names_it() -> None:
    for step in range(800):
        day = D(2023, 1, 1) + timedelta(step)
        first, last = period.school_year_days(period.school_year_start(day))
        assert first <= day <= last


def test_both_ends_of_a_span_count() -> None:
    assert period.day_count(D(2024, 1, 1), D(2024, 1, 1)) == 1
    assert period.day_count(D(2024, 1, 1), D(2024, 12, 31)) == 366
    assert period.day_count(D(2024, 1, 2), D(2024, 1, 1)) == 0


def test_an_open_end_still_holds_and_an_unknown_start_never() -> None:
    day = D(2024, 5, 1)
    assert period.holds(day, None, day)
    assert period.holds(day, day, day)
    assert not period.holds(None, None, day)
    assert not period.holds(day + timedelta(1), None, day)
    assert not period.holds(D(2020, 1, 1), day - timedelta(1), day)


@given(SPANS, DAYS, DAYS)
def test_union_days_counts_what_a_set_of_days_counts(
    spans: list[tuple[date, date]], first: date, last: date
) -> None:
    window = slow_days([(first, last)])
    assert period.union_days(spans, first, last) == len(slow_days(spans) & window)


@given(SPANS)
def test_merged_spans_hold_the_same_days_and_stand_apart(spans: list[tuple[date, date]]) -> None:
    merged = period.merge(spans)
    assert slow_days(merged) == slow_days(spans)
    assert all((b[0] - a[1]).days > 1 for a, b in pairwise(merged))


def test_spans_that_follow_one_another_day_by_day_are_joined() -> None:
    first, second = (D(2024, 1, 1), D(2024, 1, 31)), (D(2024, 2, 1), D(2024, 2, 29))
    assert period.merge([second, first]) == [(D(2024, 1, 1), D(2024, 2, 29))]
    later = (D(2024, 2, 2), D(2024, 2, 29))
    assert period.merge([later, first]) == [first, later]


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=8))
def test_the_peak_is_that_of_a_count_day_by_day(spans: list[tuple[date, date | None]]) -> None:
    def present(day: date) -> int:
        return sum(start <= day and (end is None or day <= end) for start, end in spans)

    days = sorted(slow_days([(D(2023, 12, 1), D(2024, 3, 31))]))
    best = max(present(day) for day in days)
    first = next(day for day in days if present(day) == best) if best else None
    assert period.peak(spans) == period.Peak(best, first)


def test_a_person_with_two_spans_on_one_day_counts_once() -> None:
    twice = [(D(2024, 1, 1), D(2024, 1, 9)), (D(2024, 1, 5), None)]
    other = [(D(2024, 1, 7), D(2024, 1, 7))]
    assert period.peak_of_persons({"a": twice, "b": other}) == period.Peak(2, D(2024, 1, 7))


def test_one_who_leaves_the_day_before_is_not_met() -> None:
    spans = [(D(2024, 1, 1), D(2024, 1, 4)), (D(2024, 1, 5), D(2024, 1, 9))]
    assert period.peak(spans).most == 1
    assert period.peak([(D(2024, 1, 1), D(2024, 1, 5)), spans[1]]).most == 2


@pytest.mark.parametrize(
    ("born", "sixteen"),
    [
        (D(2008, 3, 1), D(2024, 3, 1)),
        (D(2008, 2, 29), D(2024, 2, 29)),
        (D(2084, 2, 29), D(2100, 2, 28)),
    ],
)
def test_the_sixteenth_birthday(born: date, sixteen: date) -> None:
    assert period.sixteenth_birthday(born) == sixteen


def test_who_is_born_on_29_february_is_of_age_on_the_28th_of_a_common_year() -> None:
    assert period.birthday_at(D(2004, 2, 29), 18) == D(2022, 2, 28)
