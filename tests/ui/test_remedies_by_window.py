"""On the page of compliance findings are explained, put right and taken back, by keys."""

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import Seat
from xqhz_desktop.ui.pages.remedying import RemedyDialog


def ask(school: Seat, page: Any, key: Qt.Key) -> RemedyDialog:
    """Press a key over the chosen findings; the dialog that it opens."""
    school.window.activateWindow()
    page.sheet.setFocus()
    school.qtbot.keyClick(page.sheet, key, Qt.KeyboardModifier.ControlModifier)
    return page.findChildren(RemedyDialog)[-1]


def enter(school: Seat, dialog: RemedyDialog) -> None:
    """Press Enter in the first field."""
    school.qtbot.keyClick(dialog.fields[0], Qt.Key.Key_Return)
    school.rest()


def counts(page: Any) -> dict[str, str]:
    """How many findings stand in each state, as the box says."""
    said = [page.state.itemText(at) for at in range(1, page.state.count())]
    return dict(text.split(" ") for text in said)


def test_a_finding_is_explained_filtered_and_taken_back(school: Seat) -> None:
    page = school.go("findings")
    whole, red = len(page.lines), page.severities["red"].text()
    dialog = ask(school, page, Qt.Key.Key_M)
    enter(school, dialog)
    assert dialog.wrong.text() == "请写明为什么不按这条规则处理。"
    school.write(dialog.fields[0], "已由主管部门批准")
    enter(school, dialog)
    assert len(page.lines) == whole
    assert page.severities["red"].text() != red
    assert counts(page) == {"未整改": f"{whole - 1:,}", "已整改": "0", "已说明": "1"}
    page.state.setCurrentIndex(page.state.findData("已说明"))
    assert school.texts(page.sheet, "状态") == ["已说明"]
    assert "说明原因：已由主管部门批准。" in page.article.text()
    school.undo_all()
    assert page.severities["red"].text() == red


def test_many_are_planned_at_once_and_one_is_settled(school: Seat) -> None:
    page = school.go("findings")
    page.rule.setCurrentIndex(page.rule.findData("未签三方协议"))
    many = page.model.rowCount()
    assert many > 1
    page.sheet.selectAll()
    dialog = ask(school, page, Qt.Key.Key_G)
    school.write(dialog.fields[0], "补签三方协议")
    school.write(dialog.fields[2], "哪天")
    enter(school, dialog)
    assert "日期看不懂" in dialog.wrong.text()
    dialog.fields[2].setText("2025-9-30")
    enter(school, dialog)
    page.sheet.selectRow(0)
    assert "期限：2025年9月30日" in page.article.text()
    assert set(school.texts(page.sheet, "状态")) == {"未整改"}
    school.press(page.acts["整改完成"])
    enter(school, page.findChildren(RemedyDialog)[-1])
    assert counts(page)["已整改"] == "1"


def test_what_is_shown_is_exported_as_a_ledger(
    school: Seat, tmp_path: Path, monkeypatch: Any
) -> None:
    page = school.go("findings")
    page.rule.setCurrentIndex(page.rule.findData("未满16周岁上岗"))
    path = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    school.press(page.acts["导出台账"])
    school.rest()
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[5] for row in rows[: page.model.rowCount()]] == school.texts(page.sheet, "对象")
    assert {row[2] for row in rows[: page.model.rowCount()]} == {"未满16周岁上岗"}
