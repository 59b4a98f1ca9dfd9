"""A table that is typed into like a spreadsheet: cells, blocks, new rows under the last one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from xqhz_desktop.services.entry.entering import Edit, Wrong
from xqhz_desktop.ui.cell_editor import CellEditors, Offers
from xqhz_desktop.ui.frozen import FrozenSheet
from xqhz_desktop.ui.table import Column, Index, RecordModel

Cell = tuple[int, str]  # the row of a record by its id, of a new one by minus its number; the field
_NOWHERE = QModelIndex()
INSIDE = "application/x-xqhz-cells"  # true values, for a paste that stays in the program
_NOT_WRITTEN = "上次没有写入，请核对后重新填写。"
_EDITED = Qt.ItemDataRole.EditRole


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
    ) -> None:
        super().__init__(names, columns, read)
        self.editable = editable
        self.wrong: dict[Cell, str] = {}
        self._waiting: dict[Cell, str] = {}  # texts that are not in the records (yet)
        self._drafts = 0  # new rows under the last record

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

    def cell(self, row: int, column: int) -> Cell:
        """What a cell is known by, wherever its row moves."""
        number = self.id_at(row) if self.is_record(row) else self.records - row - 1
        return number, self.names[column]

    def values(self, row: int) -> dict[str, str]:
        """The texts of a row by field name, as typed where they wait."""
        found = super().values(row) if self.is_record(row) else {}
        if not self._waiting:
            return found
        number = self.cell(row, 0)[0]
        mine = {name: text for (one, name), text in self._waiting.items() if one == number}
        return {**found, **mine} if mine else found

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
        if role == Qt.ItemDataRole.ToolTipRole and self.wrong:
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
            self._waiting[cell] = text
            self.wrong.pop(cell, None)
            edits[cell] = self._edit(cell, text, picked)
        for number in {number for number, _ in edits if number < 0}:
            for cell, text in self._waiting.items():  # a new row is tried whole
                if cell[0] == number:
                    edits.setdefault(cell, self._edit(cell, text, None))
        self._repaint()
        if edits:
            self.typed.emit(list(edits.values()))

    def taken(self, edits: Sequence[Edit], problems: Sequence[Wrong], made: Iterable[int]) -> None:
        """What was written is in the records now; the rest stays, with the reason."""
        done = set(made)
        for edit in edits:
            if edit.row is not None or edit.new in done:
                self._waiting.pop(self._of(edit), None)
            else:  # a new row that cannot be kept yet
                self._begin(self.records + edit.new - 1)
                self._waiting[self._of(edit)] = edit.text
        for wrong in problems:
            cell = (wrong.row if wrong.row is not None else -wrong.new, wrong.field)
            self.wrong[cell] = wrong.reason
            known = next((one.text for one in edits if self._of(one) == cell), None)
            if known is not None:
                self._waiting[cell] = known
        for number in done:
            self._forget(-number)
        self._repaint()

    @property
    def unsaved(self) -> dict[Cell, str]:
        """What was typed and is not in the records (yet)."""
        return dict(self._waiting)

    def take_up(self, cells: Mapping[Cell, str]) -> None:
        """Have what was typed before in its cells again; a new row is tried when it is typed on."""
        for cell, text in cells.items():
            self._waiting[cell] = text
            if cell[0] < 0:
                self._begin(self.records - cell[0] - 1)
            else:
                self.wrong[cell] = _NOT_WRITTEN
        self._repaint()

    def give_up(self, row: int, column: int) -> bool:
        """Let go of what a cell was refused for; whether there was anything."""
        cell = self.cell(row, column)
        had = self._waiting.pop(cell, None) is not None
        self.wrong.pop(cell, None)
        self._repaint()
        return had

    def _begin(self, row: int) -> None:
        """A row under the last one becomes a new row, and another empty one stands below."""
        wanted = row - self.records + 1
        if wanted > self._drafts:
            first = self.records + self._drafts + 1
            self.beginInsertRows(_NOWHERE, first, self.records + wanted)
            self._drafts = wanted
            self.endInsertRows()

    def _forget(self, number: int) -> None:
        for kept in (self._waiting, self.wrong):
            for cell in [cell for cell in kept if cell[0] == number]:
                del kept[cell]
        if not any(cell[0] < 0 for cell in (*self._waiting, *self.wrong)):
            self.beginResetModel()
            self._drafts = 0
            self.endResetModel()

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


class TypedSheet(FrozenSheet):
    """A table with a cell cursor and the keys of a spreadsheet."""

    pasted = Signal(int, int, str, int, int)  # row, column, text, rows and columns selected
    filled = Signal(object, object)  # rows, columns: the first row goes into all others
    asked_inside = Signal(object, object)  # rows, columns: true values for the clipboard
    undo = Signal()
    redo = Signal()
    today_typed = Signal()

    def __init__(self, name: str, offers: Offers) -> None:
        super().__init__(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        editors = CellEditors(self, offers)
        editors.moved.connect(self.step)
        self.setItemDelegate(editors)

    def selected_rows(self) -> list[int]:
        """The rows that have a selected cell, from the top."""
        parts = self._parts()
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def block(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the selection, each from the first to the last."""
        parts = self._parts() or [QItemSelectionRange(self.currentIndex())]
        top, bottom = min(part.top() for part in parts), max(part.bottom() for part in parts)
        left, right = min(part.left() for part in parts), max(part.right() for part in parts)
        return [*range(top, bottom + 1)], [*range(left, right + 1)]

    def _parts(self) -> list[QItemSelectionRange]:
        """The blocks of which the selection is made: half a million rows are one."""
        chosen = self.selectionModel()
        selection = chosen.selection() if chosen else QItemSelection()
        return [selection.at(at) for at in range(selection.count())]

    def step(self, down: int, right: int) -> None:
        """Move the cursor by rows and columns, as far as there are any."""
        at, model = self.currentIndex(), self.model()
        row = min(max(0, at.row() + down), model.rowCount() - 1)
        column = min(max(0, at.column() + right), model.columnCount() - 1)
        self.setCurrentIndex(model.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, cut, paste, fill down, clear, undo, redo, today; the rest is the table's."""
        if not self.currentIndex().isValid() or not self._acts(event):
            super().keyPressEvent(event)

    def _acts(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(keys.Copy):
            self._copy()
        elif event.matches(keys.Cut):
            self._copy()
            self._clear()
        elif event.matches(keys.Paste):
            self._paste()
        elif event.matches(keys.Undo):
            self.undo.emit()
        elif event.matches(keys.Redo) or (control and event.key() == Qt.Key.Key_Y):
            self.redo.emit()
        elif control and event.key() == Qt.Key.Key_D:
            self._fill_down()
        elif control and event.key() == Qt.Key.Key_Semicolon:
            self.today_typed.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self._clear()
        elif event.key() == Qt.Key.Key_Escape:
            return self._give_up()
        else:
            return False
        return True

    def select(self, rows: int, columns: int) -> None:
        """Select a block from the cursor on, so that it is seen what was pasted."""
        at, model = self.currentIndex(), self.model()
        last = model.index(
            min(at.row() + rows, model.rowCount()) - 1,
            min(at.column() + columns, model.columnCount()) - 1,
        )
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(at, last), flag)

    def put_on_clipboard(self, text: str, html: str, inside: str) -> None:
        """A block for other programs as it is shown, and for this one with its true values."""
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        data.setData(INSIDE, inside.encode())
        QGuiApplication.clipboard().setMimeData(data)

    def _copy(self) -> None:
        self.asked_inside.emit(*self.block())

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        inside = data.hasFormat(INSIDE)
        text = bytes(data.data(INSIDE).data()).decode() if inside else data.text()
        if text:
            rows, columns = self.block()
            self.pasted.emit(rows[0], columns[0], text, len(rows), len(columns))

    def _clear(self) -> None:
        model = self.model()
        assert isinstance(model, TypedModel)
        rows, columns = self.block()
        cells = ((row, column, "", None) for row in rows for column in columns)
        model.enter(cell for cell in cells if model.is_record(cell[0]) and model.text(*cell[:2]))

    def _fill_down(self) -> None:
        """The first row of the selection goes into all below it; of one row, the row above."""
        model = self.model()
        assert isinstance(model, TypedModel)
        rows, columns = self.block()
        if len(rows) == 1:
            rows = [rows[0] - 1, rows[0]]
        if rows[0] >= 0:
            self.filled.emit(rows, columns)

    def _give_up(self) -> bool:
        model, at = self.model(), self.currentIndex()
        assert isinstance(model, TypedModel)
        return model.give_up(at.row(), at.column())
