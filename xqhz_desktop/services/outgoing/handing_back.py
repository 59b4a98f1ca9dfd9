"""Rows that wait, handed back as a workbook in the clerk's own layout, to be corrected in Excel."""

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.book import BAD, TEXT, Page, new_book
from xqhz_desktop.services.privacy.masking import may_leave_unmasked
from xqhz_desktop.services.workbooks.marks import WAITING, WHY
from xqhz_desktop.services.workbooks.rows import column_number
from xqhz_desktop.store.models import QuarantinedRow, Source

WORDS = {"font_color": "#9C0006", "text_wrap": True, "valign": "vcenter"}


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
        raise UserError("没有待更正的行，不用发回。", EXIT_USAGE)
    may_leave_unmasked(office, f"发回 {len(rows)} 行待更正", reason)
    with new_book(path) as book:
        for (file, sheet, *_), found in groupby(rows, key=_shape):
            page = book.sheet(Path(file).stem if _says_nothing(sheet) else sheet)
            _write_sheet(page, [*found])
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
    # Which row it was there says nothing here.
    why = "".join(re.sub(r"^第 \d+ 行", "", problem["message"]) for problem in row.problems)
    return _Waiting(
        row.id, row.file, row.sheet, row.register, row.headings, row.cells, beside, bad, why
    )


def _shape(row: _Waiting) -> tuple[str, str, str, str]:
    """Rows under the same headings stand in one sheet."""
    return row.file, row.sheet, row.register, repr((sorted(row.headings.items()), [*row.beside]))


def _write_sheet(page: Page, rows: list[_Waiting]) -> None:
    headings = {column_number(letter): text for letter, text in rows[0].headings.items()}
    first_free = max(headings, default=-1) + 1
    for place, label in enumerate(rows[0].beside, start=first_free):
        headings[place] = label
    mark = max(headings, default=-1) + 1
    headings |= {mark: WAITING, mark + 1: WHY}
    page.columns([*(_width(headings.get(column, "")) for column in range(mark)), 12, 60])
    depth = _write_headings(page, headings)
    for number, row in enumerate(rows, start=depth):
        _write_row(page, number, row, first_free, mark)
    page.set_up((0, depth - 1), depth + len(rows) - 1)
    page.hide(mark)


def _width(heading: str) -> int:
    return min(30, max(14, len(heading.rpartition("/")[2]) * 2 + 2))


def _write_row(page: Page, number: int, row: _Waiting, first_free: int, mark: int) -> None:
    cells = {column_number(letter): text for letter, text in row.cells.items()}
    cells |= dict(enumerate(row.beside.values(), start=first_free))
    bad = {column_number(letter) for letter in row.bad if letter}
    wrong, right = page.book.style(BAD), page.book.style(TEXT, quote_prefix=True)
    values = [cells.get(column) for column in range(mark)]
    styles = [wrong if column in bad else right for column in range(mark)]
    page.write(number, [*values, str(row.id), row.why], [*styles, right, page.book.style(WORDS)])


def _write_headings(page: Page, headings: dict[int, str]) -> int:
    """Headings of several levels as they were: the upper ones joined over their columns."""
    paths = {column: _levels(headings, column) for column in sorted(headings)}
    depth = max(len(path) for path in paths.values())
    for level in range(depth):
        texts = {column: [*path, *[""] * depth][level] for column, path in paths.items()}
        page.heading(level, [texts.get(column, "") for column in range(max(paths) + 1)])
    for column, path in paths.items():
        if len(path) < depth:
            page.join((len(path) - 1, column), (depth - 1, column))
    for first, last in _captions(paths):
        page.join((0, first), (0, last))
    return depth


def _levels(headings: dict[int, str], column: int) -> list[str]:
    """The levels of a heading; 节次/时间 is one, where no neighbour stands under 节次 too."""
    levels = headings[column].split("/")
    beside = [headings.get(one, "").split("/") for one in (column - 1, column + 1)]
    shared = any(len(one) > 1 and one[0] == levels[0] for one in beside)
    return levels if shared else [headings[column]]


def _captions(paths: dict[int, list[str]]) -> list[tuple[int, int]]:
    """The first and last columns of neighbours that stand under one caption."""
    found: list[tuple[int, int]] = []
    for column, path in paths.items():
        if len(path) < 2:
            continue
        if found and found[-1][1] == column - 1 and paths[column - 1][0] == path[0]:
            found[-1] = (found[-1][0], column)
        else:
            found.append((column, column))
    return [(first, last) for first, last in found if last > first]


def _says_nothing(name: str) -> bool:
    """Whether a sheet has the name that Excel or WPS gave it."""
    return re.fullmatch(r"(Sheet|工作表)?\d*", name, re.IGNORECASE) is not None
