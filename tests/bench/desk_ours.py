"""What the desk's bench rows measure of the program: its pages, keys and verbs."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from desk_work import STOPS, TYPED, block, median, timed
from large_office import ROWS
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.entry.editing import Edit, set_cells
from xqhz_desktop.services.find import catch_up
from xqhz_desktop.services.office import Office
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.finding import FindDialog
from xqhz_desktop.ui.pages.register import RegisterPage
from xqhz_desktop.ui.worker import Worker


class Seat:
    """One register's page, as large as a small screen, and nothing beside it."""

    def __init__(self, desk: Desk, register: str) -> None:
        self.desk = desk
        self.page = RegisterPage(desk, REGISTERS[register].label, (register,))
        self.page.resize(1366, 768)
        self.page.show()
        self.rest()

    def rest(self) -> None:
        """Until every answer has come and is painted."""
        loop = QEventLoop()
        while self.desk.worker.busy:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.page.sheet.viewport().repaint()

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.ControlModifier) -> None:
        """Press a key in the table."""
        QTest.keyClick(self.page.sheet, key, modifiers)
        self.rest()


@contextmanager
def at_desk(folder: Path) -> Iterator[Desk]:
    """The office opened, and the threads of a window."""
    app = QApplication.instance()
    if app is None:
        app = QApplication([])
        theme.apply(app)
    with Office.open(DataFolder(folder), "bench", datetime.now) as office:
        desk = Desk(office, Worker(), office.now().date())
        yield desk
        desk.worker.stop()


def opening(folder: Path, register: str) -> float:
    """From the wish to see a register to its first rows on the screen."""
    with at_desk(folder) as desk:
        return timed(lambda: Seat(desk, register))


def scrolling(folder: Path, register: str) -> float:
    """The bar is drawn to the end, and rests on its way; each time the rows are painted."""
    with at_desk(folder) as desk:
        seat = Seat(desk, register)
        bar = seat.page.sheet.verticalScrollBar()

        def draw() -> None:
            for stop in range(1, STOPS + 1):
                bar.setValue(bar.maximum() * stop // STOPS)
                seat.page.sheet.viewport().repaint()

        return timed(draw)


def sorting(folder: Path, field: str) -> float:
    """A heading is clicked for either order, after it was once."""
    with at_desk(folder) as desk:
        seat = Seat(desk, "students")
        at = seat.page.model.names.index(field)
        header = seat.page.sheet.horizontalHeader()

        def sort(order: Qt.SortOrder) -> None:
            header.setSortIndicator(at, order)
            seat.rest()

        sort(Qt.SortOrder.DescendingOrder)
        return timed(
            lambda: [sort(Qt.SortOrder.AscendingOrder), sort(Qt.SortOrder.DescendingOrder)]
        )


def finding(folder: Path, _: str) -> float:
    """Words are typed into the box letter by letter; each time its list is painted."""
    with at_desk(folder) as desk:
        seat = Seat(desk, "majors")
        dialog = FindDialog(seat.page, desk)
        dialog.show()
        seat.rest()

        def type_(text: str) -> None:
            dialog.field.setText(text)
            seat.rest()
            dialog.hits.viewport().repaint()

        type_("张")
        return timed(lambda: [*map(type_, TYPED)])


def pasting(folder: Path, _: str) -> float:
    """A block is pasted under the last row, until it is seen as kept."""
    with at_desk(folder) as desk:
        paste, undo = _paster(desk)
        seconds = timed(paste)
        undo()
        return seconds


def undoing(folder: Path, _: str) -> float:
    """The same block is taken back by Ctrl+Z."""
    with at_desk(folder) as desk:
        paste, undo = _paster(desk)
        paste()
        return timed(undo)


def _paster(desk: Desk) -> tuple[Callable[[], None], Callable[[], None]]:
    seat = Seat(desk, "apprentices")
    before = seat.page.model.records
    QGuiApplication.clipboard().setText("\n".join(map("\t".join, block())))
    seat.page.sheet.setCurrentIndex(seat.page.model.index(before, 0))

    def paste() -> None:
        seat.press(Qt.Key.Key_V)
        assert seat.page.model.records == before + len(block()), "not all was kept"

    def undo() -> None:
        seat.page.sheet.setCurrentIndex(seat.page.model.index(0, 0))
        seat.press(Qt.Key.Key_Z)
        assert seat.page.model.records == before, "not all was taken back"

    return paste, undo


def editing(folder: Path, _: str) -> float:
    """One cell is committed: checks, journal, audit chain, search index."""
    rows = random.Random(1)
    with at_desk(folder) as desk:

        def edit(number: int) -> None:
            cell = Edit(rows.randrange(1, ROWS), "note", f"备注{number}，{time.time_ns():x}")
            assert set_cells(desk.office, "students", [cell]).changes
            catch_up(desk.office)

        edit(0)
        return median(edit)


WORKS: dict[str, Callable[[Path, str], float]] = {
    "open": opening,
    "scroll": scrolling,
    "sort": sorting,
    "find": finding,
    "paste": pasting,
    "undo": undoing,
    "edit": editing,
}
