"""Quarantined rows while a plan is made: the same again, corrected, or able to go home now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services.workbooks.cells import plain
from xqhz_desktop.services.workbooks.marks import WAITING, letter_of
from xqhz_desktop.services.workbooks.plan import BadRow, Plan, Row
from xqhz_desktop.services.workbooks.rows import cells_of
from xqhz_desktop.store.models import QuarantinedRow, Source

_KEPT = frozenset({"duplicate_row"})  # not corrected by the row that it repeats


@dataclass(slots=True)
class Open:
    """A row that waits in the database."""

    id: int
    register: str
    fingerprint: str
    values: dict[str, Any]
    reasons: frozenset[str]
    address: tuple[str, str, int]
    label: str
    cells: dict[str, str]
    headings: dict[str, str]


def read_open(connection: Connection) -> list[Open]:
    """All rows that wait for correction."""
    rows = connection.execute(
        select(
            QuarantinedRow.id,
            QuarantinedRow.register,
            QuarantinedRow.fingerprint,
            QuarantinedRow.values,
            QuarantinedRow.problems,
            Source.file,
            Source.sheet,
            QuarantinedRow.source_row,
            QuarantinedRow.cells,
            QuarantinedRow.headings,
        )
        .join(Source, Source.id == QuarantinedRow.source_id)
        .where(QuarantinedRow.state == "open")
    )
    return [
        Open(
            row[0],
            row[1],
            row[2],
            row[3],
            frozenset(problem["reason"] for problem in row[4]),
            (row[5], row[6], row[7]),
            str(row[3].get("name", "")),
            row[8],
            row[9],
        )
        for row in rows
    ]


def mark_known(waiting: list[Open], plan: Plan) -> None:
    """Bad rows that already wait are the same again; one bad in a new way replaces the old."""
    by_print: dict[str, list[Open]] = defaultdict(list)
    by_address = {row.address: row for row in waiting}
    by_number = {str(row.id): row for row in waiting}
    handed_back = {id(bad): by_number.get(_number_of(bad, plan)) for bad in plan.bad}
    seen = {
        old.id
        for bad in plan.bad
        if (old := handed_back[id(bad)]) and old.register == bad.register and _same(old, bad.cells)
    }
    for row in waiting:
        if row.id not in seen:
            by_print[row.fingerprint].append(row)
    for bad in plan.bad:
        numbered = handed_back[id(bad)]
        if numbered and numbered.id in seen:
            bad.known = True
        elif same := by_print.get(bad.fingerprint):
            seen.add(same.pop().id)
            bad.known = True
    # What seemed good by itself may wait for what it refers to, as before.
    plan.closes = [number for number in plan.closes if number not in seen]
    for bad in plan.bad:
        sheet = plan.sheets[bad.sheet]
        old = handed_back[id(bad)] or by_address.get((sheet.file, sheet.sheet, bad.row))
        if not bad.known and old and old.id not in seen and old.register == bad.register:
            plan.closes.append(old.id)
            seen.add(old.id)


def _number_of(bad: BadRow, plan: Plan) -> str:
    """The waiting row that a row of a sheet that was handed back says it is."""
    letter = letter_of(plan.sheets[bad.sheet].headings, WAITING)
    return bad.cells.get(letter, "") if letter else ""


def close_numbered(
    waiting: list[Open], register: Register, rows: list[Row], column: int, plan: Plan
) -> list[Row]:
    """A good row of a sheet that was handed back closes the waiting row that it was.

    The rows that are given back do not: they repeat another row, and came back as they went.
    """
    mine = {str(row.id): row for row in waiting if row.register == register.name}
    repeated = []
    for row in rows:
        cells = row.raw or []
        old = mine.pop(str(cells[column]), None) if column < len(cells) else None
        if old and old.reasons <= _KEPT and _same(old, cells_of(cells)):
            repeated.append(row)
        elif old:
            plan.closes.append(old.id)
    return repeated


def _same(old: Open, cells: dict[str, str]) -> bool:
    """Whether no cell of the row was touched since it went out."""
    letters = old.headings.keys() | old.cells.keys()
    return all(fold(old.cells.get(one)) == fold(cells.get(one)) for one in letters)


def close_corrected(waiting: list[Open], register: Register, rows: list[Row], plan: Plan) -> None:
    """A good row closes the waiting row that differs from it in the bad cells only."""
    mine = [row for row in waiting if row.register == register.name and not row.reasons <= _KEPT]
    mine = [row for row in mine if row.id not in plan.closes]
    if not mine:
        return
    skipped = {"note", "cancelled", "occurrence"}
    shapes: dict[frozenset[str], dict[tuple[str, ...], list[int]]] = defaultdict(dict)
    for row in mine:
        names = frozenset(row.values) - skipped
        if len(names) >= 2:
            shapes[names].setdefault(_signature(row.values, names), []).append(row.id)
    addresses = {row.address: row for row in mine if row.label}
    for good in rows:
        for names, signatures in shapes.items():
            if waiting_ids := signatures.pop(_signature(good.values, names), None):
                plan.closes.extend(waiting_ids)
        sheet = plan.sheets[good.sheet]
        old = addresses.get((sheet.file, sheet.sheet, good.row))
        if old and old.id not in plan.closes and fold(good.values.get("name")) == fold(old.label):
            plan.closes.append(old.id)


def _signature(values: dict[str, Any], names: frozenset[str]) -> tuple[str, ...]:
    return tuple(fold(plain(values.get(name))) for name in sorted(names))


def typed(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a waiting row as a plan needs them: dates as dates again."""
    kinds = {field.name: field.kind for field in register.fields}
    read: dict[str, Any] = {
        name: date.fromisoformat(value)
        if kinds.get(name) in (Kind.DATE, Kind.END_DATE) and isinstance(value, str)
        else value
        for name, value in values.items()
    }
    return read if register.name != "bookings" else {"cancelled": None} | read
