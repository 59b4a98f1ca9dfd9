"""The headings of columns level by level, and what tells a column and a sheet's make again."""

from collections import Counter
from collections.abc import Sequence

from xqhz_desktop.base.text import written
from xqhz_desktop.services.workbooks.headings import Path, normal
from xqhz_desktop.services.workbooks.marks import is_mark
from xqhz_desktop.services.workbooks.reading import Cell, Sheet


def paths_of(sheet: Sheet, top: int, levels: int) -> list[Path]:
    """Each column's heading level by level, merged cells spread, repeats taken once."""
    width = max(len(row) for row in sheet.rows[top : top + levels])
    block = [
        [_heading(row[column]) if column < len(row) else "" for column in range(width)]
        for row in sheet.rows[top : top + levels]
    ]
    spread = [list(row) for row in block]
    for r1, c1, r2, c2 in sheet.merges:
        for row in range(max(r1, top), min(r2, top + levels - 1) + 1):
            for column in range(c1, min(c2, width - 1) + 1):
                if r1 >= top:
                    spread[row - top][column] = block[r1 - top][c1]
    if not any(r1 < top + levels and r2 >= top for r1, _, r2, _ in sheet.merges):
        _fill_right(spread)
    return [tuple(_once([row[column] for row in spread])) for column in range(width)]


def _heading(cell: Cell) -> str:
    return written(cell).strip()


def _fill_right(block: list[list[str]]) -> None:
    """Without merges (a csv), a group's caption stands over the columns to its right."""
    for level in range(len(block) - 1):
        row, below = block[level], block[level + 1]
        for column in range(1, len(row)):
            grouped = row[column - 1] and below[column - 1] and below[column]
            if not row[column] and grouped and row[column - 1] != below[column - 1]:
                row[column] = row[column - 1]


def _once(levels: list[str]) -> list[str]:
    return [level for place, level in enumerate(levels) if place == 0 or level != levels[place - 1]]


def shape_of(paths: Sequence[Path]) -> str:
    """What stays the same when a sheet of the same make comes again, or is handed back."""
    return "|".join(heading_key(path) for path in paths if not is_mark("".join(path)))


def heading_key(path: Path) -> str:
    """By what a heading is known again in a sheet of the same shape."""
    return "/".join(normal(level) for level in path if level)


def unique_keys(paths: Sequence[Path]) -> list[str]:
    """What tells each column again; of columns with the same heading the second is called so."""
    seen: Counter[str] = Counter()
    keys = []
    for key in map(heading_key, paths):
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys
