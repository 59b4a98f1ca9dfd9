"""A roster goes out in parts from the window, who has not returned is seen, and it comes back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.services.books import firm, placement, student, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.ui.pages.splitting import SplitDialog

FIRM, OTHER = "甲机械有限公司", "乙电子有限公司"


@pytest.fixture
def roster(empty: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Three interns at two firms; every folder that is asked for is the same."""
    changes = Clerk(empty.desk.office).bring(
        {
            "企业.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
            "学生.xlsx": table(*(student(number) for number in (1, 2, 3))),
            "实习.xlsx": table(
                placement(1, FIRM, 实习岗位=None),
                placement(2, FIRM, 实习岗位=None),
                placement(3, OTHER, 实习岗位=None),
            ),
        }
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "下发"))
    empty.desk.broadcast(changes)
    return empty


def tick(seat: Seat, dialog: SplitDialog, label: str) -> None:
    """Tick a column that others are to fill in, by keyboard."""
    at = [one.label for one in dialog.fields.lines].index(label)
    dialog.fill.setCurrentIndex(dialog.fields.index(at, 0))
    seat.qtbot.keyClick(dialog.fill, Qt.Key.Key_Space)


def handed_out(seat: Seat) -> Any:
    """The page after the placements went out by firm."""
    page = seat.go("placements")
    page.acts.more.actions["拆分下发…"].trigger()
    seat.rest()
    dialog = page.findChild(SplitDialog)
    dialog.by.setCurrentText("实习单位")
    seat.rest()
    assert dialog.says.text() == "写成 2 份，共 3 行。"
    assert not dialog.yes.isEnabled()
    tick(seat, dialog, "实习岗位")
    assert dialog.yes.text() == "选择文件夹并写出 2 份"
    seat.press(dialog.yes)
    seat.rest()
    assert "已写出 2 份" in seat.window.notice.text
    seat.press(seat.window.notice._action)
    seat.rest()
    return seat.window.pages["handing_out"]


def fill_in(path: Path) -> None:
    """Type a post into every row, as the one who got the workbook does."""
    book = openpyxl.load_workbook(path)
    for column in book.active.iter_cols():
        heads = [at for at, cell in enumerate(column) if cell.value == "实习岗位"]
        for at in heads:
            for cell in column[at + 1 :]:
                if not cell.protection.locked:
                    cell.value = "装配"
    book.save(path)


def test_what_is_out_stands_with_whom_and_since_when(roster: Seat) -> None:
    page = handed_out(roster)
    assert set(roster.texts(page.sheet, "交给")) == {FIRM, OTHER}
    assert set(roster.texts(page.sheet, "收回")) == {"未收回，今天下发"}
    assert "还没有收回 2 份" in page.sentence.text()


def test_what_comes_back_is_shown_first_and_is_out_no_longer(
    roster: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = handed_out(roster)
    path = tmp_path / "下发" / f"岗位实习_{FIRM}.xlsx"
    fill_in(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    page._take_back()
    roster.rest()
    plan = roster.window.pages["import"]
    assert plan.go_on.text() == "导入 2 行"
    roster.press(plan.go_on)
    roster.rest()
    placements = roster.go("placements")
    assert sorted(roster.texts(placements.sheet, "实习岗位")) == ["", "装配", "装配"]
    page = roster.go("handing_out")
    assert roster.texts(page.sheet, "交给") == [OTHER]
    page.which.setCurrentText("全部")
    assert "2025年9月15日 已收回" in roster.texts(page.sheet, "收回")


def test_who_has_not_returned_is_copied_to_be_reminded(roster: Seat) -> None:
    page = handed_out(roster)
    roster.press(page.remind)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("截至2025年9月15日还没有收回的名册")
    assert FIRM in text
    assert OTHER in text
    page.sheet.selectRow(0)
    roster.press(page.remind)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_the_workbench_counts_what_is_out_and_leads_there(roster: Seat) -> None:
    handed_out(roster)
    start = roster.go("start")
    line = next(one for one in start.todo.rows if one.line.name == "handed_out")
    assert line.line.count == 2
    roster.press(line.go)
    assert roster.window.place == "handing_out"


def test_before_anything_went_out_the_page_says_the_next_step(empty: Seat) -> None:
    page = empty.go("handing_out")
    assert "还没有下发过" in page.blank.text
    assert not page.remind.isEnabled()


def test_what_will_never_come_back_is_waited_for_no_longer(roster: Seat) -> None:
    page = handed_out(roster)
    roster.press(page.give_up)
    assert "请先选中" in roster.window.notice.text
    page.sheet.selectRow(0)
    roster.press(page.give_up)
    roster.rest()
    assert len(roster.texts(page.sheet, "交给")) == 1
    roster.undo_all()
    assert len(roster.texts(page.sheet, "交给")) == 2
