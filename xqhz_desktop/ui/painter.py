"""How a table's cell is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.ui import theme

_CORNER = 6  # pixels of the mark in the corner of a refused cell
_Index = QModelIndex | QPersistentModelIndex


class Painter(QStyledItemDelegate):
    """Paints a cell in its tone where its row is selected, too: red stays red.

    A cell that was refused has a mark in its corner: colour says nothing alone.
    """

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """The colour of the text, selected or not."""
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        if tone is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, tone)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The cell, and the mark in its corner."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.AccessibleDescriptionRole):
            corner = option.rect.topRight() + QPoint(1, 0)
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bad"))
            painter.drawPolygon([corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER)])
            painter.restore()
