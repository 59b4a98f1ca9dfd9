"""A user with a keyboard and eyes: keys go to wherever the focus is, and nowhere else."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget

from tests.ui.conftest import Seat

WAIT_MS = 30_000
MOST = 120  # steps that anything takes by the Tab key or an arrow


class Hands:
    """Presses keys in the main window, or in what stands above it."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._activate()

    @property
    def focus(self) -> QWidget:
        """Where the keys go: a menu or list that is open, else what has the focus."""
        if popup := QApplication.activePopupWidget():
            return popup
        active, modal = QApplication.activeWindow(), QApplication.activeModalWidget()
        if active is None or not active.isVisible() or modal not in (None, active):
            self._activate()
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def _activate(self) -> None:
        """What every desktop does: the dialog is active, or when it was closed, the window."""
        wanted = QApplication.activeModalWidget() or self.seat.window
        wanted.activateWindow()
        self.seat.qtbot.waitUntil(
            lambda: wanted.isActiveWindow() and QApplication.focusWidget() is not None
        )

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as "Ctrl+K" or "Down"; then all comes to rest."""
        for key in keys:
            pressed: QKeyCombination = QKeySequence(key)[0]
            QTest.keyClick(self.focus, pressed.key(), pressed.keyboardModifiers())
            self.seat.rest()

    def type(self, text: str) -> None:
        """Type; Chinese is composed by an input method and committed."""
        if text.isascii():
            for letter in text:
                QTest.keyClicks(self.focus, letter)
        else:
            composed, committed = QInputMethodEvent(text, []), QInputMethodEvent()
            committed.setCommitString(text)
            for event in (composed, committed):
                QApplication.sendEvent(self.focus, event)
        self.seat.rest()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for what is seen."""
        self.seat.qtbot.waitUntil(lambda: bool(holds()), timeout=WAIT_MS)
        self.seat.rest()

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until something of that name has the focus."""
        for _ in range(MOST):
            if name in self.names():
                return
            self.press(key)
        raise AssertionError(f"Tab never comes to {name}; it is at {self.names()}")

    def answer(self, verb: str) -> None:
        """When the next question is asked, Tab to the button with that verb and press it."""

        def look() -> None:
            box = QApplication.activeModalWidget()
            if box is None:
                QTimer.singleShot(50, look)
                return
            box.activateWindow()
            for _ in range(MOST):
                focus: Any = box.focusWidget()
                if isinstance(focus, QAbstractButton) and focus.text().startswith(verb):
                    break
                QTest.keyClick(focus or box, Qt.Key.Key_Tab)
            QTest.keyClick(focus, Qt.Key.Key_Space)

        QTimer.singleShot(50, look)

    def to_table(self) -> Any:
        """Press Tab until the keys go into a table; the table."""
        for _ in range(MOST):
            if isinstance(self.focus, QTableView):
                return self.focus
            self.press("Tab")
        raise AssertionError(f"Tab never comes to a table; it is at {self.names()}")

    def names(self) -> tuple[str, ...]:
        """What the thing that has the focus is called, to the eye and to a screen reader."""
        widget = self.focus
        text = widget.text().strip() if isinstance(widget, QAbstractButton) else ""
        return widget.accessibleName(), text

    def go(self, place: str) -> Any:
        """The page of a place: F6 to the navigation, an arrow to the place, the space bar."""
        while self.focus.objectName() != "place":
            self.press("F6")
        self.tab_to(place, "Down")
        self.press("Space")
        return self.seat.window.pages[self.seat.window.place]

    def choose(self, *words: str) -> None:
        """Go down an open menu to the entry that begins so, and press Enter."""
        for word in words:
            for _ in range(MOST):
                menu: Any = QApplication.activePopupWidget()
                assert menu is not None, "no menu is open"
                active = menu.activeAction()
                if active is not None and active.text().startswith(word):
                    break
                self.press("Down")
            self.press("Return")

    def to_column(self, heading: str) -> None:
        """Move in the row to the column of a heading, as it stands from left to right."""
        table: Any = self.focus
        assert isinstance(table, QTableView), self.names()
        self.press("Home")
        for _ in range(MOST):
            at = table.currentIndex()
            if table.model().headerData(at.column(), Qt.Orientation.Horizontal) == heading:
                return
            self.press("Right")
        raise AssertionError(f"no column {heading}")

    def to_row(self, text: str) -> None:
        """Move down the column to a row of that text."""
        self.press("Ctrl+Home")
        for _ in range(MOST):
            if text in self.row_text():
                return
            self.press("Down")
        raise AssertionError(f"no row {text}")

    def row_text(self) -> str:
        """What the current row says."""
        table: Any = self.focus
        model, row = table.model(), table.currentIndex().row()
        return "　".join(str(model.text(row, at)) for at in range(model.columnCount()))

    def fill_in(self, texts: Sequence[str]) -> None:
        """Type into cells from left to right, with Tab between."""
        for text in texts:
            if text:
                self.type(text)
            self.press("Tab")
