"""A waiting row is corrected in the window: what is typed is checked, what is right goes home."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.services.books import id_number, student, table, wrong
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat


@pytest.fixture
def page(empty: Seat) -> Any:
    """The page of a school in which one student's row waits."""
    bad = student(2, 身份证号=wrong(id_number(2)))
    changes = Clerk(empty.desk.office).bring({"学生.xlsx": table(student(1), bad)})
    empty.desk.broadcast(changes)
    return empty.go("waiting")


def open_first(seat: Seat, page: Any) -> Any:
    """The panel of the first row, opened by Enter."""
    page.sheet.selectRow(0)
    seat.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    seat.rest()
    return page.panel


def retype(seat: Seat, panel: Any, field: str, text: str) -> None:
    """Write another text over the one in a field."""
    box = panel.fields[field]
    box.setFocus()
    box.selectAll()
    seat.qtbot.keyClicks(box, text)
    seat.qtbot.wait(400)
    seat.rest()


def test_the_wrong_cell_stands_first_with_its_reason(empty: Seat, page: Any) -> None:
    panel = open_first(empty, page)
    assert next(iter(panel.fields)) == "id_number"
    assert not panel.take.isEnabled()


def test_what_is_typed_is_checked_and_taken_over_when_right(empty: Seat, page: Any) -> None:
    panel = open_first(empty, page)
    retype(empty, panel, "id_number", wrong(id_number(3)))
    assert "校验不通过" in panel.verdict.text()
    assert not panel.take.isEnabled()
    retype(empty, panel, "id_number", id_number(2))
    assert panel.verdict.text() == ""
    empty.qtbot.keyClick(panel.fields["id_number"], Qt.Key.Key_Return)
    empty.rest()
    assert page.model.rowCount() == 0
    assert not panel.isVisible()


def test_escape_leaves_the_row_as_it_was(empty: Seat, page: Any) -> None:
    panel = open_first(empty, page)
    retype(empty, panel, "id_number", id_number(2))
    empty.qtbot.keyClick(panel.fields["id_number"], Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.model.rowCount() == 1


def test_it_is_handed_back_as_a_workbook(
    empty: Seat, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "待更正.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page._hand_back()
    page.asking.field.setText("发班主任")
    empty.press(page.asking.yes)
    empty.rest()
    assert target.exists()
