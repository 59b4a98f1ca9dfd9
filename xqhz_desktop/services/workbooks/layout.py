"""Where a sheet's table stands: its header rows, its columns and its data rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from xqhz_desktop.base.text import fold, written
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services.workbooks.headings import (
    Path,
    Recognised,
    assign,
    known,
    normal,
    recognise,
)
from xqhz_desktop.services.workbooks.marks import (
    is_mark,
    number_in,
    read_record_heading,
)
from xqhz_desktop.services.workbooks.paths import paths_of, shape_of, unique_keys
from xqhz_desktop.services.workbooks.reading import Cell, Sheet
from xqhz_desktop.services.workbooks.remarks import is_column_numbers, is_example, is_remark, speaks

_DEEPEST_HEADER = 60  # rows searched for a header
_LEVELS = 4
_LONGEST = 60  # characters of what may be a heading
_VALUE = re.compile(
    r"\d{11,17}[\dXx]|\d{2,4}\s*[./\-年]\s*\d{1,2}(\s*[./\-月]\s*\d{1,2}\s*日?|\s*月)|\d{1,2}[:：]\d\d.*"
)


@dataclass(slots=True)
class Layout:
    """A recognised table: columns by field, and the data rows as places in the sheet."""

    register: Register
    header: tuple[int, ...]  # rows of the first header
    paths: list[Path]  # headings by column
    columns: dict[str, int]  # field → column of the sheet
    data: list[int]  # rows of the sheet that hold records
    above: list[str]  # titles and unit lines
    shape: str
    marked: int | None = None  # the column in which each row says which record it is
    school: str = ""  # whose records these are

    @property
    def ignored(self) -> list[str]:
        """Headings that no field took."""
        used = set(self.columns.values())
        return [
            heading
            for column, path in enumerate(self.paths)
            if column not in used
            and (heading := "/".join(dict.fromkeys(level for level in path if level)))
            and not is_mark(heading)
        ]


def find_layout(sheet: Sheet, remembered: dict[str, tuple[str, dict[str, str]]]) -> Layout | None:
    """The sheet's table, or None where its headings make no register.

    `remembered` are clerks' corrections by shape: (register, field → heading).
    """
    own = _own_header(sheet)
    header = own[0] if own else _said_header(sheet, remembered) or _find_header(sheet)
    if header is None:
        return None
    paths, top, last = header.paths, header.top, header.top + header.levels - 1
    columns = {field: place + header.offset for field, place in header.found.columns.items()}
    shape = shape_of(paths)
    register = header.found.register
    if shape in remembered:
        register, columns = _as_said(paths, *remembered[shape])
    layout = Layout(register, tuple(range(top, last + 1)), paths, columns, [], [], shape)
    if own:
        layout.marked, layout.school = own[1:]
    layout.above = _above(sheet, top)
    _spread_down(sheet, last)
    layout.data = _data_rows(sheet, layout)
    return layout


@dataclass(frozen=True, slots=True)
class _Header:
    """Rows that may be a header: how deep, and the register that they speak of.

    `offset` is the first column of the table among the sheet's columns.
    """

    top: int
    levels: int
    paths: list[Path]
    offset: int
    found: Recognised


def _own_header(sheet: Sheet) -> tuple[_Header, int, str] | None:
    """The header of a sheet that the program wrote: (header, column of the marks, school).

    It names its register, so that a few columns are enough.
    """
    for top, row in enumerate(sheet.rows[:_DEEPEST_HEADER]):
        for column, cell in enumerate(row):
            said = read_record_heading(cell)
            if said and said[0] in REGISTERS:
                register, paths = REGISTERS[said[0]], paths_of(sheet, top, 1)
                taken = _as_labelled(register, paths)
                found = Recognised(register, taken, 0.0)
                return _Header(top, 1, paths, 0, found), column, said[1]
    return None


def _said_header(sheet: Sheet, remembered: dict[str, tuple[str, dict[str, str]]]) -> _Header | None:
    """The rows whose headings a clerk has said the meaning of, even where nobody knows them."""
    words = {part for shape in remembered for part in re.split(r"[|/]", shape) if part}
    # Handed back, a sheet has up to three columns more.
    widths = {shape.count("|") + more for shape in remembered for more in (1, 2, 3, 4)}
    for top in range(min(len(sheet.rows), _DEEPEST_HEADER) if remembered else 0):
        sizes = accumulate((len(row) for row in sheet.rows[top : top + _LEVELS]), max)
        fitting = [levels for levels, size in enumerate(sizes, 1) if size in widths]
        if not fitting or not _says_one_of(sheet.rows[top], words):
            continue
        for levels in fitting:
            paths = paths_of(sheet, top, levels)
            if (shape := shape_of(paths)) in remembered:
                register = REGISTERS[remembered[shape][0]]
                return _Header(top, levels, paths, 0, Recognised(register, {}, 0.0))
    return None


def _as_labelled(register: Register, paths: list[Path]) -> dict[str, int]:
    """Which column is which field, by the headings that the program gave them.

    Where somebody wrote others, by what they mean.
    """
    labels = {field.label: field.name for field in register.fields}
    said = [() if is_mark("".join(path)) else path for path in paths]
    if all(path[0] in labels for path in said if any(path)):
        return {labels[path[0]]: column for column, path in enumerate(said) if any(path)}
    return {name: column for name, (column, _) in assign(register, said).items()}


def _says_one_of(row: Sequence[Cell], words: set[str]) -> bool:
    texts = (cell for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST)
    return any(normal(text) in words for text in texts)


def _find_header(sheet: Sheet) -> _Header | None:
    """The rows near the top of the sheet that some register explains best."""
    best: _Header | None = None
    for top in range(min(len(sheet.rows), _DEEPEST_HEADER)):
        if best is not None and top > best.top + _LEVELS:
            break
        # What stands above the first header is the title; a later one has that header above it.
        title = _title(sheet, top if best is None else best.top)
        for levels in range(1, _LEVELS + 1):
            if _may_be_header(sheet.rows, top, levels):
                for header in _headers(sheet, top, levels, title):
                    if best is None or header.found.score > best.found.score + 0.01:
                        best = header
    return best


def _headers(sheet: Sheet, top: int, levels: int, title: str) -> Iterator[_Header]:
    paths = paths_of(sheet, top, levels)
    for offset, segment in _segments(paths):
        if found := recognise(segment, title):
            yield _Header(top, levels, paths, offset, found)


def _as_said(
    paths: list[Path], register: str, said: dict[str, str]
) -> tuple[Register, dict[str, int]]:
    """The register and columns that a clerk said once for sheets of this shape."""
    places = {key: column for column, key in enumerate(unique_keys(paths))}
    columns = {field: places[heading] for field, heading in said.items() if heading in places}
    return REGISTERS[register], columns


def _may_be_header(rows: Sequence[Sequence[Cell]], top: int, levels: int) -> bool:
    """A cheap look before headings are weighed: known words, and nothing that is only data."""
    block = rows[top : top + levels]
    if len(block) < levels or any(map(_is_data, block)):
        return False
    if levels > 1 and _is_title(block[0]):
        return False
    hits = [_known_words(row) for row in block]
    texts = sum(cell is not None for cell in block[-1])
    return sum(hits) >= 2 and hits[-1] * 5 >= texts > 0


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a row over the header is no part of it: one text alone, or a unit line."""
    texts = {cell.strip() for cell in row if isinstance(cell, str) and cell.strip()}
    return sum(not re.search(r"[:：].", text) for text in texts) < 2


def _known_words(row: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and len(cell) <= 40 and known(cell) for cell in row)


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row can only be data: it has a value, or more numbers than a heading row would."""
    numbers = sum(isinstance(cell, (int, float)) for cell in row)
    return numbers > 2 or any(map(_is_value, row))


def _is_value(cell: Cell) -> bool:
    """Whether a cell can only be data: an 18-digit number, a long amount, a day, a clock time."""
    if isinstance(cell, str):
        return bool(_VALUE.fullmatch(cell.strip()))
    return (cell is not None and not isinstance(cell, (int, float))) or _is_large(cell)


def _is_large(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) > 1000


def _segments(paths: list[Path]) -> list[tuple[int, list[Path]]]:
    """Runs of columns between blank headings: a second table beside is not part of the first."""
    runs: list[tuple[int, list[Path]]] = []
    for column, path in enumerate(paths):
        if not any(path):
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == column:
            runs[-1][1].append(path)
        else:
            runs.append((column, [path]))
    return runs if len(runs) == 1 else [*runs, (0, paths)][: len(runs) + _joined(runs)]


def _joined(runs: list[tuple[int, list[Path]]]) -> int:
    """A single unnamed column inside a table does not cut it in two."""
    gaps = [b[0] - (a[0] + len(a[1])) for a, b in pairwise(runs)]
    return int(max(gaps, default=2) <= 1 and min(len(run[1]) for run in runs) >= 5)


def _title(sheet: Sheet, top: int) -> str:
    return sheet.name + "".join(_above(sheet, top))


def _above(sheet: Sheet, top: int) -> list[str]:
    """Texts above the header, each once."""
    texts = [cell.strip() for row in sheet.rows[:top] for cell in row if isinstance(cell, str)]
    return list(dict.fromkeys(text for text in texts if text))


# ---------------------------------------------------------------- which rows hold records


def _data_rows(sheet: Sheet, layout: Layout) -> list[int]:
    last, register = layout.header[-1], layout.register
    headings = _heading_rows(sheet, layout)
    header_cells = {cell for r in layout.header for cell in sheet.rows[r] if isinstance(cell, str)}
    fields = [
        (column, register.field(name).kind)
        for name, column in layout.columns.items()
        if name not in ("number", "week")
    ]
    spanned = {r1 for r1, c1, r2, c2 in sheet.merges if r1 == r2 and r1 > last and c2 - c1 >= 3}
    places = [column for column, _ in fields]
    width = max(places, default=0) + 1
    kept: list[int] = []
    gap = stopped = False
    for place in range(last + 1, len(sheet.rows)):
        row = sheet.rows[place]
        size = len(row)
        if layout.marked is not None and size > layout.marked and number_in(row[layout.marked]):
            kept.append(place)
            gap = False
            continue
        full = size >= width and None not in row
        filled = len(places) if full else _filled(row, places)
        if filled == 0:
            gap = True
        elif not header_cells.isdisjoint(row) and _is_repeated_header(row, headings):
            gap = stopped = False
        elif (not kept and is_column_numbers(row)) or is_example(
            row, layout.register, layout.columns
        ):
            continue
        elif stopped or (place in spanned and filled <= 2) or is_remark(row, filled):
            gap = True
        elif (gap or filled * 3 < len(places)) and not _is_record(row, fields, filled, layout):
            stopped = gap and size > 1 and filled > 1
        else:
            kept.append(place)
            gap = False
    return kept


def _filled(row: Sequence[Cell], places: list[int]) -> int:
    size = len(row)
    return sum(1 for column in places if column < size and row[column] is not None)


def _spread_down(sheet: Sheet, header: int) -> None:
    """Vertically merged cells hold for every row that they span."""
    for r1, c1, r2, _ in sheet.merges:
        if r1 <= header or r1 == r2 or r1 >= len(sheet.rows) or c1 >= len(sheet.rows[r1]):
            continue
        value = sheet.rows[r1][c1]
        for row in sheet.rows[r1 + 1 : r2 + 1]:
            row.extend([None] * (c1 + 1 - len(row)))
            row[c1] = value


def _heading_rows(sheet: Sheet, layout: Layout) -> list[dict[int, str]]:
    used = set(layout.columns.values())
    return [
        {c: normal(written(cell)) for c, cell in enumerate(sheet.rows[r]) if c in used and cell}
        for r in layout.header
    ]


def _is_repeated_header(row: Sequence[Cell], headings: list[dict[int, str]]) -> bool:
    for heading in headings:
        hits = 0
        for column, text in heading.items():
            cell = row[column] if column < len(row) else None
            if isinstance(cell, str) and normal(cell) == text:
                hits += 1
            elif hits == 0 and len(heading) > 2:
                break
        if hits >= max(2, (len(heading) + 1) // 2):
            return True
    return False


def _is_record(
    row: Sequence[Cell], fields: list[tuple[int, Kind]], filled: int, layout: Layout
) -> bool:
    """Whether a sparse row, or the first after a gap, is a record and no other table."""
    if filled * 2 >= len(fields) and filled >= 2:
        return True
    evidence = sum(speaks(row[column], kind) for column, kind in fields if column < len(row))
    number = layout.columns.get("number")
    cell = row[number] if number is not None and number < len(row) else None
    numbered = bool(re.fullmatch(r"\d+(\.0)?", fold(cell)))
    return (evidence >= 1 and filled >= 2) or (numbered and filled >= 3)
