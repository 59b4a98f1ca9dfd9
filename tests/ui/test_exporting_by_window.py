"""What the table shows goes out as a workbook: its rows, its order, its columns; or 公示名单."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.services.outgoing.opened import headings, rows, sheet_of
from xqhz_desktop.services.narrowing import OneOf
from xqhz_desktop.ui.pages.exporting import ExportDialog


@pytest.fixture
def saved(monkeypatch, tmp_path) -> Path:
    """Where the export is to be written."""
    path = tmp_path / "导出.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def ask(school, page) -> ExportDialog | None:
    """Press 导出; the question, where there is one."""
    school.press(next(one for one in page.findChildren(QPushButton) if one.text() == "导出"))
    return page.findChild(ExportDialog)


def confirm(school, dialog) -> None:
    """Enter in the question."""
    school.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    school.rest()


def names(page, count: int) -> list[str]:
    """The first names that the table shows."""
    return [page.model.values(at)["name"] for at in range(count)]


def test_rows_order_and_columns_are_those_of_the_table(school, saved):
    page = school.go("placements")
    page.narrowing.put("arrangement", OneOf("arrangement", ("自主",)))
    page.headings.show(["name", "firm", "end"])
    page.sheet.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    school.rest()
    assert 0 < page.model.records < 170
    dialog = ask(school, page)
    assert dialog.yes.text() == f"导出 {page.model.records:,} 行"
    confirm(school, dialog)
    sheet = sheet_of(saved)
    assert headings(sheet) == ["序号", "姓名", "实习单位", "结束"]
    assert [row["姓名"] for row in rows(sheet)] == names(page, page.model.records)


def test_of_selected_rows_only_these_go_out_unless_all_are_wanted(school, saved):
    page = school.go("placements")
    page.sheet.setCurrentIndex(page.model.index(0, 0))
    for _ in range(2):
        school.qtbot.keyClick(page.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog = ask(school, page)
    assert dialog.yes.text() == "导出 3 行"
    confirm(school, dialog)
    assert [row["姓名"] for row in rows(sheet_of(saved))] == names(page, 3)
    dialog = ask(school, page)
    school.press(dialog.shown)
    assert dialog.yes.text() == "导出 170 行"


def test_a_published_list_has_names_and_no_numbers(school, saved):
    page = school.go("placements")
    dialog = ask(school, page)
    school.qtbot.keyClick(dialog.public, Qt.Key.Key_Space)
    confirm(school, dialog)
    sheet = sheet_of(saved)
    assert "公示名单" in str(sheet["A1"].value)
    assert {"姓名", "班级", "实习单位"} <= set(headings(sheet))
    assert not {"身份证号", "联系电话", "学号"} & set(headings(sheet))
    assert len(rows(sheet)) == 170
    assert "已导出 170 行：" in school.window.notice.text


def test_where_there_is_nothing_to_choose_nobody_is_asked(school, saved):
    page = school.go("register", "courses")
    assert ask(school, page) is None
    school.rest()
    assert len(rows(sheet_of(saved))) == page.model.records
