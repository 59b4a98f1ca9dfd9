"""The guide in a quiet window: its pages at the left, the text at the right. Local files only."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

from xqhz_desktop.base.paths import resources
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.parts import row

# The pages in the order of a clerk's way through the program; others follow by name.
ORDER = (
    "start", "import", "waiting", "registers", "sheets", "board", "findings", "yearbook",
    "attachments", "backups", "moving", "history", "erasing", "roles",
)  # fmt: skip
# Where a place has no page of its own name, the page that speaks of it.
SPOKEN_OF = {"settings": "roles", "security": "roles", "backups": "moving"}
_REGISTERS = ("firms", "placements", "apprentices", "stints", "bookings", "more")
_POINTS = {1: 16.0, 2: 12.0, 3: 10.5}
_LINE, _ROW = 150, 115  # a line of text and of a table, per cent
# A line that goes on within a Chinese sentence: Markdown would make a space of its end.
_BROKEN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef”》）*])\n *(?=[\u2e80-\u9fff“《（]|\*\*)")


def guide_folder() -> Path:
    """Where the guide's pages lie."""
    return resources() / "guide"


def pages(folder: Path) -> list[Path]:
    """The guide's pages in reading order."""
    place = {stem: at for at, stem in enumerate(ORDER)}
    return sorted(folder.glob("*.md"), key=lambda one: (place.get(one.stem, len(ORDER)), one.stem))


def page_for(place: str, found: list[Path]) -> Path | None:
    """The page that belongs to a place of the navigation; else the first."""
    stem = "registers" if place in _REGISTERS else place
    named = {one.stem: one for one in found}
    return named.get(stem) or named.get(SPOKEN_OF.get(stem, "")) or next(iter(found), None)


class _Text(QTextBrowser):
    """One page; it loads nothing but what lies in the guide's folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setAccessibleName("使用说明正文")
        self.setOpenLinks(False)
        self.setObjectName("guide")
        self.document().setDocumentMargin(24)
        self.document().setIndentWidth(24)

    def local(self, url: QUrl) -> Path | None:
        """The file of the guide that an address means; None for any other address."""
        path = (self._folder / url.path()).resolve()
        inside = url.isRelative() and path.is_relative_to(self._folder)
        return path if inside and path.is_file() else None

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """A picture of the guide; nothing for any other address."""
        path = self.local(QUrl(url))
        return path.read_bytes() if path else None

    def show_page(self, path: Path) -> None:
        """Show a page from its beginning."""
        self.setMarkdown(_BROKEN.sub("", path.read_text("utf-8")))
        _set_type(self)
        self.moveCursor(QTextCursor.MoveOperation.Start)


class GuideWindow(QWidget):
    """The guide beside the main window; Escape closes it."""

    def __init__(self, parent: QWidget, folder: Path | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用说明")
        self.resize(920, 620)
        self.found = pages(folder or guide_folder())
        self.text = _Text(folder or guide_folder())
        self.list = QListWidget()
        self.list.setAccessibleName("使用说明目录")
        self.list.setObjectName("contents")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in self.found:
            self.list.addItem(self._entry(_title(one)))
        self.list.currentRowChanged.connect(self._show)
        self.text.anchorClicked.connect(self._follow)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([248, 672])
        self.setLayout(row(split))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    def _entry(self, title: str) -> QListWidgetItem:
        """A title, cut where there is no room and whole on hover."""
        made = QListWidgetItem(title)
        made.setToolTip(title)
        made.setSizeHint(QSize(0, self.fontMetrics().height() + 14))
        return made

    def open_at(self, place: str) -> None:
        """Show the page that belongs to a place, in front."""
        page = page_for(place, self.found)
        if page is not None:
            self.list.setCurrentRow(self.found.index(page))
        self.show()
        self.raise_()
        self.activateWindow()

    def _show(self, at: int) -> None:
        if at >= 0:
            self.text.show_page(self.found[at])

    def _follow(self, url: QUrl) -> None:
        """Go where a link leads, if that is another page; the guide reaches no further."""
        path = self.text.local(url)
        if path in self.found:
            self.list.setCurrentRow(self.found.index(path))


def open_guide(parent: QWidget, place: str) -> GuideWindow:
    """Show the guide at the page that belongs to a place; one window, however often asked for."""
    shown = parent.findChild(GuideWindow) or GuideWindow(parent)
    shown.open_at(place)
    return shown


def _title(path: Path) -> str:
    first = path.read_text("utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() or path.stem


def _set_type(text: QTextBrowser) -> None:
    """Give a page the sizes and distances of the window; Markdown itself has none."""
    document = text.document()
    block = document.begin()
    while block.isValid():
        _set_block(block)
        block = block.next()
    for frame in _frames(document.rootFrame()):
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_block(block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    shape, cursor = QTextBlockFormat(), QTextCursor(block)
    high = _ROW if cursor.currentTable() else _LINE
    shape.setLineHeight(high, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level:
        shape.setTopMargin(0 if level == 1 else 18)
        shape.setBottomMargin(6)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_heading(_POINTS.get(level, theme.POINTS)))
    elif cursor.currentTable() is None:
        shape.setBottomMargin(4 if block.textList() else 8)
    cursor.mergeBlockFormat(shape)


def _heading(points: float) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFont(theme.font(points, bold=True))
    return shape


def _frames(frame: QTextFrame) -> list[QTextFrame]:
    inner = frame.childFrames()
    return [*inner, *(deep for one in inner for deep in _frames(one))]


def _set_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(theme.colour("border"))
    shape.setCellPadding(6)
    shape.setCellSpacing(0)
    shape.setTopMargin(4)
    shape.setBottomMargin(12)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
