"""The plan of one waiting row as it was corrected on the screen: read like the sheet it is of."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.workbooks.layout import Layout
from xqhz_desktop.services.workbooks.plan import Plan, SheetPlan
from xqhz_desktop.services.workbooks.planning import Planner
from xqhz_desktop.services.workbooks.reading import Cell, Sheet
from xqhz_desktop.services.workbooks.rows import column_letter, column_number
from xqhz_desktop.store.models import QuarantinedRow, Source


def plan_correction(
    engine: Engine, number: int, texts: Mapping[str, str], accepted: str | None = None
) -> Plan:
    """What taking over the row would do, its fields' texts put in place of what was written.

    A row that still cannot stand is among the plan's bad ones. `accepted` is a firm's code that
    stands although its check fails. Raises UserError (2) where the row waits no longer.
    """
    with engine.connect() as connection:
        statement = (
            select(Source.file, Source.sheet, QuarantinedRow.__table__)
            .join(Source, Source.id == QuarantinedRow.source_id)
            .where(QuarantinedRow.id == number, QuarantinedRow.state == "open")
        )
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise UserError("这一行已经不在待更正里了，请刷新后再看。", EXIT_USAGE)
        planner = Planner(connection)
        if accepted is not None:
            planner.accepted.add(accepted)
        planned = SheetPlan(row.file, row.sheet, "", None)
        planner.plan.sheets.append(planned)
        planner.take_table(planned, *_table(row, texts))
        plan = planner.finish(Task())
    if not plan.bad and number not in plan.closes:
        plan.closes.append(number)
    return plan


def written(row: Any) -> dict[str, str]:
    """The texts of a waiting row by field: its cells, and what its sheet's title said."""
    letters: Mapping[str, str] = (row.context or {}).get("columns", {})
    said = {name: _text(value) for name, value in row.values.items() if name not in letters}
    cells = {name: row.cells.get(letter, "") for name, letter in letters.items()}
    kept = {field.name for field in REGISTERS[row.register].fields}
    return {name: text for name, text in {**said, **cells}.items() if name in kept}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _table(row: Any, texts: Mapping[str, str]) -> tuple[Sheet, Layout]:
    """The row alone, at its own place in its sheet, under its own columns."""
    register = REGISTERS[row.register]
    letters: Mapping[str, str] = (row.context or {}).get("columns", {})
    said = {**written(row), **texts}
    columns: dict[str, int] = {}
    free = max((column_number(letter) for letter in row.headings), default=-1) + 1
    for name in said:
        columns[name] = column_number(letters[name]) if name in letters else free
        free += name not in letters
    cells: list[Cell] = [None] * free
    for name, column in columns.items():
        cells[column] = said[name] or None
    paths: list[tuple[str, ...]] = [
        (row.headings.get(column_letter(column), ""),) for column in range(free)
    ]
    at = row.source_row - 1
    rows: list[list[Cell]] = [[] for _ in range(at)]
    layout = Layout(register, (), paths, columns, [at], [], "")
    return Sheet(row.sheet, [*rows, cells], [], False, True), layout
