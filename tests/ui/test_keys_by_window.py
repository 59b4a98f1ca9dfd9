"""The keys of a spreadsheet: where the cursor goes, fast typing, and what an input method says."""

from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.services.books import firm
from tests.ui.at_the_table import (
    CONTROL,
    KEY,
    PLAIN,
    SHIFT,
    at,
    at_work,
    editor,
    firms_page,
    press,
    text,
    to,
    type_in,
)
from tests.ui.conftest import NOW, Seat


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with twelve firms, the cursor in the first cell."""
    return firms_page(empty)


def compose(target: Any, preedit: str = "", commit: str = "") -> None:
    """What an input method says to a widget."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(target, event)


# ------------------------------------------------------------ where the cursor goes


def test_enter_in_a_cell_goes_down_and_tab_right_and_with_shift_back(
    empty: Seat, firms: Any
) -> None:
    to(firms, 3, "district")
    for key, modifier, goes in (
        (KEY.Key_Return, PLAIN, (4, "district")),
        (KEY.Key_Return, SHIFT, (3, "district")),
        (KEY.Key_Tab, PLAIN, (3, "address")),
        (KEY.Key_Backtab, SHIFT, (3, "district")),
    ):
        press(empty, firms, KEY.Key_F2)
        assert editor(firms) is not None
        press(empty, firms, key, modifier)
        assert (at(firms), editor(firms)) == (goes, None)


def test_enter_after_tabs_goes_under_where_they_began(empty: Seat, firms: Any) -> None:
    to(firms, 2, "nature")
    type_in(empty, firms, "a", KEY.Key_Tab)
    type_in(empty, firms, "b", KEY.Key_Tab)
    type_in(empty, firms, "c")
    assert at(firms) == (3, "nature")
    empty.rest()
    assert [text(firms, 2, one) for one in firms.model.names[2:5]] == ["a", "b", "c"]


def test_tab_behind_the_last_column_begins_the_next_row(empty: Seat, firms: Any) -> None:
    to(firms, 2, firms.model.names[-1])
    press(empty, firms, KEY.Key_Tab)
    assert at(firms) == (3, "name")
    press(empty, firms, KEY.Key_Backtab, SHIFT)
    assert at(firms) == (2, firms.model.names[-1])


def test_home_end_and_pages_go_as_in_excel_and_select_where_they_go(
    empty: Seat, firms: Any
) -> None:
    last, bottom = firms.model.names[-1], firms.model.records
    to(firms, 5, "district")
    for key, modifier, goes in (
        (KEY.Key_End, PLAIN, (5, last)),
        (KEY.Key_Home, PLAIN, (5, "name")),
        (KEY.Key_End, CONTROL, (bottom, last)),
        (KEY.Key_Home, CONTROL, (0, "name")),
        (KEY.Key_Down, CONTROL, (bottom - 1, "name")),
        (KEY.Key_Down, CONTROL, (bottom, "name")),
        (KEY.Key_Up, CONTROL, (0, "name")),
        (KEY.Key_Right, CONTROL, (0, last)),
        (KEY.Key_Left, CONTROL, (0, "name")),
        (KEY.Key_PageDown, PLAIN, (bottom, "name")),
        (KEY.Key_PageUp, PLAIN, (0, "name")),
    ):
        press(empty, firms, key, modifier)
        assert at(firms) == goes
        assert firms.sheet.block() == ([goes[0]], [firms.model.names.index(goes[1])])


def test_shift_draws_the_selection_on_by_arrows_home_end_and_to_the_edges(
    empty: Seat, firms: Any
) -> None:
    columns = len(firms.model.names)
    to(firms, 1, "nature")
    press(empty, firms, KEY.Key_Down, SHIFT)
    press(empty, firms, KEY.Key_Right, SHIFT)
    assert firms.sheet.block() == ([1, 2], [2, 3])
    press(empty, firms, KEY.Key_End, SHIFT)
    assert firms.sheet.block() == ([1, 2], [*range(2, columns)])
    press(empty, firms, KEY.Key_Home, SHIFT)
    assert firms.sheet.block() == ([1, 2], [0, 1, 2])
    press(empty, firms, KEY.Key_Down, CONTROL | SHIFT)
    assert firms.sheet.block() == ([*range(1, 12)], [0, 1, 2])
    press(empty, firms, KEY.Key_Right)
    assert firms.sheet.block() == ([11], [1])


def test_control_f_goes_to_the_search_from_table_and_editor(empty: Seat, firms: Any) -> None:
    press(empty, firms, KEY.Key_F, CONTROL)
    empty.qtbot.waitUntil(firms.search.hasFocus)
    firms.sheet.setFocus()
    press(empty, firms, KEY.Key_F2)
    press(empty, firms, KEY.Key_F, CONTROL)
    empty.qtbot.waitUntil(firms.search.hasFocus)


def test_the_cursor_and_the_place_stay_when_the_rows_are_read_anew(empty: Seat, firms: Any) -> None:
    firms.sheet.setFixedHeight(150)
    to(firms, 9, "district")
    scrolled = firms.sheet.verticalScrollBar().value()
    assert scrolled > 0
    type_in(empty, firms, "x")
    empty.rest()
    assert (at(firms), text(firms, 9, "district")) == ((10, "district"), "x")
    assert firms.sheet.verticalScrollBar().value() - scrolled <= 1


# ------------------------------------------------------------ fast typing


def test_what_is_typed_before_the_last_cell_was_written_is_not_lost(
    empty: Seat, firms: Any
) -> None:
    to(firms, 0, "district")
    for row in range(10):
        type_in(empty, firms, f"z{row}")
    press(empty, firms, KEY.Key_F2)
    empty.qtbot.keyClicks(editor(firms), "half")
    empty.rest()  # all ten are written and read again meanwhile
    open_one = editor(firms)
    assert open_one is not None
    assert open_one.text() == "half"
    press(empty, firms, KEY.Key_Return)
    empty.rest()
    assert [text(firms, row, "district") for row in range(11)] == [
        *(f"z{row}" for row in range(10)),
        "half",
    ]


def test_the_last_of_two_texts_typed_into_one_cell_stays(empty: Seat, firms: Any) -> None:
    to(firms, 0, "staff")
    type_in(empty, firms, "abc")
    to(firms, 0, "staff")
    type_in(empty, firms, "12")
    empty.rest()
    index = firms.model.index(0, firms.model.names.index("staff"))
    assert (index.data(), firms.model.tone(0, index.column())) == ("12", "")


def test_a_new_row_typed_without_waiting_is_made_once_with_all_its_cells(
    empty: Seat, firms: Any
) -> None:
    to(firms, firms.model.records, "name")
    code = str(firm(40, "新")["统一社会信用代码"])
    for said in ("NewFirm", code, "nature", "trade", "east"):
        type_in(empty, firms, said, KEY.Key_Tab)
    empty.rest()
    assert firms.model.records == 13
    row = [text(firms, one, "name") for one in range(13)].index("NewFirm")
    assert [text(firms, row, one) for one in firms.model.names[1:5]] == [
        code, "nature", "trade", "east",
    ]  # fmt: skip
    assert at(firms) == (row, "address")
    assert not firms.model.unsaved
    assert empty.window.notice.text == ""  # while it was typed, nobody was told what it lacked


def test_a_new_row_that_is_left_unfinished_says_what_it_lacks(empty: Seat, firms: Any) -> None:
    to(firms, firms.model.records, "name")
    type_in(empty, firms, "NewFirm", KEY.Key_Tab)
    empty.rest()
    assert empty.window.notice.text == ""
    press(empty, firms, KEY.Key_Up)
    assert empty.window.notice.text == "新的一行还没有保存：“统一社会信用代码”未填，请填写。"
    assert text(firms, 12, "name") == "NewFirm"


def test_rows_can_be_typed_one_after_the_other_by_keys_alone(empty: Seat, firms: Any) -> None:
    to(firms, firms.model.records, "name")
    for number in (41, 42, 43):
        type_in(empty, firms, f"Firm {number}", KEY.Key_Tab)
        type_in(empty, firms, str(firm(number, "新")["统一社会信用代码"]))
        empty.rest()
        assert at(firms)[1] == "name"
        assert at(firms)[0] == firms.model.records
    assert firms.model.records == 15


# ------------------------------------------------------------ Chinese input


def test_the_first_letter_of_a_composition_begins_in_the_cell(empty: Seat, firms: Any) -> None:
    to(firms, 0, "contact")
    compose(firms.sheet, preedit="l")
    opened = editor(firms)
    assert opened is not None
    compose(firms.sheet, preedit="li")
    press(empty, firms, KEY.Key_Return)  # confirms the candidate
    assert editor(firms) is opened
    firms.model.read_again()  # others write meanwhile
    compose(firms.sheet, commit="李")
    assert opened.text() == "李"
    assert not firms.panel.isVisible()
    press(empty, firms, KEY.Key_Return)
    empty.rest()
    assert (text(firms, 0, "contact"), at(firms)) == ("李", (1, "contact"))


def test_enter_while_the_editor_composes_stays_in_the_cell(empty: Seat, firms: Any) -> None:
    to(firms, 0, "contact")
    press(empty, firms, KEY.Key_F2)
    opened = editor(firms)
    compose(opened, preedit="wang")
    for key in (KEY.Key_Return, KEY.Key_Tab):
        empty.qtbot.keyClick(opened, key)
        assert (editor(firms), at(firms)) == (opened, (0, "contact"))
    compose(opened, commit="王")
    empty.qtbot.keyClick(opened, KEY.Key_Return)
    empty.rest()
    assert (text(firms, 0, "contact"), at(firms)) == ("王", (1, "contact"))


# ------------------------------------------------------------ dates, choices, links


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("20260901", "2026-09-01"),
        ("9.1", f"{NOW.year}-09-01"),
        ("2026-9-1", "2026-09-01"),
        ("2026年9月1日", "2026-09-01"),
        ("today", f"{NOW:%Y-%m-%d}"),
    ],
)
def test_dates_are_typed_as_clerks_type_them(
    empty: Seat, firms: Any, typed: str, means: str
) -> None:
    page = at_work(empty, "more", "students")
    to(page, 0, "birthday")
    if typed == "today":
        press(empty, page, KEY.Key_Semicolon, CONTROL)
    else:
        press(empty, page, KEY.Key_F2)
        opened = editor(page)
        assert opened is not None
        opened.selectAll()
        empty.write(opened, typed)
        press(empty, page, KEY.Key_Return)
    empty.rest()
    assert text(page, 0, "birthday") == means or page.model.wrong


def offered(seat: Seat, page: Any, typed: str) -> Any:
    """The list of offers under the cell, once something was typed over it."""
    seat.qtbot.keyClicks(page.sheet, typed[0])
    seat.qtbot.keyClicks(editor(page), typed[1:])
    opened = editor(page)
    assert opened is not None
    popup = opened.completer().popup()
    seat.qtbot.waitUntil(popup.isVisible)
    seat.rest()
    return popup


def test_a_choice_is_taken_by_the_first_letters_of_its_sound_and_one_enter(
    empty: Seat, firms: Any
) -> None:
    page = at_work(empty, "more", "students")
    to(page, 0, "sex")
    other = "nan" if text(page, 0, "sex") == "女" else "nv"
    popup = offered(empty, page, other[:1] + other[1:])
    assert popup.currentIndex().isValid()
    empty.qtbot.keyClick(popup, KEY.Key_Return)
    empty.rest()
    assert (text(page, 0, "sex"), at(page)) == ({"nan": "男", "nv": "女"}[other], (1, "sex"))


def test_a_link_is_completed_from_a_part_of_its_sound(empty: Seat, firms: Any) -> None:
    page = at_work(empty, "placements")
    to(page, 0, "firm")
    popup = offered(empty, page, "geng")
    empty.qtbot.keyClick(popup, KEY.Key_Tab)
    empty.rest()
    assert text(page, 0, "firm") == "庚有限公司"
    assert editor(page) is None


def test_offers_that_are_not_sure_leave_what_was_typed(empty: Seat, firms: Any) -> None:
    page = at_work(empty, "placements")
    to(page, 0, "firm")
    before = text(page, 0, "firm")
    popup = offered(empty, page, "yxgs")
    assert not popup.currentIndex().isValid()
    empty.qtbot.keyClick(popup, KEY.Key_Return)
    empty.rest()
    assert text(page, 0, "firm") == "yxgs" != before
    assert page.model.wrong


def test_a_firm_that_is_missing_is_registered_on_the_spot(empty: Seat, firms: Any) -> None:
    page = at_work(empty, "placements")
    to(page, 0, "firm")
    press(empty, page, KEY.Key_F2)
    opened = editor(page)
    assert opened is not None
    opened.selectAll()
    empty.write(opened, "寅卯有限公司")
    press(empty, page, KEY.Key_Return)
    empty.rest()
    assert "寅卯有限公司" in empty.window.notice._action.text()
    empty.press(empty.window.notice._action)
    empty.rest()
    assert (text(page, 0, "firm"), page.model.wrong) == ("寅卯有限公司", {})
