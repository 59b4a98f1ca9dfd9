"""Invented persons: the same one for the same person everywhere, and nobody who is real.

Area code 99, surnames of the ten stems and phones that begin with 100 are nobody's.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date
from itertools import count, product
from random import SystemRandom

from xqhz_desktop.base.identity import birthday as birthday_in
from xqhz_desktop.base.identity import id_problem
from xqhz_desktop.base.period import birthday_at

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AGES = (14, 16, 18)  # years at which a rule asks something else
_UNKNOWN = date(2000, 1, 1)
MADE_UP = "（编造）"


class Inventor:
    """Gives every real name, number and code an invented one, always the same."""

    def __init__(self, names: Collection[str], days: dict[str, list[date]]) -> None:
        """`names` are those of all real persons, `days` by ID number those on which age counts."""
        self._real = frozenset(names)
        self._days = days
        self._fresh = self._new_names()
        self._names: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._phones: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self._serials: dict[str, Iterator[int]] = {}
        self._chance = SystemRandom()  # what can be computed again can be computed back

    def _new_names(self) -> Iterator[str]:
        """Names that no real person has, nor as a part of theirs."""
        for length in count(2):
            for stem, *rest in product(_STEMS, *[_BRANCHES] * length):
                name = stem + "".join(rest)
                if self._real.isdisjoint(parts(name)):
                    yield name

    def name(self, real: str) -> str:
        """The invented name of a person; namesakes stay namesakes."""
        if real not in self._names:
            self._names[real] = next(self._fresh)
        return self._names[real]

    def phone(self, real: str) -> str:
        """Invented numbers for one or several that are joined by /."""
        return "/".join(
            self._phones.setdefault(one, f"100{len(self._phones) + 1:08}")
            for one in real.split("/")
        )

    def code(self, kind: str, real: str) -> str:
        """An invented student, staff or paper number."""
        known = self._codes.setdefault(kind, {})
        return known.setdefault(real, f"{kind}{len(known) + 1:06}")

    def id_number(self, real: str) -> str:
        """A valid number with the same sex and month of birth, and of age on the same days."""
        if real not in self._ids:
            born, sex = _UNKNOWN, len(self._ids) % 2
            if not id_problem(real):
                born, sex = self._other_day(real), int(real[16]) % 2
            self._ids[real] = self._free_number(f"{born:%Y%m%d}", sex)
        return self._ids[real]

    def birthday(self, id_number: str | None, real: date) -> date:
        """The birthday inside the invented number; another of the month where there is none."""
        if id_number and not id_problem(id_number) and birthday_in(id_number) == real:
            return birthday_in(self.id_number(id_number))
        return real.replace(day=self._chance.randint(1, monthrange(real.year, real.month)[1]))

    def _free_number(self, born: str, sex: int) -> str:
        serial = next(self._serials.setdefault(f"{born}{sex}", count()))
        area, place = divmod(serial, 500)
        body = f"99{area:04}{born}{place * 2 + sex:03}"
        return next(body + end for end in "0123456789X" if not id_problem(body + end))

    def _other_day(self, real: str) -> date:
        """Another day of the month on which everything that age decides is decided alike."""
        born = birthday_in(real)
        near = [day for day in self._days.get(real, ()) if _is_near(born, day)]
        month = [born.replace(day=at + 1) for at in range(monthrange(born.year, born.month)[1])]
        same = [one for one in month if one != born and _ages(one, near) == _ages(born, near)]
        return self._chance.choice(same) if same else born


def _is_near(born: date, day: date) -> bool:
    """Whether it may matter to a day on which day of its month somebody was born."""
    return day.year - born.year in _AGES and abs(day.month - born.month) <= 1


def _ages(born: date, days: list[date]) -> list[bool]:
    return [birthday_at(born, age) <= day for day in days for age in _AGES]


def parts(text: str, shortest: int = 2, longest: int = 8) -> Iterator[str]:
    """Every part of a text that may be a name."""
    for start in range(len(text)):
        for length in range(shortest, min(longest, len(text) - start) + 1):
            yield text[start : start + length]


_LETTERS = re.compile(r"[^\W\d_]")


def shape(text: str) -> str:
    """A cell without what it says: 某 for every letter, 0 for every digit, marks as they are."""
    return re.sub(r"\d", "0", _LETTERS.sub("某", text))
