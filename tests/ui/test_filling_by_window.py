"""One field of the chosen rows is set at once: shown first, one step of undo, with the reason."""

import time
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from tests.ui.conftest import Seat
from xqhz_desktop.base.task import task_at_work
from xqhz_desktop.services.history import actions
from xqhz_desktop.ui.pages import filling
from xqhz_desktop.ui.pages.filling import FillDialog

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def asked(seat: Seat, place: str, rows: int) -> tuple[Any, FillDialog]:
    """The page with its first rows chosen, and the dialog that the keys open."""
    page = seat.go(place)
    seat.window.activateWindow()
    page.sheet.setFocus()
    seat.qtbot.waitUntil(page.sheet.hasFocus)
    page.sheet.setCurrentIndex(page.model.index(0, 1))
    for _ in range(rows - 1):
        seat.qtbot.keyClick(page.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    seat.qtbot.keyClick(page.sheet, Qt.Key.Key_E, CONTROL_SHIFT)
    seat.rest()
    return page, page.findChild(FillDialog)


def choose(seat: Seat, dialog: FillDialog, label: str, text: str) -> None:
    """A field and what it is to become, as a clerk enters them."""
    dialog.field.setCurrentText(label)
    dialog.value.setFocus()
    seat.qtbot.keyClicks(dialog.value, text)
    seat.qtbot.waitUntil(lambda: not dialog._typing.isActive())
    seat.rest()


def test_the_chosen_rows_get_one_value_and_one_undo_takes_it_back(school: Seat) -> None:
    page, dialog = asked(school, "firms", 3)
    before = school.texts(page.sheet, "在岗职工人数")
    choose(school, dialog, "在岗职工人数", before[0])
    assert dialog.says.text() == "3 行，其中 2 行会改变。"
    assert not dialog.yes.isEnabled()  # nobody has said why
    dialog.since.setText("2025.9.1")
    school.write(dialog.reason, "年报核对")
    assert dialog.yes.text() == "修改 2 行"
    school.qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    school.rest()
    assert school.texts(page.sheet, "在岗职工人数")[:3] == [before[0]] * 3
    assert school.window.notice.text == "已修改 2 行。"
    title = actions(school.desk.office)[0].title
    assert "自 2025-09-01 起" in title
    assert "事由：年报核对" in title
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    school.rest()
    assert school.texts(page.sheet, "在岗职工人数") == before


def test_the_reason_is_read_in_the_history(school: Seat) -> None:
    _, dialog = asked(school, "firms", 2)
    choose(school, dialog, "备注", "1")
    school.write(dialog.reason, "年报核对")
    school.press(dialog.yes)
    school.rest()
    history = school.go("history")
    assert any("事由：年报核对" in text for text in school.texts(history.sheet, "操作内容"))


def test_rows_that_cannot_take_it_are_named_with_the_reason(school: Seat) -> None:
    page, dialog = asked(school, "placements", 3)
    start = school.texts(page.sheet, "开始")
    assert start[0]
    choose(school, dialog, "结束", "1999-1-1")
    assert dialog.list.isVisible()
    assert len(dialog.refused.lines) == 3
    school.write(dialog.reason, "核对")
    assert not dialog.yes.isEnabled()


def test_good_rows_are_done_and_the_dialog_goes_on_naming_the_others(school: Seat) -> None:
    page = school.go("placements")
    starts = school.texts(page.sheet, "开始")
    days = sorted(set(starts))
    early, late = starts.index(days[0]), starts.index(days[-1])
    flag = QItemSelectionModel.SelectionFlag.Select
    page.sheet.setCurrentIndex(page.model.index(early, 1))
    page.sheet.selectionModel().select(page.model.index(late, 1), flag)
    page.acts.fill()
    school.rest()
    dialog = page.findChild(FillDialog)
    choose(school, dialog, "结束", days[-2])
    assert dialog.says.text() == "2 行，其中 1 行会改变，1 行不能改。"
    school.write(dialog.reason, "核对")
    school.press(dialog.yes)
    school.rest()
    assert dialog.isVisible()
    assert dialog.says.text() == "已修改 1 行，1 行没有修改。"
    assert len(dialog.refused.lines) == 1
    assert school.texts(page.sheet, "结束")[early] == days[-2]


def test_a_firm_that_nobody_has_registered_is_registered_along(school: Seat) -> None:
    page, dialog = asked(school, "placements", 2)
    dialog.field.setCurrentText("实习单位")
    school.write(dialog.value, "沂川市新开张机械有限公司")
    school.qtbot.waitUntil(lambda: not dialog._typing.isActive())
    school.rest()
    assert "一并登记" in dialog.says.text()
    school.write(dialog.reason, "转岗")
    school.press(dialog.yes)
    school.rest()
    assert school.texts(page.sheet, "实习单位")[:2] == ["沂川市新开张机械有限公司"] * 2


@pytest.mark.parametrize("text", ["明天", "13.45"])
def test_a_day_that_is_none_is_said_and_nothing_is_done(school: Seat, text: str) -> None:
    _, dialog = asked(school, "firms", 2)
    choose(school, dialog, "备注", "1")
    school.write(dialog.reason, "核对")
    assert dialog.yes.isEnabled()
    dialog.since.setText(text)
    assert not dialog.yes.isEnabled()
    assert "日期看不懂" in dialog.says.text()


def test_without_a_chosen_row_it_says_what_to_do(school: Seat) -> None:
    page = school.go("firms")
    page.sheet.clearSelection()
    page.acts.fill()
    assert "请先选中" in school.window.notice.text
    assert page.findChild(FillDialog) is None


def test_while_rows_are_changed_escape_stops_it_and_none_is(
    school: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        while (task := task_at_work()) is not None:
            task.check()
            time.sleep(0.01)

    page, dialog = asked(school, "firms", 2)
    before = school.texts(page.sheet, "备注")
    choose(school, dialog, "备注", "1")
    school.write(dialog.reason, "核对")
    monkeypatch.setattr(filling, "fill", held)
    school.press(dialog.yes)
    school.qtbot.waitUntil(dialog.bar.isVisible)
    assert dialog.no.text() == "取消"
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    school.rest()
    assert dialog.isVisible()
    assert dialog.says.text() == "已取消，一行也没有修改。"
    assert dialog.yes.isEnabled()
    assert school.texts(page.sheet, "备注") == before
