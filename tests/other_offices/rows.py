"""What a row of an invented office is, and its check-digit arithmetic."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

YEARS = (2021, 2022, 2023)
INTAKES = (2019, 2020, 2021)
WORKING_TIME = ((480, 720), (810, 1050))
SLOTS = {
    "am": ((480, 720),),
    "pm": ((810, 1050),),
    "evening": ((1110, 1230),),
    "day": ((480, 720), (810, 1050)),
    "1-2": ((480, 600),),
    "3-4": ((600, 720),),
    "5-6": ((810, 930),),
    "7-8": ((930, 1050),),
    "9:00-11:30": ((540, 690),),
    "14:00-16:30": ((840, 990),),
}


@dataclass(frozen=True)
class Place:
    """Where a row was written; a csv has the sheet ''."""

    file: str
    sheet: str
    row: int

    def json(self) -> dict[str, Any]:
        """The address as truth.json and the program write it."""
        return {"file": self.file, "sheet": self.sheet, "row": self.row}


@dataclass(frozen=True)
class Raw:
    """A cell typed exactly so: text, a number, or a date that Excel made of something else."""

    value: Any


@dataclass
class Flaw:
    """One thing wrong with a row: `written` stands in the cell of `key` instead of the truth."""

    key: str
    reason: str
    written: Any = None


@dataclass
class Row:
    """One true record, what was typed instead, and where it came to stand.

    `edge` rows stand for a planted edge of a rule and are never damaged.
    """

    kind: str
    v: dict[str, Any]
    edge: bool = False
    bad: list[Flaw] = field(default_factory=list)
    warned: list[Flaw] = field(default_factory=list)
    copy_of: "Row | None" = None
    place: Place | None = None

    def known(self, key: str) -> Any:
        """The value that an importer can know: None where the cell was left empty."""
        lost = any(f.key == key and f.reason == "missing_cell" for f in self.warned)
        return None if lost else self.v[key]

    def written(self, key: str) -> Any:
        """What stands in the cell: the truth unless a flaw replaces it."""
        for flaw in self.bad + self.warned:
            if flaw.key == key:
                return flaw.written
        return self.v.get(key)

    @property
    def at(self) -> dict[str, Any]:
        """Its address; every row must have been written by now."""
        assert self.place is not None, (self.kind, self.v)
        return self.place.json()


def check_digit(first17: str) -> str:
    """The last character of an ID number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(first17, weights, strict=True))
    return "10X98765432"[total % 11]


def id_number(area: str, birth: dt.date, order: int) -> str:
    """An ID number with an area code that no resident is issued (it ends in 00)."""
    first = f"{area}{birth:%Y%m%d}{order:03d}"
    return first + check_digit(first)


def uscc(area: str, rng: random.Random) -> str:
    """A firm's 18-character code whose two check characters are right (GB 11714, GB 32100)."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = "MA" + "".join(rng.choice("0123456789ACDEFGHJKLMNPQRTUWXY") for _ in range(6))
    weighed = zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    rest = (11 - sum(letters.index(c) * w for c, w in weighed) % 11) % 11
    first = f"91{area}{body}{'X' if rest == 10 else rest}"
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return first + alphabet[-total % 31]


def wrong_last(code: str, rng: random.Random) -> str:
    """The same code with another last digit."""
    return code[:-1] + rng.choice([d for d in "0123456789" if d != code[-1]])


def days(start: dt.date, end: dt.date) -> set[dt.date]:
    """Every calendar day from start to end, both included."""
    return {start + dt.timedelta(n) for n in range((end - start).days + 1)}
