"""What a roster leaves blank: 未填 is never a pass, and never a breach either.

A column that is blank in a whole school year was not kept at all: one finding for the year says
so, its first record standing for all, instead of one finding for every student.
"""

from collections.abc import Callable, Iterable, Iterator

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def agreement_unknown(school: School) -> Iterable[Case]:
    """三方协议 neither signed nor not signed."""
    return _blank(school, "三方协议", lambda row: row.agreement is None)


def insurance_unknown(school: School) -> Iterable[Case]:
    """实习责任保险 neither taken out nor not."""
    return _blank(school, "实习责任保险", lambda row: row.insurance is None)


def consent_unknown(school: School) -> Iterable[Case]:
    """知情同意书 of students whom the school placed neither there nor missing."""
    return _blank(
        school, "知情同意书", lambda row: row.consent is None, lambda row: row.arranged is not False
    )


def no_school_supervisor(school: School) -> Iterable[Case]:
    """No 校内指导教师 named."""
    return _blank(school, "校内指导教师", lambda row: not row.supervisor)


def no_firm_supervisor(school: School) -> Iterable[Case]:
    """No 企业指导人员 named."""
    return _blank(school, "企业指导人员", lambda row: not row.firm_supervisor)


def _always(row: Placement) -> bool:
    return True


def _blank(
    school: School,
    what: str,
    blank: Callable[[Placement], bool],
    asked: Callable[[Placement], bool] = _always,
) -> Iterator[Case]:
    rows = (row for row in school.facts.placements if asked(row))
    for year, of_year in grouped(rows, lambda row: row.school_year).items():
        empty = [row for row in of_year if blank(row)]
        if len(empty) == len(of_year) > 1:
            yield _whole_year(year, what, empty)
        else:
            yield from (
                Case(row.id, row.start, f"{what}未填，请补填。", period=year) for row in empty
            )


def _whole_year(year: str, what: str, rows: list[Placement]) -> Case:
    first, *rest = rows
    message = f"{year}学年{len(rows)}条实习记录均未填{what}，请在名册中补登。"
    others = tuple(row.id for row in rest)
    return Case(first.id, first.start, message, "whole_year", period=year, others=others)
