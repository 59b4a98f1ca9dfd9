"""Rows that say which record they are: what their sheet left out or masked comes from there.

A clerk exports the columns that are shown, so that a sheet may hold neither the number of a
person nor what its other cells are checked against.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services.records import EXTRA, all_records
from xqhz_desktop.services.workbooks.cells import MASKED
from xqhz_desktop.services.workbooks.draft import Draft
from xqhz_desktop.services.workbooks.layout import Layout
from xqhz_desktop.services.workbooks.marks import number_in
from xqhz_desktop.services.workbooks.reading import Cell
from xqhz_desktop.store.models import AuditEntry

Record = dict[str, Any]
# What tells one record from another at sight.
_TELLING = frozenset({"name", "student_no", "staff_no", "code", "uscc", "id_number"})


def school_mark(connection: Connection) -> str:
    """What tells these records from those of another office; it says nothing of anybody."""
    first = select(AuditEntry.chain).order_by(AuditEntry.id).limit(1)
    return str(connection.execute(first).scalar() or "")[:8]


def records_behind(connection: Connection, layout: Layout) -> dict[int, Record]:
    """The records that the rows of a sheet may be, by number; none where it is not our own."""
    if layout.marked is None or layout.school != school_mark(connection):
        return {}
    return {record["id"]: record for record in all_records(connection, layout.register)}


def fill(
    draft: Draft, shown: Sequence[str], marks: Sequence[Cell], records: Mapping[int, Record]
) -> None:
    """Fill the columns that the sheet has not, and masked numbers, from the rows' records.

    A row that shows another person than its record, as one that was copied and typed over, is
    none of the record's.
    """
    found = [records.get(number_in(mark) or 0) for mark in marks]
    telling = [name for name in shown if _tells(draft.register.field(name))]
    for place, record in enumerate(found):
        said = [name for name in telling if draft.columns[name][place] is not None]
        if record and said and not any(_agrees(draft, name, place, record) for name in said):
            found[place] = None
    for field in draft.register.stored():
        if field.name not in shown:
            draft.columns[field.name] = [record and record[field.name] for record in found]
        elif _is_number(field):
            _unmask(draft.columns[field.name], field.name, found)
    for name in EXTRA.get(draft.register.name, ()):
        draft.columns[name] = [record and record[name] for record in found]


def _tells(field: Field) -> bool:
    return field.name in _TELLING or field.link in ("students", "teachers")


def _is_number(field: Field) -> bool:
    return field.kind is Kind.ID_NUMBER or field.link == "students"


def _agrees(draft: Draft, name: str, place: int, record: Record) -> bool:
    """Whether the cell shows what the record has; of a masked number only the end is seen."""
    said, known = fold(draft.columns[name][place]), fold(record[name])
    if said.startswith(MASKED):
        return said[-4:] == known[-4:]
    return said == known


def _unmask(column: list[Any], name: str, found: Sequence[Record | None]) -> None:
    for place, record in enumerate(found):
        if record and str(column[place] or "").startswith(MASKED):
            column[place] = record[name]
