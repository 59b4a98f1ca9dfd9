"""What a rule function answers with, before the rule's weight and article are added."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.base.period import school_year_of
from xqhz_desktop.policy.citations import Rule
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.policy.school import School

PeriodKind = Literal["school_year", "year", "intake"]


@dataclass(frozen=True, slots=True)
class Case:
    """One record that does not keep a rule; `day` chooses the text of the rule that held then.

    `case` names a weight of the rule's own ("minor", "self_found" …); `period` stays empty where
    it is the day's school year.
    """

    record: int
    day: date
    message: str
    case: str = ""
    period_kind: PeriodKind = "school_year"
    period: str = ""
    major: str = ""
    quarantined: bool = False
    others: tuple[int, ...] = ()


PlacementRule = Callable[[School, Placement], Case | None]
SchoolRule = Callable[[School], Iterable[Case]]


def weigh(rule: Rule, case: Case) -> Finding | None:
    """The finding of a case under a rule; None where no text of the rule reached it then."""
    text = rule.at(case.day)
    if text is None:
        return None
    severity = text.cases.get(case.case, text.severity)
    if severity is None:
        return None
    return Finding(
        rule=rule.name,
        label=rule.label,
        severity=severity,
        register=rule.register,
        record=case.record,
        period_kind=case.period_kind,
        period=case.period or school_year_of(case.day),
        article=text.article,
        status=text.status,
        message=case.message,
        major=case.major,
        quarantined=case.quarantined,
        others=case.others,
    )
