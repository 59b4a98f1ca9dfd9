"""Where records come from: file, sheet and row of the row that last confirmed them."""

from collections.abc import Iterable
from typing import Any, TypedDict

from sqlalchemy import select

from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import QuarantinedRow, Source


class Address(TypedDict):
    """A row of a workbook; `sheet` is empty for a csv."""

    file: str
    sheet: str
    row: int


def addresses(office: Office, register: str, ids: Iterable[int]) -> dict[int, Address]:
    """The source of each record that has one; `quarantine` is a register here too."""
    model: Any = QuarantinedRow if register == "quarantine" else model_of(register)
    wanted = set(ids)
    with office.engine.connect() as connection:
        rows = connection.execute(
            select(model.id, Source.file, Source.sheet, model.source_row).join(
                Source, Source.id == model.source_id
            )
        )
        return {
            row[0]: Address(file=row[1], sheet=row[2], row=row[3])
            for row in rows
            if row[0] in wanted
        }
