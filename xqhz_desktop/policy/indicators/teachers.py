"""Indicators of teachers as of a day: full-time, dual-qualified, in practice, part-time."""

from collections.abc import Iterable
from datetime import date

from xqhz_desktop.base.facts import PartTimer, Teacher
from xqhz_desktop.base.period import holds
from xqhz_desktop.policy.indicators.build import count, rate
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School


def fulltime_teachers(school: School, period: Period) -> Indicator:
    """专任教师 in service on the as-of day."""
    return count(school, period, "fulltime_teachers", _ids(school.fulltime(period.as_of)))


def professional_teachers(school: School, period: Period) -> Indicator:
    """专业课教师 (含实习指导教师) in service on the as-of day."""
    rows = school.professional(period.as_of)
    return count(school, period, "professional_teachers", _ids(rows))


def teachers_practice_180_days(school: School, period: Period) -> Indicator:
    """Teachers with enough days of enterprise practice in the five years that end here."""
    return count(school, period, "teachers_practice_180_days", _practised(school, period))


def teachers_practice_rate(school: School, period: Period) -> Indicator:
    """The share of those among 专业课教师 (教师〔2016〕3号; days are the school's setting)."""
    ids = _ids(school.professional(period.as_of))
    return rate(school, period, "teachers_practice_rate", _practised(school, period), ids)


def teachers_practice_month_rate(school: School, period: Period) -> Indicator:
    """The share of 专业课教师 with a month of practice within the period itself."""
    days = school.practice_days((period.first, period.last))
    ids = _ids(school.professional(period.as_of))
    top = [one for one in ids if days[one] >= school.settings.month_days]
    return rate(school, period, "teachers_practice_month_rate", top, ids)


def dual_qualified(school: School, period: Period) -> Indicator:
    """双师型 among 专任教师."""
    ids = _dual(school.fulltime(period.as_of), period.as_of)
    return count(school, period, "dual_qualified", ids)


def dual_share_of_fulltime(school: School, period: Period) -> Indicator:
    """双师型占专任教师, as the city's plan divides."""
    rows = school.fulltime(period.as_of)
    return rate(school, period, "dual_share_of_fulltime", _dual(rows, period.as_of), _ids(rows))


def dual_qualified_professional(school: School, period: Period) -> Indicator:
    """双师型 among 专业课教师."""
    ids = _dual(school.professional(period.as_of), period.as_of)
    return count(school, period, "dual_qualified_professional", ids)


def dual_share_of_professional(school: School, period: Period) -> Indicator:
    """双师型占专业课教师, as national texts divide."""
    rows = school.professional(period.as_of)
    top = _dual(rows, period.as_of)
    return rate(school, period, "dual_share_of_professional", top, _ids(rows))


def part_time_teachers(school: School, period: Period) -> Indicator:
    """兼职教师 whose appointment holds on the as-of day."""
    return count(school, period, "part_time_teachers", _ids(_appointed(school, period)))


def part_time_share(school: School, period: Period) -> Indicator:
    """兼职教师 in proportion to 专任教师, or, as set, to both together."""
    part = _ids(_appointed(school, period))
    bottom = len(school.fulltime(period.as_of))
    if school.settings.part_time_of == "all":
        bottom += len(part)
    return rate(school, period, "part_time_share", part, part, bottom)


def _appointed(school: School, period: Period) -> list[PartTimer]:
    return [row for row in school.facts.part_timers if holds(row.start, row.end, period.as_of)]


def _dual(rows: Iterable[Teacher], day: date) -> list[int]:
    return [row.id for row in rows if row.dual and holds(row.dual_since, None, day)]


def _practised(school: School, period: Period) -> list[int]:
    days = school.practice_days(school.practice_window(period))
    ids = _ids(school.professional(period.as_of))
    return [one for one in ids if days[one] >= school.settings.practice_days]


def _ids(rows: Iterable[Teacher | PartTimer]) -> list[int]:
    return [row.id for row in rows]
