"""Firms that stand in the records twice, made one by keyboard and parted again by undo."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.services.books import firm, placement, student, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.services import tables
from xqhz_desktop.ui.pages.merging import MergeDialog

FULL, SHORT = "苏州甲机械制造有限公司", "甲机械制造厂"


@pytest.fixture
def doubled(empty: Seat) -> Seat:
    """A partner, the same firm as a roster calls it, and a third."""
    changes = Clerk(empty.desk.office).bring(
        {
            "企业.xlsx": table(firm(1, FULL), firm(2, "苏州乙食品有限公司")),
            "学生.xlsx": table(student(1), student(2)),
            "实习.xlsx": table(placement(1, FULL), placement(2, SHORT)),
        }
    )
    empty.desk.broadcast(changes)
    return empty


def names(seat: Seat) -> set[str]:
    """All firms, provisional ones too."""
    office = seat.desk.office
    with office.engine.connect() as connection:
        return set(connection.exec_driver_sql("SELECT name FROM firm").scalars())


def offered(seat: Seat) -> tuple[Any, MergeDialog]:
    """The firms' page and its dialog, at rest."""
    page = seat.go("firms")
    page.acts.more.actions["合并重复的企业…"].trigger()
    seat.rest()
    return page, page.findChild(MergeDialog)


def press(seat: Seat, key: Qt.Key) -> None:
    """A key to whatever has the focus."""
    seat.qtbot.keyClick(QApplication.focusWidget(), key)
    seat.rest()


def test_a_pair_is_merged_by_keyboard_and_parted_by_undo(doubled: Seat) -> None:
    before = names(doubled)
    _, dialog = offered(doubled)
    assert dialog.what.text() == f"“{SHORT}”并入“{FULL}”"
    assert "移过去：1 条岗位实习" in dialog.moves.text()
    press(doubled, Qt.Key.Key_Return)  # from the list to the verb
    assert dialog.yes.hasFocus()
    press(doubled, Qt.Key.Key_Space)
    assert names(doubled) == before - {SHORT}
    assert "没有疑似重复的企业" in dialog.blank.text
    press(doubled, Qt.Key.Key_Escape)
    doubled.undo_all()
    assert names(doubled) == before


def test_the_other_one_is_kept_where_they_are_turned(doubled: Seat) -> None:
    _, dialog = offered(doubled)
    doubled.press(dialog.turn)
    doubled.rest()
    assert dialog.what.text() == f"“{FULL}”并入“{SHORT}”"
    assert "统一社会信用代码" in dialog.fills.text()
    doubled.press(dialog.yes)
    doubled.rest()
    assert SHORT in names(doubled)
    assert FULL not in names(doubled)


def test_a_field_that_both_fill_is_taken_from_whom_the_tick_says(doubled: Seat) -> None:
    clerk = Clerk(doubled.desk.office)
    other = "甲机械制造集团"
    changes = clerk.bring({"名册.xlsx": table(placement(1, other, 实习开始日期="2022-09-01"))})
    doubled.desk.broadcast(changes)
    office = doubled.desk.office
    with office.acting("edit", "备注") as (connection, _):
        connection.exec_driver_sql("UPDATE firm SET nature = '国有' WHERE name = ?", (other,))
    _, dialog = offered(doubled)
    pairs = [(one.kept[1], one.gone[1]) for one in dialog.pairs.lines]
    at = pairs.index((FULL, other))
    dialog.list.selectRow(at)
    doubled.rest()
    assert doubled.texts(dialog.fields, "并入的值") == ["国有"]
    dialog.fields.setFocus()
    dialog.fields.setCurrentIndex(dialog.clashes.index(0, 0))
    press(doubled, Qt.Key.Key_Space)
    doubled.press(dialog.yes)
    doubled.rest()
    ids = tables.ids(office, "firms")
    natures = {row["name"]: row["nature"] for row in tables.rows(office, "firms", ids)}
    assert natures[FULL] == "国有"


def test_two_firms_that_are_told_apart_are_offered_no_more(doubled: Seat) -> None:
    _, dialog = offered(doubled)
    doubled.press(dialog.apart)
    doubled.rest()
    assert "没有疑似重复的企业" in dialog.blank.text
    press(doubled, Qt.Key.Key_Escape)
    _, again = offered(doubled)
    assert again.pairs.rowCount() == 0
    doubled.undo_all()
    press(doubled, Qt.Key.Key_Escape)
    _, back = offered(doubled)
    assert back.pairs.rowCount() == 1


def test_two_chosen_firms_with_codes_of_their_own_are_refused(doubled: Seat) -> None:
    page = doubled.go("firms")
    page.sheet.selectAll()
    page.acts.merge()
    doubled.rest()
    dialog = page.findChild(MergeDialog)
    assert "代码不同" in dialog.moves.text()
    assert not dialog.yes.isEnabled()
