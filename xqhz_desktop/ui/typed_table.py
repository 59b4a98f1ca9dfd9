"""A table that is typed into like a spreadsheet: a cursor in cells, blocks, and Excel's keys."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from xqhz_desktop.services.entry.clipboard import tabbed
from xqhz_desktop.ui.cell_editor import CellEditors, Offers
from xqhz_desktop.ui.frozen import FrozenSheet
from xqhz_desktop.ui.table import Index
from xqhz_desktop.ui.typed_model import TypedModel

INSIDE = "application/x-xqhz-cells"  # true values, for a paste that stays in the program
_FLAG = QItemSelectionModel.SelectionFlag
_EDITING = QAbstractItemView.State.EditingState
_TO = QAbstractItemView.CursorAction
_EDGES = {_TO.MoveUp: (-1, 0), _TO.MoveDown: (1, 0), _TO.MoveLeft: (0, -1), _TO.MoveRight: (0, 1)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_NONE = -1  # no column
_LEAVING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class TypedSheet(FrozenSheet):
    """A table with a cell cursor and the keys of a spreadsheet."""

    pasted = Signal(int, int, str, int, int)  # row, column, text, rows and columns selected
    filled = Signal(object, object)  # rows, columns: the first row goes into all others
    copied = Signal(object, object)  # rows, columns
    cut = Signal(object, object)  # rows, columns
    cleared = Signal(object, object)  # rows, columns
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
        self._tabbed_from = _NONE
        self._later: Callable[[], object] | None = None

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
        """Move the cursor by rows and columns, as far as there are any.

        Behind the last column the next row begins; down, the cursor goes under the cell from which
        one has come by Tab.
        """
        at, model = self.currentIndex(), self.model()
        place = at.row() * model.columnCount() + at.column() + right
        last = model.rowCount() * model.columnCount() - 1
        row, column = divmod(min(max(0, place), last), model.columnCount())
        begun = self._tabbed_from if self._tabbed_from != _NONE else at.column()
        if down:
            row, column = at.row() + down, begun
        row = min(max(0, row), model.rowCount() - 1)
        self.setCurrentIndex(model.index(row, min(column, model.columnCount() - 1)))
        self._tabbed_from = begun if right else _NONE

    def when_still(self, do: Callable[[], object]) -> None:
        """Do it now, or when the cell has been left that is being typed into; the last one counts.

        So what others have written takes no half typed word away.
        """
        self._later = do
        self._do_later()

    def _do_later(self) -> None:
        if self._later and self.state() is not _EDITING:
            do, self._later = self._later, None
            do()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What has waited for the cell to be left is done once the cursor stands."""
        super().closeEditor(editor, hint)
        QTimer.singleShot(0, self, self._do_later)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Whoever goes elsewhere has tabbed from nowhere."""
        self._tabbed_from = _NONE
        super().currentChanged(current, previous)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """With Ctrl an arrow goes to the edge of the table, down to the last record first."""
        edge = _EDGES.get(action)
        if edge is None or not modifiers & Qt.KeyboardModifier.ControlModifier:
            return super().moveCursor(action, modifiers)
        model, at = self.model(), self.currentIndex()
        assert isinstance(model, TypedModel)
        last = model.records if at.row() >= model.records - 1 else model.records - 1
        row, column = at.row() + edge[0] * last, at.column() + edge[1] * model.columnCount()
        return model.index(
            min(max(0, row), last, model.rowCount() - 1),
            min(max(0, column), model.columnCount() - 1),
        )

    def setCurrentIndex(self, index: Index) -> None:
        """Put the cursor into a cell and select it alone, whatever keys are still held down."""
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A key that moves the cursor selects, with Ctrl too; with Shift it draws on."""
        ways = (Qt.Key.Key_Home, Qt.Key.Key_End, *_ARROWS)
        if isinstance(event, QKeyEvent) and event.key() in ways:
            on = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            return _FLAG.SelectCurrent if on else _FLAG.ClearAndSelect
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, cut, paste, fill down, clear, undo, redo, today; the rest is the table's.

        A key that confirms what an input method composes leaves nothing.
        """
        if self.state() is _EDITING and event.key() in _LEAVING:
            return
        if not self.currentIndex().isValid() or not self._acts(event):
            super().keyPressEvent(event)

    def _acts(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(keys.Copy):
            self.copied.emit(*self.block())
        elif event.matches(keys.Cut):
            self.cut.emit(*self.block())
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
            self.cleared.emit(*self.block())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step(0, 1 if event.key() == Qt.Key.Key_Tab else -1)
        elif event.key() == Qt.Key.Key_Escape:
            return self._give_up()
        else:
            return False
        return True

    def select(self, rows: int, columns: int) -> None:
        """Select a block from the cursor on."""
        self.select_block(self.currentIndex().row(), self.currentIndex().column(), rows, columns)

    def select_block(self, row: int, column: int, rows: int, columns: int) -> None:
        """Select a block, so that it is seen what was pasted."""
        model = self.model()
        at = model.index(row, column)
        last = model.index(
            min(row + rows, model.rowCount()) - 1,
            min(column + columns, model.columnCount()) - 1,
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

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        inside = data.hasFormat(INSIDE)
        text = bytes(data.data(INSIDE).data()).decode() if inside else data.text()
        text = text or tabbed(data.html())
        if text:
            rows, columns = self.block()
            self.pasted.emit(rows[0], columns[0], text, len(rows), len(columns))

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
