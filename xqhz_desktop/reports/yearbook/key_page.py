"""One page of key indicators against target and last year."""

from collections.abc import Iterator
from datetime import date

from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Card, Heading, KeyIndicators, Note, State
from xqhz_desktop.reports.figures import brief
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import indicator_table
from xqhz_desktop.reports.yearbook.plans import latest_share

_CARDS = (
    "concentrated_rate",
    "dual_share_of_fulltime",
    "teachers_practice_rate",
    "part_time_share",
    "dual_identity_rate",
    "firms_with_valid_agreement",
    "matched_rate",
    "utilisation_overall",
)
_COUNTS = (
    "partner_firms",
    "internship_students",
    "apprentices_in_training",
    "fulltime_teachers",
    "professional_teachers",
    "part_time_teachers",
    "bookings",
    "booked_hours",
)


def key_page(data: YearBookData) -> list[Block]:
    """Cards of the rates that have a target, and a table of the year's counts."""
    return [
        Heading(1, "一、关键指标"),
        Note(
            f"统计期间：{span(data)}。时点指标截至{in_words(data.period.as_of)}。{_waiting(data)}"
        ),
        KeyIndicators(tuple(_cards(data))),
        indicator_table(data, "主要数量", _COUNTS),
    ]


def span(data: YearBookData) -> str:
    """The year's first and last day in words."""
    return f"{in_words(data.period.first)}至{in_words(data.period.last)}"


def in_words(day: date) -> str:
    """2024年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _waiting(data: YearBookData) -> str:
    return words.waiting(data.quarantined, *data.quarantined)


def _cards(data: YearBookData) -> Iterator[Card]:
    for name in _CARDS:
        if name in data.indicators:
            yield card(data.indicators[name], data.last_year.get(name))
    if (share := latest_share(data)) is not None:
        yield card(share, None, f"{share.label}（{share.period.label}）")


def card(one: Indicator, last: Indicator | None, label: str = "") -> Card:
    """The card of one indicator: value, target, last year, and a bar where it is a share."""
    share = one.unit == "%"
    return Card(
        label or one.label,
        words.value(one),
        tuple(_lines(one, last)),
        _state(one),
        words.verdict(one) if one.target else "",
        one.value if share else None,
        _ticks(one),
    )


def _ticks(one: Indicator) -> tuple[float, ...]:
    goals = (one.target.reach, one.target.strive) if one.target else ()
    return tuple(goal for goal in goals if goal is not None)


def _state(one: Indicator) -> State:
    if one.target is None or one.value is None:
        return "plain"
    return "good" if one.value >= one.target.reach else "warn"


def _lines(one: Indicator, last: Indicator | None) -> Iterator[str]:
    if one.target is not None:
        strive = one.target.strive
        more = f"，力争{brief(strive)}" if strive is not None else ""
        yield f"达标值{brief(one.target.reach)}{more}"
    if last is not None:
        yield f"上年{words.value(last)}"
    if one.value is None:
        yield "分母为0，无法计算"
    elif fraction := words.fraction(one):
        yield fraction
