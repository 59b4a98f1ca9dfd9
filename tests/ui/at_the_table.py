"""What a clerk's hands do on a register's table: keys where they go, without waiting."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.services.books import firm, placement, student, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def firms_page(empty: Seat) -> Any:
    """The page of a school with twelve firms, the cursor in the first cell."""
    clerk = Clerk(empty.desk.office)
    names = "甲乙丙丁戊己庚辛壬癸子丑"
    books = {
        "企业.xlsx": table(*(firm(at, f"{name}有限公司") for at, name in enumerate(names, 1))),
        "学生.xlsx": table(student(1), student(2)),
        "实习.xlsx": table(placement(1, 1)),
    }
    empty.desk.broadcast(clerk.bring(books))
    return at_work(empty, "firms")


def at_work(seat: Seat, place: str, register: str = "") -> Any:
    """A page whose table has the keys, the cursor in its first cell."""
    page = seat.go(place, register)
    seat.window.activateWindow()
    page.sheet.setFocus()
    seat.qtbot.waitUntil(page.sheet.hasFocus)
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    return page


def to(page: Any, row: int, field: str) -> None:
    """Put the cursor into a cell."""
    page.sheet.setCurrentIndex(page.model.index(row, page.model.names.index(field)))


def at(page: Any) -> tuple[int, str]:
    """Where the cursor is."""
    index = page.sheet.currentIndex()
    return index.row(), page.model.names[index.column()]


def text(page: Any, row: int, field: str) -> str:
    """What a cell shows."""
    return str(page.model.text(row, page.model.names.index(field)))


def editor(page: Any) -> QLineEdit | None:
    """The editor that is open."""
    found = page.sheet.findChildren(QLineEdit, "cell")
    return next((one for one in found if one.isVisible()), None)


def press(seat: Seat, page: Any, key: Any, modifier: Any = PLAIN) -> None:
    """Press a key where the keys go, and wait for nothing."""
    seat.qtbot.keyClick(editor(page) or page.sheet, key, modifier)


def type_in(seat: Seat, page: Any, said: str, key: Any = KEY.Key_Return) -> None:
    """Type over a cell and leave it by a key, and wait for nothing."""
    seat.qtbot.keyClicks(page.sheet, said[0])
    if said[1:]:
        seat.qtbot.keyClicks(editor(page), said[1:])
    press(seat, page, key)
