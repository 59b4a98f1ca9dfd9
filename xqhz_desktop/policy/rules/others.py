"""Rules of teaching plans, agreements and bases."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from xqhz_desktop.base.period import birthday_at, day_text
from xqhz_desktop.policy.indicators.bases import clashes
from xqhz_desktop.policy.indicators.plans import practice_share
from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def major_practice_below_50pct(school: School) -> Iterator[Case]:
    """A major whose practice is less than half of an intake's hours; no row, but the major."""
    for one in practice_share(school):
        if one.part and _below(one, school.settings.practice_share):
            yield Case(
                record=0,
                day=one.period.first,
                message=_plan_message(one, school.settings.practice_share),
                period_kind="intake",
                period=one.period.name,
                major=one.part,
                others=one.ids,
            )


def _below(one: Indicator, least: Fraction) -> bool:
    return Fraction(one.top or 0) < Fraction(one.bottom or 0) * least


def _plan_message(one: Indicator, least: Fraction) -> str:
    share = f"{one.value:.2%}" if one.value is not None else "—"
    return (
        f"{one.period.label}{one.part}专业实践学时{one.top}，占总学时{one.bottom}的{share}，"
        f"低于{float(least):.0%}，请调整教学计划。"
    )


def agreement_under_3_years(school: School) -> Iterator[Case]:
    """An agreement of less than three years with a firm that takes interns under it."""
    hosts = grouped(school.facts.placements, lambda row: row.firm)
    years = school.settings.agreement_years
    for row in school.facts.agreements:
        taken = any(row.start <= one.start <= row.end for one in hosts.get(row.firm, ()))
        if taken and row.end < birthday_at(row.start, years) - timedelta(1):
            yield Case(
                row.id, row.start, f"接收实习学生的企业协议期限不足{years}年，续签时建议延长。"
            )


def double_booking(school: School) -> Iterator[Case]:
    """Two bookings of one base that overlap on one day; said at the first of them."""
    names = {base.id: base.name or base.code for base in school.facts.bases}
    for one, two in clashes(row for row in school.facts.bookings if not row.cancelled):
        base = names.get(one.base, "基地")
        message = f"“{base}”{day_text(one.day)}有两条使用记录时间重叠，请调整其一。"
        yield Case(
            one.id,
            one.day,
            message,
            period_kind="year",
            period=str(one.day.year),
            others=(two.id,),
        )
