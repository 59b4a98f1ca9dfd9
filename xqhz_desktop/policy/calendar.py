"""Working days: weekdays, less public holidays, plus the days worked in their stead."""

from collections.abc import Mapping
from datetime import date, timedelta


def is_working_day(day: date, exceptions: Mapping[date, bool]) -> bool:
    """Whether people work on `day`; `exceptions` name the days that differ from the weekday."""
    return exceptions.get(day, day.weekday() < 5)


def working_days(first: date, last: date, exceptions: Mapping[date, bool]) -> frozenset[date]:
    """The working days of first..last, both included."""
    span = (first + timedelta(step) for step in range((last - first).days + 1))
    return frozenset(day for day in span if is_working_day(day, exceptions))
