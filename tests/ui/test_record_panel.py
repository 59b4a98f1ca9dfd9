"""The record panel by keys: a form beside its table, with links, history and the next record."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from tests.services.books import agreement, firm, placement, student, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.services import history, tables

CONTROL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
CODE = str(firm(4, "丁有限公司")["统一社会信用代码"])


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with three firms, an agreement, two students and their placements."""
    clerk = Clerk(empty.desk.office)
    names = [f"{name}有限公司" for name in "甲乙丙"]
    changes = clerk.bring(
        {
            "1企业.xlsx": table(*(firm(at, name) for at, name in enumerate(names, 1))),
            "2学生.xlsx": table(student(1), student(2)),
            "3协议.xlsx": table(agreement("XY1", names[0])),
            "4实习.xlsx": table(placement(1, names[0]), placement(2, names[0])),
        }
    )
    empty.desk.broadcast(changes)
    page = empty.go("firms")
    empty.window.activateWindow()
    empty.qtbot.waitUntil(empty.window.isActiveWindow)
    page.sheet.setFocus()
    page.sheet.setCurrentIndex(page.model.index(0, page.model.names.index("contact")))
    return page


def key(seat: Seat, key: Any, modifier: Any = NONE) -> None:
    """Press a key where the focus is."""
    widget = seat.window.focusWidget()
    seat.qtbot.keyClick(widget, key, modifier)
    seat.rest()


def write(seat: Seat, page: Any, field: str, text: str) -> None:
    """Type a text over a field of the form."""
    box = page.panel.form.fields[field]
    box.setFocus()
    box.selectAll()
    seat.write(box, text)
    seat.rest()


def value(page: Any, field: str, row: int = 0) -> Any:
    """The true value of a field of the record in a row."""
    office = page.desk.office
    return tables.read_values(office, page.register, [page.model.id_at(row)])[0][field]


def focused(seat: Seat, page: Any) -> str:
    """The field that has the focus."""
    fields = page.panel.form.fields
    return next((name for name, one in fields.items() if one is seat.window.focusWidget()), "")


def test_enter_opens_the_record_at_the_cell_s_field_and_escape_goes_back(
    empty: Seat, firms: Any
) -> None:
    key(empty, Qt.Key.Key_Return)
    assert firms.panel.isVisible()
    assert firms.panel.title == "甲有限公司"
    assert focused(empty, firms) == "contact"
    assert list(firms.panel.form.fields) == [one.name for one in tables.shown_fields("firms")]
    before = firms.sheet.currentIndex()
    key(empty, Qt.Key.Key_Escape)
    assert not firms.panel.isVisible()
    assert empty.window.focusWidget() is firms.sheet
    assert (firms.sheet.currentIndex().row(), firms.sheet.currentIndex().column()) == (
        before.row(),
        before.column(),
    )


def test_enter_goes_from_field_to_field_and_shift_enter_back(empty: Seat, firms: Any) -> None:
    key(empty, Qt.Key.Key_Return)
    key(empty, Qt.Key.Key_Return)
    assert focused(empty, firms) == "phone"
    key(empty, Qt.Key.Key_Return, SHIFT)
    assert focused(empty, firms) == "contact"
    key(empty, Qt.Key.Key_Tab)
    assert focused(empty, firms) == "phone"


def test_what_was_typed_is_saved_by_control_s_as_one_action(empty: Seat, firms: Any) -> None:
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "contact", "钱大")
    write(empty, firms, "district", "高新区")
    assert firms.panel.bar.state.text() == "2 项没有保存"
    key(empty, Qt.Key.Key_S, CONTROL)
    assert (value(firms, "contact"), value(firms, "district")) == ("钱大", "高新区")
    assert firms.panel.bar.state.text() == ""
    assert (
        history.actions(empty.desk.office)[0].title == "修改合作企业 甲有限公司：所在县区、联系人"
    )
    assert "钱大" in empty.texts(firms.sheet, "联系人")
    empty.undo_all()
    assert firms.panel.form.fields["contact"].text() != "钱大"


def test_a_refused_field_is_red_with_the_reason_and_the_good_ones_are_kept(
    empty: Seat, firms: Any
) -> None:
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "staff", "很多人")
    write(empty, firms, "district", "高新区")
    key(empty, Qt.Key.Key_Return, CONTROL)
    assert value(firms, "district") == "高新区"
    staff = firms.panel.form.fields["staff"]
    assert (staff.text(), staff.property("tone")) == ("很多人", "bad")
    reason = firms.panel.form._reasons["staff"]
    assert reason.isVisible()
    assert "数字" in reason.text()
    assert focused(empty, firms) == "staff"
    key(empty, Qt.Key.Key_Escape)
    assert firms.panel.isVisible()
    assert staff.text() != "很多人"


def test_in_a_low_window_a_refused_field_is_in_sight_with_its_reason(
    empty: Seat, firms: Any
) -> None:
    empty.window.resize(1092, 614)
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "staff", "很多人")
    key(empty, Qt.Key.Key_S, CONTROL)
    reason = firms.panel.form._reasons["staff"]
    whole = reason.visibleRegion().boundingRect().height
    empty.qtbot.waitUntil(lambda: whole() == reason.height(), timeout=2000)


def test_alt_and_the_arrows_go_to_the_next_record_and_save_what_was_typed(
    empty: Seat, firms: Any
) -> None:
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "contact", "钱大")
    key(empty, Qt.Key.Key_Down, ALT)
    assert firms.panel.title == "乙有限公司"
    assert value(firms, "contact") == "钱大"
    assert focused(empty, firms) == "contact"
    key(empty, Qt.Key.Key_Up, ALT)
    assert firms.panel.title == "甲有限公司"
    write(empty, firms, "staff", "很多人")
    key(empty, Qt.Key.Key_Down, ALT)
    assert firms.panel.title == "甲有限公司"
    key(empty, Qt.Key.Key_Escape)
    empty.press(firms.panel.next)
    empty.rest()
    assert firms.panel.title == "乙有限公司"


def test_control_n_begins_a_new_record_whose_needed_fields_say_so(empty: Seat, firms: Any) -> None:
    key(empty, Qt.Key.Key_N, CONTROL)
    assert firms.panel.title == "新增合作企业"
    fields = firms.panel.form.fields
    assert [name for name, one in fields.items() if one.placeholderText() == "必填"] == [
        "name",
        "uscc",
    ]
    assert fields["name"].accessibleName() == "企业名称（必填）"
    write(empty, firms, "name", "丁有限公司")
    key(empty, Qt.Key.Key_S, CONTROL)
    assert firms.model.records == 3
    assert fields["uscc"].property("tone") == "bad"
    write(empty, firms, "uscc", CODE)
    key(empty, Qt.Key.Key_S, CONTROL)
    assert firms.model.records == 4
    assert firms.panel.title == "丁有限公司"
    assert firms.model.id_at(firms.sheet.currentIndex().row()) == firms.panel.record[1]
    assert "已新增合作企业" in empty.window.notice.text


def test_saved_and_another_one_begun_by_one_button(empty: Seat, firms: Any) -> None:
    empty.press(firms.add)
    write(empty, firms, "name", "丁有限公司")
    write(empty, firms, "uscc", CODE)
    empty.press(firms.panel.bar.save_next)
    empty.rest()
    assert firms.model.records == 4
    assert firms.panel.title == "新增合作企业"
    assert set(firms.panel.form.texts.values()) == {""}
    assert focused(empty, firms) == "name"


def test_an_empty_register_can_be_begun_by_a_form(empty: Seat) -> None:
    page = empty.go("firms")
    assert page.stages.currentIndex() == 1
    page.begin_new()
    assert page.panel.isVisible()
    write(empty, page, "name", "丁有限公司")
    write(empty, page, "uscc", CODE)
    page.panel.save()
    empty.rest()
    assert page.model.records == 1


def test_a_link_is_completed_and_a_missing_one_registered_on_the_way(
    empty: Seat, firms: Any
) -> None:
    page = empty.go("register", "agreements")
    page.begin_new()
    box = page.panel.form.fields["firm"]
    write(empty, page, "firm", "乙")
    empty.qtbot.waitUntil(lambda: box.completer().popup().isVisible())
    box.completer().popup().setCurrentIndex(box.completer().completionModel().index(0, 0))
    empty.qtbot.keyClick(box.completer().popup(), Qt.Key.Key_Return)
    assert box.text() == "乙有限公司"
    empty.qtbot.waitUntil(lambda: page.panel.bar.save.isEnabled())
    for field, text in {"code": "XY9", "start": "20250901", "end": "2028-8-31"}.items():
        write(empty, page, field, text)
    page.panel.save()
    empty.rest()
    assert page.model.records == 2

    page.begin_new()
    for field, text in {
        "firm": "戊有限公司", "code": "XY10", "start": "20250901", "end": "20280831",
    }.items():  # fmt: skip
        write(empty, page, field, text)
    page.panel.save()
    empty.rest()
    assert page.panel.bar.register.text() == "登记“戊有限公司”并保存"
    empty.press(page.panel.bar.register)
    empty.rest()
    assert page.model.records == 3


def test_a_choice_is_offered_by_the_arrow_down_and_by_its_first_letters(
    empty: Seat, firms: Any
) -> None:
    page = empty.go("register", "placements")
    page.sheet.setCurrentIndex(page.model.index(0, page.model.names.index("night_shift")))
    page.sheet.setFocus()
    key(empty, Qt.Key.Key_Return)
    box = page.panel.form.fields["night_shift"]
    key(empty, Qt.Key.Key_Down)
    empty.qtbot.waitUntil(lambda: box.completer().popup().isVisible())
    assert box.completer().completionModel().rowCount() > 1
    box.completer().popup().hide()
    write(empty, page, "night_shift", "是")
    write(empty, page, "end", "2026.7.1")
    key(empty, Qt.Key.Key_S, CONTROL)
    assert (value(page, "night_shift"), str(value(page, "end"))) == (True, "2026-07-01")
    assert box.text() == "是"
    assert page.panel.form.fields["end"].text() == "2026-07-01"


def test_control_z_takes_back_what_was_saved_where_nothing_is_typed(
    empty: Seat, firms: Any
) -> None:
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "contact", "钱大")
    key(empty, Qt.Key.Key_S, CONTROL)
    write(empty, firms, "contact", "钱大大")
    key(empty, Qt.Key.Key_Z, CONTROL)
    assert firms.panel.form.fields["contact"].text() == "钱大"
    assert value(firms, "contact") == "钱大"
    key(empty, Qt.Key.Key_Escape)
    key(empty, Qt.Key.Key_Return)
    key(empty, Qt.Key.Key_Z, CONTROL)
    assert value(firms, "contact") is None
    assert firms.panel.form.fields["contact"].text() == ""
    assert "已撤销：甲有限公司 的 联系人" in empty.window.notice.text


def test_a_record_that_leaves_the_filtered_table_leaves_the_focus_to_it(
    empty: Seat, firms: Any
) -> None:
    firms.search.setText("有限公司")
    firms.read()
    empty.rest()
    firms.sheet.setFocus()
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "name", "丙丁机械厂")
    key(empty, Qt.Key.Key_S, CONTROL)
    assert not firms.panel.isVisible()
    assert empty.window.focusWidget() is firms.sheet


def test_a_text_longer_than_a_line_holds_is_not_taken_for_changed(empty: Seat, firms: Any) -> None:
    with empty.desk.office.acting("edit", "长备注") as (connection, _):
        connection.exec_driver_sql("UPDATE firm SET note = ?", ("长" * 40_000,))
    firms.read()
    empty.rest()
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    key(empty, Qt.Key.Key_Return)
    assert firms.panel.form.changes == {}


def test_links_stand_in_one_place_and_open_one_record_or_all_of_a_kind(
    empty: Seat, firms: Any
) -> None:
    key(empty, Qt.Key.Key_Return)
    empty.press_tab(firms.panel.tabs, 1)
    empty.rest()
    shown = firms.panel.links
    assert "1 份合作协议 ›" in shown.texts
    assert "2 条岗位实习 ›" in shown.texts
    shown.setFocus()
    shown.setCurrentRow(shown.texts.index("2 条岗位实习 ›") + 1)  # a space stands between
    assert shown.currentItem().text() == "2 条岗位实习 ›"
    key(empty, Qt.Key.Key_Return)
    page = empty.window.pages["placements"]
    assert page.model.records == 2
    assert page.narrowed.text() == "只看：甲有限公司的岗位实习"

    empty.go("firms")
    shown.setCurrentRow(shown.currentRow() + 1)
    shown.setFocus()
    key(empty, Qt.Key.Key_Return)
    assert page.model.records == 1
    assert page.panel.isVisible()
    assert page.panel.record == ("placements", page.model.id_at(0))


def test_the_tab_stays_open_and_follows_the_next_record(empty: Seat, firms: Any) -> None:
    key(empty, Qt.Key.Key_Return)
    empty.press_tab(firms.panel.tabs, 1)
    empty.rest()
    empty.press(firms.panel.next)
    empty.rest()
    assert firms.panel.title == "乙有限公司"
    assert firms.panel.links.texts == ["没有与它关联的记录。"]


def test_the_history_of_a_record_says_who_what_and_when_and_takes_back(
    empty: Seat, firms: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    key(empty, Qt.Key.Key_Return)
    before = value(firms, "contact")
    assert before is None
    write(empty, firms, "contact", "钱大")
    key(empty, Qt.Key.Key_S, CONTROL)
    write(empty, firms, "phone", "15477001234")
    key(empty, Qt.Key.Key_S, CONTROL)
    empty.press_tab(firms.panel.tabs, 2)
    empty.rest()
    first, second, *_ = firms.panel.history.lines.texts
    assert first.startswith("2025-09-15 09:00 · 王敏")
    assert "→ 154****1234" in first
    assert "联系人：（空） → 钱大" in second

    def agree(box: QMessageBox) -> int:
        next(one for one in box.buttons() if one is not box.defaultButton()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", agree)
    firms.panel.history.lines.setCurrentRow(1)
    empty.press(firms.panel.history.take_back)
    empty.rest()
    assert value(firms, "contact") == before
    assert "撤销" in firms.panel.history.lines.texts[0]
    assert "（已撤销）" in firms.panel.history.lines.texts[2]


def test_copy_and_paste_between_fields_carry_the_true_number(empty: Seat, firms: Any) -> None:
    key(empty, Qt.Key.Key_Return)
    write(empty, firms, "phone", "15477001234")
    key(empty, Qt.Key.Key_S, CONTROL)
    box = firms.panel.form.fields["phone"]
    assert box.text() == "154****1234"
    box.setFocus()
    box.selectAll()
    key(empty, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "154****1234"
    note = firms.panel.form.fields["note"]
    note.setFocus()
    note.selectAll()
    key(empty, Qt.Key.Key_V, CONTROL)
    assert note.text() == "15477001234"


def test_who_may_only_read_sees_all_and_can_write_nothing(empty: Seat, firms: Any) -> None:
    firms.model.editable = False
    key(empty, Qt.Key.Key_Return)
    assert all(one.isReadOnly() for one in firms.panel.form.fields.values())
    assert not firms.panel.bar.isVisible()
