"""Indicators of training bases: bookings, hours, how far they are used, and clashes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import combinations

from xqhz_desktop.base.facts import Booking
from xqhz_desktop.policy.indicators.build import amount, count, ratio
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School, grouped

FUNCTIONS = ("技能实训", "技能培训", "技能鉴定", "技能大赛")
AUDIENCES = ("在校学生", "企业职工", "城乡劳动者")
NOT_FILLED = "未填"
OPENING = ((480, 720), (810, 1050))  # 8:00-12:00 and 13:30-17:30, in minutes
_MINUTES_A_DAY = sum(end - start for start, end in OPENING)
Minutes = tuple[int, int]


def held(school: School, period: Period) -> list[Booking]:
    """The bookings of the period that were not cancelled."""
    return [row for row in school.bookings(period) if not row.cancelled]


def bookings(school: School, period: Period) -> Indicator:
    """实训基地使用: rows that were not cancelled."""
    return count(school, period, "bookings", (row.id for row in held(school, period)))


def cancelled_rows(school: School, period: Period) -> Indicator:
    """已取消的使用."""
    ids = (row.id for row in school.bookings(period) if row.cancelled)
    return count(school, period, "cancelled_rows", ids)


def booked_hours(school: School, period: Period) -> Indicator:
    """Hours of all bookings; double-booked hours count for both."""
    rows = held(school, period)
    return amount(school, period, "booked_hours", _hours(rows), (row.id for row in rows))


def booked_hours_by_function(school: School, period: Period) -> list[Indicator]:
    """Hours by function; rows without one stand under 未填."""
    return _by(school, period, "booked_hours_by_function", FUNCTIONS, lambda row: row.function)


def booked_hours_by_audience(school: School, period: Period) -> list[Indicator]:
    """Hours by audience; rows without one stand under 未填."""
    return _by(school, period, "booked_hours_by_audience", AUDIENCES, lambda row: row.audience)


def booked_hours_by_function_and_audience(school: School, period: Period) -> list[Indicator]:
    """Hours by function, and within it by audience."""
    groups = grouped(held(school, period), _function_and_audience)
    functions = _parts(FUNCTIONS, (one for one, _ in groups))
    audiences = _parts(AUDIENCES, (two for _, two in groups))
    name = "booked_hours_by_function_and_audience"
    return [
        amount(school, period, name, _hours(rows), (row.id for row in rows), one, two)
        for one in functions
        for two in audiences
        for rows in [groups.get((one, two), [])]
    ]


def _function_and_audience(row: Booking) -> tuple[str, str]:
    return row.function or NOT_FILLED, row.audience or NOT_FILLED


def _by(
    school: School,
    period: Period,
    name: str,
    known: Iterable[str],
    key: Callable[[Booking], str | None],
) -> list[Indicator]:
    groups = grouped(held(school, period), lambda row: key(row) or NOT_FILLED)
    return [
        amount(school, period, name, _hours(rows), (row.id for row in rows), part)
        for part in _parts(known, groups)
        for rows in [groups.get(part, [])]
    ]


def _parts(known: Iterable[str], met: Iterable[str]) -> list[str]:
    """The known parts in their order, then any other that was met, 未填 last."""
    first = list(known)
    return first + sorted(set(met) - set(first), key=lambda part: (part == NOT_FILLED, part))


def _hours(rows: Iterable[Booking]) -> Fraction:
    return Fraction(sum(end - start for row in rows for start, end in row.spans), 60)


def working_days(school: School, period: Period) -> Indicator:
    """工作日 of the period."""
    return amount(school, period, "working_days", len(school.working_days(period)))


def utilisation_by_base(school: School, period: Period) -> list[Indicator]:
    """Of each base the share of working hours in which it was booked at least once."""
    used, hours = _used(school, period), _open_hours(school, period)
    rows = grouped(held(school, period), lambda row: row.base)
    return [
        ratio(
            school,
            period,
            "utilisation_by_base",
            Fraction(used.get(base.id, 0), 60),
            hours,
            (row.id for row in rows.get(base.id, ())),
            base.code,
        )
        for base in school.facts.bases
    ]


def utilisation_overall(school: School, period: Period) -> Indicator:
    """The same over all bases together."""
    used = _used(school, period)
    top = Fraction(sum(used.get(base.id, 0) for base in school.facts.bases), 60)
    bottom = _open_hours(school, period) * len(school.facts.bases)
    ids = (row.id for row in held(school, period))
    return ratio(school, period, "utilisation_overall", top, bottom, ids)


def _open_hours(school: School, period: Period) -> int:
    return len(school.working_days(period)) * _MINUTES_A_DAY // 60


def _used(school: School, period: Period) -> dict[int, int]:
    """Minutes of the union of bookings within opening hours on working days, by base."""
    return school.once(("used", period), lambda: _used_minutes(school, period))


def _used_minutes(school: School, period: Period) -> dict[int, int]:
    work = school.working_days(period)
    spans: dict[tuple[int, date], list[Minutes]] = defaultdict(list)
    for row in held(school, period):
        if row.day in work:
            spans[row.base, row.day].extend(row.spans)
    minutes: dict[int, int] = defaultdict(int)
    for (base, _), of_day in spans.items():
        minutes[base] += used_minutes(of_day)
    return minutes


def used_minutes(spans: Iterable[Minutes]) -> int:
    """Minutes of opening hours that the spans cover; overlaps count once."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        start = max(start, reached)
        reached = max(reached, end)
        total += sum(max(0, min(end, shut) - max(start, opens)) for opens, shut in OPENING)
    return total


def clashes(rows: Iterable[Booking]) -> list[tuple[Booking, Booking]]:
    """Pairs of rows of one base and day whose times overlap; rows that touch do not clash."""
    days = grouped(rows, lambda row: (row.base, row.day))
    return [pair for of_day in days.values() for pair in combinations(of_day, 2) if _overlap(*pair)]


def _overlap(one: Booking, two: Booking) -> bool:
    return any(max(a, c) < min(b, d) for a, b in one.spans for c, d in two.spans)


def double_booking_pairs(school: School, period: Period) -> Indicator:
    """时间冲突: pairs of clashing bookings; the ids are those of every row in a pair."""
    pairs = clashes(held(school, period))
    ids = dict.fromkeys(row.id for pair in pairs for row in pair)
    return amount(school, period, "double_booking_pairs", len(pairs), ids)
