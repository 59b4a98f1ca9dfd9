"""How a register is read from its tables: its columns, and the keys of what it links to."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import aliased

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.store import models
from xqhz_desktop.store.models import Model

# The column by which a workbook refers to a record of the register.
LINK_KEYS: dict[str, str] = {
    "students": "id_number",
    "teachers": "staff_no",
    "firms": "name",
    "bases": "code",
    "majors": "name",
    "classes": "name",
    "cohorts": "name",
    "batches": "name",
}
# What the reader sees of the record linked to, where that is not its key.
LINK_LABELS: dict[str, str] = LINK_KEYS | {"bases": "name"}
# What a model has beside its register's fields, and an import writes.
EXTRA: dict[str, tuple[str, ...]] = {"bookings": ("cancelled",), "courses": ("occurrence",)}
# Registers whose table also holds records known only from another register's rows.
PROVISIONAL: dict[str, tuple[str, bool]] = {
    "students": ("provisional", True),
    "teachers": ("provisional", True),
    "firms": ("partner", False),
}


@cache
def model_of(register: str) -> type[Model]:
    """The model that keeps a register."""
    found: type[Model] = getattr(models, REGISTERS[register].model)
    return found


def columns_of(register: Register) -> dict[str, str]:
    """Field → column of the register's table."""
    return {
        field.name: field.name + ("_id" if field.kind is Kind.LINK else "")
        for field in register.stored()
    }


def select_records(register: Register, *, labels: bool = False) -> Select[Any]:
    """All records: id, each stored field (a link as its key or label), source and row.

    Columns are labelled by field name; extra columns of the model follow.
    """
    model = model_of(register.name)
    statement = select(model.id).select_from(model)
    for field in register.stored():
        if field.kind is not Kind.LINK:
            statement = statement.add_columns(getattr(model, field.name).label(field.name))
            continue
        target = aliased(model_of(field.link))
        key = (LINK_LABELS if labels else LINK_KEYS)[field.link]
        statement = statement.outerjoin(target, target.id == getattr(model, field.name + "_id"))
        statement = statement.add_columns(getattr(target, key).label(field.name))
    for name in EXTRA.get(register.name, ()):
        statement = statement.add_columns(getattr(model, name).label(name))
    return statement


def registered_only(register: Register, statement: Select[Any]) -> Select[Any]:
    """Leave out records that only another register's rows have made known."""
    if register.name not in PROVISIONAL:
        return statement
    name, provisional = PROVISIONAL[register.name]
    return statement.where(getattr(model_of(register.name), name).is_(not provisional))


def all_records(connection: Connection, register: Register) -> list[dict[str, Any]]:
    """Every record as a dict, provisional ones included, with `_source` and `_row`."""
    model: Any = model_of(register.name)
    statement = select_records(register).add_columns(
        model.source_id.label("_source"), model.source_row.label("_row")
    )
    if register.name in PROVISIONAL:
        name = PROVISIONAL[register.name][0]
        statement = statement.add_columns(getattr(model, name).label("_" + name))
    result = connection.execute(statement)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]
