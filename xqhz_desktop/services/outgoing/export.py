"""A register as a workbook: what is seen, and nothing changed where it comes back.

Rows, order and columns are those of the table. Beside them, unseen, stands which record each row
is, so that a sheet comes back whatever it leaves out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.period import day_text
from xqhz_desktop.base.task import Task
from xqhz_desktop.base.times import clock_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.book import CELL, HINT, TITLE, Page, new_book, width_of
from xqhz_desktop.services.privacy.masking import is_personal, masked, may_leave_unmasked
from xqhz_desktop.services.records import select_records
from xqhz_desktop.services.workbooks.known import school_mark
from xqhz_desktop.services.workbooks.marks import record_heading

_HEADER_ROW = 2  # counted from 0: title, the line of the day, headings
_CHUNK = 900  # ids in one IN (…)
_LOOKED = 500  # rows by which a column's width is chosen
_KEPT = 4  # columns that stay in view at the most
_SUMMED = (Kind.AMOUNT, Kind.COUNT)
# What may be somebody's number, whatever column it was written in.
_NUMBER = re.compile(r"\d(?:[-\s]?\d){9,}[\dXx]")
Cell = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a register is seen: its rows in their order, its columns in theirs; None is all."""

    ids: Sequence[int] | None = None
    columns: Sequence[str] | None = None


ALL = Seen()


def export_register(
    office: Office,
    register: str,
    path: Path,
    today: date,
    *,
    reason: str | None = None,
    seen: Seen = ALL,
    task: Task | None = None,
) -> int:
    """Write what is seen of a register, masked, to an .xlsx; returns how many rows.

    With a reason numbers are whole, and the audit chain says who took them out, and why.
    Title, day, 序号, 合计 and the line of signatures stand as the office prints them.
    Raises UserError: no word in the reason (2), only looking (4), the file cannot be written (7),
    not permitted (9); Cancelled.
    """
    office.folder.must_not_hold(path)
    if reason is not None:
        may_leave_unmasked(office, f"导出“{REGISTERS[register].label}”台账", reason)
    fields = _fields(register, seen)
    with office.engine.connect() as connection:
        mark = school_mark(connection)
    sheet = _Sheet(
        "台账",
        f"填报日期：{day_text(today)}",
        "制表人：　　　　　　　　审核人：　　　　　　　　日期：",
        fields,
        [_cell(field, today, mask=reason is None) for field in fields],
        mark and record_heading(register, mark),
    )
    return _write(office, register, path, sheet, seen.ids, task or Task())


def publishable(register: str) -> tuple[Field, ...]:
    """The fields that may be made public; never one that holds an ID number or a phone."""
    stored = REGISTERS[register].stored()
    return tuple(field for field in stored if field.public and not is_personal(field))


def publish_register(
    office: Office, register: str, path: Path, *, seen: Seen = ALL, task: Task | None = None
) -> int:
    """Write the rows that are seen as a 公示名单: only what may be made public.

    A number that somebody wrote into a text is left out, too.
    Raises UserError: the register has nothing to publish (2), the file cannot be written (7).
    """
    office.folder.must_not_hold(path)
    fields = publishable(register)
    if not fields:
        raise UserError(f"“{REGISTERS[register].label}”没有可以公示的内容。", EXIT_USAGE)
    sheet = _Sheet(
        "公示名单",
        "公示期：　　　　年　　月　　日至　　　　年　　月　　日",
        f"{school_name(office)}（盖章）　　　　　　　　年　　月　　日",
        fields,
        [_public(field) for field in fields],
    )
    return _write(office, register, path, sheet, seen.ids, task or Task())


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is written of each row, and what stands around the rows."""

    name: str  # behind the register's label in the title
    above: str
    below: str
    fields: Sequence[Field]
    cells: Sequence[Cell]  # by field
    mark: str = ""  # the heading over the rows' numbers, where they say which records they are


def _fields(register: str, seen: Seen) -> tuple[Field, ...]:
    if seen.columns is None:
        return tables.shown_fields(register)
    return tuple(map(REGISTERS[register].field, seen.columns))


def _cell(field: Field, today: date, *, mask: bool) -> Cell:
    """What makes of a value of the field a day, a number, a text or nothing."""
    if field.kind is Kind.TIMES:
        return lambda value: None if value is None else clock_text(value)
    if field.kind is Kind.FLAG:
        return lambda value: None if value is None else tables.show(field, value)
    if mask and is_personal(field):
        return lambda value: None if value is None else masked(field, str(value), today)
    return lambda value: value


def _public(field: Field) -> Cell:
    shown = _cell(field, date.min, mask=True)
    if field.kind in (*_SUMMED, Kind.DATE, Kind.END_DATE, Kind.USCC):
        return shown
    return lambda value: None if value is None else _NUMBER.sub("…", str(shown(value)))


def _write(
    office: Office,
    register: str,
    path: Path,
    sheet: _Sheet,
    wanted: Sequence[int] | None,
    task: Task,
) -> int:
    label = REGISTERS[register].label
    ids = tables.ids(office, register) if wanted is None else wanted
    with new_book(path) as book:
        page = book.sheet(label)
        found = _read(office, register, sheet.fields, ids, task)
        first = list(islice(found, _LOOKED))
        page.columns(_widths(sheet, first))
        page.line(0, f"{school_name(office)}{label}{sheet.name}", TITLE, 30)
        page.line(1, sheet.above, HINT)
        headings = ["序号", *(field.label for field in sheet.fields)]
        page.heading(_HEADER_ROW, headings + [sheet.mark] * bool(sheet.mark))
        rows, sums = _write_rows(page, sheet, chain(first, found))
        _write_end(page, sheet, rows, sums)
    return rows


def _read(
    office: Office, register: str, fields: Sequence[Field], ids: Sequence[int], task: Task
) -> Iterator[Any]:
    """The records in the order of their ids: id, and the values of the fields; links as labels."""
    inner = select_records(REGISTERS[register], labels=True).subquery()
    statement = select(inner.c.id, *(inner.c[field.name] for field in fields))
    with office.engine.connect() as connection:
        for start in range(0, len(ids), _CHUNK):
            task.step(start, len(ids), "导出")
            chunk = list(ids[start : start + _CHUNK])
            rows = connection.execute(statement.where(inner.c.id.in_(chunk)))
            found = {row[0]: row for row in rows}
            yield from (found[number] for number in chunk if number in found)


def _widths(sheet: _Sheet, records: Sequence[Any]) -> list[int]:
    """How wide the columns are that hold these records."""
    held = zip(sheet.fields, *(record[1:] for record in records), strict=True)
    return [6, *(width_of(field, values) for field, *values in held)]


def _write_rows(page: Page, sheet: _Sheet, records: Iterable[Any]) -> tuple[int, dict[int, float]]:
    """Write the rows; how many there are, and the sums by column."""
    sums = {place: 0.0 for place, one in enumerate(sheet.fields, start=1) if _is_summed(one)}
    number = 0
    for number, record in enumerate(records, start=1):
        values = [cell(value) for cell, value in zip(sheet.cells, record[1:], strict=True)]
        page.write(_HEADER_ROW + number, [number, *values, *[record[0]] * bool(sheet.mark)])
        for place in sums:
            sums[place] += record[place] or 0
    return number, sums


def _is_summed(field: Field) -> bool:
    """Whether it says how much or how many; a year of entry is a number and no amount."""
    return field.kind in _SUMMED and field.name != "intake"


def _write_end(page: Page, sheet: _Sheet, rows: int, sums: dict[int, float]) -> None:
    """合计, the line of signatures, and how it scrolls and prints."""
    columns, total = len(sheet.fields), _HEADER_ROW + rows + 1
    said: list[Any] = ["合计", *(round(sums.get(place, 0), 2) or None for place in _places(sheet))]
    counted = next((place for place in _places(sheet) if place not in sums), 0)
    if counted:
        said[counted] = f"{rows} 条"
    page.write(total, said, [page.book.style(CELL, bold=True)] * len(said))
    page.line(total + 1, sheet.below, {})
    if rows:
        page.filter((_HEADER_ROW, 0), (total - 1, columns + bool(sheet.mark)))
    if sheet.mark:
        page.hide(columns + 1)
    page.set_up((_HEADER_ROW, _HEADER_ROW), total + 1, _kept(sheet.fields))


def _places(sheet: _Sheet) -> range:
    """The columns of the fields; 序号 stands before them."""
    return range(1, len(sheet.fields) + 1)


def _kept(fields: Sequence[Field]) -> int:
    """The columns that stay in view: up to the one that names the record, if it is near."""
    names = [field.name for field in fields[: _KEPT - 1]]
    named = next((at for at, name in enumerate(names) if name in ("name", "firm", "code")), 0)
    return named + 2
