"""Erasing a person in the window: the plan is shown, a reason and the name are written first."""

import shutil

import pytest
from PySide6.QtCore import Qt

from xqhz_desktop.services import tables
from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.ui.pages.erasing import ErasingDialog


@pytest.fixture
def page(school):
    """The students' page with one record open; work that wants nobody beside it is done."""
    worker = school.window.worker
    school.desk.alone.connect(lambda one: worker.write(one.work, one.done, one.refused))
    school.desk.office.backup("手动")
    shown = school.go("register", "students")
    shown.sheet.setCurrentIndex(shown.model.index(2, 0))
    school.qtbot.keyClick(shown.sheet, Qt.Key.Key_Return)
    school.rest()
    return shown


def asked(school, page) -> ErasingDialog:
    """The dialog, after its link was pressed."""
    school.press(page.panel.erase)
    school.rest()
    return page.panel.findChild(ErasingDialog)


def test_a_person_is_erased_after_the_plan_a_reason_and_the_typed_name(school, page):
    office = school.desk.office
    before = tables.count(office, "students")
    name = page.panel.title
    dialog = asked(school, page)
    said = "".join(dialog.texts)
    assert f"永久删除 {name} 的记录" in said
    assert "不能撤销" in said
    assert "2025-09-15 09:00 的备份：" in said
    assert not dialog.yes.isEnabled()
    school.write(dialog.reason, "家长书面要求")
    school.write(dialog.name, f"{name}某")
    assert not dialog.yes.isEnabled()
    dialog.name.clear()
    school.write(dialog.name, name)
    school.press(dialog.yes)
    school.rest()
    assert tables.count(office, "students") == before - 1
    assert name not in school.texts(page.sheet, "姓名")
    assert not page.panel.isVisible()
    assert "已永久删除" in school.window.notice.text
    assert "份备份里有，最后一份到" in school.window.notice.text
    assert audit.verify(office).whole


def test_enter_and_escape_erase_nobody(school, page):
    before = tables.count(school.desk.office, "students")
    dialog = asked(school, page)
    school.write(dialog.reason, "家长书面要求")
    school.write(dialog.name, page.panel.title)
    school.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    school.qtbot.waitUntil(lambda: page.panel.findChild(ErasingDialog) is None)
    school.rest()
    assert tables.count(school.desk.office, "students") == before


def test_a_reason_that_names_the_person_is_refused(school, page):
    dialog = asked(school, page)
    name = page.panel.title
    school.write(dialog.reason, f"{name}的家长要求")
    school.write(dialog.name, name)
    school.press(dialog.yes)
    school.rest()
    assert "请不要写本人的姓名" in school.window.notice.text
    assert name in school.texts(page.sheet, "姓名")


def test_only_persons_can_be_erased(school, page):
    assert page.panel.erase.isVisible()
    page = school.go("firms")
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    school.rest()
    assert not page.panel.erase.isVisible()


def test_who_is_no_admin_is_told_so(school, page):
    for name in ("王敏", "李建国"):
        users.add(school.desk.office, name, Role.ADMIN)
    users.set_role(school.desk.office, "王敏", Role.CLERK)
    assert asked(school, page) is None
    assert "请让管理员来做" in school.window.notice.text


def test_nobody_reads_while_a_person_is_erased_and_the_page_is_there_again(
    front, sample_data, tmp_path
):
    shutil.copytree(sample_data, tmp_path / "data")
    door = front(tmp_path / "data")
    door.open()
    page = door.page("more")
    page.sheet.setCurrentIndex(page.model.index(2, 0))
    page.sheet.opened.emit(2, 0)
    name = page.panel.title
    door.press(page.panel.erase)
    dialog = door.dialog()
    dialog.reason.setText("家长书面要求")
    dialog.name.setText(name)
    door.press(dialog.yes)
    door.qtbot.waitUntil(lambda: "已永久删除" in door.window.notice.text, timeout=60_000)
    door.rest()
    assert door.window.stack.currentWidget() is page
    assert door.window.navigation.isEnabled()
    content = door.session.office.folder.database.read_bytes()
    assert f'"{name}"'.encode() not in content
