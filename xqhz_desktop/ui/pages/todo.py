"""The workbench's list of what waits: how many, why, the way in, and a day to put it off to."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.worklist import WorkLine
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.parts import Card, button, column, label, line, picture, row

_GLYPHS = {"bad": "bad", "warn": "warn", "": "hint"}
_TONES = {"bad": "bad", "warn": "warn", "": "second"}


def later(today: date) -> list[tuple[str, date]]:
    """The days that a line is put off to: tomorrow, next Monday, in two weeks, in a month."""
    monday = today + timedelta(days=7 - today.weekday())
    return [
        ("明天", today + timedelta(days=1)),
        ("下周一", monday),
        ("两周后", today + timedelta(days=14)),
        ("一个月后", today + timedelta(days=30)),
    ]


class TodoList(Card):
    """Lines that wait, the worst first; those put off stand folded under them."""

    opened = Signal(object)  # WorkLine
    put_off = Signal(object, object)  # WorkLine, date
    day_asked = Signal(object)  # WorkLine: put off, to a day that is still to be said
    taken_up = Signal(object)  # WorkLine

    def __init__(self, today: date) -> None:
        super().__init__("待办")
        self._today = today
        self._sides: list[QVBoxLayout] = [column(gap=0), column(gap=0)]
        self._off: QVBoxLayout = column(gap=0)
        self._folded = QWidget()
        self._folded.setLayout(self._off)
        self._folded.hide()
        self.unfold = button("", self._turn, link=True)
        self.nothing = label("没有待处理的事项。", tone="second")
        self.rows: list[TodoRow] = []
        sides = [QWidget(), QWidget()]  # of one width, whatever stands in them
        for side, box in zip(sides, self._sides, strict=True):
            side.setLayout(box)
        both = row(*sides, gap=32)
        for at in range(2):
            both.setStretch(at, 1)
        self.fill(column(self.nothing, both, row(self.unfold, 0), self._folded, gap=4), 8)

    def show_lines(self, lines: Sequence[WorkLine]) -> None:
        """Show these lines instead of those before."""
        for one in self.rows:
            one.hide()
            one.deleteLater()
        for box in (*self._sides, self._off):
            _clear(box)
        self.rows = [self._row(one) for one in lines]
        waiting = [one for one in self.rows if one.line.until is None]
        half = (len(waiting) + 1) // 2
        _stack(self._sides[0], waiting[:half])
        _stack(self._sides[1], waiting[half:])
        _stack(self._off, [one for one in self.rows if one.line.until is not None])
        self.nothing.setVisible(not any(one.until is None for one in lines))
        self._tell(sum(one.until is not None for one in lines))

    def _row(self, line: WorkLine) -> "TodoRow":
        made = TodoRow(line, self._today)
        made.opened.connect(lambda: self.opened.emit(line))
        made.put_off.connect(lambda until: self.put_off.emit(line, until))
        made.day_asked.connect(lambda: self.day_asked.emit(line))
        made.taken_up.connect(lambda: self.taken_up.emit(line))
        return made

    def _tell(self, count: int) -> None:
        self.unfold.setVisible(bool(count))
        self._folded.setVisible(bool(count) and self._folded.isVisible())
        verb = "收起" if self._folded.isVisible() else "显示"
        self.unfold.setText(f"{verb}已暂缓的 {count} 项")

    def _turn(self) -> None:
        self._folded.setVisible(not self._folded.isVisible())
        self._tell(sum(one.line.until is not None for one in self.rows))


class TodoRow(QWidget):
    """One line: its number, what it is, why, and the two things that can be done with it."""

    opened = Signal()
    put_off = Signal(object)  # date
    day_asked = Signal()
    taken_up = Signal()

    def __init__(self, shown: WorkLine, today: date) -> None:
        super().__init__()
        self.line = shown
        number = label(f"{shown.count:,}", 12, bold=True)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setFixedWidth(number.fontMetrics().horizontalAdvance("0,000"))
        why = shown.why if shown.until is None else f"暂缓到 {day_text(shown.until)}"
        self.why = ElidedLabel(9, "second")
        self.why.setText(why)
        self.go = button("查看", self.opened.emit, link=True)
        self.go.setAccessibleName(f"查看{shown.label} {shown.count:,}")
        tone = _TONES[shown.tone]
        parts = row(number, picture(_GLYPHS[shown.tone], tone), label(shown.label), self.why, gap=8)
        parts.setStretchFactor(self.why, 1)
        parts.addWidget(self._later(today))
        parts.addWidget(self.go)
        parts.setContentsMargins(0, 2, 0, 2)
        self.setLayout(parts)

    def _later(self, today: date) -> QWidget:
        if self.line.until is not None:
            self.off = button("恢复", self.taken_up.emit, link=True)
            return self.off
        self.off = button("暂缓", lambda: None, link=True)
        self.off.setAccessibleName(f"暂缓{self.line.label}")
        menu = QMenu(self.off)
        for name, day in later(today):
            menu.addAction(f"{name}（{day_text(day)}）", partial(self.put_off.emit, day))
        menu.addAction("选日期…", self.day_asked.emit)
        self.off.setMenu(menu)
        return self.off


def _stack(box: QVBoxLayout, rows: Sequence[TodoRow]) -> None:
    """Rows under each other with a line between them."""
    for place, one in enumerate(rows):
        if place:
            box.addWidget(line())
        box.addWidget(one)
    box.addStretch(1)


def _clear(box: QVBoxLayout) -> None:
    while box.count():
        taken = box.takeAt(0)
        gone = taken.widget() if taken else None
        if gone is not None:
            gone.hide()
            gone.deleteLater()
