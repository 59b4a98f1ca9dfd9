"""What Qt's own model of a table of SQL takes for the same."""

from collections.abc import Callable
from pathlib import Path

from desk_work import timed
from PySide6.QtCore import Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView


def table(folder: Path) -> tuple[QSqlTableModel, QTableView]:
    """A model of the table, and a view that shows it."""
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(str(folder / "xqhz.db"))
    assert database.open(), database.lastError().text()
    model = QSqlTableModel(None, database)
    model.setTable("student")
    view = QTableView()
    view.resize(1366, 768)
    view.setModel(model)
    return model, view


def shown(model: QSqlTableModel, view: QTableView) -> None:
    """Its first rows read and painted."""
    assert model.select(), model.lastError().text()
    view.show()
    view.viewport().repaint()


def opening(folder: Path, _: str) -> float:
    """To the first paint: 256 rows are there, and the bar is not true."""
    app = QApplication([])
    model, view = table(folder)
    seconds = timed(lambda: shown(model, view))
    del app
    return seconds


def scrolling(folder: Path, _: str) -> float:
    """To the last row: all rows are fetched, and stay in memory."""
    app = QApplication([])
    model, view = table(folder)
    shown(model, view)

    def to_the_end() -> None:
        while model.canFetchMore():
            model.fetchMore()
        view.scrollToBottom()
        view.viewport().repaint()

    seconds = timed(to_the_end)
    del app
    return seconds


def sorting(folder: Path, field: str) -> float:
    """By a column, either order: to the first 256 rows, in the order of codes."""
    app = QApplication([])
    model, view = table(folder)
    shown(model, view)
    at = model.fieldIndex({"class": "class_id"}.get(field, field))

    def sort() -> None:
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            model.sort(at, order)
            view.viewport().repaint()

    seconds = timed(sort)
    del app
    return seconds


WORKS: dict[str, Callable[[Path, str], float]] = {
    "open": opening,
    "scroll": scrolling,
    "sort": sorting,
}
