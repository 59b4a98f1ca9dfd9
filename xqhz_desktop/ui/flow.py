"""Parts beside each other that go on in the next line where the room ends."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from xqhz_desktop.ui.tokens import GAP


class Flow(QLayout):
    """Lays its parts out like words; it is as high as its lines are."""

    def __init__(self, parent: QWidget, gap: int = GAP) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Another part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """A part by its place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the lines are in so much width."""
        edges = self.contentsMargins()
        room = width - edges.left() - edges.right()
        return self._place(QRect(0, 0, room, 0), move=False) + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        """As large as the largest part at least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As large as the largest part."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def setGeometry(self, rect: QRect) -> None:
        """Give every part its place."""
        super().setGeometry(rect)
        self._place(self.contentsRect(), move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines out; returns how high they are."""
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(item.sizeHint().height() for item in line)
            x = rect.x()
            for item in line if move else ():
                size = item.sizeHint()
                down = (high - size.height()) // 2  # in the middle of its line
                wide = min(size.width(), rect.width())
                item.setGeometry(QRect(x, y + down, wide, size.height()))
                x += wide + self._gap
            y += high + self._gap // 2
        return max(0, y - self._gap // 2 - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if wide > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide + self._gap
        return lines
