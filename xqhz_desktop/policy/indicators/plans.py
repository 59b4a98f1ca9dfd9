"""The indicator of teaching plans: the share of practice, by intake and major."""

from collections.abc import Iterable

from xqhz_desktop.base.facts import Course
from xqhz_desktop.policy.indicators.build import ratio
from xqhz_desktop.policy.periods import intake
from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.school import School, grouped

NOT_FILLED = "未填专业"


def practice_share(school: School) -> list[Indicator]:
    """实践教学比例 of each intake: over all majors (part ""), then of each major."""
    return [
        one
        for year in sorted({row.intake for row in school.facts.courses})
        for one in _of_intake(school, year)
    ]


def _of_intake(school: School, year: int) -> list[Indicator]:
    rows = [row for row in school.facts.courses if row.intake == year]
    majors = grouped(rows, lambda row: row.major or NOT_FILLED)
    parts = [("", rows), *majors.items()]
    return [_share(school, year, part, of_part) for part, of_part in parts]


def _share(school: School, year: int, part: str, rows: Iterable[Course]) -> Indicator:
    rows = list(rows)
    practice, total = sum(row.practice for row in rows), sum(row.total for row in rows)
    ids = (row.id for row in rows)
    return ratio(school, intake(year), "practice_share", practice, total, ids, part)
