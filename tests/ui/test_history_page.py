"""The history's page: what later work an undo would overwrite, what was deleted, and the chain."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.conftest import ROOT
from xqhz_desktop.services import deleting, tables
from xqhz_desktop.services.access.audit import Verdict
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.privacy import erasing
from xqhz_desktop.services.settings import set_school_name
from xqhz_desktop.ui.pages.history import cells
from xqhz_desktop.ui.pages.undoing import over
from xqhz_desktop.ui.words import action_word


def answers(monkeypatch, verb: str) -> list[str]:
    """Answer every question with the button of that name; what was asked is kept."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(f"{box.text()}\n{box.informativeText()}\n{box.defaultButton().text()}")
        next(one for one in box.buttons() if one.text() == verb).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


def choose(page, text: str) -> None:
    """Select the action whose title begins so."""
    titles = [line.title for line in page.model.lines]
    page.sheet.selectRow(next(at for at, one in enumerate(titles) if one.startswith(text)))


@pytest.fixture
def renamed_twice(school):
    """The school got one name and then another."""
    for name in ("沂川一职专", "沂川二职专"):
        set_school_name(school.desk.office, name)
    return school


@pytest.mark.parametrize(("verb", "undone"), [("仍然撤销", True), ("先不撤销", False)])
def test_an_old_action_under_later_ones_is_undone_only_where_that_is_wanted(
    renamed_twice, monkeypatch, verb, undone
):
    page = renamed_twice.go("history")
    first = min(line.id for line in page.model.lines if "一职专" in line.title)
    asked = answers(monkeypatch, verb)
    page.sheet.selectRow(next(at for at, one in enumerate(page.model.lines) if one.id == first))
    renamed_twice.press(page.take_back)
    renamed_twice.rest()
    assert "后来的操作改过同样的记录" in asked[0]
    assert "二职专" in asked[0]
    assert asked[0].endswith("先不撤销")
    states = {line.id: line.undone for line in page.model.lines}
    assert states[first] is undone


def test_only_the_first_later_actions_are_listed_and_the_rest_counted():
    line = ActionLine(3, "2025-09-15T09:00:00", "王敏", "setting", "改名", True, False, 3)
    more = over(line, [(number, f"操作{number}") for number in range(4, 12)])[1]
    assert "8 号：操作8" in more
    assert "9 号：" not in more
    assert "共 8 次" in more


def test_deleted_records_stand_behind_their_tab_and_are_put_back(school):
    office = school.desk.office
    page = school.go("history")
    assert page.tabs.tabText(1) == "回收站"
    school.press_tab(page.tabs, 1)
    assert "回收站是空的" in page.deleted.currentWidget().text
    assert not page.deleted.put_back.isEnabled()

    before = tables.count(office, "courses")
    ids = tables.ids(office, "courses")[:3]
    school.desk.broadcast(deleting.delete(office, "courses", ids))
    school.rest()
    assert page.tabs.tabText(1) == "回收站 3"
    sheet = page.deleted.sheet
    assert set(school.texts(sheet, "台账")) == {"教学计划课程"}
    sheet.selectRow(0)
    school.qtbot.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    school.press(page.deleted.put_back)
    school.rest()
    assert tables.count(office, "courses") == before - 1
    assert "已放回 2 条记录" in school.window.notice.text
    assert page.tabs.tabText(1) == "回收站 1"

    school.press(school.window.notice._action)
    school.rest()
    assert tables.count(office, "courses") == before - 3


def test_a_tab_has_its_own_button(school):
    page = school.go("history")
    assert page.take_back.isVisible()
    assert not page.deleted.put_back.isVisible()
    school.press_tab(page.tabs, 1)
    assert not page.take_back.isVisible()
    assert page.deleted.put_back.isVisible()


def test_an_action_with_an_erased_person_says_that_it_cannot_be_undone(school):
    page = school.go("history")
    line = ActionLine(7, "2025-09-15T09:00:00", "王敏", "import", "导入", True, False, 7, True)
    assert cells(line)[3] == "不能撤销"
    page.model.set_lines([line])
    page.sheet.selectRow(0)
    assert not page.take_back.isEnabled()
    assert "7 号操作含有已按要求删除的个人信息，不能撤销" in page.why_not.text()


def test_an_erasure_says_until_when_backups_hold_the_person(school):
    office = school.desk.office
    office.backup("手动")
    plan = erasing.plan(office, "students", tables.ids(office, "students")[0])
    page = school.go("history")
    school.desk.broadcast(erasing.erase(office, plan, "家长书面要求"))
    school.rest()
    choose(page, "按要求删除个人信息")
    assert "不能撤销" in page.why_not.text()
    assert "还有 1 份备份里有这个人，最后一份到" in page.why_not.text()


def test_whether_the_chain_is_whole_is_said_without_being_asked(school):
    page = school.go("history")
    assert page.chain.text().startswith("操作链完整，共 ")
    assert page.chain.property("tone") == "good"


def test_a_broken_chain_is_said_in_its_own_tone(school, monkeypatch):
    page = school.go("history")
    broken = Verdict(False, "操作链从第 2 条起不可信。")
    monkeypatch.setattr("xqhz_desktop.services.access.audit.verify", lambda _: broken)
    school.press(page.verify)
    school.rest()
    assert page.chain.text() == broken.sentence
    assert page.chain.property("tone") == "bad"
    assert school.window.notice.text == broken.sentence
    assert school.window.notice.tone == "bad"


def test_long_sentences_at_the_bottom_never_widen_the_window(school):
    page = school.go("history")
    school.window.resize(900, 560)
    for part in (page.why_not, page.chain):
        part.setText("操作链从第 12 条起不可信，请与最近的备份核对。" * 4)
    school.rest()
    assert school.window.width() == 900
    assert page.chain.width() < page.chain.sizeHint().width()


def test_the_list_is_narrowed_by_who_kind_and_time(school):
    office = school.desk.office
    page = school.go("history")
    everything = page.model.rowCount()
    office.who = "赵敏"
    set_school_name(office, "沂川三职专")
    office.who = "王敏"
    school.go("start")
    page.read()
    school.go("history")
    assert page.model.rowCount() == everything + 1
    page.filter.who.setCurrentText("赵敏")
    school.rest()
    assert {line.who for line in page.model.lines} == {"赵敏"}
    school.press(page.filter.all)
    school.rest()
    page.filter.kind.setCurrentText("导入")
    school.rest()
    assert {line.kind for line in page.model.lines} == {"import"}
    page.filter.who.setCurrentText("赵敏")
    school.rest()
    assert "没有这样的操作" in page.stages.currentWidget().text
    school.press(page.filter.all)
    page.filter.time.setCurrentText("今天")
    school.rest()
    assert page.model.rowCount() == everything + 1


def test_every_kind_of_action_has_a_word(shared_kinds):
    assert [kind for kind in shared_kinds if action_word(kind) == kind] == []


@pytest.fixture
def shared_kinds():
    """The kinds of actions that the program's sources name."""
    found = set()
    for path in (ROOT / "xqhz_desktop").rglob("*.py"):
        found |= set(re.findall(r"acting\(\s*\"(\w+)\"", path.read_text("utf-8")))
        found |= set(re.findall(r"kind=\"(\w+)\", title=", path.read_text("utf-8")))
    assert {"import", "undo", "restore"} <= found
    return sorted(found)


def test_control_z_and_y_work_on_every_page_and_say_what_was_done(school):
    office = school.desk.office
    set_school_name(office, "沂川三职专")
    page = school.go("board")
    school.window.activateWindow()
    school.qtbot.waitUntil(school.window.isActiveWindow)
    page.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    school.qtbot.keyClick(school.window, Qt.Key.Key_Z, control)
    school.rest()
    assert school_name(office) != "沂川三职专"
    assert "已撤销：" in school.window.notice.text
    school.qtbot.keyClick(school.window, Qt.Key.Key_Y, control)
    school.rest()
    assert school_name(office) == "沂川三职专"
    assert "已恢复：" in school.window.notice.text
    school.qtbot.keyClick(school.window, Qt.Key.Key_Y, control)
    school.rest()
    assert school.window.notice.text == "没有可以恢复的撤销。"
