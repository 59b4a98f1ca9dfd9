"""Rules of teachers: enterprise practice in a rolling window (教师〔2016〕3号)."""

from collections.abc import Iterator

from xqhz_desktop.base.facts import Teacher
from xqhz_desktop.policy.periods import judged_years
from xqhz_desktop.policy.results import Period
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School


def teacher_under_180_days(school: School) -> Iterator[Case]:
    """A 专业课教师 with too few days of practice in the five years up to 31 December.

    Those who have not been at the school for all of the window are a case of their own.
    """
    for period in judged_years(school.facts):
        days = school.practice_days(school.practice_window(period))
        for row in school.professional(period.as_of):
            if days[row.id] < school.settings.practice_days:
                yield _short(school, row, period, days[row.id])


def _short(school: School, row: Teacher, period: Period, days: int) -> Case:
    years, asked = school.settings.practice_years, school.settings.practice_days
    first, _ = school.practice_window(period)
    new = row.entry is not None and row.entry > first
    message = f"截至{period.name}年底{years}年内企业实践{days}天，不足{asked}天，请安排企业实践。"
    if new:
        message = (
            f"入校未满{years}年，周期未满：截至{period.name}年底企业实践{days}天，应达{asked}天。"
        )
    return Case(
        record=row.id,
        day=period.as_of,
        message=message,
        case="short_cycle" if new else "",
        period_kind="year",
        period=period.name,
    )


def teacher_entry_unknown(school: School) -> Iterator[Case]:
    """入校时间 not filled: the teacher is counted in every year."""
    for period in judged_years(school.facts)[-1:]:
        for row in school.fulltime(period.as_of):
            if row.entry is None:
                message = "入校时间未填，各年度均按在校统计，请补填。"
                yield Case(row.id, period.as_of, message, period_kind="year", period=period.name)
