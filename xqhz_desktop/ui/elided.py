"""A line that is cut where there is no room, and whole on hover; it never widens a window."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel

from xqhz_desktop.ui import theme

_LEAST = 40  # pixels


class ElidedLabel(QLabel):
    """Plain text in one line; `text` is the whole of it."""

    def __init__(
        self,
        points: float,
        tone: str = "",
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        *,
        bold: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(points, bold=bold))
        self.setProperty("tone", tone)
        self._cut = cut

    def minimumSizeHint(self) -> QSize:
        """Hardly any room."""
        return QSize(min(_LEAST, super().minimumSizeHint().width()), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The whole text on hover, where it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
            self.setToolTip(self.text() if cut else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        shown = self.fontMetrics().elidedText(self.text(), self._cut, self.width())
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.rect(),
                self.alignment(),
                self.palette(),
                self.isEnabled(),
                shown,
                QPalette.ColorRole.WindowText,
            )
