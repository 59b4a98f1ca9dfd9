"""The small window under a heading: which values of a column are to be seen."""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHeaderView, QLineEdit, QWidget

from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services.filters import Choice
from xqhz_desktop.services.narrowing import Between, Contains, Empty, Filter, OneOf, Value
from xqhz_desktop.services.privacy.masking import is_personal
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.table import Column, Index, LinesModel, Sheet

_DATES = (Kind.DATE, Kind.END_DATE)
_FIGURES = (Kind.AMOUNT, Kind.COUNT)
_TEXTS = (Kind.TEXT, Kind.NAME, Kind.CODE, Kind.USCC, Kind.LINK)
_BLANK = "（空）"
_MOST = 5_000  # values that one filter may name: a query of several takes about six times that
_WIDE, _LIST_HIGH = 300, 216


class Values(LinesModel):
    """The values of a column with their counts; each is ticked or not, shown or not."""

    def __init__(self, choices: Sequence[Choice], ticked: set[Value | None]) -> None:
        columns = [Column("值", 18), Column("行数", 6, True)]
        super().__init__(columns, lambda one: (one.text or _BLANK, f"{one.count:,}"))
        self._all = list(choices)
        self._kept = ticked  # what is ticked while no word narrows the list
        self.values = set(ticked)
        self.set_lines(self._all)

    def find(self, words: str) -> None:
        """Show the values that have every word; all that are found are ticked."""
        asked = words.casefold().split()
        found = [one for one in self._all if all(w in one.text.casefold() for w in asked)]
        self.values = {one.value for one in found} if asked else set(self._kept)
        self.set_lines(found)
        self.ticks_changed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value, and whether it is ticked."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            ticked = self.lines[index.row()].value in self.values
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def turn(self, at: int) -> None:
        """Tick a value that was not, and the other way round."""
        self.values ^= {self.lines[at].value}
        self._told()

    def tick_all(self, ticked: bool) -> None:
        """Tick every value that is shown, or none of them."""
        shown = {one.value for one in self.lines}
        self.values = self.values | shown if ticked else self.values - shown
        self._told()

    def state(self) -> Qt.CheckState:
        """Whether all that are shown are ticked, none, or some."""
        ticked = sum(one.value in self.values for one in self.lines)
        if not ticked:
            return Qt.CheckState.Unchecked
        whole = ticked == len(self.lines)
        return Qt.CheckState.Checked if whole else Qt.CheckState.PartiallyChecked

    def chosen(self) -> tuple[Value | None, ...]:
        """The values that are shown and ticked, in order."""
        return tuple(one.value for one in self.lines if one.value in self.values)

    def _told(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))
        self.ticks_changed.emit()


class _List(Sheet):
    """The values; a click or space ticks, Enter is left to the window."""

    turned = Signal(int)

    def __init__(self, model: Values) -> None:
        super().__init__("值", model)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.setFixedHeight(_LIST_HIGH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widths = self.horizontalHeader()
        widths.setStretchLastSection(False)
        widths.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        widths.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.clicked.connect(lambda at: self.turned.emit(at.row()))
        self.turned.connect(model.turn)
        self.setCurrentIndex(model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the line at the cursor."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.turned.emit(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class FilterWindow(QDialog):
    """Asks what of one column is to be seen; Enter applies, Escape leaves all as it is."""

    chosen = Signal(object)  # a Filter, or None: every row

    def __init__(
        self,
        parent: QWidget,
        field: Field,
        choices: Sequence[Choice],
        now: Filter | None,
        today: date,
    ) -> None:
        """`now` is the filter that holds for the field, `today` completes a date's year."""
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"筛选：{field.label}")
        self.setWindowTitle(f"筛选：{field.label}")
        self._field, self._choices, self._today = field, choices, today
        self._counts = {one.value: one.count for one in choices}
        self.model = Values(choices, self._ticked(now))
        self.list = _List(self.model)
        self.search = self._line("查找值")
        self.all = QCheckBox("全选")
        self.all.setAccessibleName("全选")
        self.low, self.high = self._line("从"), self._line("到")
        self.why = paragraph("", 9, tone="bad")
        self.apply = button("应用", self._apply, primary=True)
        self.clear = button("清除", lambda: self._give(None))
        self._lay_out()
        self._connect()
        self._say_now(now)
        self._look()

    def open_at(self, place: QPoint) -> None:
        """Open with the upper left corner there, as far as the screen has room."""
        self.adjustSize()
        room = (QGuiApplication.screenAt(place) or self.screen()).availableGeometry()
        x = min(place.x(), room.right() - self.width())
        y = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
        self.activateWindow()
        (self.low if self._is_measured and self.low.text() else self.search).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down goes from a line into the list."""
        if event.key() == Qt.Key.Key_Down and self.list.isEnabled():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A click elsewhere closes it, as a menu closes."""
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible():
            self.reject()

    @property
    def _is_measured(self) -> bool:
        return self._field.kind in (*_DATES, *_FIGURES)

    def _ticked(self, now: Filter | None) -> set[Value | None]:
        if isinstance(now, OneOf):
            return set(now.values)
        return {one.value for one in self._choices}

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(name)
        made.setAccessibleName(f"{self._field.label}{name}")
        made.setClearButtonEnabled(True)
        return made

    def _lay_out(self) -> None:
        blank = self._counts.get(None, 0)
        filled = sum(self._counts.values()) - blank
        self.empty = self._way(f"为空（{blank:,} 行）", Empty(self._field.name))
        self.filled = self._way(f"不为空（{filled:,} 行）", Empty(self._field.name, not_=True))
        measured = QWidget()
        measured.setLayout(row(self.low, self.high))
        measured.setVisible(self._is_measured)
        inside = column(
            label(self._field.label, 10, bold=True),
            measured,
            self.search,
            self.all,
            self.list,
            row(self.empty, self.filled, 0),
            self.why,
            row(0, self.clear, self.apply),
            gap=8,
        )
        inside.setContentsMargins(12, 10, 12, 12)
        self.setLayout(inside)
        self.setFixedWidth(_WIDE)
        self.apply.setDefault(True)

    def _way(self, text: str, chosen: Empty) -> Any:
        return button(text, lambda: self._give(chosen), link=True)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.model.find)
        self.all.clicked.connect(
            lambda: self.model.tick_all(self.model.state() is not Qt.CheckState.Checked)
        )
        self.model.ticks_changed.connect(self._look)
        for one in (self.low, self.high):
            one.textChanged.connect(self._look)

    def _say_now(self, now: Filter | None) -> None:
        """The filter that holds stands as it was asked for."""
        if isinstance(now, Contains):
            self.search.setText(now.text)
        if isinstance(now, Between):
            self.low.setText(_typed(now.low))
            self.high.setText(_typed(now.high))

    def _look(self) -> None:
        """Whether it can be applied, and why not."""
        self.all.setCheckState(self.model.state())
        self.all.setText(f"全选（已勾选 {len(self.model.chosen()):,} / {len(self.model.lines):,}）")
        asked = self.low.text().strip() or self.high.text().strip()
        for part in (self.search, self.all, self.list):
            part.setEnabled(not asked)
        why = ""
        if not asked and not self.model.lines:
            why = "没有这样的值，请换一个词查找。"
        elif not asked and not self.model.chosen():
            why = "一个值也没有勾选，请至少勾选一个。"
        elif not asked and _MOST < len(self.model.chosen()) < len(self._choices):
            why = "勾选的值太多，请先在上面查找。"
        self._refuse(why)
        self.apply.setEnabled(not why)

    def _refuse(self, why: str) -> None:
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _apply(self) -> None:
        if self.low.text().strip() or self.high.text().strip():
            self._apply_limits()
        else:
            self._give(self._by_values())

    def _by_values(self) -> Filter | None:
        """What is ticked; every value found by a word is the word itself."""
        values, words = self.model.chosen(), self.search.text().strip()
        if len(values) == len(self._choices) and not words:
            return None
        whole = self.model.state() is Qt.CheckState.Checked
        if words and whole and self._field.kind in _TEXTS and not is_personal(self._field):
            return Contains(self._field.name, words)
        return OneOf(self._field.name, values)

    def _apply_limits(self) -> None:
        try:
            low, high = self._read(self.low.text()), self._read(self.high.text(), end=True)
        except ValueError as error:
            like = "2026-9-1" if self._field.kind in _DATES else "1200"
            self._refuse(f"“{error}”读不出，请按 {like} 的样子填写。")
            return
        if low is not None and high is not None and low > high:
            low, high = high, low
        self._give(Between(self._field.name, low, high))

    def _read(self, text: str, *, end: bool = False) -> Any:
        """A limit; a month alone is its first day, at the upper limit its last."""
        if self._field.kind not in _DATES:
            return _number(text)
        try:
            return read_date(text, end=end, year=self._today.year)
        except ValueError as error:
            raise ValueError(text.strip()) from error

    def _give(self, chosen: Filter | None) -> None:
        self.chosen.emit(chosen)
        self.accept()


def _number(text: str) -> Any:
    plain = fold(text).replace(",", "").strip()
    try:
        number = float(plain or "0")
    except ValueError as error:
        raise ValueError(text.strip()) from error
    if not isfinite(number):
        raise ValueError(text.strip())
    return number if plain else None


def _typed(value: Value | None) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
