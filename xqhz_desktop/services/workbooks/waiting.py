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
    for row in waiting:
        by_print[row.fingerprint].append(row)
    seen: set[int] = set()
    fresh: list[BadRow] = []
    for bad in plan.bad:
        if same := by_print.get(bad.fingerprint):
            seen.add(same.pop().id)
            bad.known = True
        else:
            fresh.append(bad)
    by_number = {str(row.id): row for row in waiting}
    for bad in fresh:
        sheet = plan.sheets[bad.sheet]
        letter = letter_of(sheet.headings, WAITING)
        old = by_number.get(bad.cells.get(letter, "")) if letter else None
        old = old or by_address.get((sheet.file, sheet.sheet, bad.row))
        if old and old.id not in seen and old.register == bad.register:
            plan.closes.append(old.id)
            seen.add(old.id)


def close_numbered(
    waiting: list[Open], register: Register, rows: list[Row], column: int, plan: Plan
) -> None:
    """A good row of a sheet that was handed back closes the waiting row that it was."""
    mine = {str(row.id): row.id for row in waiting if row.register == register.name}
    for row in rows:
        cells = row.raw or []
        if column < len(cells) and (number := mine.pop(str(cells[column]), None)):
            plan.closes.append(number)


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
