"""What a plan brings, in groups to look through: each a table, some with ticks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.base.errors import Problem
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.workbooks.plan import Absent, BadRow, Clearing, Conflict, Fate, Plan, Row
from xqhz_desktop.ui.table import Column

Tone = Callable[[Any, int], str]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a plan: its name, one sentence, its table; `ticks` says what a tick does."""

    title: str
    sentence: str
    columns: tuple[Column, ...]
    lines: Sequence[Any]
    cells: Callable[[Any], Sequence[str]]
    tone: Tone | None = None
    ticks: str = ""


def groups_of(plan: Plan, today: date) -> list[Group]:
    """The groups that have lines: what asks for a look comes first. Personal values are masked."""
    made = [
        _near(plan, today),
        _bad(plan),
        _conflicts(plan, today),
        _clearings(plan),
        _changed(plan, today),
        _new(plan),
        _warnings(plan),
        _absent(plan),
        _ignored(plan),
        _unreadable(plan),
    ]
    return [group for group in made if group.lines]


# The fields that hold an ID number or a phone, by what the reader calls them.
_PERSONAL: dict[str, Field] = {
    field.label: field
    for register in REGISTERS.values()
    for field in register.fields
    if is_personal(field)
}


def _masked(change: tuple[str, str, str], today: date) -> tuple[str, str, str]:
    """A field's name with its old and new value, as tables show them."""
    name, old, new = change
    if field := _PERSONAL.get(name):
        return name, masked(field, old, today), masked(field, new, today)
    return change


def _place(plan: Plan, sheet: int, row: int) -> str:
    one = plan.sheets[sheet]
    return " / ".join(part for part in (one.file, one.sheet, f"第 {row} 行") if part)


def rows_of(plan: Plan, fate: Fate) -> list[tuple[str, Row]]:
    """The rows of a fate, each with its register."""
    return [(name, row) for name, rows in plan.rows.items() for row in rows if row.fate is fate]


def _new(plan: Plan) -> Group:
    return Group(
        "新增",
        "库中没有的记录，导入后新增。",
        (Column("台账", 16), Column("记录", 44), Column("位置", 70)),
        rows_of(plan, Fate.NEW),
        lambda line: (
            REGISTERS[line[0]].label,
            line[1].label,
            _place(plan, line[1].sheet, line[1].row),
        ),
    )


def _changed(plan: Plan, today: date) -> Group:
    lines = [
        (name, row, change)
        for name, row in rows_of(plan, Fate.CHANGED)
        for change in row.changes or (("", "", ""),)
    ]
    return Group(
        "变更",
        "库中已有、这次不同的单元格，导入后改为新值；空白的单元格不改动。",
        (
            Column("台账", 16),
            Column("记录", 30),
            Column("字段", 16),
            Column("旧", 26),
            Column("新", 26),
            Column("位置", 60),
        ),
        lines,
        lambda line: (
            REGISTERS[line[0]].label,
            line[1].label,
            *_masked(line[2], today),
            _place(plan, line[1].sheet, line[1].row),
        ),
        lambda _, at: {3: "hint", 4: "accent"}.get(at, ""),
    )


def _near(plan: Plan, today: date) -> Group:
    return Group(
        "疑为同一条",
        "与库中一条记录只差日期或数字：勾选则更正那一条，不勾选则另记一条。",
        (Column("同一条", 40), Column("台账", 16), Column("不同之处", 54), Column("位置", 60)),
        rows_of(plan, Fate.NEAR),
        lambda line: (
            line[1].label,
            REGISTERS[line[0]].label,
            "；".join(
                f"{name} {old or '未填'} → {new}"
                for name, old, new in (_masked(one, today) for one in line[1].changes)
            ),
            _place(plan, line[1].sheet, line[1].row),
        ),
        ticks="同一条",
    )


def _bad(plan: Plan) -> Group:
    lines = [(bad, problem) for bad in plan.bad for problem in bad.problems]
    return Group(
        "待更正",
        "有问题的行先放到“待更正”，不计入任何指标；更正后再导入即可销去。",
        (
            Column("单元格", 8),
            Column("原因", 64),
            Column("台账", 16),
            Column("位置", 60),
            Column("状态", 12),
        ),
        lines,
        lambda line: _bad_cells(plan, *line),
        lambda _, at: "bad" if at == 0 else "",
    )


def _bad_cells(plan: Plan, bad: BadRow, problem: Problem) -> tuple[str, ...]:
    return (
        problem.cell,
        problem.message,
        REGISTERS[bad.register].label,
        _place(plan, bad.sheet, bad.row),
        "早已待更正" if bad.known else "",
    )


def _warnings(plan: Plan) -> Group:
    return Group(
        "提示",
        "照常导入，但请留意这些单元格。",
        (Column("单元格", 8), Column("说明", 64), Column("位置", 70)),
        [(at, one) for at, sheet in enumerate(plan.sheets) for one in sheet.warnings],
        lambda line: (line[1].cell, line[1].message, _place(plan, line[0], line[1].row)),
        lambda _, at: "warn" if at == 0 else "",
    )


def _conflicts(plan: Plan, today: date) -> Group:
    return Group(
        "冲突",
        "两处给同一条记录写了不同的值：不勾选用前一个，勾选用后一个。",
        (
            Column("用后一个值", 30),
            Column("台账", 16),
            Column("字段", 14),
            Column("前一个值", 24),
            Column("后一个值", 24),
            Column("前一处", 50),
            Column("后一处", 50),
        ),
        plan.conflicts,
        lambda one: _conflict_cells(one, today),
        ticks="用后一个值",
    )


def _conflict_cells(one: Conflict, today: date) -> tuple[str, ...]:
    values = _masked((one.field, one.kept, one.other), today)
    return (one.label, one.register, *values, one.kept_at, one.other_at)


def _absent(plan: Plan) -> Group:
    def cells(one: Absent) -> tuple[str, ...]:
        place = " / ".join(part for part in (one.file, one.sheet) if part)
        return (
            REGISTERS[one.register].label if one.register in REGISTERS else one.register,
            one.label,
            place,
        )

    return Group(
        "库中有而本表无",
        "以前从这张表来过、这次没有的记录；它们留在库中，不会删除。",
        (Column("台账", 16), Column("记录", 44), Column("原来的表", 70)),
        plan.absent,
        cells,
    )


def _clearings(plan: Plan) -> Group:
    def cells(one: Clearing) -> tuple[str, ...]:
        return (one.label, f"{len(one.records):,}", REGISTERS[one.register].label)

    return Group(
        "清空",
        "这些列在表中是空白、库中有值：不勾选则保留库中的值，勾选则清空。",
        (Column("清空这一列", 24), Column("条数", 8, right=True), Column("台账", 16)),
        plan.clearings,
        cells,
        ticks="清空这一列",
    )


def _ignored(plan: Plan) -> Group:
    return Group(
        "未识别的列",
        "没有对应字段的列，内容不导入。",
        (Column("列", 40), Column("文件", 50), Column("表", 30)),
        [(name, sheet) for sheet in plan.sheets if sheet.register for name in sheet.ignored],
        lambda line: (" ".join(line[0].split()), line[1].file, line[1].sheet),
    )


def _unreadable(plan: Plan) -> Group:
    passed = [(name, "不是工作簿，已跳过。") for name in plan.passed_over]
    return Group(
        "未读的文件",
        "这些文件没有读入，其余文件不受影响。",
        (Column("文件", 50), Column("原因", 80)),
        [*plan.unreadable, *passed],
        lambda line: line,
    )
