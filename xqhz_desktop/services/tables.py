"""Registers as tables: ids in order by SQL, and pages of rows as they are shown."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from xqhz_desktop.base.times import clock_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.services.narrowing import Filter, by_sound, holds, is_sounded, narrowed
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.records import model_of, registered_only, select_records
from xqhz_desktop.store.models import Source

_CHUNK = 900  # ids in one IN (…)


def shown_fields(register: str) -> tuple[Field, ...]:
    """The columns of a register's table, in order."""
    return REGISTERS[register].stored()


def count(office: Office, register: str) -> int:
    """How many records the register has."""
    statement = select(func.count()).select_from(model_of(register))
    with office.engine.connect() as connection:
        counted = connection.execute(registered_only(REGISTERS[register], statement)).scalar()
        return int(counted or 0)


def listed(
    office: Office,
    register: str,
    order: tuple[str, bool] | None = None,
    search: str = "",
    only: Sequence[int] | None = None,
    filters: Sequence[Filter] = (),
) -> tuple[list[int], int]:
    """The ids as `ids` gives them, and how many records the register has: counted where need be."""
    found = ids(office, register, order, search, only, filters)
    whole = only is None and not filters and not search.strip()
    return found, len(found) if whole else count(office, register)


def ids(
    office: Office,
    register: str,
    order: tuple[str, bool] | None = None,
    search: str = "",
    only: Sequence[int] | None = None,
    filters: Sequence[Filter] = (),
) -> list[int]:
    """Ids of the register's records in order: (field, descending), found by `search` and filters.

    Texts stand in the order of their sound. `only` restricts to given ids; provisional records
    are then shown too.
    """
    declared = REGISTERS[register]
    records = select_records(declared, labels=True)
    if only is None:
        records = registered_only(declared, records)
    inner = records.subquery()
    statement = narrowed(select(inner.c.id), declared, inner.c, filters)
    if only is not None:
        statement = statement.where(inner.c.id.in_(_listed(only)))
    if search.strip():
        statement = statement.where(_found(declared, inner, search))
    with office.engine.connect() as connection:
        return _in_order(connection, declared, inner, statement, order)


def _in_order(
    connection: Connection,
    register: Register,
    inner: Any,
    statement: Select[Any],
    order: tuple[str, bool] | None,
) -> list[int]:
    if order is None:
        return _columns(connection, statement.order_by(inner.c.id))[0]
    name, descending = order
    column = inner.c[name]
    if is_sounded(register.field(name)):
        numbers, texts = _columns(connection, statement.add_columns(column).order_by(inner.c.id))
        return by_sound((register.name, name), numbers, texts, descending=descending)
    ranked = column.desc().nulls_last() if descending else column.asc().nulls_last()
    return _columns(connection, statement.order_by(ranked, inner.c.id))[0]


def _listed(ids: Sequence[int]) -> Select[Any]:
    """Any number of ids as one parameter."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def _columns(connection: Connection, statement: Select[Any]) -> list[list[Any]]:
    """Whole columns of numbers or texts, each one JSON array: rows take three times as long."""
    inner = statement.subquery()
    arrays = select(*(func.json_group_array(column) for column in inner.c))
    return [json.loads(array) for array in connection.execute(arrays).one()]


def _found(register: Register, inner: Any, search: str) -> Any:
    texts = [f.name for f in register.stored() if f.kind not in (Kind.AMOUNT, Kind.FLAG)]
    return holds([inner.c[name] for name in texts], search)


def rows(office: Office, register: str, ids: Sequence[int]) -> list[dict[str, str]]:
    """The records of the ids as texts by field in the order of the ids, masked unless unmasked.

    `_source` says where each came from.
    """
    return [texts for _, texts in by_id(office, register, ids)]


def by_id(office: Office, register: str, ids: Sequence[int]) -> list[tuple[int, dict[str, str]]]:
    """The same with the id of each; an id that is no record's is left out."""
    today = office.now().date()
    fields = shown_fields(register)
    hidden = [] if office.unmasked else [field for field in fields if is_personal(field)]
    made = []
    for values in read_values(office, register, ids):
        texts = {field.name: show(field, values[field.name]) for field in fields}
        for field in hidden:
            texts[field.name] = masked(field, texts[field.name], today)
        texts["_source"] = values["_source"]
        made.append((values["id"], texts))
    return made


def seen(office: Office, field: Field, value: Any, today: date) -> str:
    """One value as a table shows it, masked unless unmasked."""
    text = show(field, value)
    return text if office.unmasked else masked(field, text, today)


def read_values(office: Office, register: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The records of the ids with true values by field (links as labels), in the order of ids."""
    model: Any = model_of(register)
    statement: Select[Any] = (
        select_records(REGISTERS[register], labels=True)
        .add_columns(Source.file, Source.sheet, model.source_row)
        .outerjoin(Source, Source.id == model.source_id)
    )
    found: dict[int, dict[str, Any]] = {}
    with office.engine.connect() as connection:
        for start in range(0, len(ids), _CHUNK):
            chunk = list(ids[start : start + _CHUNK])
            result = connection.execute(statement.where(model.id.in_(chunk)))
            names = list(result.keys())
            for row in result:
                values = dict(zip(names, row, strict=True))
                values["_source"] = _where(values)
                found[values["id"]] = values
    return [found[number] for number in ids if number in found]


def _where(values: dict[str, Any]) -> str:
    if values["file"] is None:
        return ""
    parts = [values["file"], values["sheet"], f"第 {values['source_row']} 行"]
    return " / ".join(part for part in parts if part)


def show(field: Field, value: Any) -> str:
    """A value as the reader sees it."""
    if value is None:
        return ""
    if isinstance(value, str):  # first, as nearly all are
        return clock_text(value) if field.kind is Kind.TIMES else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)
