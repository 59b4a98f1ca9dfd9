"""Numbers in words: values, changes against last year, distance to the target."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from xqhz_desktop.policy.results import Indicator, Target
from xqhz_desktop.reports.figures import brief, percent, written

NONE = "—"


def figure(one: Indicator | None) -> str:
    """The value without its unit but with %: 78.3%, 1,204, —."""
    if one is None or one.value is None:
        return NONE
    if one.unit == "%":
        return _share(one.value, one.target)
    return written(one.value, one.unit)


def value(one: Indicator | None) -> str:
    """The value with its unit: 78.3%, 1,204人, —."""
    text = figure(one)
    return text if one is None or text == NONE or one.unit == "%" else text + one.unit


def _share(share: float, target: Target | None) -> str:
    """One decimal, or two where one would round a missed target up to a reached one."""
    for goal in (target.reach, target.strive) if target else ():
        if goal is not None and share < goal and percent(share) == percent(goal):
            return percent(share, 2)
    return percent(share)


def fraction(one: Indicator | None) -> str:
    """Numerator and denominator: 483 / 617."""
    if one is None or one.top is None or one.bottom is None:
        return ""
    return f"{written(one.top, '')} / {written(one.bottom, '')}"


def difference(one: Indicator | None, last: Indicator | None) -> Decimal | None:
    """This year less last year, of the figures as they are printed; None where one is missing."""
    if one is None or last is None or one.value is None or last.value is None:
        return None
    return _printed(one) - _printed(last)


def _printed(one: Indicator) -> Decimal:
    return Decimal(figure(one).rstrip("%").replace(",", ""))


def change(one: Indicator | None, last: Indicator | None) -> str:
    """The change for a table: +5.2个百分点, -12, 0, or — without last year."""
    step = difference(one, last)
    if step is None or one is None:
        return NONE
    return f"{step:+,f}" if step else "0"


def against_last_year(one: Indicator | None, last: Indicator | None) -> str:
    """The change in a sentence: ，较上年提高5.2个百分点; nothing without last year."""
    step = difference(one, last)
    if step is None or one is None:
        return ""
    if not step:
        return "，与上年持平"
    if one.unit == "%":
        return f"，较上年{'提高' if step > 0 else '下降'}{abs(step):f}个百分点"
    return f"，较上年{'增加' if step > 0 else '减少'}{abs(step):,f}{one.unit}"


def against_target(one: Indicator | None) -> str:
    """The distance to the target in a sentence; nothing where there is no target or no value."""
    if one is None or one.target is None or one.value is None:
        return ""
    target = one.target
    if target.strive is not None and one.value >= target.strive:
        return f"，已达到力争值{brief(target.strive)}"
    if one.value >= target.reach:
        return f"，已达到达标值{brief(target.reach)}{_strive(target)}"
    gap = Decimal(brief(target.reach).rstrip("%")) - _printed(one)
    return f"，距达标值{brief(target.reach)}还差{gap:f}个百分点"


def _strive(target: Target) -> str:
    return "" if target.strive is None else f"（力争值{brief(target.strive)}）"


def goal(target: Target | None) -> str:
    """The target for a table: 80%（力争100%）."""
    if target is None:
        return NONE
    strive = "" if target.strive is None else f"（力争{brief(target.strive)}）"
    return brief(target.reach) + strive


def verdict(one: Indicator | None) -> str:
    """已达标, 未达标, or — without target or value."""
    if one is None or one.target is None or one.value is None:
        return NONE
    return "已达标" if one.value >= one.target.reach else "未达标"


def why_none(ones: Iterable[Indicator | None]) -> str:
    """Why a — stands in a table: the names of the figures whose denominator is 0."""
    empty = [one.label for one in ones if one is not None and one.value is None]
    return f"“—”表示无法计算或没有数据：{'、'.join(empty)}的分母为0。" if empty else ""


def waiting(quarantined: Mapping[str, int], *registers: str) -> str:
    """另有 N 行待更正未计入, for these registers together; nothing where there are none."""
    count = sum(quarantined.get(register, 0) for register in registers)
    return f"另有{count:,}行待更正未计入。" if count else ""
