"""How a workbook that goes out is written: whole or not at all, and no cell a formula.

Rows are written from the top down; each is on the disk before the next begins.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.workbooks.marks import LISTS_SHEET

if TYPE_CHECKING:
    from xqhz_desktop.services.outgoing.worksheet import Value

MUST = "*"  # at the end of a heading
_HEAD_ROW = 24  # points
ROW = 18  # points: a row is read more easily with some room
FONT = {"font_name": "宋体", "font_size": 11, "font_scheme": False}
CELL = {"border": 1, "valign": "vcenter"}
TEXT = {**CELL, "num_format": "@"}
DAY = {**CELL, "num_format": "yyyy-mm-dd", "align": "left"}
HEAD = {**CELL, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E6F0FB"}
TITLE = {"bold": True, "font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
BAD = {**TEXT, "bg_color": "#FFC7CE", "font_color": "#9C0006"}
HINT = {"font_color": "#5F6A7A"}
# A cell that begins so would become a formula where somebody types it again.
_BEGINS_FORMULA = tuple("=+-@\t\r")
_UNSAFE_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31  # of a sheet
_A4 = 9
_PAGE_WIDE = 180  # characters that are still read when they are one page of A4 wide
_SCREEN = 120  # characters that are seen at once
_WIDEST = 36  # of a column; the rest of a long text is seen when its cell is opened
_LISTED = 255  # characters of words that Excel keeps in the cell's own rule


class Book:
    """A workbook while it is written."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._styles: dict[str, Any] = {}
        self._names: set[str] = set()
        self._lists: list[Sequence[str]] = []

    def style(self, said: dict[str, Any], **more: Any) -> Any:
        """The format of these properties, made once."""
        wanted = FONT | said | more
        key = repr(sorted(wanted.items()))
        if key not in self._styles:
            self._styles[key] = self._made.add_format(wanted)
        return self._styles[key]

    def sheet(self, name: str) -> "Page":
        """A new sheet; its name is made fit for Excel and another than those before."""
        wanted = stem = _UNSAFE_NAME.sub(" ", name)[: _LONGEST_NAME - 3].strip() or "表"
        number = 2
        while wanted.casefold() in self._names:
            wanted, number = f"{stem}{number}", number + 1
        self._names.add(wanted.casefold())
        from xqhz_desktop.services.outgoing.worksheet import PlainSheet

        return Page(self, self._made.add_worksheet(wanted, PlainSheet))

    def list_of(self, words: Sequence[str]) -> str:
        """Where the words stand, as a rule for cells names it."""
        from xlsxwriter.utility import xl_range_abs

        if words not in self._lists:
            self._lists.append(words)
        column = self._lists.index(words)
        return f"='{LISTS_SHEET}'!{xl_range_abs(0, column, len(words) - 1, column)}"

    def finish(self) -> None:
        """Write what comes last. Raises OSError."""
        from xlsxwriter.exceptions import XlsxWriterException

        if self._lists:
            sheet = self.sheet(LISTS_SHEET)
            for row, words in enumerate(zip_longest(*self._lists)):
                sheet.write(row, words)
            sheet.made.hide()
        try:
            self._made.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error

    def let_go(self) -> None:
        """Close what a failure left open, so that its folder can go."""
        for sheet in self._made.worksheets():
            sheet.row_data_fh.close()


class Page:
    """A sheet while it is written, row by row."""

    def __init__(self, book: Book, made: Any) -> None:
        self.book, self.made = book, made
        self._text, self._number = book.style(TEXT), book.style(CELL)
        self._day = book.style(DAY)
        self._guarded = book.style(TEXT, quote_prefix=True)
        self._widths: list[int] = []

    def columns(self, widths: Sequence[int], style: dict[str, Any] | None = None) -> None:
        """The columns that are printed, in characters."""
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self.made.set_column(column, column, width, self.book.style(style) if style else None)

    def write(self, row: int, values: Sequence["Value"], styles: Sequence[Any] = ()) -> None:
        """A row of cells, each as what it is: a day, a number, a text, or nothing in its frame.

        A style of their own is given to all cells, or to none.
        """
        self.made.write_cells(row, values, styles or map(self._style, values))

    def _style(self, value: "Value") -> Any:
        if isinstance(value, str):
            return self._guarded if value.startswith(_BEGINS_FORMULA) else self._text
        if value is None:
            return self._text
        return self._day if isinstance(value, date) else self._number

    def line(self, row: int, text: str, style: dict[str, Any], height: int = ROW) -> None:
        """One text over all columns of a page; of several pages, over what is seen at once."""
        wide = list(accumulate(self._widths))
        room = _PAGE_WIDE if wide[-1] <= _PAGE_WIDE else _SCREEN
        last = max(1, sum(so_far <= room for so_far in wide) - 1)
        self.made.set_row(row, height)
        self.made.merge_range(row, 0, row, last, text, self.book.style(style))

    def join(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Show cells as one, the first with its text; all of them are written already."""
        # merge_range would write them again, and rows that are on the disk take no more cells.
        self.made.merge.append([*first, *last])

    def heading(self, row: int, texts: Sequence[str]) -> None:
        """A row of headings; what must be filled in ends in a star, and in red."""
        usual, must = self.book.style(HEAD), self.book.style(HEAD, font_color="#B3261E")
        styles = [must if text.endswith(MUST) else usual for text in texts]
        self.made.write_cells(row, texts, styles, _HEAD_ROW)

    def choose(self, rows: tuple[int, int], column: int, words: Sequence[str], **said: Any) -> None:
        """Let the cells of the rows, first and last, be chosen from words; others only warn."""
        rule: dict[str, Any] = {"validate": "any"}
        if words:
            short = len(",".join(words)) <= _LISTED and not any("," in word for word in words)
            source = list(words) if short else self.book.list_of(words)
            rule = {"validate": "list", "source": source, "error_type": "warning"}
        self.made.data_validation(rows[0], column, rows[1], column, rule | said)

    def filter(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Filter buttons at the headings, from one (row, column) to another."""
        self.made.autofilter(*first, *last)

    def hide(self, column: int) -> None:
        """A column that is there, unseen and unprinted."""
        self.made.set_column(column, column, 8, None, {"hidden": True})

    def set_up(self, head: tuple[int, int], last: int, kept: int = 1) -> None:
        """Let it scroll and print under its headings: A4 landscape, as few pages wide as is read.

        `head` are the first and the last row of headings, `last` the last row that is printed,
        `kept` the columns at the left that stay in view and on each page.
        """
        # No warning stands in the corners of numbers that are kept as text.
        self.made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        pages = -(-sum(self._widths) // _PAGE_WIDE)
        self.made.freeze_panes(head[1] + 1, kept)
        self.made.set_landscape()
        self.made.set_paper(_A4)
        self.made.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.made.fit_to_pages(pages, 0)
        self.made.repeat_rows(*head)
        if pages > 1:
            self.made.repeat_columns(0, kept - 1)
        self.made.set_default_row(ROW)
        self.made.set_footer("&C第 &P 页，共 &N 页")
        self.made.print_area(0, 0, last, len(self._widths) - 1)


def width_of(field: Field, values: Iterable[Any] = ()) -> int:
    """How wide a field's column is, in characters, that holds these values.

    Its heading stands beside a filter button.
    """
    held = max(map(_width_of_text, values), default=0) + 1
    return max(field.width + 2, _width_of_text(field.label) + 4, min(held, _WIDEST))


def _width_of_text(text: Any) -> int:
    """Characters; those of Chinese are two wide."""
    said = text.isoformat()[:10] if isinstance(text, date) else str(text or "")
    return sum(1 + (letter > "⺀") for letter in said)


@contextmanager
def new_book(path: Path) -> Iterator[Book]:
    """A workbook to be written; it stands at the path when all went well, else nothing does.

    What is unmasked lies nowhere but in the folder that was asked for, half written too.
    Raises UserError where it cannot be written (7).
    """
    import xlsxwriter

    beside = path.with_name(path.name + ".partial")
    try:
        _clear(beside)
        beside.mkdir()  # what cannot be written is known before any work
        options: dict[str, Any] = {"constant_memory": True, "tmpdir": str(beside)}
        options |= {"strings_to_formulas": False, "strings_to_urls": False}
        options |= {"default_format_properties": FONT}
        book = Book(xlsxwriter.Workbook(str(beside / "book.xlsx"), options))
        try:
            yield book
            book.finish()
        finally:
            book.let_go()
        (beside / "book.xlsx").replace(path)
    except OSError as error:
        raise UserError(
            f"工作簿没有写成，请检查文件是否正被打开、磁盘是否已满：{path}", EXIT_NO_SPACE
        ) from error
    finally:
        _clear(beside)


def _clear(beside: Path) -> None:
    """Take away what was written beside the path, by an earlier program also as a file."""
    if beside.is_dir():
        shutil.rmtree(beside, ignore_errors=True)
    else:
        beside.unlink(missing_ok=True)
