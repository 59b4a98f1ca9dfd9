"""Deleting from a register's page: what goes along is said before, and the way back after."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from xqhz_desktop.services import tables
from xqhz_desktop.services.deleting import Going
from xqhz_desktop.ui.pages.deleting import question


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Answers every question with its verb; what was asked, meant and offered is kept."""
    kept: list[str] = []

    def answer(box: QMessageBox) -> int:
        verb = next(one for one in box.buttons() if one is not box.defaultButton())
        kept[:] = [box.text(), box.informativeText(), verb.text(), box.defaultButton().text()]
        verb.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return kept


def student_with_a_placement(school):
    """The students' page, at the student of the first placement."""
    number = school.texts(school.go("placements").sheet, "学号")[0]
    page = school.go("register", "students")
    at = school.texts(page.sheet, "学号").index(number)
    page.sheet.setCurrentIndex(page.model.index(at, 0))
    return page


def count(school, register: str) -> int:
    """How many records there are."""
    return tables.count(school.desk.office, register)


def test_what_goes_along_is_said_and_stands_on_the_button(school, asked):
    page = student_with_a_placement(school)
    name = school.texts(page.sheet, "姓名")[page.sheet.currentIndex().row()]
    students, placements = count(school, "students"), count(school, "placements")
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    school.press(page.panel.delete)
    school.rest()
    assert asked[0] == f"删除“{name}”？"
    assert "用到它的记录会一并删除：" in asked[1]
    assert "条岗位实习" in asked[1]
    assert asked[2].startswith("删除 1 名学生和 ")
    assert asked[3] == "不删除"
    assert count(school, "students") == students - 1
    assert count(school, "placements") < placements
    assert not page.panel.isVisible()
    assert "已删除 1 名学生" in school.window.notice.text

    school.press(school.window.notice._action)
    school.rest()
    assert (count(school, "students"), count(school, "placements")) == (students, placements)


def test_control_and_minus_asks_for_all_chosen_rows(school, asked):
    page = school.go("register", "courses")
    before = count(school, "courses")
    page.sheet.selectRow(0)
    for _ in range(2):
        school.qtbot.keyClick(page.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    school.window.activateWindow()
    school.qtbot.waitUntil(school.window.isActiveWindow)
    page.sheet.setFocus()
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    school.rest()
    assert asked[0] == "删除所选记录？"
    assert asked[2] == "删除 3 条教学计划课程"
    assert count(school, "courses") == before - 3


def test_enter_at_the_question_deletes_nothing(school, monkeypatch):
    def enter(box: QMessageBox) -> int:
        box.defaultButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", enter)
    page = student_with_a_placement(school)
    before = count(school, "students")
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    school.press(page.panel.delete)
    school.rest()
    assert count(school, "students") == before
    assert page.panel.isVisible()


def test_links_that_come_loose_and_parts_are_told_apart():
    going = Going(2, {"岗位实习": 3, "学徒": 1}, {"附件": 4}, {"教师企业实践": 1})
    asked, more, verb = question("firms", "甲机械有限公司", going)
    assert asked == "删除所选记录？"
    assert verb == "删除 2 家合作企业、3 条岗位实习和 1 名学徒"
    assert "附在上面的也一起删除：4 个附件。" in more
    assert "这些记录会留下，只是不再指向它：1 条教师企业实践。" in more
