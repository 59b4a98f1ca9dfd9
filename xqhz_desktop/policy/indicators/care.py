"""Rates of post internship as it is lived: placed, papers, inspected, passed, what came after."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from xqhz_desktop.base.facts import Due, Placement
from xqhz_desktop.base.period import holds
from xqhz_desktop.policy.indicators.build import rate
from xqhz_desktop.policy.indicators.internships import deciding_rows, flag_rate
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School, grouped

_SCORE = re.compile(r"\d{1,3}(\.\d+)?(?=分?$)")
_PASSED = ("优", "良", "中", "合格", "及格", "通过")
_FAILED = ("不", "未", "差")
_STUDIES = ("升学", "参军", "入伍")


def placement_rate(school: School, period: Period) -> Indicator:
    """落实率: of those due in the period's batches, the ones placed; the exempt are not due."""
    rows = [row for row in _dues(school, period) if not row.exempt]
    placed = {(row.batch, row.student) for row in school.facts.placements}
    top = [row.id for row in rows if (row.batch, row.student) in placed]
    return rate(school, period, "placement_rate", top, [row.id for row in rows])


def _dues(school: School, period: Period) -> Iterable[Due]:
    """Those of batches that carry the school year, or begin in the calendar year."""
    ours = {
        batch.id
        for batch in school.facts.batches
        if (
            batch.school_year == period.name
            if period.kind == "school_year"
            else period.first <= batch.start <= period.last
        )
    }
    return (row for row in school.facts.dues if row.batch in ours)


def agreement_rate(school: School, period: Period) -> Indicator:
    """三方协议签订率: of the students, by the row that decides."""
    return flag_rate(school, period, "agreement_rate", lambda row: row.agreement)


def consent_rate(school: School, period: Period) -> Indicator:
    """知情同意签署率: of those who did not find their firm by themselves."""
    asked = [row for row in deciding_rows(school, period) if row.arranged is not False]
    return flag_rate(school, period, "consent_rate", lambda row: row.consent, asked)


def insurance_rate(school: School, period: Period) -> Indicator:
    """投保率: of the students, by the row that decides."""
    return flag_rate(school, period, "insurance_rate", lambda row: row.insurance)


def inspection_rate(school: School, period: Period) -> Indicator:
    """巡查覆盖率: students whom a supervisor has seen at least once while they were at a firm."""
    days = grouped(school.facts.inspections, lambda row: row.student)
    seen = {
        row.student
        for row in school.placements(period)
        if _seen(row, (one.day for one in days.get(row.student, ())))
    }
    rows = deciding_rows(school, period)
    top = [row.id for row in rows if row.student in seen]
    return rate(school, period, "inspection_rate", top, [row.id for row in rows])


def _seen(row: Placement, days: Iterable[date]) -> bool:
    return any(holds(row.start, row.end, day) for day in days)


def pass_rate(school: School, period: Period) -> Indicator:
    """考核合格率: by the result as it is written, a word or a number."""
    least = school.settings.pass_score
    return flag_rate(school, period, "pass_rate", lambda row: passed(row.grade, least))


def passed(grade: str, least: int) -> bool | None:
    """Whether a result is a pass; None for a blank and for a word that says neither."""
    said = grade.strip()
    if score := _SCORE.fullmatch(said.removesuffix("分")):
        return float(score[0]) >= least
    if said.startswith(_FAILED):
        return False
    return True if said.startswith(_PASSED) else None


def retained_rate(school: School, period: Period) -> Indicator:
    """留用率: students who stayed with the firm."""
    return flag_rate(school, period, "retained_rate", _came_to("留用"))


def employed_rate(school: School, period: Period) -> Indicator:
    """就业率: students who stayed or found work, among those who neither study nor serve on."""
    rows = [row for row in deciding_rows(school, period) if not _goes_on(row)]
    return flag_rate(school, period, "employed_rate", _came_to("留用", "就业"), rows)


def _came_to(*words: str) -> Callable[[Placement], bool | None]:
    def flag(row: Placement) -> bool | None:
        said = row.outcome.strip()
        return any(word in said and f"未{word}" not in said for word in words) if said else None

    return flag


def _goes_on(row: Placement) -> bool:
    return any(word in row.outcome and f"未{word}" not in row.outcome for word in _STUDIES)
