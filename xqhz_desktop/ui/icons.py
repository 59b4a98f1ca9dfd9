"""The icons: glyphs of one small font, painted in a token's colour at any size."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

FAMILY = "Xqhz Icons"
CODES = {
    "inbox": 0xF01C,
    "board": 0xE0E3,
    "firm": 0xF1AD,
    "student": 0xF501,
    "apprentice": 0xE068,
    "teacher": 0xF51C,
    "base": 0xF073,
    "more": 0xF141,
    "import": 0xF56F,
    "waiting": 0xF071,
    "rules": 0xF24E,
    "book": 0xF02D,
    "backup": 0xF3ED,
    "history": 0xF1DA,
    "settings": 0xF013,
    "search": 0xF002,
    "good": 0xF058,
    "warn": 0xF06A,
    "bad": 0xF057,
    "hint": 0xF05A,
    "close": 0xF00D,
    "folder": 0xF07C,
    "file": 0xF1C3,
    "save": 0xF019,
    "undo": 0xF2EA,
    "school": 0xF549,
    "blank": 0xE494,
    "list": 0xF0AE,
    "eye": 0xF06E,
    "hide": 0xF070,
    "attach": 0xF0C6,
    "delete": 0xF2ED,
    "open": 0xF08E,
    "guide": 0xF059,
    "chain": 0xF0C1,
    "lock": 0xF023,
    "users": 0xF0C0,
    "key": 0xF084,
    "print": 0xF02F,
    "add": 0x2B,
    "filter": 0xF0B0,
}


class _Engine(QIconEngine):
    """Paints one glyph; pale where the widget is disabled."""

    def __init__(self, glyph: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._glyph, self._colour, self._disabled = glyph, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the glyph in the middle of the rectangle."""
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(rect.height() * 0.86)))
        painter.setFont(font)
        pale = mode is QIcon.Mode.Disabled
        painter.setPen(QColor(self._disabled if pale else self._colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The glyph on a clear ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            self.paint(painter, QRect(QPoint(), size), mode, state)
        return picture

    def clone(self) -> QIconEngine:
        """Another engine of the same glyph."""
        return _Engine(self._glyph, self._colour, self._disabled)


def icon(name: str, colour: str, disabled: str = "#9AA4B2") -> QIcon:
    """The icon of that name in a colour. Raises KeyError for a name that is not in CODES."""
    return QIcon(_Engine(chr(CODES[name]), colour, disabled))
