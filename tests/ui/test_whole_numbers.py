"""Whole ID numbers and phones: shown by one key, exported for a purpose, and recorded each time."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.ui.pages.exporting import ExportDialog


def press_f8(school, page) -> None:
    """One key, wherever the focus is on the page."""
    school.window.activateWindow()
    school.qtbot.waitUntil(school.window.isActiveWindow)
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_F8)
    school.rest()


def kinds(school) -> list[str]:
    """What the audit chain has, the newest first."""
    return [line.kind for line in audit.entries(school.desk.office)]


def test_one_key_shows_whole_numbers_and_is_recorded_without_a_question(school):
    page = school.go("placements")
    masked = school.texts(page.sheet, "身份证号")
    assert not page.whole.sign.isVisible()
    press_f8(school, page)
    whole = school.texts(page.sheet, "身份证号")
    assert not any("*" in text for text in whole)
    assert [text[-4:] for text in whole] == [text[-4:] for text in masked]
    assert page.whole.sign.isVisible()
    assert kinds(school)[0] == "unmask"
    press_f8(school, page)
    assert school.texts(page.sheet, "身份证号") == masked
    assert not page.whole.sign.isVisible()
    assert kinds(school).count("unmask") == 1


def test_the_button_does_as_the_key_and_says_what_it_does_next(school):
    page = school.go("placements")
    assert page.whole.button.text() == "显示全号"
    school.press(page.whole.button)
    school.rest()
    assert page.whole.button.text() == "重新遮盖"
    assert not any("*" in text for text in school.texts(page.sheet, "联系电话"))
    school.press(page.whole.button)
    assert page.whole.button.text() == "显示全号"
    assert "*" in school.texts(page.sheet, "身份证号")[0]


def test_the_open_record_and_its_row_stay_and_show_the_whole_number(school):
    page = school.go("placements")
    page.sheet.setCurrentIndex(page.model.index(2, 0))
    school.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
    assert any("*" in text for text in page.panel.form.texts.values())
    press_f8(school, page)
    assert page.panel.isVisible()
    assert page.sheet.currentIndex().row() == 2
    assert school.texts(page.sheet, "身份证号")[2] in page.panel.form.texts.values()
    press_f8(school, page)
    assert any("*" in text for text in page.panel.form.texts.values())


def test_another_page_follows_as_long_as_it_lasts(school):
    first = school.go("placements")
    other = school.go("register", "students")
    press_f8(school, other)
    assert other.whole.sign.isVisible()
    school.go("placements")
    assert first.whole.sign.isVisible()
    assert not any("*" in text for text in school.texts(first.sheet, "身份证号"))


def test_a_register_without_numbers_of_persons_has_no_such_button(school):
    page = school.go("register", "courses")
    assert not page.whole.button.isVisible()
    press_f8(school, page)
    assert "unmask" not in kinds(school)
    school.go("register", "students")
    assert page.whole.button.isVisible()


def test_what_is_copied_is_as_it_is_seen(school):
    page = school.go("placements")

    def copied() -> str:
        page.sheet.selectRow(0)
        school.qtbot.keyClick(page.sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        school.rest()
        return QGuiApplication.clipboard().text()

    before = copied()
    assert "****" in before
    press_f8(school, page)
    assert "****" not in copied()
    press_f8(school, page)
    assert copied() == before


def test_who_may_only_look_is_told_so_and_sees_no_number(school):
    only_look(school)
    page = school.go("placements")
    press_f8(school, page)
    assert "您的角色是“查看”" in school.window.notice.text
    assert all("*" in text for text in school.texts(page.sheet, "身份证号"))
    assert not page.whole.sign.isVisible()


def only_look(school) -> None:
    """Make who is at work a 查看."""
    for name in ("王敏", "李建国"):
        users.add(school.desk.office, name, Role.ADMIN)
    users.set_role(school.desk.office, "王敏", Role.VIEWER)


@pytest.fixture
def saved(monkeypatch, tmp_path) -> Path:
    """Where the export is to be written."""
    path = tmp_path / "岗位实习.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def ask(school) -> tuple[object, ExportDialog]:
    """Press 导出 and find the question."""
    page = school.go("placements")
    school.press(next(one for one in page.findChildren(QPushButton) if one.text() == "导出"))
    return page, page.findChild(ExportDialog)


def cells_of(path: Path) -> set[object]:
    """Every cell of a workbook's first sheet."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = {cell for row in book.active.iter_rows(values_only=True) for cell in row}
    book.close()
    return cells


def test_enter_exports_shortened_numbers_and_records_nothing(school, saved):
    page, dialog = ask(school)
    school.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    school.rest()
    assert set(school.texts(page.sheet, "身份证号")) <= cells_of(saved)
    assert "已导出 170 行：" in school.window.notice.text
    assert "export" not in kinds(school)


def test_whole_numbers_are_exported_only_for_a_written_purpose_and_recorded(school, saved):
    page, dialog = ask(school)
    school.qtbot.keyClick(dialog.whole, Qt.Key.Key_Space)
    assert not dialog.yes.isEnabled()
    school.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.reason
    school.write(dialog.reason, "为实习学生投保")
    assert dialog.yes.text() == "导出 170 行"
    school.press(dialog.yes)
    school.rest()
    assert "未遮盖，已记录" in school.window.notice.text
    press_f8(school, page)
    assert set(school.texts(page.sheet, "身份证号")) <= cells_of(saved)
    entries = [one for one in audit.entries(school.desk.office) if one.kind == "export"]
    assert len(entries) == 1
    assert "用途：为实习学生投保" in entries[0].title


def test_escape_exports_nothing(school, saved):
    _, dialog = ask(school)
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    school.rest()
    assert not saved.exists()


def test_who_may_only_look_can_export_shortened_numbers_alone(school, saved):
    only_look(school)
    page, dialog = ask(school)
    assert not dialog.whole.isEnabled()
    assert "请让经办或管理员来做" in "".join(one.text() for one in dialog.findChildren(QLabel))
    school.press(dialog.yes)
    school.rest()
    assert set(school.texts(page.sheet, "身份证号")) <= cells_of(saved)
