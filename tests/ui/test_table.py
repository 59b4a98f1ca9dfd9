"""A table of any length reads only what is looked at."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from xqhz_desktop.ui.table import PAGE, PAGES_KEPT, Column, LinesModel, RecordModel, Sheet

COLUMNS = (Column("姓名", 10), Column("人数", 6, right=True))


class Reader:
    """Answers pages of rows and counts them."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, ids: Sequence[int]) -> list[dict[str, str]]:
        self.asked.append(ids[0])
        return [{"name": f"第{number}名", "people": f"{number}"} for number in ids]


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def model(reader: Reader) -> RecordModel:
    made = RecordModel(("name", "people"), COLUMNS, reader)
    made.set_ids(list(range(200_000)))
    return made


@pytest.fixture
def sheet(qtbot, model: RecordModel) -> Sheet:
    made = Sheet("名册", model)
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_two_hundred_thousand_rows_are_shown_by_reading_one_page(sheet, model, reader):
    sheet.grab()
    assert model.rowCount() == 200_000
    assert reader.asked == [0]


def test_the_scroll_bar_is_true_for_half_a_million_rows(sheet, model, reader):
    model.set_ids(list(range(500_000)))
    sheet.grab()
    bar = sheet.verticalScrollBar()
    in_sight = sheet.viewport().height() // sheet.rowHeight(0)
    assert bar.maximum() == 500_000 - in_sight
    for place in (250_000, 499_000, 0):
        bar.setValue(place)
        sheet.grab()
        assert sheet.rowAt(1) == place
        assert sheet.indexAt(sheet.rect().topLeft()).data() == f"第{place}名"
    assert len(reader.asked) <= 4


def test_the_end_is_reached_by_reading_the_last_page_alone(qtbot, sheet, model, reader):
    qtbot.keyClick(sheet, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    sheet.grab()
    assert sheet.currentIndex().row() == 199_999
    assert model.text(199_999, 0) == "第199999名"
    assert set(reader.asked) <= {0, 199_800}


def test_pages_that_were_left_long_ago_are_let_go(model, reader):
    for page in range(PAGES_KEPT + 1):
        model.text(page * PAGE, 0)
    model.text(0, 0)
    assert reader.asked.count(0) == 2
    assert reader.asked.count(PAGES_KEPT * PAGE) == 1


def test_figures_stand_at_the_right_and_words_at_the_left(model):
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.data(model.index(0, 1), role) & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(0, 0), role) & Qt.AlignmentFlag.AlignLeft
    assert model.headerData(1, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def test_enter_opens_the_row_that_one_is_in(qtbot, sheet):
    sheet.setCurrentIndex(sheet.model().index(3, 1))
    with qtbot.waitSignal(sheet.opened) as told:
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert told.args == [3, 1]


def test_copied_rows_are_as_they_are_shown(qtbot, sheet):
    sheet.selectRow(1)
    qtbot.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "第1名\t1"


def test_a_row_is_24_pixels_high_at_10_points(sheet):
    assert sheet.rowHeight(0) == 24


def test_a_space_ticks_the_line(qtbot):
    model = LinesModel(COLUMNS, lambda line: line, ticking=True)
    model.set_lines([("甲", "1"), ("乙", "2")])
    sheet = Sheet("勾选", model)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.setCurrentIndex(model.index(1, 0))
    with qtbot.waitSignal(model.ticks_changed):
        qtbot.keyClick(sheet, Qt.Key.Key_Space)
    assert model.ticked == {1}
    qtbot.keyClick(sheet, Qt.Key.Key_Space)
    assert model.ticked == set()
    model.tick_all(True)
    assert model.ticked == {0, 1}
