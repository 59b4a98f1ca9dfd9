"""A table laid out in the cells of a sheet, and each row's place in it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.other_offices.cells import value
from tests.other_offices.look import Look, Table
from tests.other_offices.rows import Flaw, Place, Row

SUMMED = frozenset({"staff", "total", "theory", "practice", "people", "seats"})


@dataclass
class Grid:
    """Cells by row and column (from 1), merged ranges and hidden rows."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def put(self, row: int, column: int, written: Any) -> None:
        """Write a cell; nothing and '' leave it empty."""
        if written is not None and written != "":
            self.cells[row, column] = written

    def span(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range if it is more than one cell."""
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def block(self, top: int, left: int, lines: Sequence[Sequence[object]]) -> None:
        """Plain lines of cells."""
        for r, line in enumerate(lines):
            for c, written in enumerate(line):
                self.put(top + r, left + c, written)

    def shift(self, left: int) -> None:
        """Move everything to the right by some columns."""
        self.cells = {(r, c + left): written for (r, c), written in self.cells.items()}
        self.merged = [(t, a + left, b, z + left) for t, a, b, z in self.merged]

    def lines(self) -> list[list[Any]]:
        """All cells as full lines, for a csv."""
        rows = max(r for r, _ in self.cells)
        columns = max(c for _, c in self.cells)
        return [[self.cells.get((r, c)) for c in range(1, columns + 1)] for r in range(1, rows + 1)]


class Layout:
    """Lays one table out for a look; rows are told their place as they are written."""

    def __init__(self, look: Look, rng: random.Random, table: Table, file: str, sheet: str) -> None:
        columns = look.columns(table.kind)
        self.columns = {k: c for k, c in columns.items() if k not in table.skip}
        self.look, self.rng, self.table, self.file, self.sheet = look, rng, table, file, sheet
        self.grid = Grid()
        self.at = 1 + table.top
        self.starts: list[tuple[int, Row]] = []

    def lay(self) -> Grid:
        """The whole table."""
        self.head()
        top = self.at
        self.header()
        for n, row in enumerate(self.table.rows):
            self.breaks(n)
            self.row(n, row)
        self.merge_equal()
        self.sums()
        self.at += bool(self.table.below)
        for line in self.table.below:
            self.grid.put(self.at, 1, line)
            self.at += 1
        self.grid.block(self.at + 2, 2, self.table.under)
        self.grid.block(top, len(self.columns) + 3, self.table.aside)
        if self.table.loose:
            self.grid.merged = []
        self.grid.shift(self.table.left)
        return self.grid

    def head(self) -> None:
        """Title and unit line."""
        for line in self.table.above:
            self.wide(line)
        if self.table.unit:
            self.wide(self.table.unit)

    def wide(self, line: str) -> None:
        """A line over the whole width."""
        self.grid.put(self.at, 1, line)
        self.grid.span(self.at, 1, self.at, len(self.columns))
        self.at += 1

    def header(self) -> None:
        """The header's levels; equal captions beside each other become one merged cell."""
        paths = list(self.columns.values())
        depth = max(len(p) for p in paths)
        for level in range(depth):
            self.level(level, depth, paths)
        self.at += depth
        if self.table.numbered:
            marks = ["甲", "乙", *(str(n) for n in range(1, len(paths)))][: len(paths)]
            self.grid.block(self.at, 1, [marks])
            self.at += 1
        if self.table.coded:
            self.grid.block(self.at, 1, [[code(key) for key in self.columns]])
            self.at += 1

    def level(self, level: int, depth: int, paths: list[tuple[str, ...]]) -> None:
        """One level of the header."""
        column = 0
        while column < len(paths):
            path, last = paths[column], column
            if level < len(path):
                ends = level == len(path) - 1
                while not ends and last + 1 < len(paths) and same(path, paths[last + 1], level):
                    last += 1
                self.grid.put(self.at + level, column + 1, path[level])
                bottom = depth - 1 if ends else level
                self.grid.span(self.at + level, column + 1, self.at + bottom, last + 1)
            column = last + 1

    def breaks(self, n: int) -> None:
        """Blank lines and repeated headers between rows."""
        if n and self.table.gap and n % self.table.gap == 0:
            self.at += 1
        key, word = self.table.subtotal or ("", "")
        rows = self.table.rows
        if n and key and rows[n].v[key] != rows[n - 1].v[key]:
            group = [r for r in rows[:n] if r.v[key] == rows[n - 1].v[key]]
            self.sum_row(word, group)
        if n and self.table.repeat and n % self.table.repeat == 0:
            self.header()
        if n and self.table.page and n % self.table.page == 0:
            self.new_page(n)
        self.divide(n)

    def new_page(self, n: int) -> None:
        """The foot of a page, and the next one's title and header."""
        count = self.table.page
        if self.table.total:
            self.sum_row("本页小计", self.table.rows[n - count : n])
        for line in self.table.below:
            self.grid.put(self.at, 1, line)
            self.at += 1
        self.at += 1
        self.wide(f"{(*self.table.above, '')[0]}（续表）")
        self.header()

    def divide(self, n: int) -> None:
        """A line over the rows that share a value."""
        key, line = self.table.divider or ("", "")
        rows = self.table.rows
        if key and (n == 0 or rows[n].v[key] != rows[n - 1].v[key]):
            count = sum(1 for r in rows if r.v[key] == rows[n].v[key])
            self.wide(line.format(rows[n].v[key], n=count))

    def row(self, n: int, row: Row) -> None:
        """One record."""
        for column, key in enumerate(self.columns, 1):
            written = n + 1 if key == "no" else value(self.look, self.rng, row, key)
            self.grid.put(self.at, column, written)
        row.place = Place(self.file, self.sheet, self.at)
        if "start+end" in self.columns and any(f.reason == "missing_date" for f in row.bad):
            row.bad.append(Flaw("end", "missing_end_date"))
        if not self.sheet and any(f.reason == "time_cell_is_a_date" for f in row.bad):
            row.bad.append(Flaw("slot", "impossible_time", row.written("slot")))
        row.warned = [f for f in row.warned if f.key in self.columns]
        if self.table.hidden and n % self.table.hidden == self.table.hidden - 1:
            self.grid.hidden.append(self.at)
        self.starts.append((self.at, row))
        self.at += 1

    def merge_equal(self) -> None:
        """Neighbours with one true value in a column become one merged cell."""
        keys = list(self.columns)
        for key in self.table.merge:
            column = keys.index(key) + 1
            first = 0
            for n in range(1, len(self.starts) + 1):
                if n == len(self.starts) or not self.joins(n - 1, n, key):
                    self.join(first, n - 1, column)
                    first = n

    def joins(self, a: int, b: int, key: str) -> bool:
        """Whether two rows follow each other with one value, rightly written in both."""
        (top, one), (bottom, other) = self.starts[a], self.starts[b]
        right = one.written(key) is one.v[key] and other.written(key) is other.v[key]
        return bottom == top + 1 and right and bool(one.v[key] == other.v[key])

    def join(self, first: int, last: int, column: int) -> None:
        """One merged cell that keeps the first row's text."""
        top, bottom = self.starts[first][0], self.starts[last][0]
        for row in range(top + 1, bottom + 1):
            self.grid.cells.pop((row, column), None)
        self.grid.span(top, column, bottom, column)

    def sums(self) -> None:
        """The total below all rows."""
        if self.table.total:
            self.sum_row(self.table.total, self.table.rows)

    def sum_row(self, word: str, rows: list[Row]) -> None:
        """A line that adds up: its word, how many rows, and the sums of numbers."""
        self.grid.put(self.at, 1, word.format(n=len(rows)))
        if "{n}" not in word:
            self.grid.put(self.at, 2, f"共{len(rows)}条")
        for column, key in enumerate(self.columns, 1):
            if key in SUMMED:
                self.grid.put(self.at, column, sum(r.v[key] for r in rows))
        self.at += 1


def code(key: str) -> str:
    """The name that a platform's table gives a column."""
    return "".join(c for c in key if c.isalpha()).upper()


def same(a: tuple[str, ...], b: tuple[str, ...], level: int) -> bool:
    """Whether two columns share the caption of a level and all above it, as a group."""
    return len(b) > level + 1 and a[: level + 1] == b[: level + 1]
