"""Indicators of post internship: how many, how many arranged by the school, how many matched."""

from collections.abc import Callable

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.policy.indicators.build import count, rate
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School

Flag = Callable[[Placement], bool | None]


def deciding_rows(school: School, period: Period) -> list[Placement]:
    """Of each student the one row that decides: that with the latest start in the period."""
    return list({row.id_number: row for row in school.placements(period)}.values())


def internship_rows(school: School, period: Period) -> Indicator:
    """岗位实习记录: the rows that start in the period."""
    return count(school, period, "internship_rows", (row.id for row in school.placements(period)))


def internship_students(school: School, period: Period) -> Indicator:
    """岗位实习学生: distinct ID numbers among the rows that start in the period."""
    rows = deciding_rows(school, period)
    return count(school, period, "internship_students", (row.id for row in rows))


def concentrated_students(school: School, period: Period) -> Indicator:
    """集中实习学生: students whose deciding row was arranged by the school."""
    return _students(school, period, "concentrated_students", lambda row: row.arranged)


def concentrated_rate(school: School, period: Period) -> Indicator:
    """集中率: unknown stands in the denominator only, unless the school sets otherwise."""
    return flag_rate(school, period, "concentrated_rate", lambda row: row.arranged)


def matched_students(school: School, period: Period) -> Indicator:
    """专业对口学生: students whose deciding row is of their major."""
    return _students(school, period, "matched_students", lambda row: row.matched)


def matched_rate(school: School, period: Period) -> Indicator:
    """对口率: unknown stands in the denominator only, unless the school sets otherwise."""
    return flag_rate(school, period, "matched_rate", lambda row: row.matched)


def _students(school: School, period: Period, name: str, flag: Flag) -> Indicator:
    ids = (row.id for row in deciding_rows(school, period) if flag(row))
    return count(school, period, name, ids)


def flag_rate(
    school: School,
    period: Period,
    name: str,
    flag: Flag,
    asked: list[Placement] | None = None,
) -> Indicator:
    """The share of rows whose flag is yes: of those asked, by default of all that decide.

    Unknown stands in the denominator only, unless the school sets otherwise.
    """
    rows = deciding_rows(school, period) if asked is None else asked
    if school.settings.rates_of == "known":
        rows = [row for row in rows if flag(row) is not None]
    top = (row.id for row in rows if flag(row))
    return rate(school, period, name, top, (row.id for row in rows))
