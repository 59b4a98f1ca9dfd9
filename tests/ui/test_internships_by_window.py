"""Interns are placed, signed for and followed through the window: many at once, by keys."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from tests.ui.conftest import Seat
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.editing import Edit, set_cells
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.internships.due_list import classes, due_from_classes
from xqhz_desktop.ui.pages.batch import BatchPage
from xqhz_desktop.ui.pages.deeds import DeedDialog
from xqhz_desktop.ui.pages.due_list import DueListDialog

BATCH = {
    "name": "2025-2026学年第一批", "school_year": "2025", "kind": "岗位实习",
    "start": "2025-9-1", "end": "2026-6-30",
}  # fmt: skip
CLASS = "2023级数控技术应用1班"


@pytest.fixture
def begun(school: Seat) -> Seat:
    """The sample school with a batch whose list holds one class."""
    office = school.desk.office
    batch = set_cells(office, "batches", [Edit(None, *one) for one in BATCH.items()]).ids[0]
    due_from_classes(office, batch, [one.id for one in classes(office, batch) if one.name == CLASS])
    return school


def rows(seat: Seat, register: str, *places: int) -> Any:
    """The page of a register with these rows chosen."""
    page = seat.go("register", register)
    seat.window.activateWindow()
    page.sheet.setFocus()
    seat.qtbot.waitUntil(page.sheet.hasFocus)
    page.sheet.setCurrentIndex(page.model.index(places[0], 1))
    for at in places:
        flag = QItemSelectionModel.SelectionFlag.Select
        page.sheet.selectionModel().select(page.model.index(at, 1), flag)
    return page


def asked(seat: Seat, page: Any, deed: str) -> DeedDialog:
    """The dialog of a deed, at rest."""
    page.acts.deeds.ask(deed)
    seat.rest()
    return page.findChild(DeedDialog)


def fill(seat: Seat, dialog: DeedDialog, **texts: str) -> None:
    """Fill in fields, and wait for what it would do."""
    for name, text in texts.items():
        dialog.fields[name].setText(text)
    seat.qtbot.waitUntil(lambda: not dialog._typing.isActive())
    seat.rest()


def place(seat: Seat, *places: int) -> Any:
    """Place some of the list at the first firm."""
    page = rows(seat, "dues", *places)
    dialog = asked(seat, page, "place")
    firm = tables.rows(seat.desk.office, "firms", [1])[0]["name"]
    fill(seat, dialog, firm=firm, start="2025.9.1", position="钳工")
    seat.press(dialog.yes)
    seat.rest()
    return page


def test_the_menu_opens_by_its_keys_and_offers_what_fits_the_register(begun: Seat) -> None:
    page = rows(begun, "dues", 0)
    begun.qtbot.keyClick(page.sheet, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    menu = page.acts.deeds.menu.menu
    assert menu.isVisible()
    offered = [one.text() for one in menu.actions() if one.isVisible() and one.text()]
    assert offered[:3] == ["安排到岗…", "登记不参加…", "恢复应参加…"]
    assert menu.activeAction().text() == "安排到岗…"
    menu.close()
    begun.go("register", "placements")
    offered = [one.text() for one in menu.actions() if one.isVisible() and one.text()]
    assert offered[0] == "签三方协议…"
    begun.go("register", "visits")
    assert not page.acts.deeds.button.isVisible()


def test_a_class_comes_onto_the_list_of_a_batch(begun: Seat) -> None:
    page = begun.go("register", "dues")
    before = page.model.records
    page.acts.deeds.fill_list()
    begun.rest()
    dialog = page.findChild(DueListDialog)
    names = [one.name for one in dialog.model.lines]
    assert not dialog.yes.isEnabled()
    dialog.list.selectRow(names.index("2024级数控技术应用1班"))
    count = dialog.model.lines[names.index("2024级数控技术应用1班")].students
    assert dialog.yes.text() == f"加入 {count} 人"
    begun.press(dialog.yes)
    begun.rest()
    assert page.model.records == before + count
    assert f"{count} 人加入应实习名单" in begun.window.notice.text


def test_many_are_placed_after_a_look_and_one_undo_takes_it_back(begun: Seat) -> None:
    page = rows(begun, "dues", 0, 1, 2)
    dialog = asked(begun, page, "place")
    assert dialog.says.text() == "请填写“实习单位”。"
    assert not dialog.yes.isEnabled()
    firm = tables.rows(begun.desk.office, "firms", [1])[0]["name"]
    fill(begun, dialog, firm=firm, start="9月31日")
    assert "日期读不出" in dialog.says.text()
    fill(begun, dialog, start="2025-9-1", position="钳工")
    assert dialog.says.text() == "3 人，其中 3 人会改变。"
    assert dialog.yes.text() == "安排 3 人"
    before = tables.count(begun.desk.office, "placements")
    begun.qtbot.keyClick(dialog.fields["position"], Qt.Key.Key_Return)
    begun.rest()
    assert tables.count(begun.desk.office, "placements") == before + 3
    assert begun.window.notice.text == "安排到岗：已处理 3 人。"
    assert actions(begun.desk.office)[0].title.startswith("安排到岗：")
    begun.qtbot.keyClick(page.sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    begun.rest()
    assert tables.count(begun.desk.office, "placements") == before


def test_escape_while_it_is_written_loses_nothing_of_what_was_done(begun: Seat) -> None:
    page = begun.go("register", "dues")
    before = page.model.records
    page.acts.deeds.fill_list()
    begun.rest()
    dialog = page.findChild(DueListDialog)
    dialog.list.selectAll()
    begun.press(dialog.yes)
    begun.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    begun.rest()
    assert page.model.records > before
    assert "加入应实习名单" in begun.window.notice.text
    page = rows(begun, "dues", 0)
    deed = asked(begun, page, "exempt")
    deed.fields["exempt"].setCurrentText("参军")
    begun.qtbot.waitUntil(lambda: not deed._typing.isActive())
    begun.rest()
    begun.press(deed.yes)
    begun.qtbot.keyClick(deed, Qt.Key.Key_Escape)
    assert deed.isVisible()
    begun.rest()
    assert begun.window.notice.text == "登记不参加：已处理 1 人。"


def test_who_cannot_is_named_and_the_others_are_done(begun: Seat) -> None:
    place(begun, 0)
    page = rows(begun, "dues", 0, 1)
    dialog = asked(begun, page, "exempt")
    dialog.fields["exempt"].setCurrentText("参军")
    begun.qtbot.waitUntil(lambda: not dialog._typing.isActive())
    begun.rest()
    assert dialog.says.text() == "2 人，其中 1 人会改变，1 人不能处理。"
    assert "请先结束实习" in dialog.refused.lines[0].reason
    begun.press(dialog.yes)
    begun.rest()
    assert dialog.isVisible()
    assert dialog.says.text() == "登记不参加：已处理 1 人，1 人没有处理。"


def test_without_a_chosen_row_it_says_what_to_do(begun: Seat) -> None:
    page = begun.go("register", "dues")
    page.sheet.clearSelection()
    page.acts.deeds.ask("place")
    assert "请先选中" in begun.window.notice.text


def test_the_batch_shows_how_its_students_stand_and_opens_the_rows(begun: Seat) -> None:
    place(begun, 0, 1)
    page: BatchPage = begun.go("batch")
    everybody = page.students.rowCount()
    assert "落实率" in page.sentence.text()
    assert f"（2 / {everybody}）" in page.sentence.text()
    assert page.cards["在岗"].accessibleName() == "在岗 2 人"
    begun.qtbot.keyClick(page.cards["未落实"], Qt.Key.Key_Return)
    assert page.students.rowCount() == everybody - 2
    begun.press(page.rows)
    begun.rest()
    register = begun.window.pages["placements"]
    assert register.register == "dues"
    assert register.model.records == everybody - 2
    page = begun.go("batch")
    page.day.setText("2025-8-1")
    begun.qtbot.waitUntil(lambda: not page._typing.isActive())
    begun.rest()
    assert page.cards["待签协议"].accessibleName() == "待签协议 2 人"


def test_a_chosen_students_path_is_told_in_one_line(begun: Seat) -> None:
    place(begun, 0)
    page: BatchPage = begun.go("batch")
    page.choose("在岗")
    page.sheet.selectRow(0)
    begun.rest()
    name = page.students.lines[0].due.name
    assert page.path.text().startswith(f"{name}：")
    assert "2025-09-01 到岗" in page.path.text()


def test_the_checklist_names_what_is_not_done(begun: Seat) -> None:
    set_cells(
        begun.desk.office, "batch_checks",
        [Edit(None, "batch", BATCH["name"]), Edit(None, "item", "事先报备"),
         Edit(None, "day", "2025-8-20")],
    )  # fmt: skip
    page: BatchPage = begun.go("batch")
    assert page.tabs.tabText(1) == "检查单 1/13"
    done = {one.item: one.day for one in page.checks.lines}
    assert done["事先报备"] == date(2025, 8, 20)
    assert done["事先名单公开"] is None


def test_without_a_batch_it_says_how_to_begin(empty: Seat) -> None:
    page: BatchPage = empty.go("batch")
    assert "还没有实习批次" in page.blank.text
    assert page.stages.currentWidget() is page.blank
