"""Writing typed rows inside an action: links made on the way, values into columns, firms named."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.registers.words import blank_meaning
from xqhz_desktop.services.entry.entering import Line, column_of, plain
from xqhz_desktop.services.entry.references import Reference
from xqhz_desktop.services.records import PROVISIONAL, model_of
from xqhz_desktop.services.workbooks.firm_names import name_firms
from xqhz_desktop.services.workbooks.joining import join_namesakes
from xqhz_desktop.services.workbooks.linking import Links, next_id
from xqhz_desktop.services.workbooks.plan import Row
from xqhz_desktop.store.bulk import columns_of, driven, insert_columns

# What is linked to is made in this order, so that a class finds its major.
_LINK_ORDER = ("majors", "firms", "classes", "cohorts", "students", "teachers")
_CHUNK = 900  # ids in one IN (…)

Values = dict[str, Any]


def write(
    connection: Connection, register: Register, lines: list[Line]
) -> tuple[list[int], dict[str, int]]:
    """Write checked rows; returns their ids in order, and how many records of each register.

    Must run inside an action. Raises IntegrityError where the database refuses what the checks
    let pass.
    """
    touched = _make_missing(connection, register, lines)
    changed = [line for line in lines if line.row is not None]
    _update(connection, register, changed)
    ids = _insert(connection, register, [line for line in lines if line.row is None])
    places = iter(ids)
    written = [next(places) if line.row is None else line.row for line in lines]
    if register.name == "firms":
        named = zip(written, lines, strict=True)
        name_firms(connection, [(number, line.values, line.is_new) for number, line in named])
        join_namesakes(connection)
    touched[register.name] = touched.get(register.name, 0) + len(written)
    return written, touched


def _make_missing(connection: Connection, register: Register, lines: list[Line]) -> dict[str, int]:
    """Make what links refer to and nobody has registered yet, as an import does; how many."""
    made: dict[str, int] = {}
    fields = {one.link: one.name for one in register.stored() if one.kind is Kind.LINK}
    links = Links(connection, lambda _: None)
    for target in _LINK_ORDER:
        name = fields.get(target, "")
        lacking = [line for line in lines if _is_to_be_made(line.values.get(name))]
        if not lacking:
            continue
        links.ensure(target, name, [Row(0, 0, _keys(line)) for line in lacking], register)
        ids = links.ids(target)
        numbers = set()
        for line in lacking:
            said = line.values[name]
            number = ids[links.key(target, said.key)]
            line.values[name] = Reference(number, said.label, said.key)
            numbers.add(number)
        made[target] = len(numbers)
    return made


def _is_to_be_made(value: Any) -> bool:
    return isinstance(value, Reference) and value.id is None


def _keys(line: Line) -> Values:
    """A row as an import reads it: links by their keys."""
    return line.before | {
        name: value.key if isinstance(value, Reference) else plain(value)
        for name, value in line.values.items()
    }


def stored(register: Register, values: Values) -> Values:
    """Values by column: links as ids."""
    columns = _columns(register.name)
    return {
        columns.get(name, name): value.id if isinstance(value, Reference) else value
        for name, value in values.items()
    }


@cache
def _columns(register: str) -> dict[str, str]:
    return {one.name: column_of(one) for one in REGISTERS[register].stored()}


def _insert(connection: Connection, register: Register, lines: list[Line]) -> list[int]:
    if not lines:
        return []
    model = model_of(register.name)
    first = next_id(connection, model.__tablename__)
    rows = [
        _blanks(register) | _settled(register) | stored(register, line.values) | {"id": number}
        for number, line in enumerate(lines, start=first)
    ]
    insert_columns(connection, model, columns_of(rows))
    return [row["id"] for row in rows]


def _blanks(register: Register) -> Values:
    """In a new record a blank that means no is no (夜班, 是否双师型)."""
    flags = (one for one in register.stored() if one.kind is Kind.FLAG)
    return {one.name: meaning for one in flags if (meaning := blank_meaning(one.words)) is not None}


def _settled(register: Register) -> Values:
    """What says that a record is the register's own."""
    if register.name not in PROVISIONAL:
        return {}
    name, value = PROVISIONAL[register.name]
    return {name: not value}


def _update(connection: Connection, register: Register, lines: Iterable[Line]) -> None:
    """Write values over records; where a unique value changes hands, all at once.

    There is no savepoint to go back to: under one SQLite copies every page, ten times the work,
    and what was written before the refusal is simply written again.
    """
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for line in lines:
        values = stored(register, line.values)
        if line.settled:
            values = _blanks(register) | values | _settled(register)
        assert line.row is not None
        alike[tuple(sorted(values.items()))].append(line.row)
    try:
        for pairs, ids in alike.items():
            _update_alike(connection, register, dict(pairs), ids)
    except IntegrityError:
        _exchange(connection, register, alike)


def _update_alike(
    connection: Connection, register: Register, values: Values, ids: list[int]
) -> None:
    # Spoken to the driver: one cell is the usual case, and Core takes longer than SQLite for it.
    table = model_of(register.name).__tablename__
    marks = ", ".join(f'"{name}" = ?' for name in values)
    told = [driven(value) for value in values.values()]
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        where = ", ".join("?" * len(chunk))
        connection.exec_driver_sql(
            f'UPDATE "{table}" SET {marks} WHERE id IN ({where})', (*told, *chunk)
        )


def _exchange(
    connection: Connection,
    register: Register,
    alike: dict[tuple[tuple[str, Any], ...], list[int]],
) -> None:
    """Take the rows out and put them back changed: what links to them waits till the end."""
    table: Any = model_of(register.name).__table__
    rows = []
    for pairs, ids in alike.items():
        for number in ids:
            row = connection.execute(table.select().where(table.c.id == number)).one()
            rows.append(dict(row._mapping) | dict(pairs))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for values in rows:
        connection.execute(delete(table).where(table.c.id == values["id"]))
    connection.execute(table.insert(), rows)
