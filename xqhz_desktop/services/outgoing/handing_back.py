"""Rows that wait, handed back as a workbook in the clerk's own layout, to be corrected in Excel."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import may_leave_unmasked
from xqhz_desktop.services.workbooks.marks import WAITING
from xqhz_desktop.services.workbooks.rows import column_number
from xqhz_desktop.store.models import QuarantinedRow, Source

WHY = "错误原因"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row as it was written: headings and cells by column letter, and what is wrong with it."""

    id: int
    file: str
    sheet: str
    register: str
    headings: dict[str, str]
    cells: dict[str, str]
    beside: dict[str, str]  # what the sheet's title said: label → value
    bad: frozenset[str]
    why: str


def hand_back(office: Office, path: Path, reason: str, register: str | None = None) -> int:
    """Write the rows that wait, of one register or all, to an .xlsx; how many there are.

    Each sheet has the headings of the sheet that the rows came from, the bad cells coloured and
    a last column 错误原因; imported again, a corrected row closes the one that waits, which it
    knows by the column 待更正编号.
    Raises UserError: none waits, no reason (2), the file cannot be written (7), not permitted (9).
    """
    office.folder.must_not_hold(path)
    rows = _waiting(office, register)
    if not rows:
        raise UserError("没有待更正的行，不用发回。", 2)
    may_leave_unmasked(office, f"发回 {len(rows)} 行待更正", reason)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.touch()  # what cannot be written is known before any work
        _write(rows, partial)
        os.replace(partial, path)
    except OSError as error:
        raise UserError(
            f"没有写成，请检查文件是否正被打开、磁盘是否已满：{path}", EXIT_NO_SPACE
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)


def _waiting(office: Office, register: str | None) -> list[_Waiting]:
    statement = (
        select(Source.file, Source.sheet, QuarantinedRow.__table__)
        .join(Source, Source.id == QuarantinedRow.source_id)
        .where(QuarantinedRow.state == "open")
        .order_by(Source.file, Source.sheet, QuarantinedRow.register, QuarantinedRow.source_row)
    )
    if register is not None:
        statement = statement.where(QuarantinedRow.register == register)
    with office.engine.connect() as connection:
        return [_row(row) for row in connection.execute(statement)]


def _row(row: Any) -> _Waiting:
    letters: dict[str, str] = (row.context or {}).get("columns", {})
    declared = REGISTERS[row.register]
    beside = {
        field.label: str(row.values[field.name])
        for field in declared.stored()
        if field.name in row.values and field.name not in letters
    }
    bad = frozenset(re.sub(r"\d", "", problem["cell"]) for problem in row.problems)
    why = "".join(problem["message"] for problem in row.problems)
    return _Waiting(
        row.id, row.file, row.sheet, row.register, row.headings, row.cells, beside, bad, why
    )


def _write(rows: Iterable[_Waiting], path: Path) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    # No cell is ever a formula or a link, whatever it begins with.
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    text = {"num_format": "@", "border": 1}
    styles = {
        "head": book.add_format({**text, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format(text),
        "bad": book.add_format({**text, "bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        "why": book.add_format({"font_color": "#9C0006", "text_wrap": True}),
    }
    names: set[str] = set()
    for (file, sheet, _, _), found in groupby(rows, key=_shape):
        name = _free_name(Path(file).stem if _says_nothing(sheet) else sheet, names)
        _write_sheet(book.add_worksheet(name), [*found], styles)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _shape(row: _Waiting) -> tuple[str, str, str, str]:
    """Rows under the same headings stand in one sheet."""
    return row.file, row.sheet, row.register, repr((sorted(row.headings.items()), [*row.beside]))


def _write_sheet(sheet: Any, rows: list[_Waiting], styles: dict[str, Any]) -> None:
    headings = {column_number(letter): text for letter, text in rows[0].headings.items()}
    first_free = max(headings, default=-1) + 1
    for place, label in enumerate(rows[0].beside, start=first_free):
        headings[place] = label
    why = max(headings, default=-1) + 1
    headings |= {why: WHY, why + 1: WAITING}
    depth = _write_headings(sheet, headings, styles["head"])
    for number, row in enumerate(rows, start=depth):
        cells = {column_number(letter): text for letter, text in row.cells.items()}
        cells |= dict(enumerate(row.beside.values(), start=first_free))
        bad = {column_number(letter) for letter in row.bad if letter}
        for column in range(why):
            style = styles["bad" if column in bad else "text"]
            sheet.write_string(number, column, cells.get(column, ""), style)
        sheet.write_string(number, why, row.why, styles["why"])
        sheet.write_string(number, why + 1, str(row.id), styles["text"])
    sheet.set_column(0, why - 1, 16)
    sheet.set_column(why, why, 60)
    sheet.freeze_panes(depth, 0)


def _write_headings(sheet: Any, headings: dict[int, str], style: Any) -> int:
    """Headings of several levels as they were: the upper ones joined over their columns."""
    paths = {column: text.split("/") for column, text in headings.items()}
    depth = max(len(path) for path in paths.values())
    for column, path in paths.items():
        for level in range(depth):
            text = path[level] if level < len(path) else ""
            sheet.write_string(level, column, text, style)
        if len(path) < depth:
            sheet.merge_range(len(path) - 1, column, depth - 1, column, path[-1], style)
    return depth


def _says_nothing(name: str) -> bool:
    """Whether a sheet has the name that Excel or WPS gave it."""
    return re.fullmatch(r"(Sheet|工作表)?\d*", name, re.IGNORECASE) is not None


def _free_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name that Excel allows and that no other sheet of the workbook has."""
    name = stem = _FORBIDDEN.sub(" ", wanted)[:28].strip() or "待更正"
    number = 2
    while name.casefold() in taken:
        name, number = f"{stem}{number}", number + 1
    taken.add(name.casefold())
    return name
