"""The panel at the right of a table: one record under a few quiet tabs, and the way to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QTabBar, QWidget

from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.parts import button, column, row

WIDTH = 400  # what it has at first; its least is less
_LEAST = 320


class RecordPanel(QFrame):
    """One record: its title, what is to be known of it under tabs, and what stays in sight."""

    stepped = Signal(int)  # to the record before or after
    closed = Signal()
    turned = Signal()  # another tab

    def __init__(self, tabs: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("记录")
        self.setMinimumWidth(_LEAST)
        self._title = ElidedLabel(12, bold=True)
        self.previous = self._step_button("‹", "上一条", "Alt+Up", -1)
        self.next = self._step_button("›", "下一条", "Alt+Down", 1)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("记录的各部分")
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self._stages = QStackedWidget()
        for name, widget in tabs:
            self.tabs.addTab(name)
            self._stages.addWidget(widget)
        self.tabs.currentChanged.connect(self._turn)
        heading = row(self._title, self.previous, self.next, button("关闭", self.leave, link=True))
        heading.setStretch(0, 1)
        heading.setSpacing(4)
        heading.setContentsMargins(16, 8, 8, 0)
        quiet = row(self.tabs, 0)
        quiet.setContentsMargins(4, 0, 8, 0)
        inside = column(heading, quiet, self._stages, gap=4)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.hide()

    def add_foot(self, foot: QWidget) -> None:
        """Keep something in sight under the record, however far it is scrolled."""
        self.layout().addWidget(foot)  # type: ignore[union-attr]

    def add_key(self, keys: str, on: object) -> None:
        """Let a key do something, wherever in the panel one is."""
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(on)

    @property
    def title(self) -> str:
        """What the record shown is called."""
        return self._title.text()

    def show_title(self, title: str) -> None:
        """Say what the record shown is called, and be seen."""
        self._title.setText(title or "记录")
        self.show()

    def leave(self) -> None:
        """Close the panel; where one was goes on."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _turn(self, at: int) -> None:
        self._stages.setCurrentIndex(at)
        self.turned.emit()

    def _step_button(self, text: str, name: str, keys: str, step: int) -> QPushButton:
        made = button(text, lambda: self.stepped.emit(step), link=True)
        made.setAccessibleName(name)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(f"{name}（{shown}）")
        self.add_key(keys, lambda: self.stepped.emit(step))
        return made
