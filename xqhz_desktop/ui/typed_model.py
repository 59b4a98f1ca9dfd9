"""The model of a table that is typed into: what waits in its cells, and new rows under the last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from xqhz_desktop.services.entry.entering import Edit, Wrong
from xqhz_desktop.ui.table import Column, Index, RecordModel

Cell = tuple[int, str]  # the row of a record by its id, of a new one by minus its number; the field
_NOWHERE = QModelIndex()
_NOT_WRITTEN = "上次没有写入，请核对后重新填写。"
_EDITED = Qt.ItemDataRole.EditRole
_DESCRIBED = Qt.ItemDataRole.AccessibleDescriptionRole


class TypedModel(RecordModel):
    """Records whose cells take what is typed; what was refused stays in its cell with the reason.

    Under the last record stand the new rows that cannot be kept yet, and an empty one.
    """

    typed = Signal(object)  # list[Edit]: to be written as one action

    def __init__(
        self,
        names: Sequence[str],
        columns: Sequence[Column],
        read: Callable[[Sequence[int]], list[dict[str, str]]],
        *,
        editable: bool = True,
        seen: Callable[[str, str], str] = lambda _, text: text,
    ) -> None:
        """`seen` says how what waits in a cell may be shown: numbers of persons are hidden."""
        super().__init__(names, columns, read)
        self.editable = editable
        self._seen = seen
        self.wrong: dict[Cell, str] = {}
        self._waiting: dict[int, dict[str, str]] = {}  # texts that are not in the records (yet)
        self._drafts = 0  # new rows under the last record
        self._made: dict[int, int] = {}  # new rows that are records, and not among the others yet
        self._texts: dict[int, dict[str, str]] = {}  # what those say, by their ids
        self._gone = 0  # new rows that went when the records were last shown anew

    @property
    def records(self) -> int:
        """How many records are shown."""
        return super().rowCount()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The records, the new rows, and one to begin another in."""
        if parent.isValid():
            return 0
        return self.records + (self._drafts + 1 if self.editable else 0)

    def is_record(self, row: int) -> bool:
        """Whether a record stands in the row."""
        return 0 <= row < self.records

    def number(self, row: int) -> int:
        """What a row is known by, wherever it moves: a record's id, or minus a new row's number."""
        number = self.id_at(row) if self.is_record(row) else self.records - row - 1
        return self._made.get(number, number)

    def row_of(self, number: int) -> int:
        """The row of a record or of a new row; -1 where it is not shown."""
        if number >= 0:
            return self.place_of(number)
        return min(self.records + max(1, -number - self._gone), self.rowCount()) - 1

    def cell(self, row: int, column: int) -> Cell:
        """What a cell is known by, wherever its row moves."""
        return self.number(row), self.names[column]

    def set_ids(self, ids: list[int]) -> None:
        """Show these records in this order, and under them the new rows that are none yet.

        Where they are the same as before, cursor, selection and a cell that is typed into stay.
        """
        self._texts.clear()
        self._made.clear()
        self._gone = 0
        if not any(number < 0 for number in self._waiting):
            self._gone, self._drafts = self._drafts, 0
        if ids == self.ids and not self._gone:
            self.read_again()
        else:
            super().set_ids(ids)

    def values(self, row: int) -> dict[str, str]:
        """The texts of a row by field name, as typed where they wait."""
        found = super().values(row) if self.is_record(row) else {}
        if not self._waiting and not self._texts:
            return found
        number = self.number(row)
        waiting = self._texts.get(number, {}) | self._waiting.get(number, {})
        return found | {name: self._seen(name, text) for name, text in waiting.items()}

    def tone(self, row: int, column: int) -> str:
        """A refused cell is red."""
        return "bad" if self.wrong and self.cell(row, column) in self.wrong else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell; on hover why it was refused."""
        if role == _EDITED:
            return self.text(index.row(), index.column())
        if role in (_DESCRIBED, Qt.ItemDataRole.ToolTipRole) and self.wrong:
            reason = self.wrong.get(self.cell(index.row(), index.column()))
            if reason:
                return reason
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """New rows have no number yet."""
        new = orientation is Qt.Orientation.Vertical and section >= self.records
        if new and role == Qt.ItemDataRole.DisplayRole:
            return "＊"
        return super().headerData(section, orientation, role)

    def setData(self, index: Index, value: Any, role: int = _EDITED) -> bool:
        """Take what was typed, where it is something else than before."""
        row, column = index.row(), index.column()
        if role != _EDITED or value == self.text(row, column):
            return False
        self.enter([(row, column, str(value), None)])
        return True

    def enter(self, cells: Iterable[tuple[int, int, str, int | None]]) -> None:
        """Type into cells: (row, column, text, the record that a link was chosen to mean)."""
        edits: dict[Cell, Edit] = {}
        for row, column, text, picked in cells:
            self._begin(row)
            cell = self.cell(row, column)
            self._wait(cell, text)
            self.wrong.pop(cell, None)
            edits[cell] = self._edit(cell, text, picked)
        for number in {number for number, _ in edits if number < 0}:
            for name, text in self._waiting[number].items():  # a new row is tried whole
                edits.setdefault((number, name), self._edit((number, name), text, None))
        self._repaint()
        if edits:
            self.typed.emit(list(edits.values()))

    def write_over(self, edits: Sequence[Edit]) -> None:
        """What was refused in these cells gives way to what is being written into them."""
        for edit in edits:
            cell = self._of(edit)
            if cell[1] in self._waiting.get(cell[0], {}):
                self._wait(cell, edit.text)
                self.wrong.pop(cell, None)

    def taken(
        self, edits: Sequence[Edit], problems: Sequence[Wrong], made: Mapping[int, int]
    ) -> None:
        """What was written is in the records now; the rest stays, with the reason.

        `made` says which record a new row became; typed on before it stands among the others, it
        is that record which is changed.
        """
        typed = {self._of(edit): edit.text for edit in edits}
        newer = {cell for cell, text in typed.items() if self._is_newer(cell, text)}
        for cell, text in typed.items():
            if cell[0] >= 0 and cell not in newer:
                self._let_go(cell)
            elif cell[0] < 0 and -cell[0] not in made:  # a new row that cannot be kept yet
                self._begin(self.records - cell[0] - 1)
                self._waiting.setdefault(cell[0], {}).setdefault(cell[1], text)
        for wrong in problems:
            cell = (wrong.row if wrong.row is not None else -wrong.new, wrong.field)
            if cell not in newer:
                self.wrong[cell] = wrong.reason
            if cell in typed and cell not in newer:
                self._wait(cell, typed[cell])
        for new, record in made.items():
            self._make(new, record, newer)
        self._repaint()

    @property
    def unsaved(self) -> dict[Cell, str]:
        """What was typed and is not in the records (yet)."""
        return {
            (number, name): text
            for number, row in self._waiting.items()
            for name, text in row.items()
        }

    def take_up(self, cells: Mapping[Cell, str]) -> None:
        """Have what was typed before in its cells again; a new row is tried when it is typed on."""
        for cell, text in cells.items():
            self._wait(cell, text)
            if cell[0] < 0:
                self._begin(self.records - cell[0] - 1)
            else:
                self.wrong[cell] = _NOT_WRITTEN
        self._repaint()

    def give_up(self, row: int, column: int) -> bool:
        """Let go of what a cell was refused for; whether there was anything."""
        cell = self.cell(row, column)
        had = self._let_go(cell)
        self.wrong.pop(cell, None)
        self._repaint()
        return had

    def give_up_refused(self) -> bool:
        """Let go of all that was refused, of new rows whole; whether there was anything."""
        refused = set(self.wrong)
        for number in {number for number, _ in refused if number < 0}:
            self._waiting.pop(number, None)
        for cell in refused:
            self._let_go(cell)
        self.wrong.clear()
        self._close_up()
        self._repaint()
        return bool(refused)

    def _close_up(self) -> None:
        """Where no new row says anything, none but the empty one stands under the records."""
        if self._drafts and not self._made and not any(number < 0 for number in self._waiting):
            self.beginRemoveRows(_NOWHERE, self.records, self.records + self._drafts - 1)
            self._drafts = 0
            self.endRemoveRows()

    def let_go(self, edits: Sequence[Edit]) -> None:
        """Show the records as they are where this was to be written, and was not."""
        for edit in edits:
            self._let_go(self._of(edit))
        self._repaint()

    def _begin(self, row: int) -> None:
        """A row under the last one becomes a new row, and another empty one stands below."""
        wanted = row - self.records + 1
        if wanted > self._drafts:
            first = self.records + self._drafts + 1
            self.beginInsertRows(_NOWHERE, first, self.records + wanted)
            self._drafts = wanted
            self.endInsertRows()

    def _make(self, new: int, record: int, newer: set[Cell]) -> None:
        """A new row is a record; what was typed into it since then waits for that one."""
        row = self._waiting.pop(-new, {})
        self._made[-new] = record
        self._texts[record] = {
            name: text for name, text in row.items() if (-new, name) not in newer
        }
        for name, text in row.items():
            if (-new, name) in newer:
                self._wait((record, name), text)
        for cell in [cell for cell in self.wrong if cell[0] == -new]:
            del self.wrong[cell]

    def _is_newer(self, cell: Cell, text: str) -> bool:
        """Whether something else was typed into a cell since a text was."""
        return self._waiting.get(cell[0], {}).get(cell[1], text) != text

    def _wait(self, cell: Cell, text: str) -> None:
        self._waiting.setdefault(cell[0], {})[cell[1]] = text

    def _let_go(self, cell: Cell) -> bool:
        """Let go of what waits in a cell; whether there was anything."""
        row = self._waiting.get(cell[0], {})
        had = row.pop(cell[1], None) is not None
        if not row:
            self._waiting.pop(cell[0], None)
        return had

    def _repaint(self) -> None:
        last = self.index(self.rowCount() - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _of(edit: Edit) -> Cell:
        return (edit.row if edit.row is not None else -edit.new, edit.field)

    @staticmethod
    def _edit(cell: Cell, text: str, picked: int | None) -> Edit:
        number, name = cell
        known = number >= 0
        return Edit(number if known else None, name, text, 0 if known else -number, picked)
