"""A table whose first columns stay in sight while the others are scrolled, as in Excel.

The frozen columns are painted once more over the view, where they stand when nothing is scrolled.
Whatever the view asks about places is answered with what is seen there, so that mouse, keys,
editors and screen readers need not know of it: there is one table, one cursor, one selection.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from xqhz_desktop.ui import theme
from xqhz_desktop.ui.table import Index, Sheet, TableModel

_MOST = 0.7  # of the view's width that may stand still
_FLAG = QItemSelectionModel.SelectionFlag
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STATE = QStyle.StateFlag
_ENSURED = QAbstractItemView.ScrollHint.EnsureVisible


class FrozenSheet(Sheet):
    """A table with frozen columns; a selection is drawn from its first cell to the cursor."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._wanted = 0
        self.frozen = 0  # columns that stand still; fewer than wanted where there is no room
        self._anchor = QPersistentModelIndex()
        self._extending = False
        self._front = _Front(self)
        self.front_header = _FrontHeader(self)
        header = self.horizontalHeader()
        header.sectionResized.connect(lambda *_: self._place())
        header.sortIndicatorChanged.connect(lambda *_: self._follow_order())
        header.geometriesChanged.connect(self._place)

    def show_model(self, model: TableModel, last: bool = True) -> None:
        """Show a model; its columns stand as still as those of the one before."""
        self.front_header.setModel(model)
        super().show_model(model, last)
        model.modelReset.connect(self._place)
        model.headerDataChanged.connect(lambda *_: self.front_header.viewport().update())
        self._place()

    def freeze(self, columns: int) -> None:
        """Let the first columns stand still: as many, as far as room is left for the others."""
        self._wanted = columns
        self._place()
        self.scrollTo(self.currentIndex())

    def show_order(self, column: int, order: Qt.SortOrder) -> None:
        """Set the arrow over a column, -1 for none, without sorting."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        header.viewport().update()
        self._follow_order()

    def left_of(self, column: int) -> int:
        """Where a column begins in the view."""
        if column < self.frozen:
            return sum(map(self.columnWidth, range(column)))
        return self.columnViewportPosition(column)

    @property
    def front_width(self) -> int:
        """How much of the view stands still, in pixels."""
        return sum(map(self.columnWidth, range(self.frozen)))

    def _follow_order(self) -> None:
        self.front_header.show_order(self.horizontalHeader())

    def _place(self) -> None:
        """Lay the frozen columns over the view, as wide as they are there."""
        if self.model() is None:  # asked by Qt before the table stands
            return
        columns = self.model().columnCount()
        room = int(self.viewport().width() * _MOST)
        self.frozen = max(0, min(self._wanted, columns - 1))
        while self.frozen and self.front_width > room:
            self.frozen -= 1
        view, wide = self.viewport().geometry(), self.front_width
        header = self.horizontalHeader().geometry()
        self.front_header.follow(self.horizontalHeader())
        self._front.setGeometry(view.x(), view.y(), wide, view.height())
        self.front_header.setGeometry(view.x(), header.y(), wide, header.height())
        for part in (self._front, self.front_header):
            part.setVisible(bool(self.frozen))
        self._front.update()

    # ------------------------------------------------------------ what stands where

    def indexAt(self, pos: QPoint) -> QModelIndex:
        """The cell that is seen there."""
        if not 0 <= pos.x() < self.front_width:
            return super().indexAt(pos)
        ends = (self.left_of(at) + self.columnWidth(at) for at in range(self.frozen))
        column = next(at for at, end in enumerate(ends) if pos.x() < end)
        return self.model().index(self.rowAt(pos.y()), column)

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen."""
        rect = super().visualRect(index)
        if index.isValid() and index.column() < self.frozen:
            rect.moveLeft(self.left_of(index.column()))
        return rect

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURED) -> None:
        """Bring a cell into sight beside the frozen ones, which are in sight anyway."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self.frozen:
            bar.setValue(before)
        elif self.frozen:
            hidden = self.front_width - self.columnViewportPosition(index.column())
            bar.setValue(bar.value() - max(0, hidden))

    def updateGeometries(self) -> None:
        """The frozen columns follow the view."""
        super().updateGeometries()
        self._place()

    # ------------------------------------------------------------ one selection

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Shift the selection is drawn on from where it began."""
        self._extending = bool(event.modifiers() & _SHIFT)
        super().mousePressEvent(event)
        self._extending = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drawing moves the cursor and not the selection's first cell."""
        self._extending = True
        super().mouseMoveEvent(event)
        self._extending = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Shift the selection is drawn on from where it began."""
        back = event.key() == Qt.Key.Key_Backtab
        self._extending = bool(event.modifiers() & _SHIFT) and not back
        super().keyPressEvent(event)
        self._extending = False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from the first cell to the cursor: what lies between may be out of sight."""
        if not command & _FLAG.Current or not self._anchor.isValid():
            super().setSelection(rect, command)
            return
        drawn = self.state() is QAbstractItemView.State.DragSelectingState
        last = self.indexAt(rect.bottomRight()) if drawn else self.currentIndex()
        if last.isValid():
            first = self.model().index(self._anchor.row(), self._anchor.column())
            self.selectionModel().select(QItemSelection(first, last), command)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A selection begins where the cursor went by itself."""
        if not self._extending:
            self._anchor = QPersistentModelIndex(current)
        super().currentChanged(current, previous)
        self._front.update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint it over the frozen cells, too."""
        super().selectionChanged(selected, deselected)
        self._front.update()

    # ------------------------------------------------------------ when to paint

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Frozen cells say what the model says now."""
        super().dataChanged(first, last, list(roles))
        self._front.update()

    def scrollContentsBy(self, right: int, down: int) -> None:
        """Frozen cells go up and down with their rows."""
        super().scrollContentsBy(right, down)
        self._front.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor is seen."""
        super().focusInEvent(event)
        self._front.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is seen no more."""
        super().focusOutEvent(event)
        self._front.update()


class _Front(QWidget):
    """Paints the frozen cells as the view paints its own; the mouse finds the view under it."""

    def __init__(self, sheet: FrozenSheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight, thin lines, and the line at which the others pass under."""
        sheet = self._sheet
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), theme.colour("surface"))
            row = sheet.rowAt(event.rect().top())
            rows = sheet.model().rowCount()
            while 0 <= row < rows and sheet.rowViewportPosition(row) <= event.rect().bottom():
                self._paint_row(painter, row)
                row += 1
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("hint"))

    def _paint_row(self, painter: QPainter, row: int) -> None:
        sheet = self._sheet
        top, high = sheet.rowViewportPosition(row), sheet.rowHeight(row)
        for column in range(sheet.frozen):
            left, wide = sheet.left_of(column), sheet.columnWidth(column)
            self._paint_cell(painter, QRect(left, top, wide - 1, high - 1), row, column)
            painter.fillRect(left + wide - 1, top, 1, high, theme.colour("border"))
        painter.fillRect(0, top + high - 1, self.width(), 1, theme.colour("border"))

    def _paint_cell(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        sheet = self._sheet
        index = sheet.model().index(row, column)
        option = QStyleOptionViewItem()
        sheet.initViewItemOption(option)
        option.rect, option.showDecorationSelected = rect, True
        option.state &= ~(_STATE.State_HasFocus | _STATE.State_MouseOver | _STATE.State_Selected)
        if sheet.selectionModel().isSelected(index):
            option.state |= _STATE.State_Selected
        if sheet.hasFocus() and index == sheet.currentIndex():
            option.state |= _STATE.State_HasFocus
        sheet.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewRow, option, painter, sheet
        )
        sheet.itemDelegateForIndex(index).paint(painter, option, index)


class _FrontHeader(QHeaderView):
    """The headings of the frozen columns, for pressing, widening and dragging as all others."""

    def __init__(self, sheet: FrozenSheet) -> None:
        super().__init__(Qt.Orientation.Horizontal, sheet)
        self._sheet = sheet
        self.setAccessibleName("冻结的列的表头")
        self.setHighlightSections(False)
        self.setMinimumSectionSize(sheet.horizontalHeader().minimumSectionSize())
        self.sectionResized.connect(self._widen)
        self.sectionHandleDoubleClicked.connect(sheet.resizeColumnToContents)
        self.sortIndicatorChanged.connect(self._sort)
        self.hide()

    def follow(self, header: QHeaderView) -> None:
        """Be as the view's own headings are."""
        self.blockSignals(True)
        for at in range(self.count()):
            if self.sectionSize(at) != header.sectionSize(at):
                self.resizeSection(at, header.sectionSize(at))
        self.setSectionsMovable(header.sectionsMovable())
        self.setSectionsClickable(header.sectionsClickable())
        self.blockSignals(False)

    def show_order(self, header: QHeaderView) -> None:
        """Have the arrow where the view has it."""
        self.blockSignals(True)
        self.setSortIndicatorShown(header.isSortIndicatorShown())
        self.setSortIndicatorClearable(header.isSortIndicatorClearable())
        self.setSortIndicator(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.blockSignals(False)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headings, and the line at which the others pass under."""
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("hint"))

    def _sort(self, at: int, order: Qt.SortOrder) -> None:
        self._sheet.horizontalHeader().setSortIndicator(at, order)

    def _widen(self, at: int, _: int, wide: int) -> None:
        self._sheet.setColumnWidth(at, wide)
