"""Blocks of cells: cut, copied and pasted from a spreadsheet's text and from a page's table."""

from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from tests.ui.at_the_table import CONTROL, KEY, firms_page, press, text, to, type_in
from tests.ui.conftest import Seat
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.services.history import actions


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with twelve firms, the cursor in the first cell."""
    return firms_page(empty)


def test_what_is_cut_is_on_the_clipboard_before_it_goes(empty: Seat, firms: Any) -> None:
    before = [text(firms, row, "uscc") for row in range(3)]
    to(firms, 0, "contact")
    type_in(empty, firms, "one")
    type_in(empty, firms, "two")
    empty.rest()
    to(firms, 0, "contact")
    firms.sheet.select(2, 1)
    press(empty, firms, KEY.Key_X, CONTROL)
    empty.rest()
    assert QGuiApplication.clipboard().text() == "one\r\ntwo\r\n"
    assert [text(firms, row, "contact") for row in range(2)] == ["", ""]
    to(firms, 4, "contact")
    press(empty, firms, KEY.Key_V, CONTROL)
    empty.rest()
    assert [text(firms, row, "contact") for row in (4, 5)] == ["one", "two"]
    assert firms.sheet.block()[0] == [4, 5]
    assert [text(firms, row, "uscc") for row in range(3)] == before


def test_a_pasted_table_of_a_page_without_text_is_read_from_its_cells(
    empty: Seat, firms: Any
) -> None:
    data = QMimeData()
    data.setHtml("<table><tr><td>东区</td><td>一路<br>二号</td></tr><tr><td>西区</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(data)
    to(firms, 0, "district")
    press(empty, firms, KEY.Key_V, CONTROL)
    empty.rest()
    assert [text(firms, row, "district") for row in (0, 1)] == ["东区", "西区"]
    assert "一路" in text(firms, 0, "address")


def test_quoted_cells_and_line_breaks_come_from_excel_whole(empty: Seat, firms: Any) -> None:
    QGuiApplication.clipboard().setText('"第一行\n第二行"\t"说""好"""\r\n东\t西\r\n')
    to(firms, 0, "district")
    press(empty, firms, KEY.Key_V, CONTROL)
    empty.rest()
    assert text(firms, 0, "address") == '说"好"'
    assert text(firms, 1, "district") == "东"
    assert "第一行" in text(firms, 0, "district")
    assert sum(one.undoable for one in actions(empty.desk.office)[:1]) == 1


def test_a_refused_cell_is_emptied_by_delete_and_written_over_by_a_paste(
    empty: Seat, firms: Any
) -> None:
    for way in ("delete", "paste"):
        to(firms, 0, "staff")
        type_in(empty, firms, "many")
        empty.rest()
        to(firms, 0, "staff")
        assert firms.model.wrong
        QGuiApplication.clipboard().setText("77")
        press(empty, firms, *((KEY.Key_Delete,) if way == "delete" else (KEY.Key_V, CONTROL)))
        empty.rest()
        assert (text(firms, 0, "staff"), firms.model.wrong) == (
            "" if way == "delete" else "77",
            {},
        )


def test_eighteen_digits_leave_as_text_in_both_shapes(empty: Seat, firms: Any) -> None:
    to(firms, 0, "uscc")
    press(empty, firms, KEY.Key_C, CONTROL)
    empty.rest()
    data = QGuiApplication.clipboard().mimeData()
    code = text(firms, 0, "uscc")
    assert data.text() == f"{code}\r\n"
    assert f"<td>{code}</td>" in data.html()
    assert 'td{white-space:pre;mso-number-format:"\\@"}' in data.html()


def test_too_much_for_the_clipboard_is_said(
    empty: Seat, firms: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "MOST", 3)
    QGuiApplication.clipboard().setText("x")
    to(firms, 0, "name")
    firms.sheet.select(2, 2)
    for key in (KEY.Key_C, KEY.Key_X):
        press(empty, firms, key, CONTROL)
        empty.rest()
        assert "超过 3 格" in empty.window.notice.text
        assert QGuiApplication.clipboard().text() == "x"
    press(empty, firms, KEY.Key_Delete)
    empty.rest()
    assert text(firms, 0, "name") == "甲有限公司"
    QGuiApplication.clipboard().setText("a\tb\r\nc\td\r\n")
    press(empty, firms, KEY.Key_V, CONTROL)
    empty.rest()
    assert "超过 3 格" in empty.window.notice.text
