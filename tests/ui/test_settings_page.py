"""The settings page, worked by keys: what is written is kept, refused or left as it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from xqhz_desktop.services.history import actions
from xqhz_desktop.services.numbers import school_name


def editor(sheet) -> QLineEdit | QComboBox:
    """The editor that is open in a table."""
    found = [one for kind in (QLineEdit, QComboBox) for one in sheet.findChildren(kind, "cell")]
    assert len(found) == 1
    return found[0]


def begin(seat, sheet, name: str, heading: str):
    """Press Enter on a cell; the editor that opens."""
    at = seat.texts(sheet, seat.headings(sheet)[0]).index(name)
    sheet.setFocus()
    sheet.setCurrentIndex(sheet.model().index(at, seat.headings(sheet).index(heading)))
    seat.qtbot.keyClick(sheet, Qt.Key.Key_Return)
    return editor(sheet)


def shown(seat, sheet, name: str, heading: str) -> str:
    """What a cell shows."""
    at = seat.texts(sheet, seat.headings(sheet)[0]).index(name)
    return seat.texts(sheet, heading)[at]


PAY = "实习报酬不低于同岗位工资的"


def test_enter_writes_over_a_value_and_keeps_it(school):
    page = school.go("settings")
    assert shown(school, page.limits, PAY, "性质") == "法规条文"
    field = begin(school, page.limits, PAY, "数值")
    assert field.text() == "80%"
    school.qtbot.keyClicks(field, "75%")
    school.qtbot.keyClick(field, Qt.Key.Key_Return)
    school.rest()
    assert shown(school, page.limits, PAY, "数值") == "75%"
    assert shown(school, page.limits, PAY, "性质") == "学校设定"
    assert "原为 80%" in shown(school, page.limits, PAY, "来源")
    assert "已保存" in school.window.notice.text
    assert actions(school.desk.office)[0].kind == "setting"
    assert page.limits.state() is page.limits.State.NoState


def test_enter_on_any_cell_of_the_row_edits_its_value(school):
    page = school.go("settings")
    assert begin(school, page.limits, "成年年龄", "来源").text() == "18"


def test_escape_leaves_the_value_as_it_was(school):
    page = school.go("settings")
    before = len(actions(school.desk.office))
    field = begin(school, page.limits, PAY, "数值")
    school.qtbot.keyClicks(field, "75%")
    school.qtbot.keyClick(field, Qt.Key.Key_Escape)
    school.rest()
    assert shown(school, page.limits, PAY, "数值") == "80%"
    assert len(actions(school.desk.office)) == before


def test_a_value_that_makes_no_sense_is_refused_with_what_to_write(school):
    page = school.go("settings")
    field = begin(school, page.limits, PAY, "数值")
    school.qtbot.keyClicks(field, "150%")
    school.qtbot.keyClick(field, Qt.Key.Key_Return)
    school.rest()
    assert shown(school, page.limits, PAY, "数值") == "80%"
    assert "例如 80%" in school.window.notice.text


def test_a_definition_is_chosen_from_its_words_by_keys(school):
    page = school.go("settings")
    box = begin(school, page.limits, "兼职教师占比的分母", "数值")
    assert [box.itemText(at) for at in range(box.count())] == ["专任教师", "专任教师与兼职教师"]
    school.qtbot.keyClick(box, Qt.Key.Key_Down)
    school.qtbot.keyClick(box, Qt.Key.Key_Return)
    school.rest()
    assert shown(school, page.limits, "兼职教师占比的分母", "数值") == "专任教师与兼职教师"


def test_a_changed_target_is_what_the_board_measures_by(school):
    page = school.go("settings")
    field = begin(school, page.targets, "集中岗位实习率", "达标值")
    school.qtbot.keyClicks(field, "95%")
    school.qtbot.keyClick(field, Qt.Key.Key_Return)
    school.rest()
    assert shown(school, page.targets, "集中岗位实习率", "性质") == "学校设定"
    assert "目标 95% · 力争 100%" in school.go("board").cards["concentrated_rate"].text


def test_a_target_of_a_later_year_is_added_under_the_earlier_one(school):
    page = school.go("settings")
    new = page.new_target
    new.indicator.setCurrentIndex(new.indicator.findData("concentrated_rate"))
    assert not new.add.isEnabled()
    school.qtbot.keyClicks(new.year, "2026")
    school.qtbot.keyClicks(new.reach, "85%")
    school.qtbot.keyClick(new.reach, Qt.Key.Key_Return)
    school.rest()
    names = school.texts(page.targets, "指标")
    years = school.texts(page.targets, "起始年份")
    of_rate = [year for name, year in zip(names, years, strict=True) if name == names[0]]
    assert (names[0], of_rate) == ("集中岗位实习率", ["2019年", "2026年"])
    assert new.year.text() == ""


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_the_school_is_renamed_by_enter_and_not_by_escape(school, key, kept):
    page = school.go("settings")
    before = page.school.text()
    page.school.setFocus()
    page.school.selectAll()
    school.write(page.school, "沂川职业中专")
    school.qtbot.keyClick(page.school, key)
    school.rest()
    after = "沂川职业中专" if kept else before
    assert (page.school.text(), school_name(school.desk.office)) == (after, after)


def test_every_value_says_who_asks_for_it(school):
    page = school.go("settings")
    for sheet in (page.targets, page.limits):
        assert all(school.texts(sheet, "来源"))
        assert set(school.texts(sheet, "性质")) <= {"法规条文", "市级计划", "学校设定"}
