"""How an office writes its workbooks: headings, words, formats and what stands where. Data only."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.other_offices.rows import Row
from tests.other_offices.world import World

Words = Mapping[str, Mapping[object, tuple[str | int | None, ...]]]


@dataclass(frozen=True)
class Table:
    """One table of a sheet: the lines above it, its rows, and what stands below or beside.

    `skip` names the columns that title or sheet name make needless; `merge` the columns whose
    equal neighbours are one merged cell; `repeat` writes the header again after so many rows;
    `gap` leaves a blank line; every `hidden`-th row is hidden; `subtotal` is a column and a word;
    `top` and `left` are blank rows and columns before it; a `loose` table has nothing merged.
    `page` begins the whole table again after so many rows, title and header too, as on a printed
    page; `divider` is a column and a line over the rows that share it; `coded` writes the field
    codes of a platform under the header; `{n}` in a total is the number of rows.
    """

    kind: str
    rows: list[Row]
    above: tuple[str, ...] = ()
    unit: str = ""
    skip: frozenset[str] = frozenset()
    merge: tuple[str, ...] = ()
    repeat: int = 0
    gap: int = 0
    hidden: int = 0
    subtotal: tuple[str, str] | None = None
    total: str = ""
    below: tuple[str, ...] = ()
    aside: tuple[tuple[object, ...], ...] = ()
    under: tuple[tuple[object, ...], ...] = ()
    numbered: bool = False
    top: int = 0
    left: int = 0
    loose: bool = False
    page: int = 0
    divider: tuple[str, str] | None = None
    coded: bool = False


@dataclass(frozen=True)
class Book:
    """One file: its tables by sheet name, and sheets that hold no records.

    `written` is what it really is (xlsx, xls, or a csv's encoding and separator), whatever its
    suffix says.
    """

    file: str
    tables: Mapping[str, Table]
    written: str = "xlsx"
    since_1904: bool = False
    other: Mapping[str, tuple[tuple[object, ...], ...]] | None = None


@dataclass(frozen=True)
class Look:
    """One office's habits. Headings: `key:caption` in order of columns, `|` between levels.

    In `periods`, {0} and {1} are start and end, {2} an end of the same year without its year.
    In a caption `␣` is a blank and `⏎` a line break. `start+end` is a period in one cell;
    a key that begins with `+` is a column that no register asks for.
    """

    name: str
    headings: Mapping[str, str]
    words: Words
    dates: tuple[str, ...]
    books: Callable[[World, random.Random], list[Book]]
    periods: tuple[str, ...] = ("{0}-{1}",)
    slots: Mapping[str, tuple[str, ...]] | None = None
    money: tuple[str, ...] = ("{}",)
    people: tuple[str, ...] = ("{}",)
    quirks: float = 0.15
    short_class: bool = False

    def columns(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Key and caption levels of each column, from left to right."""
        pairs = (item.split(":", 1) for item in self.headings[kind].split())
        return {key: _levels(caption) for key, caption in pairs}


def read_headings(text: str) -> dict[str, str]:
    """Headings by register: a line begins with a register's name, or further in goes on."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, _, rest = line.removeprefix("    ").partition(" ")
        if name:
            found[name] = rest
        elif found:
            found[list(found)[-1]] += " " + rest
    return {kind: captions.strip() for kind, captions in found.items()}


def _levels(caption: str) -> tuple[str, ...]:
    return tuple(caption.replace("␣", " ").replace("⏎", "\n").split("|"))


def groups(rows: list[Row], *keys: str) -> dict[tuple[object, ...], list[Row]]:
    """Rows by the values of some keys, in order of first appearance."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row.v[k] for k in keys), []).append(row)
    return found


def school_year(row: Row) -> str:
    """The school year in which a row begins."""
    first = row.v["start"].year - (row.v["start"].month < 9)
    return f"{first}-{first + 1}"
