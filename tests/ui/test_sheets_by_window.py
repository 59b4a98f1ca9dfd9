"""Sheets of a plan in the window: their first rows, and those that nobody recognised."""

from PySide6.QtCore import Qt

from tests.ui.dropped import ENDED, book, firms, planned
from xqhz_desktop.services.importing import sample_folder
from xqhz_desktop.ui.pages.mapping import FORGET, MappingDialog

STRANGE = ["甲方", "甲方号", "甲方性质", "人"]


def test_a_chosen_sheet_shows_its_first_rows_under_the_fields_they_fill(school, tmp_path):
    page = planned(school, firms(tmp_path / "企业.xlsx", 365))
    view = page.view
    assert view.tabs.tabText(view.tabs.count() - 1) == "表的前几行"
    view.tabs.setCurrentIndex(view.tabs.count() - 1)
    assert school.headings(view.lines)[0] == "A 企业名称"
    assert school.texts(view.lines, "B 统一社会信用代码") == [
        "统一社会信用代码",
        "91371300MA3QY7NX7F",
    ]
    numbers = view.lines.model()
    assert numbers.headerData(1, Qt.Orientation.Vertical) == "2"


def test_the_arrows_lead_through_the_sheets_and_show_each(empty):
    view = planned(empty, sample_folder()).view
    view.sheets.setFocus()
    view.sheets.selectRow(0)
    empty.qtbot.keyClick(view.sheets, Qt.Key.Key_Down)
    second = view.plan.sheets[1]
    assert view.sentence.text().startswith(second.file)
    assert len(view.lines.model().lines) == min(5, second.rows) + 1


def test_numbers_of_persons_are_shortened_in_the_first_rows_too(empty):
    view = planned(empty, sample_folder()).view
    shown = 0
    for at, sheet in enumerate(view.plan.sheets):
        if sheet.register != "students":
            continue
        view._show_head(at)
        model = view.lines.model()
        cells = [
            model.text(row, c)
            for row in range(model.rowCount())
            for c in range(model.columnCount())
        ]
        assert not [cell for cell in cells if len(cell) == 18 and cell[:17].isdecimal()]
        shown += 1
    assert shown


def test_a_sheet_that_nobody_recognised_is_said_to_be_a_register_and_remembered(
    school, tmp_path, monkeypatch
):
    row = ["沂川市美新电气有限公司", "91371300MA3QY7NX7F", "国有", 360]
    path = book(tmp_path / "对接.xlsx", ["对接情况"], STRANGE, row)
    asked = []

    def answer(dialog: MappingDialog) -> MappingDialog.DialogCode:
        dialog.show()
        assert dialog.rows.isVisible()
        dialog.rows.setCurrentIndex(dialog.rows.model().index(1, 0))
        school.qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)  # the header stands here
        assert [*dialog.fields] == ["A", "B", "C", "D"]
        assert not dialog.keep.isEnabled()
        asked.append(dialog.says.text())
        for letter, label in zip(
            "ABCD", ("企业名称", "统一社会信用代码", "企业性质", "在岗职工人数"), strict=True
        ):
            box = dialog.fields[letter]
            box.setCurrentIndex(box.findText(label))
            box.activated.emit(box.currentIndex())
        assert dialog.keep.isEnabled()
        return MappingDialog.DialogCode.Accepted

    monkeypatch.setattr(MappingDialog, "exec", answer)
    page = planned(school, path)
    assert "没有认出可以导入的表" in page.view.written.text()
    page.view.sheets.setCurrentIndex(page.view.sheets_model.index(0, 0))
    school.qtbot.keyClick(page.view.sheets, Qt.Key.Key_Return)
    school.rest()
    assert asked == ["还要指定哪一列是企业名称、统一社会信用代码。"]
    assert page.view.plan.rows["firms"][0].changes == (("企业性质", "民营", "国有"),)
    page = planned(school, path)
    assert page.view.plan.sheets[0].register == "firms"

    monkeypatch.setattr(MappingDialog, "exec", lambda dialog: FORGET)
    page.view.sheets.selectRow(0)
    school.press(page.columns)
    school.rest()
    assert page.view.plan.sheets[0].register is None


def test_a_file_that_changed_since_it_was_shown_is_not_written(school, tmp_path):
    path = firms(tmp_path / "企业.xlsx", 365)
    page = planned(school, path)
    firms(path, 366)
    school.press(page.go_on)
    school.rest()
    assert page.stages.currentIndex() == ENDED
    assert "在预览之后改动过" in page.ended.text
    assert "365" not in school.texts(school.go("firms").sheet, "在岗职工人数")
