"""The rules of teachers' enterprise practice."""

from datetime import timedelta

import pytest
from policy_facts import D, booking, found, stint, teacher

YEARS = {"bookings": (booking((480, 600)),)}
START = D(2022, 3, 1)


@pytest.mark.parametrize(("days", "short"), [(180, 0), (179, 1)])
def test_exactly_180_days_are_enough(days: int, short: int) -> None:
    stints = (stint(START, START + timedelta(days - 1)),)
    findings = found("teacher_under_180_days", teachers=(teacher(),), stints=stints, **YEARS)
    assert len(findings) == short


def test_a_teacher_short_of_days_is_named_with_them() -> None:
    stints = (stint(START, START + timedelta(9)),)
    (one,) = found("teacher_under_180_days", teachers=(teacher(),), stints=stints, **YEARS)
    assert (one.severity, one.status, one.register) == ("amber", "setting", "teachers")
    assert (one.period_kind, one.period) == ("year", "2024")
    assert one.message == "截至2024年底5年内企业实践10天，不足180天，请安排企业实践。"


@pytest.mark.parametrize(
    ("entry", "severity"),
    [(D(2020, 1, 1), "amber"), (D(2020, 1, 2), "hint"), (None, "amber")],
)
def test_who_has_not_been_there_for_five_years_stands_in_a_group_of_their_own(
    entry: object, severity: str
) -> None:
    (one,) = found("teacher_under_180_days", teachers=(teacher(entry=entry),), **YEARS)
    assert one.severity == severity
    assert ("周期未满" in one.message) is (severity == "hint")


@pytest.mark.parametrize(
    "changes",
    [{"category": "公共基础课教师"}, {"left": D(2024, 12, 31)}, {"entry": D(2025, 1, 1)}],
)
def test_public_courses_and_those_not_in_service_are_not_judged(
    changes: dict[str, object],
) -> None:
    assert found("teacher_under_180_days", teachers=(teacher(**changes),), **YEARS) == []


def test_an_unknown_entry_is_said_once() -> None:
    rows = (teacher(entry=None), teacher(id=2))
    later = booking((480, 600), id=2, day=D(2025, 3, 4))
    facts = {"teachers": rows, "bookings": (*YEARS["bookings"], later)}
    (one,) = found("teacher_entry_unknown", **facts)
    assert (one.record, one.period, one.severity) == (1, "2025", "hint")
