"""How values of the policy floor are said on screen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from xqhz_desktop.base.period import day_text
from xqhz_desktop.policy.results import SEVERITY_WORDS, Indicator, Severity, Target
from xqhz_desktop.reports.figures import percent, written

_NAMES = ("name", "teacher", "firm", "base", "user", "code")
# What records of a register are counted by; all others by 条.
_MEASURES = {
    "学生": "名",
    "专任教师": "名",
    "兼职教师": "名",
    "监护人": "名",
    "企业联系人": "名",
    "学徒": "名",
    "合作企业": "家",
    "合作协议": "份",
    "附件": "个",
    "班级": "个",
    "学徒班": "个",
    "专业": "个",
    "实训基地": "个",
}
# What kinds of actions are called.
_ACTIONS = {
    "import": "导入",
    "edit": "填写和修改",
    "delete": "删除",
    "put_back": "放回",
    "undo": "撤销",
    "merge": "合并企业",
    "remedy": "整改记录",
    "attach": "附件",
    "handout": "拆分下发",
    "internship": "实习安排",
    "mapping": "列对应",
    "put_off": "暂缓",
    "setting": "设置",
    "view": "视图",
    "user": "用户",
    "encryption": "加密",
    "erase": "删除个人信息",
    "restore": "恢复备份",
    "rebuild": "重建",
    "repair": "修复",
    "seed": "建立数据库",
}
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


def action_word(kind: str) -> str:
    """What a kind of actions is called; one without a word says its kind."""
    return _ACTIONS.get(kind, kind)


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


def size_text(size: int) -> str:
    """Bytes as people say them: 812 KB, 1.2 MB; what is less than one KB is one."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:,.1f} MB"


def counted(number: int, label: str) -> str:
    """So many records of a register by its label: 1 名学生, 3 条岗位实习."""
    return f"{number:,} {_MEASURES.get(label, '条')}{label}"


def listed(counts: Sequence[str]) -> str:
    """Counts as one phrase: 1 名学生、3 条岗位实习和 2 个附件."""
    *most, last = counts
    return f"{'、'.join(most)}和 {last}" if most else last


def not_counted(waiting: int) -> str:
    """What stands behind a number while rows wait: · 另有 81 行待更正未计入; else nothing."""
    return f" · 另有 {waiting:,} 行待更正未计入" if waiting else ""
