"""The first rows of a sheet as they stand in it: under each heading the field that it fills.

Numbers of persons are shortened here whatever is shown elsewhere: it is a look, no record.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.workbooks.heads import as_seen, cell_at, data_after
from xqhz_desktop.services.workbooks.plan import SheetPlan
from xqhz_desktop.services.workbooks.rows import column_letter, column_number
from xqhz_desktop.ui.table import Column, LinesModel

NOT_IMPORTED = "不导入"
_WIDEST = 24  # digits of a column


def fields_by_letter(register: str | None, letters: Mapping[str, str]) -> dict[str, Field]:
    """Column letter → the field that it fills."""
    if register is None:
        return {}
    declared = REGISTERS[register]
    return {letter: declared.field(name) for name, letter in letters.items()}


class HeadModel(LinesModel):
    """Rows of a sheet by their numbers; a line above them says what each column fills."""

    def __init__(self, sheet: SheetPlan, today: date) -> None:
        self._sheet, self._today = sheet, today
        self._fields = fields_by_letter(sheet.register, sheet.letters)
        header = sheet.header
        self._rows = data_after(sheet, header) if header else list(range(len(sheet.head)))
        wide = max((len(line) for line in sheet.head), default=0)
        self._letters = [column_letter(at) for at in range(wide)]
        super().__init__([self._column(letter) for letter in self._letters], self._line, self._hue)
        self.set_lines([-1, *self._rows] if sheet.register else self._rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Rows are called by their numbers in the sheet; the line above them has none."""
        if orientation is Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            row = self.lines[section]
            return "字段" if row < 0 else f"{row + 1}"
        return super().headerData(section, orientation, role)

    def _column(self, letter: str) -> Column:
        heading = " ".join(self._sheet.headings.get(letter, "").split())
        at = column_number(letter)
        texts = [heading, *(cell_at(self._sheet, row, at) for row in self._rows)]
        if field := self._fields.get(letter):
            texts.append(field.label)
        width = max(len(text.encode("gbk", "replace")) for text in texts)
        return Column(f"{letter} {heading}".strip(), min(max(width, 6), _WIDEST))

    def _line(self, row: int) -> Sequence[str]:
        if row < 0:
            return [self._fills(letter) for letter in self._letters]
        return [self._cell(row, letter) for letter in self._letters]

    def _fills(self, letter: str) -> str:
        field = self._fields.get(letter)
        if field is None:
            return NOT_IMPORTED if self._sheet.headings.get(letter) else ""
        return field.label

    def _cell(self, row: int, letter: str) -> str:
        text = cell_at(self._sheet, row, column_number(letter))
        return as_seen(text, self._fields.get(letter), self._today)

    def _hue(self, row: int, at: int) -> str:
        if row >= 0:
            return ""
        return "accent" if self._letters[at] in self._fields else "hint"
