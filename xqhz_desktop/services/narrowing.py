"""What a table shows of a register, and in which order: filters and names' sound as SQL."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, false, or_, select, true

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.pinyin import sort_key
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Action, Change

_SOUNDED = (Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.LINK)
EDITING = "edit"  # the kind of the actions by which cells are typed
_HEARD = 24  # characters of a text by which it is put in order

Value = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of the values; None among them is an empty cell."""

    field: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The field's date or number is not under `low` and not over `high`; None is no limit."""

    field: str
    low: Value | None = None
    high: Value | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """The field's cell is empty; with `not_` it is not."""

    field: str
    not_: bool = False


@dataclass(frozen=True, slots=True)
class Contains:
    """The field's text has the words in it, in any order."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class AnyEmpty:
    """One of the fields at least has an empty cell."""

    fields: tuple[str, ...]
    field: str = ""  # it stands under no heading


@dataclass(frozen=True, slots=True)
class ChangedBy:
    """Somebody typed into the row, whether or not it is still so."""

    who: str
    field: str = ""


Filter = OneOf | Between | Empty | Contains | AnyEmpty | ChangedBy


def narrowed(
    statement: Select[Any], register: Register, columns: Any, filters: Sequence[Filter]
) -> Select[Any]:
    """The statement with every filter as a condition."""
    return statement.where(*(condition(register, columns, one) for one in filters))


def condition(register: Register, columns: Any, chosen: Filter) -> ColumnElement[bool]:
    """A filter as a condition on the columns of the register's records, links as labels."""
    if isinstance(chosen, ChangedBy):
        return _changed_by(register, columns, chosen.who)
    if isinstance(chosen, AnyEmpty):
        return or_(false(), *(columns[name].is_(None) for name in chosen.fields))
    column: ColumnElement[Any] = columns[register.field(chosen.field).name]
    if isinstance(chosen, OneOf):
        known = [value for value in chosen.values if value is not None]
        said = column.in_(known)
        return or_(said, column.is_(None)) if None in chosen.values else said
    if isinstance(chosen, Between):
        return _within(column, chosen)
    if isinstance(chosen, Empty):
        return column.is_not(None) if chosen.not_ else column.is_(None)
    return holds([column], chosen.text)


def _changed_by(register: Register, columns: Any, who: str) -> ColumnElement[bool]:
    typed = (
        select(Change.row_id)
        .join(Action, Action.id == Change.action_id)
        .where(Action.who == who, Action.kind == EDITING)
        .where(Change.table_name == model_of(register.name).__tablename__)
    )
    changed: ColumnElement[bool] = columns.id.in_(typed)
    return changed


def _within(column: ColumnElement[Any], chosen: Between) -> ColumnElement[bool]:
    limits: list[ColumnElement[bool]] = [column.is_not(None)]
    if chosen.low is not None:
        limits.append(column >= chosen.low)
    if chosen.high is not None:
        limits.append(column <= chosen.high)
    return and_(*limits)


def holds(columns: Iterable[Any], words: str) -> ColumnElement[bool]:
    """Every word stands in one of the columns; % and _ are text like any other."""
    texts = [cast(column, Text) for column in columns]
    asked = re.sub(r"([\\%_])", r"\\\1", words).split()
    return and_(
        true(), *(or_(*(one.like(f"%{word}%", escape="\\") for one in texts)) for word in asked)
    )


def is_sounded(field: Field) -> bool:
    """Whether the field is put in order by its sound rather than by its characters' codes."""
    return field.kind in _SOUNDED and field.link != "students"


def by_sound(
    key: tuple[str, str], ids: Sequence[int], texts: Sequence[Any], *, descending: bool
) -> list[int]:
    """Ids in the order of what they are called, blanks last; the same sound keeps its order.

    `key` is the register and field whose texts they are.
    """
    import numpy  # a tenth of a second, when somebody sorts

    places = places_by_sound(key, set(texts))
    ranks = numpy.fromiter(map(places.__getitem__, texts), numpy.int64, len(texts))
    if descending:
        ranks = numpy.where(ranks == places[None], ranks, -ranks)
    found: list[int] = numpy.array(ids, numpy.int64)[numpy.argsort(ranks, kind="stable")].tolist()
    return found


_NONE_YET: dict[Any, int] = {None: 0}
_places: dict[tuple[str, str], dict[Any, int]] = {}


def places_by_sound(key: tuple[str, str], texts: set[Any]) -> dict[Any, int]:
    """The place of each text in the order of their sound, that of a blank behind all.

    An order holds for whatever is part of it, so it is kept under `key` and used again.
    """
    places = _places.get(key, _NONE_YET)
    if not texts <= places.keys():
        spoken = sorted(texts - {None}, key=lambda text: sort_key(str(text)[:_HEARD]))
        places = {text: place for place, text in enumerate([*spoken, None])}
        _places[key] = places
    return places
