"""What belongs to a record and what it belongs to, read off the registers' own declarations.

A register that comes later, or a table of parts, is among them without a word here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, literal, select, text, union_all

from xqhz_desktop.base.identity import mask_phone
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services import tables
from xqhz_desktop.services.naming import label_of, table_label
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import is_personal
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Model
from xqhz_desktop.store.references import PARTS, referring

SHOWN = 5  # records of one kind that are named; all of them can be opened together
_TOLD = (Kind.TEXT, Kind.NAME, Kind.CODE, Kind.LINK)
_DAYS = ("start", "end", "day")  # from when to when a record is about
_BESIDE = frozenset({"id", "source_id", "source_row", "key", "kind"})
_MOST_TOLD = 3  # texts of one line


@dataclass(frozen=True, slots=True)
class Linked:
    """One record at the other end of a link, as one line."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """All records of one register that are linked by one field; the first few are named.

    `register` is empty for parts of the record, which no register lists. `up` are the records
    that this one refers to, all others refer to it.
    """

    register: str
    label: str
    ids: tuple[int, ...]
    shown: tuple[Linked, ...]
    up: bool = False


def links(office: Office, register: str, record: int) -> list[Links]:
    """All that a record is linked to, in as many queries whatever their number.

    First what it refers to, then its own parts, then what refers to it.
    """
    with office.engine.connect() as connection:
        own = _label(connection, register, record)
        up = list(_up(connection, REGISTERS[register], record))
        parts = list(_parts(connection, office, register, record, own))
        down = _down(connection, register, record)
    return [*up, *parts, *(_named(office, *key, ids, own) for key, ids in down.items())]


# ------------------------------------------------------------ what the record refers to


def _up(connection: Connection, register: Register, record: int) -> Iterator[Links]:
    model: Any = model_of(register.name)
    fields = [one for one in register.stored() if one.kind is Kind.LINK]
    if not fields:
        return
    columns = [getattr(model, f"{one.name}_id") for one in fields]
    found = connection.execute(select(*columns).where(model.id == record)).first()
    for declared, number in zip(fields, found or (), strict=False):
        if number is not None:
            line = Linked(number, _label(connection, declared.link, number))
            label = REGISTERS[declared.link].label if is_personal(declared) else declared.label
            yield Links(declared.link, label, (number,), (line,), up=True)


def _label(connection: Connection, register: str, record: int) -> str:
    """What names a record, never by an ID number; "" where nothing does."""
    table: Any = model_of(register).__table__
    row = connection.execute(select(table).where(table.c.id == record)).mappings().first()
    return label_of(dict(row)) if row else ""


# ------------------------------------------------------------ its parts


def _parts(
    connection: Connection, office: Office, register: str, record: int, own: str
) -> Iterator[Links]:
    for reference in referring(model_of(register).__tablename__):
        if reference.table not in PARTS:
            continue
        statement = text(
            f'SELECT * FROM "{reference.table}" WHERE "{reference.column}" = :record ORDER BY id'
        )
        rows = connection.execute(statement, {"record": record}).mappings().all()
        told = [Linked(row["id"], _told(reference.table, dict(row), office)) for row in rows]
        shown = tuple(one for one in told if one.text not in ("", own))
        if shown:
            ids = tuple(one.id for one in shown)
            yield Links("", table_label(reference.table), ids, shown)


def _told(table: str, row: Mapping[str, Any], office: Office) -> str:
    """A part in one line: its name first, then what else it says in words or days."""
    columns = Model.metadata.tables[table].columns
    first = label_of(row)
    said = [first] if first else []
    for name, value in row.items():
        wanted = name not in _BESIDE and not columns[name].foreign_keys
        if not wanted or not isinstance(value, str) or value in said:
            continue
        said.append(mask_phone(value) if name.endswith("phone") and not office.unmasked else value)
    return " · ".join(said)


# ------------------------------------------------------------ what refers to the record


def _down(
    connection: Connection, register: str, record: int
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Ids by register and field, the latest first: one query over all registers."""
    asked = []
    for other in REGISTERS.values():
        model: Any = model_of(other.name)
        for declared in other.stored():
            if declared.link == register:
                column = getattr(model, f"{declared.name}_id")
                names = (literal(other.name).label("register"), literal(declared.name))
                asked.append(select(*names, model.id.label("id")).where(column == record))
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    if asked:
        for other_name, field, number in connection.execute(union_all(*asked)):
            found[(other_name, field)].append(number)
    return {key: tuple(sorted(ids, reverse=True)) for key, ids in found.items()}


def _named(office: Office, register: str, field: str, ids: tuple[int, ...], own: str) -> Links:
    declared = REGISTERS[register]
    rows = tables.read_values(office, register, ids[:SHOWN])
    shown = tuple(Linked(row["id"], _line(declared, field, row, own)) for row in rows)
    again = sum(one.link == declared.field(field).link for one in declared.stored()) > 1
    label = f"{declared.label}（{declared.field(field).label}）" if again else declared.label
    return Links(register, label, ids, shown)


def _line(register: Register, by: str, row: Mapping[str, Any], own: str) -> str:
    """A record in one line: what names it, what else it is linked to, from when to when."""
    fields = [one for one in register.stored() if one.name != by and not is_personal(one)]
    named = [one for one in fields if one.name == "name" or one.name in register.identity]
    named.sort(key=lambda one: one.name != "name")
    linked = [one for one in fields if one.kind is Kind.LINK]
    texts = [tables.show(one, row[one.name]) for one in (*named, *linked) if one.kind in _TOLD]
    told = [one for one in dict.fromkeys(texts) if one and one != own][:_MOST_TOLD]
    days = [tables.show(one, row[one.name]) for one in fields if one.name in _DAYS]
    said = " · ".join(filter(None, [*told, " 至 ".join(filter(None, days))]))
    return said or f"第 {row['id']} 号"
