"""A button that opens a menu: what is done seldom stands there, so that a page stays calm."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from xqhz_desktop.ui.parts import button

Act = tuple[str, Callable[[], object]]


class MoreButton:
    """The button 更多, or one of another name, and its menu; a line tells groups apart."""

    def __init__(self, *groups: Sequence[Act], text: str = "更多", glyph: str = "more") -> None:
        self.button: QPushButton = button(text, self._open, glyph=glyph)
        self.menu = QMenu(self.button)
        self.menu.setAccessibleName(text)
        self.actions: dict[str, QAction] = {}
        for at, group in enumerate(groups):
            if at:
                self.menu.addSeparator()
            for text, on in group:
                self.actions[text] = self._add(text, on)

    def _add(self, text: str, on: Callable[[], object]) -> QAction:
        made = self.menu.addAction(text)
        made.triggered.connect(lambda: on())
        return made

    def _open(self) -> None:
        """Under the button, its right edge with the button's."""
        below = self.button.mapToGlobal(self.button.rect().bottomRight())
        below.setX(below.x() - self.menu.sizeHint().width() + 1)
        self.menu.popup(below)
        self.menu.setActiveAction(next(one for one in self.menu.actions() if one.isVisible()))
