"""Tables of web pages and of XML spreadsheets, which school systems like to export as `.xls`."""

import datetime
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from xqhz_desktop.services.workbooks.content import DAMAGED, UNSAFE, Refused

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "
# Text beside a table stands in a row of its own, as Excel shows it; these tags part such rows.
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br", "li", "caption", "table")
)
_UNSEEN = frozenset(("style", "script", "title", "xml"))
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


@dataclass(slots=True)
class Grid:
    """One sheet: its cells from A1 on and its merged ranges."""

    name: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any) -> None:
        """Sets a cell; raises Refused beyond Excel's last row or column."""
        if not (0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS):
            raise Refused(DAMAGED)
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value

    def merge(self, row: int, column: int, height: int, width: int) -> None:
        """Notes a merged range; one of a single cell is none."""
        if height > 1 or width > 1:
            self.merges.append(((row, column), (row + height - 1, column + width - 1)))

    @property
    def end(self) -> tuple[int, int]:
        """The last row and column."""
        return len(self.rows) - 1, max(map(len, self.rows), default=0) - 1


# ------------------------------------------------------------------ web pages


def read_page(text: str) -> Grid:
    """All tables of a web page, one below the other, as Excel shows them. All cells are text."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    return page.grid


class _Page(HTMLParser):
    """Follows tags as browsers do: an end tag may be missing, a table may stand in a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid()
        self._row = -1
        self._depth = 0  # of tables
        self._unseen = 0
        self._words: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._column = 0
        self._covered: dict[int, int] = {}  # column → up to which row a cell above covers it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br" and self._cell:
            self._words.append("\n")
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif self._depth == 1 and tag == "tr":
            self._begin_row()
        elif not self._depth and tag in _BLOCKS:
            self._end_text()
        if tag == "table":
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._depth == 0 and tag in _BLOCKS:
            self._end_text()
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()
                self._covered.clear()

    def handle_data(self, data: str) -> None:
        if not self._unseen and (self._cell or not self._depth):
            self._words.append(_SPACES.sub(" ", data))

    def end(self) -> None:
        """Takes what the end of the page has left open."""
        if self._cell:
            self._end_cell()
        else:
            self._end_text()

    def _begin_row(self) -> None:
        self._end_cell()
        self._row += 1
        self._column = 0

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if self._row < 0:
            self._begin_row()
        while self._covered.get(self._column, -1) >= self._row:
            self._column += 1
        width = _span(attributes.get("colspan"))
        height = _span(attributes.get("rowspan"))
        self._cell = self._row, self._column
        self.grid.merge(self._row, self._column, height, width)
        for column in range(self._column, self._column + width):
            self._covered[column] = self._row + height - 1
        self._column += width

    def _end_cell(self) -> None:
        if self._cell and (text := self._taken()):
            self.grid.put(*self._cell, text)
        self._cell = None
        self._words.clear()

    def _end_text(self) -> None:
        if text := self._taken():
            self._row += 1
            self.grid.put(self._row, 0, text)

    def _taken(self) -> str:
        lines = "".join(self._words).split("\n")
        self._words.clear()
        return "\n".join(line.strip() for line in lines).strip()


def _span(said: str | None) -> int:
    digits = (said or "").strip()
    return min(max(int(digits[:5]), 1), 1000) if digits.isdecimal() else 1


# ------------------------------------------------------------------ XML spreadsheets


def read_spreadsheet(text: str) -> list[Grid]:
    """The sheets of an XML spreadsheet of 2003. Raises Refused where it is broken."""
    reader = _Spreadsheet()
    try:
        reader.parser.Parse(text, True)
    except (expat.ExpatError, ValueError, IndexError) as error:
        raise Refused(DAMAGED) from error
    return reader.grids


class _Spreadsheet:
    """Follows Worksheet, Row, Cell and Data; places that nobody names follow one another."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.buffer_text = True
        self._row = self._column = self._across = 0
        self._type = ""
        self._in_comment = False
        self._words: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        said = {key.removeprefix(_SPREADSHEET): value for key, value in attributes.items()}
        match name.removeprefix(_SPREADSHEET):
            case "Worksheet":
                self.grids.append(Grid(said.get("Name", "")))
                self._row = 0
            case "Row":
                self._row = int(said.get("Index", self._row + 1))
                self._column = 0
            case "Cell":
                self._begin_cell(said)
            case "Comment":
                self._in_comment = True
            case "Data" if not self._in_comment:
                self._type = said.get("Type", "String")
                self._words = []

    def _begin_cell(self, said: dict[str, str]) -> None:
        self._column = int(said.get("Index", self._column + 1))
        self._across, down = int(said.get("MergeAcross", 0)), int(said.get("MergeDown", 0))
        self.grids[-1].merge(self._row - 1, self._column - 1, down + 1, self._across + 1)

    def _end(self, name: str) -> None:
        match name.removeprefix(_SPREADSHEET):
            case "Data" if not self._in_comment:
                value = _typed("".join(self._words), self._type)
                self.grids[-1].put(self._row - 1, self._column - 1, value)
                self._type = ""
            case "Comment":
                self._in_comment = False
            case "Cell":
                self._column += self._across

    def _characters(self, text: str) -> None:
        if self._type:
            self._words.append(text)

    def _doctype(self, *_: object) -> None:
        raise Refused(UNSAFE)


def _typed(text: str, kind: str) -> Any:
    """A cell's value; what does not keep to its type stays text."""
    try:
        match kind:
            case "Number":
                return float(text)
            case "DateTime":
                moment = datetime.datetime.fromisoformat(text)
                return moment.date() if moment.time() == datetime.time() else moment
            case "Boolean":
                return text == "1"
    except ValueError:
        pass
    return None if kind == "Error" else text or None
