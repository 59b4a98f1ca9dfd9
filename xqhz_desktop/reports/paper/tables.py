"""Tables on paper: head rule, foot rule, light rules between groups; text wraps, never is cut."""

import re
from dataclasses import dataclass, field, replace
from functools import partial

from xqhz_desktop.reports.blocks import Align, Column, Table
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SANS
from xqhz_desktop.reports.paper.lines import break_lines
from xqhz_desktop.reports.paper.pieces import Sheet, wide
from xqhz_desktop.reports.paper.text import Lines, note

# A row longer than this is carried on over the page's end.
_MOST_LINES = 24
_PAD = style.CELL_PADDING
_MANY_COLUMNS = 7

Cells = tuple[tuple[str, ...], ...]  # for each column its lines


@dataclass(frozen=True, slots=True)
class Row:
    """A row broken into lines."""

    cells: Cells
    strong: bool = False
    ruled: bool = False  # a light rule above
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """The height is that of the longest cell."""
        lines = max(map(len, self.cells))
        object.__setattr__(self, "height", lines * style.TABLE_LEADING + 2 * style.ROW_PADDING)


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a table at one width: edges, aligns, and how far tails reach."""

    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    tails: tuple[float, ...]
    head: Row


@dataclass(frozen=True, slots=True)
class TablePiece:
    """A table, or the part of one that stands on one page."""

    table: Table
    caption: str
    grid: Grid
    rows: tuple[Row, ...]
    width: float
    continued: bool = False
    last: bool = True
    before: float = 10.0

    def _caption(self) -> Lines:
        text = f"{self.caption}（续）" if self.continued else self.caption
        size = style.CAPTION_SIZE
        return Lines(text, BOLD, size, size * 1.5)

    def _note(self) -> Lines | None:
        return note(self.table.note) if self.table.note and self.last else None

    def _frame(self, width: float) -> float:
        """Caption, head and the white between."""
        return self._caption().height(width) + 3.0 + self.grid.head.height + 4.0

    def _foot(self, width: float) -> float:
        foot = self._note()
        return 6.0 + (foot.height(width) + 2.0 if foot else 0.0)

    def height(self, width: float) -> float:
        """Caption, head, rows and note."""
        rows = sum(row.height for row in self.rows)
        return self._frame(width) + rows + self._foot(width)

    def least(self, width: float) -> float:
        """Caption, head and two rows; a short table stands on one page."""
        whole = self.height(width)
        if len(self.rows) <= 8 and whole < 320.0:
            return whole
        return self._frame(width) + sum(row.height for row in self.rows[:2]) + 6.0

    def split(self, width: float, room: float) -> tuple["TablePiece", "TablePiece"] | None:
        """Part between rows, never leaving one row alone on the next page."""
        used, fit = self._frame(width) + 6.0, 0
        for row in self.rows:
            if used + row.height > room:
                break
            used, fit = used + row.height, fit + 1
        if fit == len(self.rows):  # only the note did not fit
            fit -= 1
        if fit == len(self.rows) - 1 and fit > 2:
            fit -= 1
        if fit < 1:
            return None
        return self._part(self.rows[:fit], self.continued, False), self._part(
            self.rows[fit:], True, self.last
        )

    def _part(self, rows: tuple[Row, ...], continued: bool, last: bool) -> "TablePiece":
        return TablePiece(self.table, self.caption, self.grid, rows, self.width, continued, last)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Caption above, head between rules, rows, foot rule, note."""
        self._caption().draw(sheet, left, top, width)
        right = left + sum(self.grid.widths)
        y = top - self._caption().height(width) - 3.0
        sheet.rule(left, right, y, 1.0, style.TEXT)
        sheet.ink(style.TEXT)
        y = self._row(sheet, left, y - 1.0, self.grid.head, BOLD, head=True) - 1.0
        sheet.rule(left, right, y, 0.5, style.TEXT)
        y -= 2.0
        self._rules(sheet, left, right, y)
        for row in self.rows:
            y = self._row(sheet, left, y, row, BOLD if row.strong else SANS)
        sheet.rule(left, right, y - 1.0, 1.0, style.TEXT)
        if foot := self._note():
            foot.draw(sheet, left, y - 5.0, width)

    def _rules(self, sheet: Sheet, left: float, right: float, y: float) -> None:
        for number, row in enumerate(self.rows):
            if row.ruled and number:
                sheet.rule(left, right, y, 0.4, style.LINE)
            y -= row.height

    def _row(
        self, sheet: Sheet, left: float, top: float, row: Row, font: str, *, head: bool = False
    ) -> float:
        size = style.TABLE_SIZE
        line = sheet.canvas.beginText()
        line.setFont(font, size)
        first = top - style.ROW_PADDING - (style.TABLE_LEADING - size) / 2 - size * style.ASCENT
        for place, cell in enumerate(row.cells):
            for number, text in enumerate(cell):
                if text:
                    x = left + self._offset(place, text, font, head)
                    line.setTextOrigin(x, first - number * style.TABLE_LEADING)
                    line.textOut(text)
            left += self.grid.widths[place]
        sheet.canvas.drawText(line)
        return top - row.height

    def _offset(self, place: int, text: str, font: str, head: bool) -> float:
        """Where in its column a text begins."""
        align, width = self.grid.aligns[place], self.grid.widths[place]
        if align == "left":
            return _PAD
        long = wide(text, font, style.TABLE_SIZE)
        if align == "center":
            return (width - long) / 2
        if align == "right" or head:
            return width - _PAD - long
        tail = wide(tail_of(text), font, style.TABLE_SIZE)
        return width - _PAD - self.grid.tails[place] - (long - tail)


def tail_of(text: str) -> str:
    """What stands right of where the decimal point is or would be: .5%, %, or nothing."""
    found = re.search(r"(?:\.\d*)?[^\d.]*$", text) if re.search(r"\d", text) else None
    return found.group() if found else ""


def table_piece(table: Table, caption: str, width: float) -> TablePiece:
    """The table broken into lines for this width; raises ValueError for a row of another length."""
    if not table.rows:
        table = replace(table, rows=(("无记录", *[""] * (len(table.columns) - 1)),))
    for number, row in enumerate(table.rows):
        if len(row) != len(table.columns):
            raise ValueError(f"{table.caption}: row {number} has {len(row)} cells")
    widths = fitted(table, width)
    grid = Grid(
        widths,
        tuple(column.align for column in table.columns),
        tuple(_tails(table, place) for place in range(len(widths))),
        Row(_broken(tuple(column.label for column in table.columns), widths, BOLD)),
    )
    rows: list[Row] = []
    for number, texts in enumerate(table.rows):
        strong = number in table.strong
        cells = _broken(texts, widths, BOLD if strong else SANS)
        rows += _parts(cells, strong, number in table.groups)
    return TablePiece(table, caption, grid, tuple(rows), width)


def _parts(cells: Cells, strong: bool, ruled: bool) -> list[Row]:
    longest = max(map(len, cells))
    return [
        Row(tuple(cell[start : start + _MOST_LINES] for cell in cells), strong, ruled and not start)
        for start in range(0, longest, _MOST_LINES)
    ]


def _broken(texts: tuple[str, ...], widths: tuple[float, ...], font: str) -> Cells:
    measure = partial(wide, font=font, size=style.TABLE_SIZE)
    return tuple(
        tuple(break_lines(text, width - 2 * _PAD + 0.01, measure))
        for text, width in zip(texts, widths, strict=True)
    )


def _tails(table: Table, place: int) -> float:
    if table.columns[place].align != "decimal":
        return 0.0
    tails = {tail_of(row[place]) for row in table.rows}
    return max((wide(tail, SANS, style.TABLE_SIZE) for tail in tails), default=0.0)


def is_wide(table: Table, width: float) -> bool:
    """Whether the table belongs on a landscape page: as it says, else by its columns' needs."""
    if table.landscape is not None or len(table.columns) < _MANY_COLUMNS:
        return bool(table.landscape)
    return sum(_wanted(table, place, each) for place, each in enumerate(table.columns)) > width


def fitted(table: Table, width: float) -> tuple[float, ...]:
    """Column widths that fill `width`: what the text needs, the widest giving way first."""
    wants = [_wanted(table, place, column) for place, column in enumerate(table.columns)]
    slack = width - sum(wants)
    if slack >= 0:
        return tuple(want + slack / len(wants) for want in wants)
    return tuple(min(want, _cap(wants, width)) for want in wants)


def _cap(wants: list[float], width: float) -> float:
    """The width that the widest columns share so that all together fill `width`."""
    room, left = width, sorted(wants)
    for number, want in enumerate(left):
        share = room / (len(left) - number)
        if want > share:
            return share
        room -= want
    return max(left)


def _wanted(table: Table, place: int, column: Column) -> float:
    if column.width_mm is not None:
        return column.width_mm * style.MM
    size = style.TABLE_SIZE
    texts = {row[place] for row in table.rows}
    bold = {table.rows[number][place] for number in table.strong}
    widest = max((wide(line, SANS, size) for text in texts for line in text.split("\n")), default=0)
    strong = max((wide(text, BOLD, size) for text in bold), default=0.0)
    return max(widest, strong, _head_width(column.label)) + 2 * _PAD


def _head_width(label: str) -> float:
    """A head of more than six characters may stand on two lines."""
    whole = wide(label, BOLD, style.TABLE_SIZE)
    return whole if len(label) <= 6 else max(whole / 2 + style.TABLE_SIZE, 6 * style.TABLE_SIZE)
