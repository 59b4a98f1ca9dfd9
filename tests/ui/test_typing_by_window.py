"""A register's table is typed into like a spreadsheet: keys go in, cells and records change."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from tests.services.books import firm, student, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.ui import theme

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with three firms and two students, the cursor in the first cell."""
    clerk = Clerk(empty.desk.office)
    changes = clerk.bring(
        {
            "企业.xlsx": table(
                *(firm(at, f"{name}有限公司") for at, name in enumerate("甲乙丙", 1))
            ),
            "学生.xlsx": table(student(1), student(2)),
        }
    )
    empty.desk.broadcast(changes)
    page = empty.go("firms")
    page.sheet.setFocus()
    to(page, 0, "name")
    return page


def to(page: Any, row: int, field: str) -> None:
    """Put the cursor into a cell."""
    page.sheet.setCurrentIndex(page.model.index(row, page.model.names.index(field)))


def column(page: Any, field: str) -> list[str]:
    """The texts of a field, from the top, the empty last row left out."""
    at = page.model.names.index(field)
    return [page.model.text(row, at) for row in range(page.model.rowCount() - 1)]


def press(seat: Seat, page: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keys go: into the cell's editor, else into the table."""
    editor = page.sheet.findChild(QLineEdit, "cell")
    seat.qtbot.keyClick(editor if editor and editor.isVisible() else page.sheet, key, modifier)
    seat.rest()


def type_over(seat: Seat, page: Any, text: str, key: Any = Qt.Key.Key_Return) -> None:
    """Begin to type in the cell, which clears it, and leave it by a key."""
    seat.qtbot.keyClick(page.sheet, Qt.Key.Key_F2)
    editor = page.sheet.findChild(QLineEdit, "cell")
    editor.selectAll()
    seat.write(editor, text)
    seat.rest()
    seat.qtbot.keyClick(editor, key)
    seat.rest()


def test_what_is_typed_is_kept_and_enter_goes_down(empty: Seat, firms: Any) -> None:
    to(firms, 0, "district")
    type_over(empty, firms, "高新区")
    assert column(firms, "district")[0] == "高新区"
    assert firms.sheet.currentIndex().row() == 1
    type_over(empty, firms, "开发区", Qt.Key.Key_Tab)
    assert (firms.sheet.currentIndex().row(), column(firms, "district")[1]) == (1, "开发区")


def test_any_letter_begins_and_escape_leaves_all_as_it_was(empty: Seat, firms: Any) -> None:
    to(firms, 0, "contact")
    before = column(firms, "contact")
    empty.qtbot.keyClick(firms.sheet, Qt.Key.Key_A)
    editor = firms.sheet.findChild(QLineEdit, "cell")
    assert editor is not None
    assert editor.text() == "a"
    empty.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    empty.rest()
    assert column(firms, "contact") == before


def test_a_refused_cell_keeps_its_text_in_red_with_the_reason(empty: Seat, firms: Any) -> None:
    to(firms, 0, "staff")
    type_over(empty, firms, "很多人")
    index = firms.model.index(0, firms.model.names.index("staff"))
    assert index.data() == "很多人"
    assert firms.model.tone(0, index.column()) == "bad"
    assert index.data(Qt.ItemDataRole.ToolTipRole) != "很多人"
    reason = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert reason == index.data(Qt.ItemDataRole.ToolTipRole)
    seen, cell = firms.sheet.viewport().grab().toImage(), firms.sheet.visualRect(index)
    corner = seen.pixelColor(cell.topRight() - QPoint(1, -1))
    assert corner == theme.colour("bad")  # a mark stands with the colour of the text
    assert empty.window.notice.text
    to(firms, 0, "staff")
    press(empty, firms, Qt.Key.Key_Escape)
    assert index.data() != "很多人"


def test_a_block_is_pasted_as_one_step_of_undo_and_its_good_cells_kept(
    empty: Seat, firms: Any
) -> None:
    before = column(firms, "district")
    to(firms, 0, "district")
    QGuiApplication.clipboard().setText("东区\r\n西区\r\n南区\r\n")
    press(empty, firms, Qt.Key.Key_V, CONTROL)
    assert column(firms, "district") == ["东区", "西区", "南区"]
    press(empty, firms, Qt.Key.Key_Z, CONTROL)
    assert column(firms, "district") == before
    press(empty, firms, Qt.Key.Key_Y, CONTROL)
    assert column(firms, "district") == ["东区", "西区", "南区"]


def test_a_new_row_waits_until_it_can_be_kept(empty: Seat, firms: Any) -> None:
    to(firms, 3, "name")
    type_over(empty, firms, "丁有限公司", Qt.Key.Key_Tab)
    assert firms.model.records == 3
    assert column(firms, "name")[3] == "丁有限公司"
    to(firms, 3, "uscc")
    type_over(empty, firms, str(firm(4, "丁")["统一社会信用代码"]))
    assert firms.model.records == 4
    assert sorted(column(firms, "name"))[0] in ("丁有限公司", "丙有限公司")


def test_delete_clears_the_cells_and_control_d_fills_down(empty: Seat, firms: Any) -> None:
    to(firms, 0, "district")
    type_over(empty, firms, "高新区")
    first = firms.model.index(0, firms.model.names.index("district"))
    firms.sheet.setCurrentIndex(first)
    firms.sheet.select(3, 1)
    press(empty, firms, Qt.Key.Key_D, CONTROL)
    assert column(firms, "district") == ["高新区"] * 3
    firms.sheet.setCurrentIndex(first)
    firms.sheet.select(3, 1)
    press(empty, firms, Qt.Key.Key_Delete)
    assert column(firms, "district") == [""] * 3


def test_a_copy_leaves_masked_and_is_pasted_true(empty: Seat, firms: Any) -> None:
    page = empty.go("more", "students")
    page.sheet.setFocus()
    to(page, 0, "id_number")
    press(empty, page, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert "*" in data.text()
    inside = bytes(data.data("application/x-xqhz-cells").data()).decode()
    (whole,) = clipboard.paste("students", [1], ["id_number"], 0, 0, inside).edits
    (noted,) = clipboard.paste("students", [1], ["note"], 0, 0, inside).edits
    assert (len(whole.text), "*" in whole.text) == (18, False)
    assert noted.text == data.text().strip()


def test_a_viewer_types_into_nothing(empty: Seat, firms: Any) -> None:
    model = firms.model
    model.editable = False
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.rowCount() == model.records
