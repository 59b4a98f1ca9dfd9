"""Cells that can be changed: Enter begins and keeps, Escape leaves them as they were."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from xqhz_desktop.ui.painter import Painter
from xqhz_desktop.ui.table import Column, Index, LinesModel, Sheet


class EditModel(LinesModel):
    """Lines some of whose cells take another value; whether it is kept is for others to say."""

    edited = Signal(object, int, str)  # line, column, what was written

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[str]],
        values: Callable[[Any, int], str | None],
        choices: Callable[[Any], Sequence[str]] = lambda _: (),
        tone: Callable[[Any, int], str] | None = None,
    ) -> None:
        """`values` gives what is edited of a cell, None where it cannot be."""
        super().__init__(columns, cells, tone)
        self._values = values
        self.choices = choices

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be changed."""
        flags = super().flags(index)
        value = self._values(self.lines[index.row()], index.column())
        return flags if value is None else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell; for its editor the value without its unit."""
        if role == Qt.ItemDataRole.EditRole:
            return self._values(self.lines[index.row()], index.column())
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was written, where it is something else than before."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.EditRole and value != self._values(line, index.column()):
            self.edited.emit(line, index.column(), value)
        return False  # the cell changes when the value was accepted


class _Editors(Painter):
    """A line to write in, or the list of the words to choose from."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        model = index.model()
        assert isinstance(model, EditModel)
        words = model.choices(model.lines[index.row()])
        made: QWidget
        if words:
            made = QComboBox(parent)
            made.addItems(list(words))
        else:
            made = QLineEdit(parent)
            made.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        made.setObjectName("cell")
        made.setAccessibleName(
            f"{model.text(index.row(), 0)} {model.columns[index.column()].label}"
        )
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's value, ready to be written over."""
        text = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was written."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps a chosen word too; it goes no further than the editor."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            assert isinstance(watched, QWidget)
            self.commitData.emit(watched)
            self.closeEditor.emit(watched)
            return True
        return super().eventFilter(watched, event)


class EditSheet(Sheet):
    """A table whose cells can be changed; Enter on any cell of a row edits its first such cell."""

    def __init__(self, name: str, model: EditModel) -> None:
        super().__init__(name, model)
        self.setItemDelegate(_Editors(self))
        self.opened.connect(self._begin)

    def _begin(self, row: int, column: int) -> None:
        model = self.model()
        cells = [model.index(row, at) for at in (column, *range(model.columnCount()))]
        can = [one for one in cells if model.flags(one) & Qt.ItemFlag.ItemIsEditable]
        if can and self.state() is not self.State.EditingState:
            self.setCurrentIndex(can[0])
            self.edit(can[0])
