"""The editor in a cell: Enter goes down, Tab goes right, and what the cell may say is offered."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QStyleOptionViewItem, QWidget

from xqhz_desktop.services.entry.candidates import Candidate
from xqhz_desktop.ui.frozen import FrozenSheet
from xqhz_desktop.ui.painter import Painter
from xqhz_desktop.ui.table import Index
from xqhz_desktop.ui.typed_model import TypedModel

Show = Callable[[Sequence[Candidate]], None]
Offers = Callable[[int, str, Show], object]  # column, what is typed so far, what shows the answer
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}

_NOWHERE = QModelIndex()
_WIDEST, _BESIDE = 400, 28  # pixels of the list of offers, and what stands beside its words


class CellEditors(Painter):
    """Makes the editors of a table that is typed into."""

    moved = Signal(int, int)  # rows down, columns right, when a cell was left by its key

    def __init__(self, parent: QObject, offers: Offers) -> None:
        super().__init__(parent)
        self._offers = offers
        self._composing = False  # an input method has not confirmed yet what it shows

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to write in; links, choices and usual texts are offered under it."""
        sheet = self.parent()
        assert isinstance(sheet, FrozenSheet)
        in_front = index.column() < sheet.frozen  # over the frozen cells, not under them
        self._composing = False
        made = QLineEdit(sheet if in_front else parent)
        made.setObjectName("cell")
        made.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        made.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        completer = Completer(made)
        made.setCompleter(completer)
        column = index.column()
        made.textEdited.connect(lambda text: self._offers(column, text, completer.offer))
        return made

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The editor lies over the whole of its cell."""
        editor.setGeometry(option.rect)
        sheet = self.parent()
        assert isinstance(sheet, FrozenSheet)
        if editor.parent() is sheet:
            editor.move(editor.pos() + sheet.viewport().pos())
            editor.raise_()

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's text, ready to be written over."""
        if isinstance(editor, QLineEdit) and not editor.isModified() and not self._composing:
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was written, and whom a chosen name means."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, TypedModel)
        text = editor.text()
        completer = editor.completer()
        picked = completer.meant(text) if isinstance(completer, Completer) else None
        if text != model.text(index.row(), index.column()):
            model.enter([(index.row(), index.column(), text, picked)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that leaves the cell keeps what was written, and says where to go.

        Enter that confirms a candidate of an input method stays in the cell.
        """
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and self._composing:
                QGuiApplication.inputMethod().commit()
                return True
            if step is not None and isinstance(watched, QLineEdit):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched)
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.moved.emit(-1 if back and step[0] else step[0], step[1])
                return True
        return super().eventFilter(watched, event)


class Completer(QCompleter):
    """Offers what somebody else has found; the text decides nothing by itself."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._lines = QStringListModel(self)
        self._known: dict[str, Candidate] = {}
        self.setModel(self._lines)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)

    def offer(self, found: Sequence[Candidate]) -> None:
        """Show these under the line, as long as it stands."""
        self._known = {_line(one): one for one in found}
        self._lines.setStringList(list(self._known))
        popup = self.popup()
        assert popup is not None
        if not (found and self.widget() and self.widget().hasFocus()):
            return
        popup.setMinimumWidth(min(_WIDEST, popup.sizeHintForColumn(0) + _BESIDE))
        self.complete()
        self.blockSignals(True)  # what is marked goes into the line when it is taken, not before
        popup.setCurrentIndex(self.completionModel().index(0, 0) if found[0].sure else _NOWHERE)
        self.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that leaves the cell takes the marked offer along; one press is enough."""
        field, popup = self.widget(), self.popup()
        leaves = isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _STEPS
        pressed = leaves and event.type() == QEvent.Type.KeyPress and watched is popup
        if popup is None or not (pressed and isinstance(field, QLineEdit)):
            return super().eventFilter(watched, event)
        at = popup.currentIndex()
        if at.isValid():
            field.setText(self.pathFromIndex(at))
            self.activated.emit(field.text())
        popup.hide()
        QApplication.sendEvent(field, event)
        return True

    def pathFromIndex(self, index: Any) -> str:
        """What goes into the line of a chosen offer."""
        line = str(index.data())
        one = self._known.get(line)
        return one.text if one else line

    def meant(self, text: str) -> int | None:
        """The record that the text was chosen for; None where it was only typed, or for several."""
        ids = {one.id for one in self._known.values() if one.text == text and one.id is not None}
        return ids.pop() if len(ids) == 1 else None


def _line(one: Candidate) -> str:
    return f"{one.text}　{one.detail}" if one.detail else one.text
