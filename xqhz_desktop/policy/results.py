"""What the policy floor answers with: indicators, findings and targets, all frozen values."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["law", "second_hand", "plan", "setting"]
Severity = Literal["red", "amber", "hint"]

SEVERITY_ORDER: dict[str, int] = {"red": 0, "amber": 1, "hint": 2}
# What people call them, on every screen and page.
SEVERITY_WORDS: dict[Severity, str] = {"red": "红线", "amber": "警示", "hint": "提示"}
STATUS_WORDS: dict[Status, str] = {
    "law": "法规条文",
    "second_hand": "文件转引，待核对",
    "plan": "市级计划",
    "setting": "学校设定",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, a school year or an intake, with the day at which it is looked at.

    `first` and `last` are the days, both included; `as_of` is 31 Dec or 31 Aug. Teaching plans
    alone are counted by intake (the year in which the class entered).
    """

    kind: Literal["year", "school_year", "intake"]
    name: str  # "2024", "2023-2024" or, of an intake, "2023"
    first: date
    last: date

    @property
    def as_of(self) -> date:
        """The day for which states (in service, in training, in force) are counted."""
        return self.last

    @property
    def label(self) -> str:
        """What the reader sees: 2024年度, 2023-2024学年 or 2023级."""
        return self.name + {"year": "年度", "school_year": "学年", "intake": "级"}[self.kind]


@dataclass(frozen=True, slots=True)
class Target:
    """A dated target: what is to be reached (达标值), striven for (力争值), and who says so."""

    indicator: str
    from_year: int
    reach: float
    strive: float | None
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of one period, with what it was computed from and the rows behind it.

    `value` is a share in 0..1 (rounded half-up to 4 decimals) where `unit` is "%", else a count
    or hours; None where the denominator is empty. `ids` are record ids of `register`;
    `top_ids` are those that count in the numerator.
    """

    name: str
    label: str
    unit: str
    value: float | int | None
    register: str
    period: Period
    top: float | int | None = None
    bottom: float | int | None = None
    ids: tuple[int, ...] = ()
    top_ids: tuple[int, ...] = ()
    part: str = ""  # the base, function, major … of a breakdown; "" for the whole
    subpart: str = ""  # the second key where a breakdown has two: function, then audience
    target: Target | None = None
    definition: str = ""
    source: str = ""
    status: Status = "setting"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a record does not keep; it warns, names its article and never blocks.

    `record` is the id in `register` (0 for a finding about a major); `period` is one of
    school year ("2022-2023"), calendar year ("2022") or intake ("2020").
    """

    rule: str
    label: str
    severity: Severity
    register: str
    record: int
    period_kind: Literal["school_year", "year", "intake"]
    period: str
    article: str
    status: Status
    message: str
    major: str = ""
    quarantined: bool = False
    others: tuple[int, ...] = field(default=())
