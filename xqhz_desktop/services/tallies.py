"""Tallies for the year book: how a year's rows fall into groups, the largest first."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from xqhz_desktop.policy.results import Period
from xqhz_desktop.policy.school import School
from xqhz_desktop.policy.yearbook import Part

Row = TypeVar("Row")
UNKNOWN = "未填"
_BANDS = ((0, "0 天"), (59, "1–59 天"), (119, "60–119 天"), (179, "120–179 天"))


def tally(
    rows: Iterable[Row],
    label: Callable[[Row], str | None],
    within: Callable[[Row], bool] | None = None,
) -> tuple[Part, ...]:
    """Rows counted by label, the largest first; `within` counts those that satisfy it."""
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for row in rows:
        name = label(row) or UNKNOWN
        counts[name] += 1
        inside[name] += bool(within and within(row))
    return tuple(
        Part(name, count, inside[name] if within else None)
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def practice_days(school: School, period: Period) -> tuple[Part, ...]:
    """Professional teachers by bands of practice days in the window, none last left out."""
    days = school.practice_days(school.practice_window(period))
    bands: Counter[str] = Counter()
    for teacher in school.professional(period.as_of):
        bands[_band(days.get(teacher.id, 0), school.settings.practice_days)] += 1
    labels = [f"{school.settings.practice_days} 天及以上", *(name for _, name in reversed(_BANDS))]
    return tuple(Part(name, bands[name]) for name in labels)


def _band(days: int, enough: int) -> str:
    if days >= enough:
        return f"{enough} 天及以上"
    return next((name for most, name in _BANDS if days <= most), _BANDS[-1][1])


def hours_by_month(school: School, period: Period) -> tuple[Part, ...]:
    """Booked hours of each month of the period, cancelled bookings left out."""
    hours: Counter[tuple[int, int]] = Counter()
    for booking in school.bookings(period):
        if not booking.cancelled:
            minutes = sum(end - start for start, end in booking.spans)
            hours[(booking.day.year, booking.day.month)] += minutes
    return tuple(Part(f"{month}月", hours[(year, month)] / 60) for year, month in sorted(hours))


def by_attribute(values: dict[int, dict[str, Any]], name: str) -> Callable[[Any], str | None]:
    """A label that looks a fact's record up and takes one of its values."""

    def label(fact: Any) -> str | None:
        found: Hashable = values.get(fact.id, {}).get(name)
        return None if found is None else str(found)

    return label
