"""What a cell may say, offered while somebody types: by any part, by sound, by first letters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.pinyin import sort_key, spellings
from xqhz_desktop.registers.words import choices
from xqhz_desktop.services.entry.references import described
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import is_personal
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Change, SchoolClass

_MOST_TEXTS = 5000  # distinct texts of a column that are offered, the usual ones first
_MOST_CHANGES = 500  # rows of the journal that are looked at one by one
_OFFERED = (Kind.TEXT, Kind.NAME)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a cell may say: `text` goes into the cell, `detail` stands beside it.

    `id` is the record that a link would mean; it goes into `Edit.picked`. A `sure` one is what is
    meant by what was typed, unless somebody chooses another.
    """

    text: str
    detail: str = ""
    id: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A candidate with all by which it is found, in small letters; `order` is how it sounds."""

    candidate: Candidate
    name: str
    order: tuple[tuple[str, ...], str]
    sounds: tuple[str, ...]
    parts: str
    hay: str  # all of it: what is not in here fits in no way


@dataclass(slots=True)
class _Index:
    """All that a field may say, as of a change of the journal."""

    change: int
    entries: dict[object, _Entry]
    listed: list[_Entry]


_indexes: WeakKeyDictionary[Office, dict[object, _Index]] = WeakKeyDictionary()


def complete(
    office: Office, register: str, field: str, typed: str, limit: int = 10
) -> list[Candidate]:
    """What the cell of a field may say, the likeliest first: links, choices, usual texts.

    A part of a name, number or code finds it, and so do the initials or the beginning of its
    pinyin; ID numbers find a person and are never shown. With nothing typed all are offered. The
    first of a closed list is sure, and so is the only record.
    """
    declared = REGISTERS[register].field(field)
    asked = fold(typed).lower()
    found = [
        (rank, place, entry.candidate)
        for place, entry in enumerate(_entries(office, register, declared))
        if asked in entry.hay and (rank := _rank(entry, asked)) is not None
    ]
    best = [candidate for *_, candidate in sorted(found, key=lambda one: one[:2])[:limit]]
    closed = declared.kind in (Kind.CHOICE, Kind.FLAG)
    if asked and best and (closed or (declared.kind is Kind.LINK and len(best) == 1)):
        best[0] = replace(best[0], sure=True)
    return best


def _rank(entry: _Entry, asked: str) -> int | None:
    """How well an entry fits: 0 is the name itself; None where it does not."""
    if entry.name.startswith(asked):
        return 0 if entry.name == asked else 1
    if any(sound.startswith(asked) for sound in entry.sounds):
        return 2
    return 3 if asked in entry.parts else None


# ------------------------------------------------------------ what there is to offer


def _entries(office: Office, register: str, declared: Field) -> list[_Entry]:
    """All that a field may say; records and usual texts are kept until the journal moves on."""
    if declared.kind in (Kind.CHOICE, Kind.FLAG):
        return [_entry(Candidate(word)) for word in choices(declared.words)]
    if declared.kind is not Kind.LINK and (declared.kind not in _OFFERED or is_personal(declared)):
        return []
    key = declared.link or (register, declared.name)
    kept = _indexes.setdefault(office, {})
    with office.engine.connect() as connection:
        last = connection.execute(select(func.max(Change.id))).scalar() or 0
        if key not in kept or kept[key].change != last:
            kept[key] = _brought_up(connection, register, declared, kept.get(key), last)
    return kept[key].listed


def _brought_up(
    connection: Connection, register: str, declared: Field, old: _Index | None, last: int
) -> _Index:
    """The index as of a change: only what the journal names since then is read anew."""
    if declared.kind is not Kind.LINK:
        return _usual_texts(connection, register, declared, old, last)
    target: Any = model_of(declared.link)
    changed = None if old is None else _changed(connection, target, old.change)
    if old is None or changed is None:
        rows = connection.execute(described(declared.link)).all()
        entries: dict[object, _Entry] = {row.id: _linked(row) for row in rows}
    elif not changed:
        return _Index(last, old.entries, old.listed)
    else:
        rows = connection.execute(described(declared.link).where(target.id.in_(changed))).all()
        stay = {number: one for number, one in old.entries.items() if number not in changed}
        entries = stay | {row.id: _linked(row) for row in rows}
    return _Index(last, entries, sorted(entries.values(), key=lambda one: one.order))


def _changed(connection: Connection, target: Any, since: int) -> set[int] | None:
    """Ids of the target's rows that changed; None where too much did to look at each."""
    statement = select(Change.table_name, Change.row_id).where(Change.id > since).distinct()
    rows = connection.execute(statement.limit(_MOST_CHANGES + 1)).all()
    tables = {row.table_name for row in rows}
    if len(rows) > _MOST_CHANGES or SchoolClass.__tablename__ in tables:
        return None
    return {row.row_id for row in rows if row.table_name == target.__tablename__}


def _usual_texts(
    connection: Connection, register: str, declared: Field, old: _Index | None, last: int
) -> _Index:
    column = getattr(model_of(register), declared.name)
    statement = select(column).where(column.is_not(None)).group_by(column)
    statement = statement.order_by(func.count().desc(), column).limit(_MOST_TEXTS)
    known = old.entries if old else {}
    texts = [row[0] for row in connection.execute(statement)]
    entries = {text: known.get(text) or _entry(Candidate(str(text))) for text in texts}
    return _Index(last, entries, list(entries.values()))


def _linked(row: Any) -> _Entry:
    """A record as it is offered: a person by name, with class and number beside it."""
    return _entry(Candidate(str(row.name), row.detail.strip(), row.id), (row.key, row.detail))


def _entry(candidate: Candidate, more: Iterable[str] = ()) -> _Entry:
    """A candidate with how it sounds; `more` are keys and numbers as they are kept, folded."""
    name = fold(candidate.text).lower()
    said = spellings(candidate.text)
    initials = ["".join(one[:1] for one in way) for way in said]
    sounds = (*initials, *("".join(way) for way in said))
    parts = "\n".join([name, *initials, *(one.lower() for one in more)])
    order = sort_key(candidate.text)
    return _Entry(candidate, name, order, sounds, parts, "\n".join((parts, *sounds)))
