"""Every place of the navigation on the sample school, acted upon as a user does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTabBar,
    QTableView,
)

from xqhz_desktop.policy.results import SEVERITY_ORDER
from xqhz_desktop.registers.catalogue import REGISTERS, TYPED
from xqhz_desktop.services import tables
from xqhz_desktop.ui.navigation import PLACES
from xqhz_desktop.ui.window import REGISTER_PLACES


def click_cell(seat, sheet, row: int, heading: str) -> None:
    """A click into a cell."""
    index = sheet.model().index(row, seat.headings(sheet).index(heading))
    sheet.scrollTo(index)
    seat.qtbot.mouseClick(
        sheet.viewport(), Qt.MouseButton.LeftButton, pos=sheet.visualRect(index).center()
    )


def click_heading(seat, sheet, heading: str) -> None:
    """A click on a heading."""
    header = sheet.horizontalHeader()
    at = seat.headings(sheet).index(heading)
    sheet.scrollTo(sheet.model().index(0, at))
    place = header.viewport().rect().center()
    place.setX(header.sectionViewportPosition(at) + header.sectionSize(at) // 2)
    seat.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_every_register_has_a_place():
    shown = [register for _, registers in REGISTER_PLACES.values() for register in registers]
    assert sorted(shown) == sorted(REGISTERS)
    assert set(REGISTER_PLACES) < set(PLACES)


def test_every_register_shows_all_its_rows(school):
    shown = {}
    for register in REGISTERS:
        page = school.go("register", register)
        shown[register] = page.model.records
        assert f"{shown[register]:,} 行" in page.sentence.text()
        assert page.count.text() == f"显示 {shown[register]:,} / {shown[register]:,} 行"
    assert shown == {name: tables.count(school.desk.office, name) for name in REGISTERS}
    assert all(number or REGISTERS[name] in TYPED for name, number in shown.items())


def test_a_click_on_the_navigation_goes_there(school):
    place = school.window.navigation.button("findings")
    school.qtbot.mouseClick(place, Qt.MouseButton.LeftButton)
    assert school.window.place == "findings"
    assert place.isChecked()


def test_the_arrows_move_through_the_navigation_and_space_goes_there(school):
    navigation = school.window.navigation
    navigation.button("start").setFocus()
    school.qtbot.keyClick(navigation.button("start"), Qt.Key.Key_Down)
    assert navigation.button("board").hasFocus()
    school.qtbot.keyClick(navigation.button("board"), Qt.Key.Key_Space)
    assert school.window.place == "board"


def test_a_narrow_window_folds_the_navigation_to_icons_that_name_themselves(school):
    navigation = school.window.navigation
    school.window.resize(1099, 700)
    assert navigation.width() == 56
    assert navigation.button("board").text() == ""
    assert navigation.button("board").toolTip() == "看板"
    school.window.resize(1100, 700)
    assert navigation.width() == 184


def test_a_heading_sorts_up_then_down_then_not(school):
    page = school.go("firms")
    unsorted = school.texts(page.sheet, "在岗职工人数")
    click_heading(school, page.sheet, "在岗职工人数")
    school.rest()
    known = [int(text.replace(",", "")) for text in unsorted if text]
    up = [text.replace(",", "") for text in school.texts(page.sheet, "在岗职工人数")]
    assert [int(text) for text in up if text] == sorted(known)
    click_heading(school, page.sheet, "在岗职工人数")
    school.rest()
    down = [text.replace(",", "") for text in school.texts(page.sheet, "在岗职工人数")]
    assert [int(text) for text in down if text] == sorted(known, reverse=True)
    click_heading(school, page.sheet, "在岗职工人数")
    school.rest()
    assert school.texts(page.sheet, "在岗职工人数") == unsorted


def test_typing_finds_rows_and_a_press_shows_all_again(school):
    page = school.go("placements")
    name = school.texts(page.sheet, "姓名")[0]
    school.write(page.search, name)
    school.qtbot.waitUntil(lambda: 0 < page.model.records < 170)
    assert set(school.texts(page.sheet, "姓名")) == {name}
    school.write(page.search, "查无此人")
    school.qtbot.waitUntil(lambda: "没有符合条件" in page.blank.text)
    again = [one for one in page.blank.findChildren(QPushButton) if one.isVisible()]
    school.press(again[0])
    school.qtbot.waitUntil(lambda: page.model.records == 170)


def test_identity_numbers_and_phones_are_masked(school):
    page = school.go("placements")
    assert all("*" in text for text in school.texts(page.sheet, "身份证号"))
    assert all("*" in text for text in school.texts(page.sheet, "联系电话") if text)


def test_enter_opens_the_record_beside_the_table_and_escape_closes_it(school):
    page = school.go("placements")
    page.sheet.setCurrentIndex(page.model.index(2, 0))
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    assert page.panel.isVisible()
    assert page.panel.title == school.texts(page.sheet, "姓名")[2]
    assert "第" in page.source.text()
    school.qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_no_class_or_firm_is_cut_in_the_table(school):
    page = school.go("placements")
    metrics = page.sheet.fontMetrics()
    for heading in ("班级", "实习单位", "身份证号"):
        width = page.sheet.columnWidth(school.headings(page.sheet).index(heading))
        longest = max(map(metrics.horizontalAdvance, school.texts(page.sheet, heading)[:100]))
        assert longest < width, heading


def test_an_empty_register_says_what_to_do(empty):
    page = empty.go("placements")
    assert "还没有岗位实习记录" in page.blank.text
    way = [one for one in page.blank.findChildren(QPushButton) if one.isVisible()]
    empty.press(way[0])
    assert empty.window.place == "import"


def test_the_board_shows_values_against_their_targets(school):
    board = school.go("board")
    assert board.choice.currentText() == "2024年度"
    assert "另有 81 行待更正未计入" in board.sentence.text()
    card = board.cards["concentrated_rate"].text
    assert card == "集中岗位实习率，91.2%，目标 80% · 力争 100%，52 / 57，上年 91.5%"


def test_a_number_of_the_board_opens_exactly_the_rows_behind_it(school):
    board = school.go("board")
    school.press_tab(board.views, 1)
    at = school.texts(board.sheet, "指标").index("集中岗位实习率")
    assert school.texts(board.sheet, "分子")[at] == "52"
    click_cell(school, board.sheet, at, "分子")
    school.rest()
    page = school.window.pages["placements"]
    assert school.window.place == "placements"
    assert page.model.records == 52
    assert set(school.texts(page.sheet, "安排方式")) == {"集中"}
    assert "集中岗位实习率，2024年度，分子" in page.narrowed.text()
    school.press(page.narrowed)
    school.rest()
    assert page.model.records == 170


def test_a_card_opens_its_rows_by_mouse_and_by_key(school):
    board = school.go("board")
    school.qtbot.mouseClick(board.cards["dual_share_of_fulltime"], Qt.MouseButton.LeftButton)
    school.rest()
    assert school.window.place == "more"
    assert school.window.pages["more"].model.records == 19
    school.go("board")
    school.qtbot.keyClick(board.cards["concentrated_rate"], Qt.Key.Key_Return)
    school.rest()
    assert school.window.pages["placements"].model.records == 57


def test_another_year_is_chosen_from_the_box(school):
    board = school.go("board")
    before = board.cards["concentrated_rate"].text
    board.choice.setCurrentIndex(board.choice.findText("2022-2023学年"))
    school.rest()
    assert "2022-2023学年" in board.sentence.text()
    assert board.cards["concentrated_rate"].text != before


def test_findings_stand_red_first_and_can_be_filtered(school):
    page = school.go("findings")
    order = [SEVERITY_ORDER[line.finding.severity] for line in page.model.lines]
    assert order == sorted(order)
    school.press(page.severities["amber"])
    assert set(school.texts(page.sheet, "级别")) == {"警示"}
    page.period.setCurrentIndex(page.period.findText("2023-2024学年"))
    assert set(school.texts(page.sheet, "期间")) == {"2023-2024学年"}
    school.press(page.severities["amber"])
    school.press(page.severities["red"])
    page.rule.setCurrentIndex(page.rule.findData("未满16周岁上岗"))
    assert set(school.texts(page.sheet, "规则")) == {"未满16周岁上岗"}
    assert page.count.text() == f"显示 {page.model.rowCount():,} / {len(page.lines):,} 条"


def test_a_finding_is_told_whole_with_its_rule_under_the_table(school):
    page = school.go("findings")
    assert "另有 81 行待更正未计入" in page.sentence.text()
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    told = page.article.text()
    assert told.startswith(school.texts(page.sheet, "对象")[0])
    assert "依据（法规条文）：《职业学校学生实习管理规定》" in told
    assert told.endswith("按 Enter 打开这条记录。")


def test_a_finding_opens_its_record(school):
    page = school.go("findings")
    name = school.texts(page.sheet, "对象")[0]
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    school.rest()
    shown = school.window.pages["placements"]
    assert school.window.place == "placements"
    assert school.texts(shown.sheet, "姓名") == [name]


def test_a_finding_on_a_waiting_row_is_marked_and_opens_that_row(school):
    page = school.go("findings")
    marked = [at for at, line in enumerate(page.model.lines) if line.finding.quarantined]
    assert "（待更正）" in school.texts(page.sheet, "台账")[marked[0]]
    page.sheet.setCurrentIndex(page.model.index(marked[0], 0))
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    waiting = school.window.pages["waiting"]
    assert school.window.place == "waiting"
    chosen = waiting.model.lines[waiting.sheet.selected_rows()[0]]
    assert chosen.id == page.model.lines[marked[0]].finding.record


def test_waiting_rows_stand_with_address_and_reason(school):
    page = school.go("waiting")
    assert page.model.rowCount() == 81
    assert all(school.texts(page.sheet, "单元格"))
    assert all(text.endswith("。") for text in school.texts(page.sheet, "原因"))
    page.register.setCurrentIndex(page.register.findData("placements"))
    assert set(school.texts(page.sheet, "台账")) == {"岗位实习"}


@pytest.mark.parametrize("agreed", [True, False])
def test_an_action_is_taken_back_only_after_the_question(school, monkeypatch, agreed):
    page = school.go("history")

    def answer(box: QMessageBox) -> int:
        assert box.defaultButton().text() == "不撤销"
        wanted = "撤销这次操作" if agreed else "不撤销"
        next(one for one in box.buttons() if one.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    school.press(page.take_back)
    school.rest()
    kept = tables.count(school.desk.office, "placements")
    assert kept == (0 if agreed else 170)
    assert ("已撤销" in school.texts(page.sheet, "状态")) is agreed


def test_open_pages_read_again_after_a_change(school):
    school.go("placements")
    school.go("board")
    school.undo_all()
    page = school.go("placements")
    assert page.model.records == 0
    assert "还没有可以计算的记录" in school.go("board").blank.text


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (1092, 614)])
def test_every_page_fits_the_window(school, width, height):
    sizes = {}
    for place in PLACES:
        school.window.resize(width, height)
        school.go(place)
        sizes[place] = (school.window.width(), school.window.height())
    assert sizes == dict.fromkeys(PLACES, (width, height))


def test_whatever_can_be_pressed_or_typed_into_has_a_name(school):
    kinds = (QPushButton, QComboBox, QLineEdit, QTableView, QTabBar, QProgressBar)
    nameless = []
    for place in PLACES:
        page = school.go(place)
        parts = [part for kind in kinds for part in page.findChildren(kind)]
        seen = [part for part in parts if part.isVisible()]
        assert seen
        nameless += [(place, part) for part in seen if not part.accessibleName()]
    assert nameless == []
