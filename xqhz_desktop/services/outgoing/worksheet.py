"""A sheet of the library that takes a whole row at once, and in which a text is only a text.

A register of 50,000 rows has a million cells; the library's own way spends most of its time on
finding out again for each of them what a whole column is.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29th of February before it that never was
_DAY_ZERO = date(1899, 12, 30)
_ODD = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")

Value = str | int | float | date | None


class PlainSheet(Worksheet):  # type: ignore[misc]
    """Rows are written from the top down, once each; the workbook must be in constant memory."""

    def write_cells(
        self, row: int, values: Sequence[Value], styles: Iterable[Any], height: int = 0
    ) -> None:
        """Write all cells of a row, each with its format; a height in points, or the usual one.

        The row is none that `set_row` spoke of.
        """
        if row > self.previous_row:
            self._write_single_row(row)  # what was begun above
        for column in (0, len(values) - 1):
            self._check_dimensions(row, column)
        number = str(row + 1)
        cells = [
            f'<c r="{self._letter(column)}{number}" s="{style._get_xf_index()}"{self._said(value)}'
            for column, (value, style) in enumerate(zip(values, styles, strict=True))
        ]
        high = f' ht="{height}" customHeight="1"' if height else ""
        self.fh.write(f'<row r="{number}"{high}>{"".join(cells)}</row>')

    def _letter(self, column: int) -> str:
        letters: list[str] = self.__dict__.setdefault("_letters", [])
        while len(letters) <= column:
            letters.append(xl_col_to_name(len(letters)))
        return letters[column]

    def _said(self, value: Value) -> str:
        """The rest of a cell's markup."""
        if value is None or value == "":
            return "/>"
        if isinstance(value, str):
            if _ODD.search(value):
                value = escape(self._escape_control_characters(value), quote=False)
            return f' t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        if isinstance(value, date):
            if value < _FIRST_DAY:
                return self._said(value.isoformat())
            value = (value - _DAY_ZERO).days
        return f"><v>{value!r}</v></c>"

    def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
        """A text that begins and ends like markup is none."""
        self._xml_inline_string(string, True, attributes)
