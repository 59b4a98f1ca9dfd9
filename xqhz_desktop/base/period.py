"""Days, spans of days and school years: counted from dates, never from what a cell claims."""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

Span = tuple[date, date]
OpenSpan = tuple[date, date | None]


class Peak(NamedTuple):
    """The most that were there on one day, and the first such day (None where nobody was)."""

    most: int
    day: date | None


@lru_cache(maxsize=65536)  # the days of a school's records are few, its records many
def school_year_of(day: date) -> str:
    """The school year of a day, as "2023-2024": 1 September to 31 August."""
    first = school_year_start(day)
    return f"{first}-{first + 1}"


def school_year_start(day: date) -> int:
    """The calendar year in which the day's school year begins."""
    return day.year if day.month >= 9 else day.year - 1


def school_year_days(first_year: int) -> Span:
    """First and last day of the school year that begins in `first_year`."""
    return date(first_year, 9, 1), date(first_year + 1, 8, 31)


def year_days(year: int) -> Span:
    """First and last day of a calendar year."""
    return date(year, 1, 1), date(year, 12, 31)


def day_text(day: date) -> str:
    """A day as the reader sees it: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def logged_text(at: str) -> str:
    """An ISO time as the reader sees it, to the minute: 2026-09-01 08:30."""
    return at.replace("T", " ")[:16]


def day_count(start: date, end: date) -> int:
    """Days from start to end, both counted; 0 where the end comes first."""
    return max(0, (end - start).days + 1)


def holds(start: date | None, end: date | None, day: date) -> bool:
    """Whether a dated state stands on `day`, both ends included; an open end still stands.

    A state without a start is unknown and does not stand.
    """
    return start is not None and start <= day and (end is None or day <= end)


def overlap(one: Span, other: Span) -> Span | None:
    """The days that two spans share, None where they share none."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start <= end else None


def merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or follow one another day by day are joined."""
    wanted = [span for span in spans if span[0] <= span[1]]
    if len(wanted) < 2:  # most persons are at one place once
        return wanted
    joined: list[Span] = []
    for start, end in sorted(wanted):
        if joined and (start - joined[-1][1]).days <= 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def union_days(spans: Iterable[Span], first: date = date.min, last: date = date.max) -> int:
    """Distinct days that the spans cover within first..last, all ends counted."""
    cut = (overlap(span, (first, last)) for span in spans)
    return sum(day_count(start, end) for start, end in merge(span for span in cut if span))


def peak(spans: Iterable[OpenSpan]) -> Peak:
    """The most spans that hold one and the same day; an open end holds for ever."""
    changes: dict[date, int] = {}
    for start, end in spans:
        if end is not None and end < start:
            continue
        changes[start] = changes.get(start, 0) + 1
        if end is not None and end < date.max:
            after = end + timedelta(1)
            changes[after] = changes.get(after, 0) - 1
    return _highest(changes)


def _highest(changes: Mapping[date, int]) -> Peak:
    best, present = Peak(0, None), 0
    for day in sorted(changes):
        present += changes[day]
        if present > best.most:
            best = Peak(present, day)
    return best


def peak_of_persons(spans: Mapping[str, Iterable[OpenSpan]]) -> Peak:
    """The most persons present on one day; a person with overlapping spans counts once."""
    return peak(
        span
        for own in spans.values()
        for span in merge((start, end or date.max) for start, end in own)
    )


def birthday_at(birthday: date, age: int) -> date:
    """The day on which a person born on `birthday` completes `age` years.

    One born on 29 February does so on 28 February where the year has no 29th.
    """
    year = birthday.year + age
    last = calendar.monthrange(year, birthday.month)[1]
    return date(year, birthday.month, min(birthday.day, last))


def sixteenth_birthday(birthday: date) -> date:
    """The first day on which a person is 16 years old."""
    return birthday_at(birthday, 16)
