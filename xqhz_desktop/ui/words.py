"""How values of the policy floor are said on screen."""

from collections.abc import Mapping
from datetime import datetime

from xqhz_desktop.base.period import day_text
from xqhz_desktop.policy.results import SEVERITY_WORDS, Indicator, Severity, Target
from xqhz_desktop.reports.figures import percent, written

_NAMES = ("name", "teacher", "firm", "base", "user", "code")
# Severity: the word, the tone and icon that stand with it.
SEVERITIES: dict[Severity, tuple[str, str]] = {
    "red": (SEVERITY_WORDS["red"], "bad"),
    "amber": (SEVERITY_WORDS["amber"], "warn"),
    "hint": (SEVERITY_WORDS["hint"], "hint"),
}


def value_text(indicator: Indicator) -> str:
    """The value with its unit: 78.3%, 1,204 人; a dash where nothing is to be divided."""
    if indicator.value is None:
        return "—"
    said = written(indicator.value, indicator.unit)
    return said if indicator.unit == "%" else f"{said} {indicator.unit}"


def number_text(number: float | None) -> str:
    """A numerator or denominator; empty where there is none."""
    return "" if number is None else written(number, "")


def reach_text(target: Target | None, unit: str) -> str:
    """The 达标值."""
    return _limit(target.reach, unit) if target else ""


def strive_text(target: Target | None, unit: str) -> str:
    """The 力争值."""
    return _limit(target.strive, unit) if target and target.strive is not None else ""


def _limit(number: float, unit: str) -> str:
    return share_text(number) if unit == "%" else written(number, unit)


def share_text(share: float) -> str:
    """A round share without its nought: 80%, 66.5%."""
    return percent(share).replace(".0%", "%")


def called(texts: Mapping[str, str]) -> str:
    """What a record is called: the first of its naming fields that is filled."""
    return next((texts[name] for name in _NAMES if texts.get(name)), "")


def judged(indicator: Indicator) -> tuple[str, str]:
    """Whether the target is reached, as a word and its tone; two blanks where none is set."""
    target, value = indicator.target, indicator.value
    if target is None or value is None:
        return "", ""
    if target.strive is not None and value >= target.strive:
        return "达到力争值", "good"
    if value >= target.reach:
        return "达标", "good"
    return "未达标", "warn"


def period_text(kind: str, name: str) -> str:
    """2024年度, 2023-2024学年, 2022级."""
    return name + {"year": "年度", "school_year": "学年", "intake": "级"}[kind]


def moment_text(moment: datetime) -> str:
    """2026年9月1日 16:30."""
    return f"{day_text(moment.date())} {moment:%H:%M}"


def not_counted(waiting: int) -> str:
    """What stands behind a number while rows wait: · 另有 81 行待更正未计入; else nothing."""
    return f" · 另有 {waiting:,} 行待更正未计入" if waiting else ""
