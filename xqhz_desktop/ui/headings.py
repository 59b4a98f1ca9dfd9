"""The headings of a register's table: which columns are shown, in which order and how wide.

What somebody chose is kept by register, for whoever may leave anything in the records for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QHeaderView, QMenu

from xqhz_desktop.services.layouts import Layout, keep, layout, usually_frozen, with_column
from xqhz_desktop.ui.frozen import FrozenSheet
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.table import Column, RecordModel

_REST_MS = 400  # a column that is still being widened is not written
_NONE = -1  # no column


class Headings(QObject):
    """Lets columns be dragged, hidden, frozen and brought back, by the menu under a heading too."""

    asked = Signal(str)  # the field whose filter is wanted
    changed = Signal()  # other columns, or another order of them

    def __init__(self, sheet: FrozenSheet, page: Page) -> None:
        super().__init__(page)
        self.sheet, self._desk = sheet, page.desk
        self._register = ""
        self._all: Mapping[str, Column] = {}
        self._layouts: dict[str, Layout] = {}
        self._viewed: dict[str, tuple[str, ...]] = {}  # columns of a view, over one's own
        self._marks: Mapping[str, str] = {}
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.keep)
        self._desk.leaving.connect(self.keep)
        for header in (sheet.horizontalHeader(), sheet.front_header):
            self._follow(header)
        sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        sheet.customContextMenuRequested.connect(self._open_at_cell)
        asks = QShortcut(QKeySequence("Alt+Down"), sheet)
        asks.setContext(Qt.ShortcutContext.WidgetShortcut)
        asks.activated.connect(self.ask_here)
        self.menu: QMenu | None = None

    def _follow(self, header: QHeaderView) -> None:
        header.setSectionsMovable(True)
        moved = partial(QTimer.singleShot, 0, self, partial(self._take_moved, header))
        header.sectionMoved.connect(lambda *_: moved())
        header.sectionResized.connect(lambda *_: self._resting.start())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(partial(self._open_under, header))

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are shown, in order."""
        return self._model.names

    @property
    def own(self) -> tuple[str, ...]:
        """The fields that are shown where no view says otherwise."""
        return self._layout.columns or tuple(self._all)

    def take(self, register: str, columns: Mapping[str, Column]) -> None:
        """Show a register as it was left; its model stands in the table."""
        self._register, self._all = register, columns
        self._apply()
        if register not in self._layouts:
            office = self._desk.office
            self._desk.worker.read(
                lambda _: layout(office, register), partial(self._took, register)
            )

    def keep(self) -> None:
        """Remember the widths, and let what was changed be written for the next time."""
        if not self._all:
            return
        digit = self._digit
        widths = {self.names[at]: wide for at, wide in self.sheet.chosen_widths.items()}
        known = {name: round(wide / digit, 2) for name, wide in widths.items()}
        self._set(widths={**self._layout.widths, **known})

    def show(self, names: Sequence[str]) -> None:
        """Show these fields in this order, and remember it; none means all."""
        wanted = tuple(names) or tuple(self._all)
        if wanted == self.names:
            return
        self.keep()
        if self._register in self._viewed:
            self._viewed[self._register] = wanted
        else:
            usual = wanted == tuple(self._all)
            hidden = frozenset(self._all) - {*wanted}
            self._set(columns=() if usual else wanted, hidden=hidden)
        self._change()

    def show_view(self, names: Sequence[str]) -> None:
        """Show the columns of a view over one's own; none means one's own."""
        self.keep()
        if names:
            self._viewed[self._register] = tuple(names)
        else:
            self._viewed.pop(self._register, None)
        self._change()

    def reset(self) -> None:
        """All columns, their order, widths and the frozen ones as they were at first."""
        self._viewed.pop(self._register, None)
        self._put(Layout())
        self._change()

    def freeze(self, columns: int) -> None:
        """Let the first columns stand still while the others are scrolled; 0: none."""
        self._set(frozen=columns)
        self.sheet.freeze(columns)

    def mark(self, marks: Mapping[str, str]) -> None:
        """Put a sign into the headings of these fields, with what it means."""
        self._marks = marks
        at = {name: place for place, name in enumerate(self.names)}
        marked = {at[name]: said for name, said in marks.items() if name in at}
        self._model.mark(marked)
        for place in marked:
            self.sheet.make_room(place)

    def place_under(self, name: str) -> QPoint:
        """Where on the screen a window under the field's heading begins; it is brought to view."""
        header = self.sheet.horizontalHeader()
        at = self.names.index(name) if name in self.names else 0
        self.sheet.scrollTo(self._model.index(max(0, self.sheet.rowAt(0)), at))
        left = max(0, self.sheet.left_of(at))
        return header.viewport().mapToGlobal(QPoint(left, header.height()))

    def ask_here(self) -> None:
        """Ask for the filter of the column where the cursor is; of the first one without it."""
        at = max(0, self.sheet.currentIndex().column())
        self.asked.emit(self.names[at])

    @property
    def _model(self) -> RecordModel:
        model = self.sheet.model()
        assert isinstance(model, RecordModel)
        return model

    @property
    def _layout(self) -> Layout:
        return self._layouts.get(self._register, Layout())

    @property
    def _digit(self) -> int:
        return self.sheet.fontMetrics().horizontalAdvance("0")

    def _took(self, register: str, found: Layout) -> None:
        """What was kept is there; what was changed meanwhile stands."""
        kept = self._layouts.setdefault(register, found)
        if register == self._register and kept != Layout():
            self._change()

    def _set(self, **changed: Any) -> None:
        self._put(replace(self._layout, **changed))

    def _put(self, wanted: Layout) -> None:
        """Remember the columns now, and for the next time."""
        if wanted == self._layout:
            return
        register, office = self._register, self._desk.office
        self._layouts[register] = wanted
        self._desk.worker.write(
            lambda _: keep(office, register, wanted), lambda _: None, aside=True
        )

    def _change(self) -> None:
        """Show the columns that are wanted now; the cursor stays on its field."""
        at = self.sheet.currentIndex()
        field = self.names[at.column()] if at.isValid() else ""
        self._apply()
        if at.isValid():
            column = self.names.index(field) if field in self.names else 0
            self.sheet.setCurrentIndex(self._model.index(at.row(), column))
        self.changed.emit()

    def _apply(self) -> None:
        wanted = self._viewed.get(self._register) or self.own
        if wanted != self.names:
            self._model.show_columns(wanted, [self._all[name] for name in wanted])
        widths, frozen = self._layout.widths, self._layout.frozen
        chosen = {
            at: round(widths[name] * self._digit)
            for at, name in enumerate(wanted[:-1])  # the last one takes what room is left
            if name in widths
        }
        self.sheet.fit_columns(chosen)
        self.sheet.freeze(usually_frozen(wanted) if frozen is None else frozen)
        self.mark(self._marks)

    def _take_moved(self, header: QHeaderView) -> None:
        """Let the model have the order to which headings were dragged.

        So a block of cells, the way of Tab and a paste follow what is seen.
        """
        order = [header.logicalIndex(at) for at in range(header.count())]
        if order == sorted(order):
            return
        names = [self.names[at] for at in order]
        header.blockSignals(True)
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)
        header.blockSignals(False)
        self.show(names)

    def _open_under(self, header: QHeaderView, place: QPoint) -> None:
        self._open(header.logicalIndexAt(place), header.viewport().mapToGlobal(place))

    def _open_at_cell(self, place: QPoint) -> None:
        at = self.sheet.currentIndex().column()
        self._open(at, self.sheet.viewport().mapToGlobal(place))

    def _open(self, at: int, place: QPoint) -> None:
        """The menu of a column; without one it is about all of them."""
        menu = self.menu = QMenu(self.sheet)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("列")
        if at != _NONE:
            self._add_column(menu, at)
        self._add_ticks(menu)
        back = menu.addAction("恢复默认列")
        back.triggered.connect(self.reset)
        menu.popup(place)

    def _add_column(self, menu: QMenu, at: int) -> None:
        name = self.names[at]
        sort = self.sheet.horizontalHeader().setSortIndicator
        filters = menu.addAction(f"筛选“{self._all[name].label}”……")
        filters.setShortcut(QKeySequence("Alt+Down"))
        filters.triggered.connect(lambda: self.asked.emit(name))
        menu.addSeparator()
        up = menu.addAction("升序排列")
        up.triggered.connect(lambda: sort(at, Qt.SortOrder.AscendingOrder))
        down = menu.addAction("降序排列")
        down.triggered.connect(lambda: sort(at, Qt.SortOrder.DescendingOrder))
        menu.addSeparator()
        self._add_moves(menu, at)
        hide = menu.addAction("隐藏这一列")
        hide.setEnabled(len(self.names) > 1)
        hide.triggered.connect(lambda: self._tick(name, False))
        menu.addSeparator()
        self._add_freezing(menu, at)

    def _add_freezing(self, menu: QMenu, at: int) -> None:
        freeze, free = menu.addAction("冻结到这一列"), menu.addAction("取消冻结")
        freeze.setEnabled(at + 1 not in (self.sheet.frozen, len(self.names)))
        freeze.triggered.connect(lambda: self.freeze(at + 1))
        free.setEnabled(bool(self.sheet.frozen))
        free.triggered.connect(lambda: self.freeze(0))
        menu.addSeparator()

    def _add_moves(self, menu: QMenu, at: int) -> None:
        """What dragging does, for who works by keyboard."""
        left, right = menu.addAction("左移一列"), menu.addAction("右移一列")
        left.setEnabled(at > 0)
        left.triggered.connect(lambda: self._move(at, at - 1))
        right.setEnabled(at < len(self.names) - 1)
        right.triggered.connect(lambda: self._move(at, at + 1))

    def _move(self, at: int, to: int) -> None:
        order = list(self.names)
        order.insert(to, order.pop(at))
        self.show(order)

    def _add_ticks(self, menu: QMenu) -> None:
        ticks = Ticks("显示的列", menu)
        ticks.setAccessibleName("显示的列")
        menu.addMenu(ticks)
        for name, column in self._all.items():
            one = ticks.addAction(column.label)
            one.setCheckable(True)
            one.setChecked(name in self.names)
            one.toggled.connect(lambda shown, name=name: self._tick(name, shown))

    def _tick(self, name: str, shown: bool) -> None:
        """A column that comes back stands where it stands in the register; one stays at least.

        The same columns stay frozen: one less where one of them is hidden.
        """
        before, frozen = self.names, self._layout.frozen
        if shown and name not in before:
            self.show(with_column(self._register, before, name))
        elif not shown:
            self.show([one for one in before if one != name] or before)
        more = len(self.names) - len(before)
        if frozen and more and (self.names if shown else before).index(name) < frozen:
            self.freeze(frozen + more)


class Ticks(QMenu):
    """A menu of ticks that stays open, so that several can be set at once."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ticks and closes nothing."""
        action = self.actionAt(event.position().toPoint())
        if action and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and closes nothing; Enter ticks and closes."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action:
            action.trigger()
        else:
            super().keyPressEvent(event)
