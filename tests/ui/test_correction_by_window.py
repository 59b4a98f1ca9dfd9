"""A waiting row is corrected in the window: what is typed is checked, what is right goes home."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.services.books import firm, id_number, placement, student, table, uscc, wrong
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


FIRM = "甲机械有限公司"


def brought(seat: Seat, books: dict[str, Any]) -> Any:
    """The page after workbooks were imported."""
    seat.desk.broadcast(Clerk(seat.desk.office).bring(books))
    return seat.go("waiting")


def test_the_number_that_the_register_holds_is_offered_and_taken_over(empty: Seat) -> None:
    bad = {"学号": "20210001", **placement(1, FIRM, 身份证号=wrong(id_number(1)))}
    books = {
        "企业.xlsx": table(firm(1, FIRM)),
        "学生.xlsx": table(student(1)),
        "实习.xlsx": table(bad),
    }
    page = brought(empty, books)
    panel = open_first(empty, page)
    (offer,) = panel.findChildren(QPushButton, "offer")
    assert offer.text().startswith("填入台账中已有的号码 371300********")
    empty.press(offer)
    empty.rest()
    assert panel.fields["student"].text() == id_number(1)
    empty.press(panel.take)
    empty.rest()
    assert page.model.rowCount() == 0
    assert len(empty.texts(empty.go("placements").sheet, "姓名")) == 1


def test_no_number_is_offered_that_nobody_wrote(empty: Seat, page: Any) -> None:
    assert open_first(empty, page).findChildren(QPushButton, "offer") == []


def test_a_code_that_fails_its_check_is_taken_with_a_note_and_without_none(empty: Seat) -> None:
    bad = firm(1, FIRM, 统一社会信用代码=wrong(uscc(1)))
    page = brought(empty, {"企业.xlsx": table(bad)})
    panel = open_first(empty, page)
    assert panel.note.isVisible()
    assert not panel.take.isEnabled()
    empty.write(panel.note, "营业执照上就是这样")
    empty.qtbot.wait(400)
    empty.rest()
    empty.press(panel.take)
    empty.rest()
    assert page.model.rowCount() == 0
    assert empty.texts(empty.go("firms").sheet, "统一社会信用代码") == [wrong(uscc(1))]


def test_after_one_row_the_next_is_open_to_be_corrected(empty: Seat) -> None:
    bad = [student(number, 身份证号=wrong(id_number(number))) for number in (2, 3)]
    page = brought(empty, {"学生.xlsx": table(student(1), *bad)})
    panel = open_first(empty, page)
    retype(empty, panel, "id_number", id_number(2))
    empty.press(panel.take)
    empty.rest()
    assert page.model.rowCount() == 1
    assert panel.isVisible()
    assert panel.fields["id_number"].text() == wrong(id_number(3))


def test_a_missing_firm_is_completed_from_what_is_typed(empty: Seat) -> None:
    bad = placement(1, FIRM, 实习单位=None)
    books = {
        "企业.xlsx": table(firm(1, FIRM)),
        "学生.xlsx": table(student(1)),
        "实习.xlsx": table(placement(1, FIRM, 实习开始日期="2022-09-01"), bad),
    }
    page = brought(empty, books)
    panel = open_first(empty, page)
    field = panel.fields["firm"]
    field.setFocus()
    empty.qtbot.keyClicks(field, "jjx")
    empty.rest()
    popup = field.completer().popup()
    assert popup.isVisible()
    if not popup.currentIndex().isValid():
        empty.qtbot.keyClick(popup, Qt.Key.Key_Down)
    empty.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == FIRM
    empty.qtbot.wait(400)
    empty.rest()
    assert panel.take.isEnabled()
