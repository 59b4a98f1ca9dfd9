"""From files dropped on the window to records: shown first, written on request, taken back."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from tests.ui.dropped import ENDED, PLAN, book, firms, planned
from xqhz_desktop.services import importing, tables
from xqhz_desktop.services.importing import sample_folder
from xqhz_desktop.ui.pages.mapping import MappingDialog


def test_files_over_the_window_are_offered_and_nothing_is_read_before_they_fall(empty):
    empty.window.drop_hint.offer(2)
    assert "2 个" in empty.window.drop_hint.text
    assert "import" not in empty.window.pages


def test_a_folder_dropped_on_the_first_start_is_shown_and_then_imported(empty):
    start = empty.window.pages["start"]
    assert "第一次使用" in start.sentence.text()
    page = planned(empty, sample_folder())
    assert len(page.view.sheets_model.lines) > 40
    assert "还没有写入" in page.sentence.text()
    assert tables.count(empty.desk.office, "firms") == 0

    assert page.go_on.text() == "导入 1,327 行"
    empty.press(page.go_on)
    empty.rest()
    assert page.stages.currentIndex() == ENDED
    assert "已导入 1,327 行" in page.ended.text
    assert tables.count(empty.desk.office, "firms") == 16
    assert empty.window.navigation.button("waiting").text().strip() == "待更正  81"
    start = empty.go("start")
    assert start.registers["students"].accessibleName() == "学生 325"


def test_the_sample_school_is_one_press_away_on_the_first_start(empty):
    start = empty.window.pages["start"]
    ways = [one for one in start.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in ways] == ["打开示例学校", "选择工作簿", "打开空白台账"]
    empty.press(ways[0])
    empty.rest()
    assert empty.window.pages["import"].stages.currentIndex() == PLAN


def test_a_bad_cell_is_named_by_its_address(empty):
    page = planned(empty, sample_folder())
    assert page.view.tabs.tabText(0) == "待更正 81"
    assert empty.texts(page.view.lines, "单元格")[:2] == ["C7", "C6"]
    assert "统一社会信用代码" in empty.texts(page.view.lines, "原因")[0]


def test_the_same_folder_again_has_nothing_to_write(school):
    page = planned(school, sample_folder())
    assert not page.go_on.isEnabled()
    assert page.go_on.text() == "没有要写入的行"


def test_a_change_shows_the_old_value_and_the_new(school, tmp_path):
    page = planned(school, firms(tmp_path / "企业.xlsx", 365))
    view = page.view
    titles = [group.title for group in view.groups]
    view.tabs.setCurrentIndex(titles.index("变更"))
    assert school.texts(view.lines, "旧") == ["360"]
    assert school.texts(view.lines, "新") == ["365"]
    assert page.go_on.text() == "导入 1 行"


def test_phones_and_identity_numbers_are_masked_in_the_plan_too(school, tmp_path):
    path = book(
        tmp_path / "企业.xlsx",
        ["企业名称", "统一社会信用代码", "企业性质", "所在县区", "在岗职工人数", "联系电话"],
        ["沂川市美新电气有限公司", "91371300MA3QY7NX7F", "民营", "蒙岭县", 360, "13912340021"],
    )
    view = planned(school, path).view
    titles = [group.title for group in view.groups]
    view.tabs.setCurrentIndex(titles.index("变更"))
    assert school.texts(view.lines, "字段") == ["联系电话"]
    assert school.texts(view.lines, "新") == ["139****0021"]
    assert "****" in school.texts(view.lines, "旧")[0]


def test_workbooks_without_any_register_say_so(empty, tmp_path):
    path = book(tmp_path / "菜单.xlsx", ["星期", "午餐", "晚餐"], ["一", "米饭", "面条"])
    page = planned(empty, path)
    assert "没有认出可以导入的表" in page.view.written.text()
    assert not page.go_on.isEnabled()


@pytest.mark.parametrize(("ticked", "bases"), [(True, 5), (False, 6)])
def test_a_near_row_corrects_the_record_only_where_it_is_ticked(school, tmp_path, ticked, bases):
    rows = tables.rows(school.desk.office, "bases", tables.ids(school.desk.office, "bases"))
    path = book(
        tmp_path / "基地.xlsx",
        ["基地编号", "基地名称", "工位数", "地点"],
        ["SX99", rows[0]["name"], 40, "实训楼"],
    )
    page = planned(school, path)
    assert page.view.groups[0].title == "疑为同一条"
    page.view.lines.setCurrentIndex(page.view.lines.model().index(0, 0))
    if ticked:
        school.qtbot.keyClick(page.view.lines, Qt.Key.Key_Space)
    school.press(page.go_on)
    school.rest()
    assert tables.count(school.desk.office, "bases") == bases


def test_a_plan_that_is_left_writes_nothing(school, tmp_path):
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    school.press(page.leave)
    assert page.stages.currentIndex() == 0
    page = school.go("firms")
    assert "999" not in school.texts(page.sheet, "在岗职工人数")


def test_an_import_is_taken_back_by_one_press(school, tmp_path):
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    school.press(page.go_on)
    school.rest()
    shown = school.go("firms")
    assert "999" in school.texts(shown.sheet, "在岗职工人数")
    school.go("import")
    seat_page = planned(school, firms(tmp_path / "企业.xlsx", 1000))
    school.press(seat_page.go_on)
    school.rest()
    back = [one for one in page.ended.findChildren(QPushButton) if one.text() == "撤销这次导入"]
    school.press(back[0])
    school.rest()
    assert "已撤销" in school.window.notice.text
    shown = school.go("firms")
    assert "999" in school.texts(shown.sheet, "在岗职工人数")


def test_files_that_are_no_workbooks_end_in_a_sentence_and_a_way_on(empty, tmp_path):
    path = tmp_path / "说明.docx"
    path.write_bytes(b"nothing to read")
    empty.drop(path)
    empty.rest()
    page = empty.window.pages["import"]
    assert page.stages.currentIndex() == ENDED
    assert "没有可以导入的工作簿" in page.ended.text
    assert [one.text() for one in page.ended.findChildren(QPushButton) if one.isVisible()]


def test_a_column_that_a_clerk_names_is_read_so_and_remembered(school, tmp_path, monkeypatch):
    path = book(
        tmp_path / "企业.xlsx",
        ["企业名称", "统一社会信用代码", "企业性质", "所在县区", "甲乙", "联系人"],
        ["沂川市美新电气有限公司", "91371300MA3QY7NX7F", "民营", "蒙岭县", 365, "唐蕾婷"],
    )

    def answer(dialog: MappingDialog) -> MappingDialog.DialogCode:
        box = dialog.fields["E"]
        box.setCurrentIndex(box.findText("在岗职工人数"))
        box.activated.emit(box.currentIndex())
        return MappingDialog.DialogCode.Accepted

    monkeypatch.setattr(MappingDialog, "exec", answer)
    page = planned(school, path)
    assert page.view.plan.sheets[0].ignored == ["甲乙"]
    assert page.view.plan.rows["firms"] == []
    page.view.sheets.selectRow(0)
    school.press(page.columns)
    school.rest()
    row = page.view.plan.rows["firms"][0]
    assert row.changes == (("在岗职工人数", "360", "365"),)
    page = planned(school, path)
    assert page.view.plan.sheets[0].ignored == []


def test_a_field_is_filled_by_one_column_alone(school, tmp_path):
    page = planned(school, firms(tmp_path / "企业.xlsx", 365))
    dialog = MappingDialog(page, page.view.plan.sheets[0], school.desk.today)
    school.qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.fields["F"]
    school.qtbot.keyClick(box, Qt.Key.Key_Home)
    box.setCurrentIndex(box.findData("uscc"))
    box.activated.emit(box.currentIndex())
    assert dialog.columns()["uscc"] == "F"
    assert dialog.fields["B"].currentText() == "不导入"


def held_import(monkeypatch, written: threading.Event, release: threading.Event) -> None:
    """Makes writing wait at its end until it is let go or cancelled."""

    def hold(office, plan, choices, task):
        written.set()
        while not release.is_set():
            task.check()
        return importing.Changes()

    monkeypatch.setattr(importing, "apply_import", hold)


def test_writing_can_be_cancelled(school, tmp_path, monkeypatch):
    written, release = threading.Event(), threading.Event()
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    held_import(monkeypatch, written, release)
    school.press(page.go_on)
    assert written.wait(20)
    assert page.what.text() == "正在写入"
    school.press(page.stop)
    school.rest()
    assert "没有写入任何数据" in page.ended.text


def test_a_second_drop_waits_for_the_first_import(school, tmp_path, monkeypatch):
    written, release = threading.Event(), threading.Event()
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    held_import(monkeypatch, written, release)
    school.press(page.go_on)
    assert written.wait(20)
    school.drop(sample_folder())
    assert "请等它完成" in school.window.notice.text
    release.set()
    school.rest()


def test_tables_can_be_read_while_an_import_writes(school, tmp_path, monkeypatch):
    written, release = threading.Event(), threading.Event()
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    held_import(monkeypatch, written, release)
    school.press(page.go_on)
    assert written.wait(20)
    school.window.go("placements")
    shown = school.window.pages["placements"]
    school.qtbot.waitUntil(lambda: shown.model.records == 170)
    release.set()
    school.rest()


@pytest.mark.parametrize("leave", [True, False])
def test_closing_while_an_import_writes_asks_first(school, tmp_path, monkeypatch, leave):
    written, release = threading.Event(), threading.Event()
    page = planned(school, firms(tmp_path / "企业.xlsx", 999))
    held_import(monkeypatch, written, release)
    school.press(page.go_on)
    assert written.wait(20)
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.defaultButton().text())
        wanted = "取消导入并关闭" if leave else "继续导入"
        next(one for one in box.buttons() if one.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert school.window.close() is leave
    assert asked == ["继续导入"]
    release.set()
    school.rest()


def test_the_plan_says_what_is_written_and_what_is_not_and_why(empty):
    view = planned(empty, sample_folder()).view
    assert view.written.text() == "将写入：新增 1,327 行。"
    assert view.left_out.text() == (
        "不写入：81 行有问题，放到“待更正”，不计入指标；2 张表没有认出表头；72 列没有对应的字段。"
    )


def test_columns_without_a_figure_make_room_for_the_others(empty):
    sheets = planned(empty, sample_folder()).view.sheets
    headings = empty.headings(sheets)
    hidden = {name for at, name in enumerate(headings) if sheets.isColumnHidden(at)}
    assert hidden == {"变更", "疑为同一条", "相同"}


def test_the_same_folder_again_says_that_all_is_known(school):
    view = planned(school, sample_folder()).view
    assert view.written.text() == "没有要写入的行，库中已是最新。"
    assert view.left_out.text().startswith("不写入：1,327 行与库中相同；81 行早已待更正；")


def test_a_file_that_cannot_be_read_is_counted_with_what_is_left_out(empty, tmp_path):
    folder = tmp_path / "工作簿"
    folder.mkdir()
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    firms(folder / "企业.xlsx", 365)
    view = planned(empty, folder).view
    assert view.written.text() == "将写入：新增 1 行。"
    assert "1 个文件没有读入" in view.left_out.text()
