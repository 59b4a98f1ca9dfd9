"""The few parts that every page is made of: labels, buttons, cards, notices, empty states."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.ui import theme
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.tokens import GAP

TONE_ICONS = {"bad": "bad", "warn": "warn", "good": "good", "": "hint"}
Action = tuple[str, Callable[[], object]]


def label(text: str = "", points: float = 10, *, bold: bool = False, tone: str = "") -> QLabel:
    """A line of plain text; never rich, so that a cell's "<" stays one."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(points, bold=bold))
    if tone:
        made.setProperty("tone", tone)
    return made


def paragraph(text: str = "", points: float = 10, tone: str = "second") -> QLabel:
    """Text that wraps."""
    made = label(text, points, tone=tone)
    made.setWordWrap(True)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone, and paint it so."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def picture(name: str, tone: str = "second", size: int = 16) -> QLabel:
    """An icon that is no button."""
    made = QLabel()
    made.setPixmap(icon(name, getattr(theme.tokens(), tone)).pixmap(QSize(size, size)))
    made.setFixedWidth(size)
    return made


def button(
    text: str,
    on: Callable[[], object],
    *,
    primary: bool = False,
    link: bool = False,
    glyph: str = "",
) -> QPushButton:
    """A button that says the verb of what happens."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setProperty("link", link)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if glyph:
        shown = theme.tokens()
        made.setIcon(icon(glyph, shown.on_accent if primary else shown.second, shown.pale))
        made.setIconSize(QSize(14, 14))
    made.clicked.connect(lambda: on())
    return made


def chip(text: str, on: Callable[[], object]) -> QPushButton:
    """A filter that is on or off."""
    made = button(text, on)
    made.setProperty("chip", True)
    made.setCheckable(True)
    return made


def row(*parts: QWidget | QLayout | int, gap: int = GAP) -> QHBoxLayout:
    """Parts beside each other; a 0 stretches, another number leaves that much room."""
    return _fill(QHBoxLayout(), parts, gap)  # type: ignore[return-value]


def column(*parts: QWidget | QLayout | int, gap: int = GAP) -> QVBoxLayout:
    """Parts under each other; a 0 stretches, another number leaves that much room."""
    return _fill(QVBoxLayout(), parts, gap)  # type: ignore[return-value]


def _fill(box: QBoxLayout, parts: Iterable[QWidget | QLayout | int], gap: int) -> QBoxLayout:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        elif part:
            box.addSpacing(part)
        else:
            box.addStretch(1)
    return box


class Card(QFrame):
    """A bordered surface; with a link it can be clicked or entered by keyboard."""

    clicked = Signal()

    def __init__(self, name: str = "", *, link: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("link", link)
        self.setAccessibleName(name)
        self._link = link
        if link:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def fill(self, layout: QLayout, margin: int = 12) -> "Card":
        """Put a layout into the card."""
        layout.setContentsMargins(margin + 2, margin, margin + 2, margin)
        self.setLayout(layout)
        return self

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on a linked card goes where it leads."""
        if self._link and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space do as a click does."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._link and event.key() in keys:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Notice(QFrame):
    """One calm sentence above the page, with a way on and, where it need not stay, to close it."""

    def __init__(self, *, stays: bool = False) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAccessibleName("提示")
        self._icon = QLabel()
        self._words = label()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = button("", lambda: self._act(), link=True)
        self._close = button("关闭", self.hide, link=True)
        self._close.setHidden(stays)
        line = row(self._icon, self._words, self._action, self._close)
        line.setContentsMargins(12, 6, 8, 6)
        self.setLayout(line)
        self._on: Callable[[], object] | None = None
        self.tone = ""
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, tone: str = "", action: Action | None = None) -> None:
        """Show a sentence, instead of the one before."""
        self.tone = tone
        set_tone(self, tone)
        colour = getattr(theme.tokens(), tone or "accent")
        self._icon.setPixmap(icon(TONE_ICONS[tone], colour).pixmap(QSize(16, 16)))
        self._words.setText(sentence)
        self._on = action[1] if action else None
        self._action.setText(action[0] if action else "")
        self._action.setVisible(bool(action))
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._on:
            self._on()


class Blank(QWidget):
    """An empty, loading or failed state: a sentence and a next step."""

    def __init__(
        self, sentence: str = "", step: str = "", *actions: Action, glyph: str = "blank"
    ) -> None:
        super().__init__()
        self._icon = picture(glyph, "hint", 32)
        self._sentence = label(sentence, 12, bold=True)
        self._step = paragraph(step)
        for part in (self._icon, self._sentence, self._step):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._icon.setMinimumWidth(0)
        self._icon.setMaximumWidth(16777215)
        self._buttons = row(0, 0)
        self.setLayout(
            column(0, self._icon, self._sentence, self._step, GAP, self._buttons, 0, gap=GAP)
        )
        self.say(sentence, step, *actions)

    @property
    def text(self) -> str:
        """The sentence and the next step as shown."""
        return f"{self._sentence.text()} {self._step.text()}".strip()

    def say(self, sentence: str, step: str = "", *actions: Action) -> None:
        """Show another sentence, next step and buttons."""
        self._sentence.setText(sentence)
        self._step.setText(step)
        while self._buttons.count() > 2:
            taken = self._buttons.takeAt(1)
            if taken and (gone := taken.widget()):
                gone.hide()
                gone.deleteLater()
        for place, (text, on) in enumerate(actions):
            made = button(text, on, primary=place == 0)
            self._buttons.insertWidget(1 + place, made)
            made.show()


def line() -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setObjectName("line")
    return made


def titled(title: str, *parts: QWidget | QLayout | int) -> QVBoxLayout:
    """A section: its heading and what stands under it."""
    return column(label(title, 12, bold=True), *parts, gap=GAP)
