"""Cells as a person types or pastes them, read by the rules of the import.

What an import would take as unknown with a warning is refused here: whoever types can correct it.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base import text
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.words import choices
from xqhz_desktop.services.entry.references import Refused, by_id, find, find_all
from xqhz_desktop.services.records import LINK_KEYS
from xqhz_desktop.services.workbooks import cells
from xqhz_desktop.services.workbooks.cells import Bad, Doubt
from xqhz_desktop.services.workbooks.context import intake_of
from xqhz_desktop.store.models import Word

LONGEST = 10_000  # characters of one cell
_FIGURES = (Kind.AMOUNT, Kind.COUNT)
_NUMBERED = (Kind.ID_NUMBER, Kind.PHONE)  # what the screen shortens
_SCHOOL_YEAR = re.compile(r"(20\d\d)(?:[-—–~/至](?:20)?(\d\d))?(?:学年度?)?")


class Masked:
    """A number as the screen shortens it: it says nothing new of the cell."""


MASKED = Masked()


class TypedCells:
    """Reads typed cells of one register; holds what was looked up already."""

    def __init__(self, connection: Connection, register: Register, today: date) -> None:
        """`today` completes a date typed without a year."""
        self.connection = connection
        self.register = register
        self.today = today
        self._readers: dict[str, Callable[[object], Any]] = {}
        self._known: dict[tuple[str, str], Any] = {}

    @cached_property
    def _words(self) -> cells.Words:
        """The words that clerks added to the lists."""
        rows = self.connection.execute(select(Word.list, Word.written, Word.meaning))
        return {(row.list, text.fold(row.written).upper()): row.meaning for row in rows}

    def look_up(self, field: Field, texts: Iterable[str]) -> None:
        """Find what many cells of a link mean together; `read` knows it then."""
        asked = {one for one in texts if len(one) <= LONGEST and not _says_nothing(one)}
        for typed, found in find_all(self.connection, field.link, asked).items():
            self._known[(field.name, typed)] = found

    def read(self, field: Field, typed: str, picked: int | None = None) -> Any:
        """What a cell says: a value, None for a blank, a Reference, MASKED or Refused.

        `picked` is the record that was chosen among a link's candidates.
        """
        if picked is not None and field.kind is Kind.LINK:
            return by_id(self.connection, field.link, picked)
        key = (field.name, typed)
        if key not in self._known:
            self._known[key] = self._read(field, typed)
        return self._known[key]

    def _read(self, field: Field, typed: str) -> Any:
        if len(typed) > LONGEST:
            return Refused(f"“{field.label}”超过 {LONGEST:,} 个字，请缩短。")
        if field.kind is Kind.LINK:
            return self._link(field, typed)
        if field.kind in _FIGURES and text.fold(typed).startswith("-"):
            return None if text.is_blank(text.fold(typed)) else _no_number(field)
        value = self._reader(field)(typed)
        if isinstance(value, Bad):
            return Refused(f"“{field.label}”：{cells.MESSAGES[value.reason]}。")
        if isinstance(value, Doubt):
            return self._guess(field, typed)
        if field.kind in _NUMBERED and str(value or "").startswith(cells.MASKED):
            return MASKED
        return self._fitted(field, value)

    def _reader(self, field: Field) -> Callable[[object], Any]:
        if field.name not in self._readers:
            words = self._words if field.words else {}
            year = self.today.year
            made = cells.reader(field, date1904=False, year=year, words=words)
            self._readers[field.name] = made
        return self._readers[field.name]

    def _link(self, field: Field, typed: str) -> Any:
        if _says_nothing(typed):
            return None if text.is_blank(text.fold(typed)) else MASKED
        return find(self.connection, field.link, typed)

    def _guess(self, field: Field, typed: str) -> Any:
        """A choice by the first letters of its sound; whatever else is doubtful is refused."""
        if field.kind in _FIGURES:
            return _no_number(field)
        listed = choices(field.words)
        asked = text.fold(typed).lower()
        meant = [one for one in listed if asked.isascii() and asked in _initials(one)]
        if len(meant) == 1:
            return self._reader(field)(meant[0])
        return Refused(f"“{field.label}”请填{'、'.join(listed[:-1])}或{listed[-1]}。")

    def _fitted(self, field: Field, value: Any) -> Any:
        """A value as its column keeps it."""
        name = self.register.name
        if name == "courses" and field.name == "intake" and value is not None:
            year = intake_of(f"{value}级" if str(value).isdigit() else str(value))
            return year or Refused(f"“{field.label}”请按 2022级 的样子填写。")
        if field.name == "school_year" and value is not None:
            return _school_year(field, value)
        if isinstance(value, str) and LINK_KEYS.get(name) == field.name and name in _BY_NAME:
            return text.fold(value)
        return value


_BY_NAME = frozenset({"majors", "classes", "cohorts", "batches"})  # sought by their folded names


def _school_year(field: Field, typed: str) -> str | Refused:
    """A school year as it is kept, by its first year alone or by both."""
    found = _SCHOOL_YEAR.fullmatch(text.fold(typed))
    first = int(found[1]) if found else 0
    if found is None or (found[2] and int(found[2]) != (first + 1) % 100):
        return Refused(f"“{field.label}”请按 2024-2025学年 的样子填写。")
    return f"{first}-{first + 1}学年"


def _says_nothing(typed: str) -> bool:
    """Whether a link's cell is blank or shortened."""
    folded = text.fold(typed)
    return text.is_blank(folded) or text.is_masked(folded)


def _initials(word: str) -> str:
    from xqhz_desktop.registers.pinyin import syllables

    return "".join(one[:1] for one in syllables(word))


def _no_number(field: Field) -> Refused:
    return Refused(f"“{field.label}”请填写数字，不能是负数。")
