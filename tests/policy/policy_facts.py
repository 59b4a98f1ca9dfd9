"""Small facts for the tests of policy: a good record of each kind, changed by keywords."""

from dataclasses import replace
from datetime import date
from functools import cache

from xqhz_desktop.base import facts as f
from xqhz_desktop.policy.citations import read_rules
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.policy.rules import check
from xqhz_desktop.policy.school import School
from xqhz_desktop.policy.settings import DEFAULTS, Settings

D = date
BORN = D(2006, 3, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born: date = BORN, serial: int = 1) -> str:
    """An invented, valid ID number."""
    body = f"371300{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def firm(**changes: object) -> f.Firm:
    """A partner with 100 staff."""
    return replace(f.Firm(1, "沂川甲机械有限公司", "沂川甲机械有限公司", True, 100), **changes)


def agreement(**changes: object) -> f.Agreement:
    """The partner's agreement of three years from 2023."""
    good = f.Agreement(1, 1, D(2022, 12, 20), D(2023, 1, 1), D(2025, 12, 31))
    return replace(good, **changes)


def placement(**changes: object) -> f.Placement:
    """A placement that keeps every rule: third year, arranged, with all papers and pay."""
    good = f.Placement(
        id=1,
        student=1,
        id_number=id_number(),
        firm=1,
        start=D(2023, 9, 1),
        end=D(2024, 6, 30),
        arranged=True,
        matched=True,
        pay=2400.0,
        reference_pay=3000.0,
        agreement=True,
        insurance=True,
        night_shift=False,
        intake=2021,
        consent=True,
        position="数控车工",
        supervisor="王老师",
        firm_supervisor="李师傅",
    )
    return replace(good, **changes)


def apprentice(**changes: object) -> f.Apprentice:
    """An apprentice with both identities and both mentors."""
    good = f.Apprentice(
        id=1,
        student=1,
        id_number=id_number(),
        cohort=1,
        kind="现代学徒制",
        start=D(2022, 9, 1),
        end=D(2024, 6, 30),
        registered=True,
        contract="LD001",
        contract_signed=D(2022, 9, 1),
        contract_end=D(2024, 6, 30),
        intake=2021,
        firm_mentor="李师傅",
        school_mentor="王老师",
    )
    return replace(good, **changes)


def teacher(**changes: object) -> f.Teacher:
    """A dual-qualified 专业课教师 long at the school."""
    good = f.Teacher(1, "2010001", "王", "专业课教师", D(2010, 9, 1), None, True, D(2018, 6, 1))
    return replace(good, **changes)


def stint(start: date, end: date, **changes: object) -> f.Stint:
    """A passed stint of teacher 1."""
    return replace(f.Stint(1, 1, start, end, True), **changes)


def booking(*spans: tuple[int, int], **changes: object) -> f.Booking:
    """A booking of base 1 on Tuesday, 5 March 2024."""
    good = f.Booking(1, 1, D(2024, 3, 5), spans, "技能实训", "在校学生", False)
    return replace(good, **changes)


def base(**changes: object) -> f.Base:
    """A training base."""
    return replace(f.Base(1, "SX01", "数控实训中心", 40), **changes)


def course(practice: float, total: float = 100, **changes: object) -> f.Course:
    """A course of 2021's 数控技术应用."""
    return replace(f.Course(1, 2021, "数控技术应用", total, practice), **changes)


@cache
def _rules() -> dict[str, object]:
    return dict(read_rules())


def school(settings: Settings = DEFAULTS, **facts: object) -> School:
    """A school of the given facts under the program's own rules; firm 1 is there unless said."""
    known = {"firms": (firm(),), "agreements": (agreement(),)} | facts
    return School(f.Facts(**known), settings, rules=_rules())  # type: ignore[arg-type]


def found(rule: str, settings: Settings = DEFAULTS, **facts: object) -> list[Finding]:
    """The findings of one rule in a school of the given facts."""
    return [one for one in check(school(settings, **facts)) if one.rule == rule]
