"""Tables: ids in order with pages of rows, or lines in memory; one view for both.

Sorting and filtering are one query of ids; no proxy stands between.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from xqhz_desktop.ui import theme
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.painter import Painter
from xqhz_desktop.ui.tokens import ROW

PAGE = 200
PAGES_KEPT = 60
_LOOKED_AT = 100  # rows by which columns are fitted
_SIGN = 12  # pixels of a sign in a heading
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in digits, and whether figures stand at its right."""

    label: str
    width: int
    right: bool = False


class TableModel(QAbstractTableModel):
    """Columns and their headings; what the rows say is the business of those who derive."""

    def __init__(self, columns: Sequence[Column] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._marks: dict[int, str] = {}

    def mark(self, marks: Mapping[int, str]) -> None:
        """Put a sign into these headings; what it means is said on hover and to screen readers."""
        self._marks = dict(marks)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Headings stand as their columns do; rows are numbered."""
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT
            return f"{section + 1}" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return self._marked(section, role) if section in self._marks else None

    def _marked(self, section: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("filter", theme.tokens().accent)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._marks[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[section].label}，已筛选"
        return None

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError

    def tone(self, row: int, column: int) -> str:
        """The token of a cell's colour; empty for plain text."""
        return ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell's text, side and colour; the full text on hover."""
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[column].right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.tone(row, column)
            return theme.colour(tone) if tone else None
        return None


class RecordModel(TableModel):
    """The records of a register: all ids in order, and the pages of rows that were looked at."""

    def __init__(
        self,
        names: Sequence[str],
        columns: Sequence[Column],
        read: Callable[[Sequence[int]], list[dict[str, str]]],
    ) -> None:
        super().__init__(columns)
        self.names = tuple(names)
        self._read = read
        self._ids: list[int] = []
        self._pages: OrderedDict[int, list[dict[str, str]]] = OrderedDict()

    @property
    def ids(self) -> Sequence[int]:
        """The records that are shown, in order."""
        return self._ids

    def set_ids(self, ids: list[int]) -> None:
        """Show these records in this order; rows are read again."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def show_columns(self, names: Sequence[str], columns: Sequence[Column]) -> None:
        """Show these fields in this order; the rows stay."""
        self.beginResetModel()
        self.names, self.columns = tuple(names), tuple(columns)
        self.endResetModel()

    def read_again(self) -> None:
        """Show the same records as they are to be seen now."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many records."""
        return 0 if parent.isValid() else len(self._ids)

    def id_at(self, row: int) -> int:
        """The id of the record in a row."""
        return self._ids[row]

    def place_of(self, record: int) -> int:
        """The row of a record; -1 where it is not shown."""
        return self._ids.index(record) if record in self._ids else -1

    def values(self, row: int) -> dict[str, str]:
        """The texts of a row by field name."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE : (number + 1) * PAGE]
            page = self._read(wanted)
            if len(page) != len(wanted):  # taken away meanwhile; the broadcast is on its way
                page = [{} for _ in wanted]
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[place]

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self.values(row).get(self.names[column], "")


class LinesModel(TableModel):
    """Lines that are in memory: each is turned into cells when it is looked at."""

    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[str]],
        tone: Callable[[Any, int], str] | None = None,
        *,
        ticking: bool = False,
    ) -> None:
        super().__init__(columns)
        self.lines: Sequence[Any] = ()
        self.ticked: set[int] = set()
        self._cells = cells
        self._tone = tone
        self._ticking = ticking
        self._last: tuple[int, Sequence[str]] = (-1, ())

    def set_lines(self, lines: Sequence[Any]) -> None:
        """Show these lines; ticks begin anew."""
        self.beginResetModel()
        self.lines = lines
        self.ticked = set()
        self._last = (-1, ())
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        if self._last[0] != row:
            self._last = (row, self._cells(self.lines[row]))
        return self._last[1][column]

    def tone(self, row: int, column: int) -> str:
        """The token of a cell's colour."""
        return self._tone(self.lines[row], column) if self._tone else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column of a ticking table takes a tick."""
        flags = super().flags(index)
        if self._ticking and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell, and its tick."""
        if role == Qt.ItemDataRole.CheckStateRole and self._ticking and index.column() == 0:
            ticked = index.row() in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick or its removal."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._ticking:
            return False
        ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        (self.ticked.add if ticked else self.ticked.discard)(index.row())
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True

    def tick_all(self, ticked: bool) -> None:
        """Tick every line, or none."""
        self.ticked = set(range(len(self.lines))) if ticked else set()
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.lines) - 1), 0))
        self.ticks_changed.emit()


class Sheet(QTableView):
    """The view of any table: whole rows, thin lines, Enter or a double click opens a row."""

    opened = Signal(int, int)  # row, column

    def __init__(self, name: str, model: TableModel | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setItemDelegate(Painter(self))
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(32)
        rows = self.verticalHeader()
        rows.setHighlightSections(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 5))
        rows.setMinimumSectionSize(ROW)
        self.horizontalHeader().setIconSize(QSize(_SIGN, _SIGN))
        self._fitted = False
        self._given: dict[int, int] = {}  # the widths that columns were given by themselves
        self.doubleClicked.connect(lambda at: self.opened.emit(at.row(), at.column()))
        if model:
            self.show_model(model)

    def show_model(self, model: TableModel, last: bool = True) -> None:
        """Show a model with its columns' widths; the last column takes what room is left."""
        self.setModel(model)
        model.modelReset.connect(self._fit_once)
        self.fit_columns()
        self.horizontalHeader().setStretchLastSection(last)

    def fit_columns(self, chosen: Mapping[int, int] | None = None) -> None:
        """Give every column the width that it has by itself, but for those that were chosen."""
        model = self.model()
        assert isinstance(model, TableModel)
        digits = self.fontMetrics().horizontalAdvance("0")
        for place, one in enumerate(model.columns):
            wide = round(one.width * digits * 1.15) + 18
            self._give(place, max(wide, self._least(one.label)))
        for place, wide in (chosen or {}).items():
            del self._given[place]
            self.setColumnWidth(place, wide)
        self._fitted = False
        self._fit_once()

    @property
    def chosen_widths(self) -> dict[int, int]:
        """The widths of columns that somebody chose; the last one takes what room is left."""
        last = self.model().columnCount() - 1
        wide = {place: self.columnWidth(place) for place in range(last)}
        return {place: one for place, one in wide.items() if self._given.get(place) != one}

    def make_room(self, place: int) -> None:
        """A heading with a sign is seen whole, unless somebody made its column narrower."""
        model = self.model()
        assert isinstance(model, TableModel)
        least = self._least(model.columns[place].label) + 2 * _SIGN
        if place not in self.chosen_widths and self.columnWidth(place) < least:
            self._give(place, least)

    def _least(self, label: str) -> int:
        """How wide a column must be for its heading and the arrow, in pixels."""
        header = self.horizontalHeader()
        beside = 30 if header.isSortIndicatorShown() else 14
        return QFontMetrics(header.font()).horizontalAdvance(label) + beside

    def _give(self, place: int, wide: int) -> None:
        self.setColumnWidth(place, wide)
        self._given[place] = self.columnWidth(place)

    def _fit_once(self) -> None:
        """Columns that cut what their first rows say grow, by two thirds at most."""
        model = self.model()
        if self._fitted or not isinstance(model, TableModel) or not model.rowCount():
            return
        self._fitted = True
        metrics = self.fontMetrics()
        rows = range(min(_LOOKED_AT, model.rowCount()))
        for place in {*range(len(model.columns) - 1)} - {*self.chosen_widths}:
            width = self.columnWidth(place)
            texts = {model.text(row, place) for row in rows}
            needs = max(map(metrics.horizontalAdvance, texts)) + 18
            if needs > width:
                self._give(place, min(needs, width * 5 // 3))

    def show_all_rows(self) -> None:
        """Be as high as the rows are, with no bar to scroll by."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        chosen = self.selectionModel()
        return sorted(index.row() for index in chosen.selectedRows()) if chosen else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, Ctrl+C copies the rows as they are shown."""
        at = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self.opened.emit(at.row(), at.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        model = self.model()
        assert isinstance(model, TableModel)
        rows = self.selected_rows()
        columns = range(len(model.columns))
        lines = ("\t".join(model.text(row, column) for column in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
