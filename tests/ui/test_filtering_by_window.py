"""A register is narrowed under its headings, by chips and by views; its columns are chosen."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.services.books import firm, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.services.narrowing import AnyEmpty, Between, Contains, Empty, OneOf
from xqhz_desktop.ui.desk import Rows

KEYS = Qt.Key
NATURES = ["国有", "民营", "外资"]


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with six firms, two of each nature; the last has no head count."""
    rows = (
        firm(n, f"{name}机械厂", 企业性质=NATURES[n % 3], 职工人数=n * 10 if n < 6 else None)
        for n, name in enumerate("甲乙丙丁戊己", 1)
    )
    empty.desk.broadcast(Clerk(empty.desk.office).bring({"企业.xlsx": table(*rows)}))
    page = empty.go("firms")
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    return page


def to(page: Any, field: str) -> None:
    """Put the cursor into the first row's cell of a field."""
    page.sheet.setCurrentIndex(page.model.index(0, page.model.names.index(field)))


def at_work(seat: Seat, page: Any) -> None:
    """The keys go into the table."""
    seat.window.activateWindow()
    page.sheet.setFocus()
    seat.qtbot.waitUntil(page.sheet.hasFocus)


def ask(seat: Seat, page: Any, field: str) -> Any:
    """The window of a field's filter, asked for by Alt and the arrow."""
    at_work(seat, page)
    to(page, field)
    seat.qtbot.keyClick(page.sheet, KEYS.Key_Down, Qt.KeyboardModifier.AltModifier)
    seat.rest()
    assert page.narrowing.asking.isVisible()
    return page.narrowing.asking


def key(seat: Seat, widget: Any, pressed: Any) -> None:
    """Press a key in a widget and wait for what comes of it."""
    seat.qtbot.keyClick(widget, pressed)
    seat.rest()


def names(seat: Seat, page: Any) -> str:
    """The first signs of the firms' names, sorted."""
    return "".join(sorted(text[0] for text in seat.texts(page.sheet, "企业名称")))


def said(page: Any) -> list[str]:
    """What the chips say."""
    return [chip.text for chip in page.narrowing.chips]


def test_values_stand_with_their_counts_and_what_is_left_ticked_is_shown(
    empty: Seat, firms: Any
) -> None:
    window = ask(empty, firms, "nature")
    lines = [[window.model.text(row, at) for at in (0, 1)] for row in range(3)]
    assert sorted(lines) == sorted([name, "2"] for name in NATURES)
    window.list.setFocus()
    gone = window.model.text(0, 0)
    key(empty, window.list, KEYS.Key_Space)
    key(empty, window.list, KEYS.Key_Return)
    left = set(empty.texts(firms.sheet, "企业性质"))
    assert left == set(NATURES) - {gone}
    assert said(firms) == [f"只看企业性质是{'或'.join(t for t, _ in lines if t != gone)}"]
    assert "4 / 6" in firms.count.text()


def test_escape_leaves_all_as_it_was_and_the_keys_go_back_to_the_table(
    empty: Seat, firms: Any
) -> None:
    window = ask(empty, firms, "nature")
    key(empty, window.list, KEYS.Key_Space)
    key(empty, window.list, KEYS.Key_Escape)
    assert (firms.model.records, said(firms)) == (6, [])
    assert empty.window.focusWidget() is firms.sheet


def test_a_word_over_the_values_is_a_filter_by_itself(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "name")
    empty.write(window.search, "丙")
    assert window.model.rowCount() == 1
    key(empty, window.search, KEYS.Key_Return)
    assert firms.narrowing.filters == (Contains("name", "丙"),)
    assert (names(empty, firms), said(firms)) == ("丙", ["只看企业名称含“丙”"])
    again = ask(empty, firms, "name")
    assert again.search.text() == "丙"
    empty.press(again.clear)
    empty.rest()
    assert (firms.model.records, said(firms)) == (6, [])


def test_nothing_ticked_cannot_be_applied_and_says_so(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "nature")
    window.all.click()
    assert not window.apply.isEnabled()
    assert window.why.text() == "一个值也没有勾选，请至少勾选一个。"
    key(empty, window.list, KEYS.Key_Space)
    assert window.apply.isEnabled()


def test_figures_have_limits_which_may_stand_the_wrong_way_round(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "staff")
    empty.write(window.low, "４０")
    empty.write(window.high, "20")
    key(empty, window.high, KEYS.Key_Return)
    assert names(empty, firms) == "丁丙乙"
    assert said(firms) == ["只看在岗职工人数在 20 到 40 之间"]
    assert ask(empty, firms, "staff").low.text() == "20"


@pytest.mark.parametrize("typed", ["很多", "nan", "inf"])
def test_a_limit_that_is_no_figure_is_refused_where_it_stands(
    empty: Seat, firms: Any, typed: str
) -> None:
    window = ask(empty, firms, "staff")
    empty.write(window.low, typed)
    key(empty, window.low, KEYS.Key_Return)
    assert window.isVisible()
    assert window.why.text() == f"“{typed}”读不出，请按 1200 的样子填写。"


def test_dates_are_typed_as_clerks_type_them(school: Seat) -> None:
    page = school.go("placements")
    window = ask(school, page, "start")
    school.write(window.low, "20230901")
    school.write(window.high, "2024-2")
    key(school, window.high, KEYS.Key_Return)
    limits = Between("start", date(2023, 9, 1), date(2024, 2, 29))
    assert page.narrowing.filters == (limits,)
    starts = school.texts(page.sheet, "开始")
    assert starts
    assert all("2023-09-01" <= one <= "2024-02-29" for one in starts)


def test_empty_cells_are_one_press_away(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "staff")
    assert window.empty.text() == "为空（1 行）"
    empty.press(window.empty)
    empty.rest()
    assert (names(empty, firms), said(firms)) == ("己", ["只看在岗职工人数为空"])


def test_chips_read_as_a_sentence_and_go_one_by_one_or_all_at_once(empty: Seat, firms: Any) -> None:
    firms.narrowing.put("nature", OneOf("nature", ("国有", "民营")))
    firms.narrowing.put("staff", Empty("staff", not_=True))
    empty.rest()
    assert "".join(said(firms)) == "只看企业性质是国有或民营且在岗职工人数不为空"
    assert firms.model.records == 3
    empty.press(firms.narrowing.chips[0].cross)
    empty.rest()
    assert (said(firms), firms.model.records) == (["只看在岗职工人数不为空"], 5)
    empty.press(firms.narrowing.clear)
    empty.rest()
    assert (said(firms), firms.model.records) == ([], 6)
    assert not firms.narrowing.clear.isVisible()


def test_the_words_of_a_chip_open_its_filter(empty: Seat, firms: Any) -> None:
    firms.narrowing.put("nature", OneOf("nature", ("国有",)))
    empty.rest()
    empty.press(firms.narrowing.chips[0].words)
    empty.rest()
    assert firms.narrowing.asking.isVisible()
    assert firms.narrowing.asking.model.chosen() == ("国有",)


def test_filters_hold_together_with_the_search_and_a_blank_page_leads_out(
    empty: Seat, firms: Any
) -> None:
    firms.narrowing.put("nature", OneOf("nature", ("国有",)))
    empty.write(firms.search, "甲")
    empty.qtbot.waitUntil(lambda: firms.stages.currentIndex() == 1)
    empty.rest()
    assert "没有符合条件的行" in firms.blank.text
    way = next(one for one in firms.blank.findChildren(QPushButton) if one.isVisible())
    empty.press(way)
    empty.qtbot.wait(300)  # the search waits for more to be typed
    empty.rest()
    assert (firms.model.records, said(firms), firms.search.text()) == (6, [], "")


def test_the_rows_of_a_number_are_shown_whole_whatever_was_filtered(
    empty: Seat, firms: Any
) -> None:
    ids = tuple(firms.model.id_at(row) for row in range(4))
    firms.narrowing.put("nature", OneOf("nature", ("国有",)))
    empty.rest()
    empty.go("register", Rows("firms", ids, "某个数"))
    assert (firms.model.records, said(firms)) == (4, [])
    firms.narrowing.put("nature", OneOf("nature", ("国有",)))
    empty.rest()
    assert firms.model.records == 1
    empty.press(firms.narrowed)
    empty.rest()
    assert (firms.model.records, len(said(firms))) == (2, 1)


def test_filters_are_cleared_by_the_keys_of_excel(empty: Seat, firms: Any) -> None:
    firms.narrowing.put("nature", OneOf("nature", ("国有",)))
    empty.rest()
    at_work(empty, firms)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    empty.qtbot.keyClick(firms.sheet, KEYS.Key_L, both)
    empty.rest()
    assert (firms.model.records, said(firms)) == (6, [])


def test_a_word_that_no_value_has_is_said(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "name")
    empty.write(window.search, "庚")
    assert window.why.text() == "没有这样的值，请换一个词查找。"
    assert not window.apply.isEnabled()


def test_the_arrow_down_goes_from_the_word_into_the_values(empty: Seat, firms: Any) -> None:
    window = ask(empty, firms, "name")
    empty.qtbot.keyClick(window.search, KEYS.Key_Down)
    empty.qtbot.waitUntil(window.list.hasFocus)


# ------------------------------------------------------------ views


def view(seat: Seat, page: Any, text: str) -> None:
    """Choose a line of the views' menu."""
    seat.press(page.narrowing.views.button)
    menu = page.narrowing.views.menu
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()
    seat.rest()


def test_a_view_of_the_program_narrows_and_its_name_stands_on_the_button(
    empty: Seat, firms: Any
) -> None:
    view(empty, firms, "缺项")
    (chosen,) = firms.narrowing.filters
    assert isinstance(chosen, AnyEmpty)
    assert firms.narrowing.views.button.text() == "视图：缺项 ▾"
    view(empty, firms, "全部")
    assert firms.narrowing.filters == ()
    assert firms.narrowing.views.button.text() == "视图：全部 ▾"


def test_a_view_is_saved_with_its_filters_order_and_columns_and_deleted(
    empty: Seat, firms: Any
) -> None:
    firms.narrowing.put("nature", OneOf("nature", ("国有", "民营")))
    firms.headings.show(["name", "staff"])
    firms.sheet.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    empty.rest()
    shown = empty.texts(firms.sheet, "企业名称")
    view(empty, firms, "存为视图……")
    dialog = firms.narrowing.views.dialog
    empty.write(dialog.field, "大户")
    empty.press(dialog.yes)
    empty.rest()
    assert firms.narrowing.views.button.text() == "视图：大户 ▾"
    view(empty, firms, "全部")
    assert (firms.model.records, firms.model.names) == (6, ("name", "staff"))
    choose(open_menu(empty, firms, "name"), "恢复默认列")
    assert len(firms.model.names) > 2
    view(empty, firms, "大户")
    assert firms.model.names == ("name", "staff")
    assert empty.texts(firms.sheet, "企业名称") == shown
    assert firms.sheet.horizontalHeader().sortIndicatorSection() == 1
    view(empty, firms, "删除视图“大户”")
    empty.press(firms.narrowing.views.button)
    assert "大户" not in [one.text() for one in firms.narrowing.views.menu.actions()]
    firms.narrowing.views.menu.close()
    assert firms.narrowing.views.button.text() == "视图 ▾"


def test_a_name_of_the_program_is_refused_with_the_reason(empty: Seat, firms: Any) -> None:
    view(empty, firms, "存为视图……")
    empty.write(firms.narrowing.views.dialog.field, "缺项")
    empty.press(firms.narrowing.views.dialog.yes)
    empty.rest()
    assert "程序自带的视图" in empty.window.notice.text


# ------------------------------------------------------------ columns


def headings(seat: Seat, page: Any) -> list[str]:
    """The headings as they are seen, from the left."""
    header = page.sheet.horizontalHeader()
    shown = seat.headings(page.sheet)
    return [shown[header.logicalIndex(at)] for at in range(header.count())]


def open_menu(seat: Seat, page: Any, field: str) -> Any:
    """The menu under a heading, asked for by the right button."""
    header = page.sheet.horizontalHeader()
    place = header.viewport().rect().center()
    place.setX(header.sectionViewportPosition(page.model.names.index(field)) + 8)
    header.customContextMenuRequested.emit(place)
    return page.headings.menu


def choose(menu: Any, text: str) -> None:
    """Choose a line of a menu and close it."""
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()


def test_a_column_is_hidden_brought_back_and_all_are_reset(empty: Seat, firms: Any) -> None:
    usual = headings(empty, firms)
    choose(open_menu(empty, firms, "name"), "隐藏这一列")
    assert headings(empty, firms) == [one for one in usual if one != "企业名称"]
    menu = open_menu(empty, firms, "nature")
    choose(menu.findChild(type(menu)) or menu, "企业名称")
    assert headings(empty, firms) == usual
    choose(open_menu(empty, firms, "name"), "隐藏这一列")
    choose(open_menu(empty, firms, "nature"), "恢复默认列")
    assert headings(empty, firms) == usual


def test_a_dragged_heading_takes_its_cells_along(empty: Seat, firms: Any) -> None:
    usual, first = firms.model.names, empty.texts(firms.sheet, "企业名称")
    firms.sheet.horizontalHeader().moveSection(0, 2)
    empty.qtbot.waitUntil(lambda: firms.model.names != usual)
    assert firms.model.names[:3] == (usual[1], usual[2], usual[0])
    assert headings(empty, firms) == empty.headings(firms.sheet)
    assert empty.texts(firms.sheet, "企业名称") == first


def test_a_column_is_moved_by_the_menu(empty: Seat, firms: Any) -> None:
    usual = firms.model.names
    choose(open_menu(empty, firms, usual[1]), "右移一列")
    assert firms.model.names[:3] == (usual[0], usual[2], usual[1])
    choose(open_menu(empty, firms, usual[1]), "左移一列")
    assert firms.model.names == usual
    first = next(one for one in open_menu(empty, firms, usual[0]).actions() if "左移" in one.text())
    assert not first.isEnabled()
    firms.headings.menu.close()


def test_columns_stay_as_they_were_left_when_another_register_was_shown(school: Seat) -> None:
    page = school.go("more")
    page.headings.show(page.model.names[1:4])
    kept = page.model.names
    page.sheet.setColumnWidth(0, 177)
    school.press_tab(page.tabs, 1)
    school.rest()
    assert page.model.names != kept
    school.press_tab(page.tabs, 0)
    school.rest()
    assert (page.model.names, page.sheet.columnWidth(0)) == (kept, 177)


def test_the_panel_shows_every_field_of_a_record_whatever_is_hidden(
    empty: Seat, firms: Any
) -> None:
    firms.headings.show(["name"])
    firms._open_row(0)
    assert firms.panel.isVisible()
    assert "企业性质" in [one.text() for one in firms.panel.findChildren(QLabel)]


# ------------------------------------------------------------ sums


def test_the_foot_says_sum_and_average_of_selected_figures(empty: Seat, firms: Any) -> None:
    to(firms, "staff")
    firms.sheet.select(6, 1)
    empty.qtbot.waitUntil(lambda: bool(firms.sums.label.text()))
    assert firms.sums.label.text() == "合计 150 · 平均 30（5 个数）"
    to(firms, "name")
    firms.sheet.select(6, 1)
    QApplication.sendPostedEvents()
    empty.qtbot.wait(200)
    empty.rest()
    assert firms.sums.label.text() == ""
