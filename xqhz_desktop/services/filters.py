"""Filters under a heading as people see them: values with counts, and a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.narrowing import (
    AnyEmpty,
    Between,
    ChangedBy,
    Empty,
    Filter,
    OneOf,
    Value,
    is_sounded,
    narrowed,
    places_by_sound,
)
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.records import registered_only, select_records

_NAMED = 3  # values that a sentence names
_FIGURES = (Kind.AMOUNT, Kind.COUNT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field, as it is shown, and how many rows have it."""

    value: Value | None
    text: str
    count: int


def choices(
    office: Office, register: str, field: str, filters: Sequence[Filter] = ()
) -> list[Choice]:
    """The values of a field with the count of their rows, in order; empty cells come last.

    The other fields' filters hold, the field's own does not: it is what is being chosen. Numbers
    of persons are shown shortened unless they are unmasked.
    """
    declared = REGISTERS[register]
    others = [one for one in filters if one.field != field]
    inner = registered_only(declared, select_records(declared, labels=True)).subquery()
    column = inner.c[field]
    statement = narrowed(select(column, func.count()), declared, inner.c, others)
    with office.engine.connect() as connection:
        found = connection.execute(statement.group_by(column)).all()
    shown = declared.field(field)
    made = [
        Choice(value, text, count) for (value, count), text in _with_texts(office, shown, found)
    ]
    if not is_sounded(shown):
        return sorted(made, key=lambda one: (one.value is None, one.value or 0))
    places = places_by_sound((register, field), {one.value for one in made})
    return sorted(made, key=lambda one: places[one.value])


def _with_texts(office: Office, field: Field, found: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    """Each found row with its first value as it may be seen."""
    hidden = is_personal(field) and not office.unmasked
    today = office.now().date()
    for row in found:
        text = tables.show(field, row[0])
        yield row, masked(field, text, today) if hidden else text


def sentence(register: str, filters: Sequence[Filter], today: date) -> str:
    """The filters as they are read: 企业性质是国有或民营，且结束日期为空."""
    return "，且".join(phrase(register, one, today) for one in filters)


def phrase(register: str, chosen: Filter, today: date) -> str:
    """One filter as it is read; numbers of persons are shortened."""
    if isinstance(chosen, ChangedBy):
        return f"由{chosen.who}改过"
    if isinstance(chosen, AnyEmpty):
        labels = [REGISTERS[register].field(name).label for name in chosen.fields]
        return f"{_or(_few(labels, '项'))}为空"
    field = REGISTERS[register].field(chosen.field)
    if isinstance(chosen, OneOf):
        return field.label + _one_of(field, chosen, today)
    if isinstance(chosen, Between):
        return field.label + _between(field, chosen)
    if isinstance(chosen, Empty):
        return f"{field.label}{'不' * chosen.not_}为空"
    return f"{field.label}含“{masked(field, chosen.text, today)}”"


def _one_of(field: Field, chosen: OneOf, today: date) -> str:
    if not chosen.values:
        return "不是任何值"
    known = [value for value in chosen.values if value is not None]
    told = [masked(field, tables.show(field, value), today) for value in known]
    is_known = f"是{_or(_few(told, '个值'))}" if told else ""
    if None not in chosen.values:
        return is_known
    return f"{is_known}或为空" if told else "为空"


def _few(told: list[str], unit: str) -> list[str]:
    """The first ones, and how many there are besides."""
    if len(told) <= _NAMED:
        return told
    return [*told[: _NAMED - 1], f"另外 {len(told) - _NAMED + 1} {unit}"]


def _or(told: list[str]) -> str:
    return told[0] if len(told) == 1 else f"{'、'.join(told[:-1])}或{told[-1]}"


def _between(field: Field, chosen: Between) -> str:
    low, high = (tables.show(field, value) for value in (chosen.low, chosen.high))
    figures = field.kind in _FIGURES
    if low and high:
        return f"在 {low} 到 {high} 之间"
    if low:
        return f"不小于 {low}" if figures else f"不早于 {low}"
    if high:
        return f"不大于 {high}" if figures else f"不晚于 {high}"
    return "不为空"
