"""The headings of a register's table: which columns are shown, in which order and how wide.

What somebody chose is kept by register as long as the window is open.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QMenu

from xqhz_desktop.ui.table import Column, RecordModel, Sheet

_NONE = -1  # no column


class Headings(QObject):
    """Lets columns be dragged, hidden and brought back, by the menu under a heading too."""

    asked = Signal(str)  # the field whose filter is wanted
    changed = Signal()  # other columns, or another order of them

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self._register = ""
        self._all: Mapping[str, Column] = {}
        self._orders: dict[str, tuple[str, ...]] = {}
        self._widths: dict[str, dict[str, int]] = {}
        header = sheet.horizontalHeader()
        header.setSectionsMovable(True)
        header.sectionMoved.connect(lambda *_: QTimer.singleShot(0, self, self._take_moved))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_under)
        sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        sheet.customContextMenuRequested.connect(self._open_at_cell)
        asks = QShortcut(QKeySequence("Alt+Down"), sheet)
        asks.setContext(Qt.ShortcutContext.WidgetShortcut)
        asks.activated.connect(self.ask_here)
        self.menu: QMenu | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are shown, in order."""
        return self._model.names

    @property
    def is_usual(self) -> bool:
        """Whether every column is shown in the order of the register."""
        return self.names == tuple(self._all)

    def keep(self) -> None:
        """Remember the widths, before another register is shown."""
        if self._all:
            shown = self._widths.setdefault(self._register, {})
            for at, name in enumerate(self.names[:-1]):  # the last one takes what room is left
                shown[name] = self.sheet.columnWidth(at)

    def take(self, register: str, columns: Mapping[str, Column]) -> None:
        """Show a register as it was left; its model stands in the table."""
        self._register, self._all = register, columns
        order = self._orders.get(register)
        if order:
            self._model.show_columns(order, [columns[name] for name in order])
        self._fit()

    def show(self, names: Sequence[str]) -> None:
        """Show these fields in this order; none means all."""
        wanted = tuple(names) or tuple(self._all)
        if wanted == self.names:
            return
        self.keep()
        at = self.sheet.currentIndex()
        field = self.names[at.column()] if at.isValid() else ""
        self._orders[self._register] = wanted
        self._model.show_columns(wanted, [self._all[name] for name in wanted])
        self._fit()
        if at.isValid():
            column = wanted.index(field) if field in wanted else 0
            self.sheet.setCurrentIndex(self._model.index(at.row(), column))
        self.changed.emit()

    def reset(self) -> None:
        """All columns, their order and widths as they were at first."""
        self.show(())
        self._widths.pop(self._register, None)
        self._fit()

    def place_under(self, name: str) -> QPoint:
        """Where on the screen a window under the field's heading begins; it is brought to view."""
        header = self.sheet.horizontalHeader()
        at = self.names.index(name) if name in self.names else 0
        self.sheet.scrollTo(self._model.index(max(0, self.sheet.rowAt(0)), at))
        left = max(0, header.sectionViewportPosition(at))
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

    def _fit(self) -> None:
        self.sheet.fit_columns()
        kept = self._widths.get(self._register, {})
        for at, name in enumerate(self.names):
            if name in kept:
                self.sheet.setColumnWidth(at, kept[name])

    def _take_moved(self) -> None:
        """Let the model have the order to which headings were dragged.

        So a block of cells, the way of Tab and a paste follow what is seen.
        """
        header = self.sheet.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        if order == sorted(order):
            return
        names = [self.names[at] for at in order]
        self.keep()
        header.blockSignals(True)
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)
        header.blockSignals(False)
        self.show(names)

    def _open_under(self, place: QPoint) -> None:
        header = self.sheet.horizontalHeader()
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
        hide.triggered.connect(lambda: self.show([one for one in self.names if one != name]))

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
        """A column that comes back stands where it stands in the register; one stays at least."""
        if not shown:
            self.show([one for one in self.names if one != name] or self.names)
        elif name not in self.names:
            usual = list(self._all)
            before = [one for one in self.names if usual.index(one) < usual.index(name)]
            at = self.names.index(before[-1]) + 1 if before else 0
            self.show([*self.names[:at], name, *self.names[at:]])


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
