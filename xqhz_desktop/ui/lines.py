"""A quiet list of lines under headings: arrows move, Enter or a click goes where a line leads."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from xqhz_desktop.ui import theme

_LEADS = int(Qt.ItemDataRole.UserRole)


class Lines(QListWidget):
    """Lines that lead somewhere, and such that only say something."""

    chosen = Signal()  # another line is the current one

    def __init__(self, name: str, *, wraps: bool = False) -> None:
        super().__init__()
        self.setObjectName("lines")
        self.setAccessibleName(name)
        self.setWordWrap(wraps)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._follow)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    def add(
        self,
        text: str,
        leads: Callable[[], object] | None = None,
        *,
        tone: str = "",
        bold: bool = False,
        data: object = None,
    ) -> None:
        """A line; without `leads` Enter does nothing upon it. `data` is what it stands for."""
        item = QListWidgetItem(text)
        item.setFont(theme.font(10, bold=bold))
        item.setToolTip(text)
        item.setData(_LEADS, (leads, data))
        if tone:
            item.setForeground(theme.colour(tone))
        if leads is None and data is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addItem(item)

    def add_space(self) -> None:
        """A little room before the next group."""
        item = QListWidgetItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, 8))
        self.addItem(item)

    @property
    def texts(self) -> list[str]:
        """All lines as they are read."""
        return [text for at in range(self.count()) if (text := self.item(at).text())]

    @property
    def current(self) -> object:
        """What the current line stands for."""
        item = self.currentItem()
        return item.data(_LEADS)[1] if item and item.data(_LEADS) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes where the line leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._follow(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _follow(self, item: QListWidgetItem) -> None:
        if item.data(_LEADS) and (leads := item.data(_LEADS)[0]):
            leads()
