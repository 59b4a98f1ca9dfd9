"""What a cell may say, offered while somebody types: by any part, by sound, by first letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.pinyin import sort_key, spellings
from xqhz_desktop.registers.words import choices
from xqhz_desktop.services.masking import is_personal
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.references import described

_MOST_WORDS = 5000  # distinct texts of a column that are offered, the usual ones first
_OFFERED = (Kind.TEXT, Kind.NAME)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a cell may say: `text` goes into the cell, `detail` stands beside it.

    `id` is the record that a link would mean; it goes into `Edit.picked`.
    """

    text: str
    detail: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A candidate with all by which it is found, in small letters."""

    candidate: Candidate
    name: str
    hay: str
    sounds: tuple[str, ...]


_known: WeakKeyDictionary[Office, dict[object, tuple[int, list[_Entry]]]] = WeakKeyDictionary()


def complete(
    office: Office, register: str, field: str, typed: str, limit: int = 10
) -> list[Candidate]:
    """What the cell of a field may say, the likeliest first: links, choices, usual texts.

    A part of a name, number or code finds it, and so do the initials or the beginning of its
    pinyin; ID numbers find a person and are never shown. With nothing typed all are offered.
    """
    declared = REGISTERS[register].field(field)
    found = [
        (rank, place, entry.candidate)
        for place, entry in enumerate(_entries(office, register, declared))
        if (rank := _rank(entry, fold(typed).lower())) is not None
    ]
    return [candidate for _, _, candidate in sorted(found, key=lambda one: one[:2])[:limit]]


def _rank(entry: _Entry, asked: str) -> int | None:
    """How well an entry fits: 0 is the name itself; None where it does not."""
    if entry.name.startswith(asked):
        return 0 if entry.name == asked else 1
    if any(sound.startswith(asked) for sound in entry.sounds):
        return 2
    if asked in entry.hay:
        return 3
    return None


def _entries(office: Office, register: str, declared: Field) -> list[_Entry]:
    """All that a field may say in the order of its sound, kept until something is written."""
    if declared.kind in (Kind.CHOICE, Kind.FLAG):
        return [_entry(Candidate(word)) for word in choices(declared.words)]
    if declared.kind is not Kind.LINK and (declared.kind not in _OFFERED or is_personal(declared)):
        return []
    key = declared.link or (register, declared.name)
    kept = _known.setdefault(office, {})
    if key not in kept or kept[key][0] != office.version:
        kept[key] = (office.version, _read(office, register, declared))
    return kept[key][1]


def _read(office: Office, register: str, declared: Field) -> list[_Entry]:
    with office.engine.connect() as connection:
        if declared.kind is Kind.LINK:
            entries = [
                _linked(declared.link, row) for row in connection.execute(described(declared.link))
            ]
            return sorted(entries, key=lambda one: sort_key(one.candidate.text))
        return [_entry(Candidate(row[0])) for row in connection.execute(_usual(register, declared))]


def _usual(register: str, declared: Field) -> Select[Any]:
    column = getattr(model_of(register), declared.name)
    statement = select(column).where(column.is_not(None)).group_by(column)
    return statement.order_by(func.count().desc(), column).limit(_MOST_WORDS)


def _linked(register: str, row: Any) -> _Entry:
    """A record as it is offered: a person by name, with class and number beside it."""
    return _entry(Candidate(str(row.name), row.detail.strip(), row.id), (row.key, row.detail))


def _entry(candidate: Candidate, more: Iterable[str] = ()) -> _Entry:
    name = fold(candidate.text).lower()
    initials, whole = _sounds(candidate.text)
    hay = "\n".join([name, *initials, *(fold(one).lower() for one in more)])
    return _Entry(candidate, name, hay, (*initials, *whole))


def _sounds(name: str) -> tuple[list[str], list[str]]:
    """Initials and whole sounds, the first character in all its readings."""
    said = spellings(name)
    return ["".join(one[:1] for one in way) for way in said], ["".join(way) for way in said]
