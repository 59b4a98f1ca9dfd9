"""A list of attachments: the name, and under it size, day and note."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.safety.attachments import Attachment
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.table import Index
from xqhz_desktop.ui.words import size_text

_SHOWN = 3  # rows before the list scrolls
_PAD = 6
_ROLE = Qt.ItemDataRole.UserRole


def second_line(one: Attachment) -> str:
    """Size, day and note: 1.2 MB · 2025年9月15日 · 三方协议."""
    parts = (size_text(one.size), day_text(datetime.fromisoformat(one.added)), one.note)
    return " · ".join(part for part in parts if part)


class _Lines(QStyledItemDelegate):
    """Two lines an attachment, each cut where the panel is narrow; the whole text on hover."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as both lines."""
        return QSize(0, sum(self._heights(option)) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, the name, and the second line paler."""
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        one: Attachment = index.data(_ROLE)
        area = option.rect.adjusted(10, _PAD, -8, -_PAD)
        first, second = self._heights(option)
        painter.save()
        self._write(painter, area, first, one.name, "text", Qt.TextElideMode.ElideMiddle)
        area.setTop(area.top() + first)
        painter.setFont(theme.font(9))
        self._write(painter, area, second, second_line(one), "hint", Qt.TextElideMode.ElideRight)
        painter.restore()

    def _heights(self, option: QStyleOptionViewItem) -> tuple[int, int]:
        line = option.fontMetrics.height()
        return line, line

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        high: int,
        text: str,
        tone: str,
        cut: Qt.TextElideMode,
    ) -> None:
        painter.setPen(theme.colour(tone))
        shown = painter.fontMetrics().elidedText(text, cut, area.width())
        line = QRect(area.left(), area.top(), area.width(), high)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)


class AttachmentList(QListWidget):
    """The attachments of one record; Enter opens one, Delete takes it away."""

    opened = Signal(object)  # Attachment
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attachments")
        self.setAccessibleName("附件")
        self.setItemDelegate(_Lines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_ROLE)))

    def show_all(self, found: Sequence[Attachment]) -> None:
        """Show these; the one that was chosen stays so, where it is still there."""
        before = self.chosen()
        self.clear()
        for one in found:
            item = QListWidgetItem(one.name)
            item.setData(_ROLE, one)
            item.setToolTip(f"{one.name}\n{second_line(one)}")
            self.addItem(item)
        kept = next((at for at, one in enumerate(found) if before and one.id == before.id), 0)
        self.setCurrentRow(kept if found else -1)
        self.setVisible(bool(found))
        if found:
            self.setFixedHeight(self.sizeHintForRow(0) * min(_SHOWN, len(found)) + 2)

    def chosen(self) -> Attachment | None:
        """The attachment that is chosen."""
        item = self.currentItem()
        return item.data(_ROLE) if item else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes away."""
        one = self.chosen()
        if one and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(one)
        elif one and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(one)
        else:
            super().keyPressEvent(event)
