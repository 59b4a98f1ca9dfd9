"""The rows that wait for correction, as a list to work through."""

from dataclasses import dataclass

from sqlalchemy import select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import QuarantinedRow, Source


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A quarantined row: what it is, where it stands, and why it waits."""

    id: int
    register: str
    label: str  # the register's name
    what: str  # what names the row, never an ID number
    file: str
    sheet: str
    row: int
    cell: str
    reason: str
    message: str


def waiting(office: Office, ids: frozenset[int] | None = None) -> list[WaitingRow]:
    """All rows that wait, by register, file and row; `ids` picks some."""
    statement = (
        select(
            QuarantinedRow.id,
            QuarantinedRow.register,
            QuarantinedRow.values,
            QuarantinedRow.problems,
            Source.file,
            Source.sheet,
            QuarantinedRow.source_row,
        )
        .join(Source, Source.id == QuarantinedRow.source_id)
        .where(QuarantinedRow.state == "open")
        .order_by(QuarantinedRow.register, Source.file, Source.sheet, QuarantinedRow.source_row)
    )
    with office.engine.connect() as connection:
        return [
            _waiting_row(*row)
            for row in connection.execute(statement)
            if ids is None or row[0] in ids
        ]


def _waiting_row(
    number: int,
    register: str,
    values: dict[str, object],
    problems: list[dict[str, str]],
    file: str,
    sheet: str,
    row: int,
) -> WaitingRow:
    what = values.get("name") or values.get("firm") or values.get("user") or values.get("code")
    return WaitingRow(
        number,
        register,
        REGISTERS[register].label,
        str(what or ""),
        file,
        sheet,
        row,
        problems[0]["cell"],
        problems[0]["reason"],
        "".join(problem["message"] for problem in problems),
    )
