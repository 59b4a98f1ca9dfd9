"""Rules of a batch: its firms looked at, decided by the party committee and made public, first."""

from collections.abc import Iterator
from datetime import date

from xqhz_desktop.base.facts import BatchFirm
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def batch_without_list(school: School) -> Iterator[Case]:
    """A batch with students at firms, and no list of firms."""
    there = grouped(school.facts.placements, lambda row: row.batch)
    for batch in school.facts.batches:
        if batch.id in there and batch.id not in school.listed:
            message = f"“{batch.name}”没有实习单位名单，请登记名单及党组织会议决定日期、公开日期。"
            yield Case(batch.id, batch.start, message, period=batch.school_year)


def new_firm_not_assessed(school: School) -> Iterator[Case]:
    """A new firm without an assessment on the spot, its report, or with one after the start.

    Whether a firm is new must be said: a blank is 未填.
    """
    for row in _listed(school):
        if row.new is None and row.assessed is None:
            yield _case(school, row, "是否新增单位、实地考察日期未填，请补填。", "unknown")
        elif row.new and (lacking := _lacking(row, _first_day(school, row))):
            yield _case(school, row, f"新增实习单位{lacking}，请在学生上岗前完成考察。")


def _lacking(row: BatchFirm, first: date) -> str:
    if row.assessed is None:
        return "没有实地考察"
    if row.assessed > first:
        return "的实地考察晚于学生上岗日期"
    return "" if row.report else "没有书面考察报告"


def firm_list_not_public(school: School) -> Iterator[Case]:
    """A firm on the list that was not decided upon and made public before the first student."""
    for row in _listed(school):
        first = _first_day(school, row)
        named = (("党组织会议决定", row.decided), ("公开", row.published))
        late = "、".join(word for word, day in named if day is not None and day > first)
        if missing := "、".join(word for word, day in named if day is None):
            yield _case(school, row, f"实习单位名单未填{missing}的日期，请补办或补填。")
        elif late:
            yield _case(school, row, f"实习单位名单的{late}晚于学生上岗日期，请核对日期。")


def _listed(school: School) -> Iterator[BatchFirm]:
    return (row for row in school.facts.batch_firms if row.batch in school.batches)


def _first_day(school: School, row: BatchFirm) -> date:
    """The day by which all must be done: the first student's first, else the batch's."""
    first = school.first_days.get((row.batch, row.firm))
    return first or school.batches[row.batch].start


def _case(school: School, row: BatchFirm, message: str, case: str = "") -> Case:
    batch, firm = school.batches[row.batch], school.firms.get(row.firm)
    said = f"“{batch.name}”{firm.name if firm else ''}：{message}"
    return Case(row.id, _first_day(school, row), said, case, period=batch.school_year)
