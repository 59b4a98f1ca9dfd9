"""One box over everything: any part of a name, number, phone, firm, former name or note."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.pinyin import spellings
from xqhz_desktop.services import quarantine, tables
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Contact, FirmName, Guardian, Model, QuarantinedRow
from xqhz_desktop.store.search import Texts

WAITING = "quarantine"
LIMIT = 200  # records that are looked up; whoever gets so many types more
_SHOWN = 4  # values of a record in its line
# What tells one record from another of its like; other registers say their first columns.
_TELLING = {
    "firms": ("name", "district", "contact", "phone"),
    "agreements": ("firm", "code", "start", "end"),
    "students": ("name", "student_no", "class", "phone"),
    "teachers": ("name", "staff_no", "category", "major"),
    "part_timers": ("name", "unit", "course", "phone"),
    "placements": ("name", "class_name", "firm", "start"),
    "apprentices": ("name", "class_name", "cohort", "firm"),
    "stints": ("name", "firm", "start", "end"),
    "bookings": ("day", "base", "user", "content"),
    "courses": ("name", "major", "intake", "category"),
}
_TEXTS = frozenset({Kind.TEXT, Kind.NAME, Kind.CODE, Kind.ID_NUMBER, Kind.USCC, Kind.PHONE})
# Tables without a register of their own: what is searched in them, and whose record they belong to.
_BESIDE: dict[type[Model], tuple[tuple[str, ...], str, str]] = {
    FirmName: (("name",), "firm_id", "firms"),
    Contact: (("name", "phone"), "firm_id", "firms"),
    Guardian: (("name", "phone"), "student_id", "students"),
}
_NAMES = frozenset({"name", "guardian", "contact"})  # columns that sound


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its register and id, and a line that tells it from others."""

    register: str  # WAITING for a row that waits for correction
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class _Searched:
    """A table of the index: its columns, and the register that a hit in it opens."""

    model: Any
    columns: tuple[str, ...]
    sounding: tuple[str, ...]
    register: str
    owner: str = "id"  # the column that holds the id of the register's record


@cache
def _searched() -> dict[str, _Searched]:
    found: dict[str, _Searched] = {}
    for name, register in REGISTERS.items():
        texts = [field for field in register.stored() if field.kind in _TEXTS]
        columns = tuple(field.name for field in texts)
        sounding = tuple(one.name for one in texts if one.kind is Kind.NAME or one.name in _NAMES)
        model: Any = model_of(name)
        found[model.__tablename__] = _Searched(model, columns, sounding, name)
    for model, (columns, owner, register_name) in _BESIDE.items():
        found[model.__tablename__] = _Searched(model, columns, ("name",), register_name, owner)
    return found


def catch_up(office: Office) -> int:
    """Bring the index up to the records; how many were read. Runs where writing may."""
    with office.engine.connect() as connection:
        return office.index.catch_up(
            connection, [*_searched(), QuarantinedRow.__tablename__], _read
        )


def find(office: Office, text: str, limit: int = LIMIT) -> list[Hit]:
    """What has every word of the text, in any order, by register; rows that wait come last.

    Letters also find names by their sound and its initials. Numbers in the lines are masked
    unless unmasked.
    """
    found = office.index.find(text, limit)
    by_register: dict[str, dict[int, None]] = {name: {} for name in (*REGISTERS, WAITING)}
    with office.engine.connect() as connection:
        for register, number in _owners(connection, found):
            by_register[register].setdefault(number)
    return [
        hit
        for register, numbers in by_register.items()
        for hit in _hits(office, register, [*numbers], text.split())
    ]


def _owners(connection: Connection, found: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each hit's register and record, table by table: a query for each that has none of its own."""
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, number in found:
        by_table[table].append(number)
    for table, numbers in by_table.items():
        if table == QuarantinedRow.__tablename__:
            yield from ((WAITING, number) for number in numbers)
            continue
        searched = _searched()[table]
        if searched.owner != "id":
            owner = select(getattr(searched.model, searched.owner))
            here = searched.model.id.in_(numbers)
            numbers = list(connection.execute(owner.where(here)).scalars())
        yield from ((searched.register, number) for number in numbers)


def _hits(office: Office, register: str, numbers: list[int], words: list[str]) -> Iterator[Hit]:
    if not numbers:
        return
    if register == WAITING:
        for row in quarantine.waiting(office, frozenset(numbers)):
            yield Hit(WAITING, row.id, f"{row.label}：{row.what}（待更正：{row.message}）")
        return
    today = office.now().date()
    for values in tables.read_values(office, register, numbers):
        told = (
            (field, tables.seen(office, field, values[field.name], today))
            for field in _telling(register)
        )
        line = [(field, text) for field, text in told if text][:_SHOWN]
        said = [text for _, text in line]
        for field in _met(register, values, words, [field for field, _ in line]):
            said.append(f"{field.label}：{tables.seen(office, field, values[field.name], today)}")
        yield Hit(register, values["id"], "　".join(said))


def _telling(register: str) -> tuple[Field, ...]:
    fields = tables.shown_fields(register)
    names = _TELLING.get(register)
    return tuple(REGISTERS[register].field(name) for name in names) if names else fields


def _met(
    register: str, values: dict[str, Any], words: list[str], told: list[Field]
) -> Iterator[Field]:
    """Where else a word of at least two characters stands, so that it is seen why it was found."""
    asked = [word for word in words if len(word) > 1]
    told_text = "　".join(str(values[field.name]) for field in told)
    for field in tables.shown_fields(register):
        if field not in told and field.kind in _TEXTS:
            text = str(values[field.name] or "")
            if any(word in text and word not in told_text for word in asked):
                yield field


# ---------------------------------------------------------------- reading


def _read(connection: Connection, table: str, ids: list[int] | None) -> Iterator[tuple[int, Texts]]:
    if table == QuarantinedRow.__tablename__:
        yield from _read_waiting(connection, ids)
        return
    searched = _searched()[table]
    for row in connection.execute(_texts(table, ids is None), {"ids": ids or []}):
        values = dict(zip(searched.columns, row[1:], strict=True))
        sounds = [values[name] for name in searched.sounding if values[name]]
        yield row[0], ([str(value) for value in values.values() if value], _spelled(sounds))


@cache
def _texts(table: str, whole: bool) -> Select[Any]:
    """The statement that reads a table's texts, or those of `ids`; built once, as it takes long."""
    searched = _searched()[table]
    model = searched.model
    statement = select(model.id, *(getattr(model, name) for name in searched.columns))
    return statement if whole else statement.where(model.id.in_(bindparam("ids", expanding=True)))


def _read_waiting(connection: Connection, ids: list[int] | None) -> Iterator[tuple[int, Texts]]:
    statement = select(QuarantinedRow.id, QuarantinedRow.cells, QuarantinedRow.values).where(
        QuarantinedRow.state == "open"
    )
    if ids is not None:
        statement = statement.where(QuarantinedRow.id.in_(ids))
    for number, cells, values in connection.execute(statement):
        name = values.get("name") or values.get("student") or ""
        yield number, ([str(cell) for cell in cells.values() if cell], _spelled([str(name)]))


def _spelled(names: Iterable[str]) -> list[str]:
    """The whole sound of each name and its initials, in every reading."""
    found: dict[str, None] = {}
    for name in names:
        for spelling in spellings(name):
            found.setdefault("".join(spelling))
            found.setdefault("".join(one[:1] for one in spelling))
    return list(found)
