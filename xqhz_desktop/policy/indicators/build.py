"""How an indicator is put together: its number, its rows, its words and its target."""

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from xqhz_desktop.policy.citations import target_of
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School
from xqhz_desktop.policy.settings import Settings

Number = int | float | Fraction


def share(top: Number, bottom: Number) -> float | None:
    """top / bottom, rounded half-up to four decimals; None where the bottom is 0."""
    if not bottom:
        return None
    return math.floor(Fraction(top) / Fraction(bottom) * 10000 + Fraction(1, 2)) / 10000


def tidy(number: Number) -> int | float:
    """The number without rounding noise, whole where it is whole."""
    rounded = round(float(number), 4)
    return int(rounded) if rounded == int(rounded) else rounded


def count(school: School, period: Period, name: str, ids: Iterable[int]) -> Indicator:
    """How many rows there are; every one of them counts."""
    rows = tuple(ids)
    return replace(amount(school, period, name, len(rows), rows), top_ids=rows)


def rate(
    school: School,
    period: Period,
    name: str,
    top_ids: Iterable[int],
    ids: Iterable[int],
    bottom: int | None = None,
) -> Indicator:
    """The share of `top_ids` among `ids`, or among `bottom` where the divisor is other rows."""
    top, rows = tuple(top_ids), tuple(ids)
    below = len(rows) if bottom is None else bottom
    return replace(ratio(school, period, name, len(top), below, rows), top_ids=top)


def ratio(
    school: School,
    period: Period,
    name: str,
    top: Number,
    bottom: Number,
    ids: Iterable[int] = (),
    part: str = "",
) -> Indicator:
    """The share of one amount in another."""
    bare = amount(school, period, name, 0, ids, part)
    return replace(bare, value=share(top, bottom), top=tidy(top), bottom=tidy(bottom))


def amount(
    school: School,
    period: Period,
    name: str,
    value: Number,
    ids: Iterable[int] = (),
    part: str = "",
    subpart: str = "",
) -> Indicator:
    """An amount that is no count of rows: hours, days, pairs."""
    words = DEFINITIONS[name]
    return Indicator(
        name=name,
        label=words.label,
        unit=words.unit,
        value=tidy(value),
        register=words.register,
        period=period,
        ids=tuple(ids),
        part=part,
        subpart=subpart,
        target=target_of(school.targets, name, period.as_of.year),
        definition=words.text.format(**_said(school.settings)),
        source=words.source,
        status=words.status,
    )


def _said(settings: Settings) -> dict[str, object]:
    of_all = "专任教师与兼职教师之和"
    return {
        "practice_days": settings.practice_days,
        "practice_years": settings.practice_years,
        "month_days": settings.month_days,
        "pass_score": settings.pass_score,
        "part_time_of": "专任教师" if settings.part_time_of == "fulltime" else of_all,
        "unknown": "只计入分母" if settings.rates_of == "all" else "不计入分子、分母",
    }
