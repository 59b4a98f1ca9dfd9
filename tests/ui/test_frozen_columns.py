"""The first columns stand still; mouse, keys, editor and selection go by what is seen."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit

from xqhz_desktop.ui.table import Column
from xqhz_desktop.ui.typed_model import TypedModel
from xqhz_desktop.ui.typed_table import TypedSheet

KEYS = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NAMES = tuple(f"c{at}" for at in range(12))


def read(ids: Sequence[int]) -> list[dict[str, str]]:
    """Each cell says its row and column."""
    return [{name: f"{number}{name}" for name in NAMES} for number in ids]


@pytest.fixture
def sheet(qtbot: Any, dressed: Any) -> TypedSheet:
    """Twelve columns of 100 pixels, of which four are seen; two stand still."""
    made = TypedSheet("名册", lambda *_: None)
    qtbot.addWidget(made)
    model = TypedModel(NAMES, [Column(f"第{at}列", 8) for at in range(12)], read)
    model.set_ids([*range(500)])
    made.show_model(model)
    made.fit_columns(dict.fromkeys(range(12), 100))
    made.verticalHeader().setFixedWidth(50)
    made.resize(50 + 450, 400)
    made.freeze(2)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.setCurrentIndex(model.index(0, 0))
    return made


def scroll(sheet: TypedSheet, to: int) -> None:
    """Scroll to the right by pixels."""
    sheet.horizontalScrollBar().setValue(to)


def click(qtbot: Any, sheet: TypedSheet, x: int, row: int, modifier: Any = None) -> None:
    """Press the mouse where something is seen."""
    place = QPoint(x, sheet.rowViewportPosition(row) + 5)
    kept = modifier or Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(sheet.viewport(), LEFT, kept, place)


def at(sheet: TypedSheet) -> tuple[int, int]:
    """Where the cursor is."""
    return sheet.currentIndex().row(), sheet.currentIndex().column()


def same(one: QImage, other: QImage) -> bool:
    return bool(one == other)


def picture(sheet: TypedSheet, left: int, wide: int) -> QImage:
    """What is seen of the table between two places, headings included."""
    edge = sheet.viewport().x()
    return sheet.grab().toImage().copy(edge + left, 0, wide, sheet.height() - 20)


def test_frozen_columns_are_seen_as_they_were_however_far_is_scrolled(sheet: TypedSheet) -> None:
    before = picture(sheet, 0, 198)
    scroll(sheet, 437)
    assert same(picture(sheet, 0, 198), before)
    assert not same(picture(sheet, 200, 198), before)
    sheet.verticalScrollBar().setValue(123)
    assert not same(picture(sheet, 0, 198), before)
    assert sheet.indexAt(QPoint(10, 5)).data() == "123c0"


def test_frozen_cells_look_as_they_do_when_none_is_frozen(sheet: TypedSheet) -> None:
    sheet.select(3, 4)
    frozen = picture(sheet, 0, 198)
    sheet.freeze(0)
    assert same(picture(sheet, 0, 198), frozen)


def test_a_click_meets_the_cell_that_is_seen_there(qtbot: Any, sheet: TypedSheet) -> None:
    scroll(sheet, 430)
    click(qtbot, sheet, 150, 3)
    assert at(sheet) == (3, 1)
    click(qtbot, sheet, 250, 3)
    assert at(sheet) == (3, 6)
    assert sheet.horizontalScrollBar().value() == 430


def test_a_selection_is_drawn_over_columns_that_are_out_of_sight(
    qtbot: Any, sheet: TypedSheet
) -> None:
    scroll(sheet, 430)
    click(qtbot, sheet, 150, 2)
    click(qtbot, sheet, 250, 4, SHIFT)
    assert sheet.block() == ([2, 3, 4], [1, 2, 3, 4, 5, 6])
    click(qtbot, sheet, 50, 1)
    assert sheet.block() == ([1], [0])


def test_a_selection_is_dragged_from_a_frozen_cell(qtbot: Any, sheet: TypedSheet) -> None:
    scroll(sheet, 430)
    view, high = sheet.viewport(), sheet.rowHeight(0)
    qtbot.mousePress(view, LEFT, pos=QPoint(50, high // 2))
    qtbot.mouseMove(view, QPoint(150, high))
    qtbot.mouseMove(view, QPoint(260, high * 2 + 5))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(260, high * 2 + 5))
    assert sheet.block() == ([0, 1, 2], [*range(7)])


def test_keys_bring_a_cell_out_from_under_the_frozen_ones(qtbot: Any, sheet: TypedSheet) -> None:
    qtbot.keyClick(sheet, KEYS.Key_End)
    assert at(sheet) == (0, 11)
    for _ in range(9):
        qtbot.keyClick(sheet, KEYS.Key_Left)
        assert sheet.visualRect(sheet.currentIndex()).left() >= sheet.front_width
    assert at(sheet) == (0, 2)
    scrolled = sheet.horizontalScrollBar().value()
    qtbot.keyClick(sheet, KEYS.Key_Left)
    assert (at(sheet), sheet.horizontalScrollBar().value()) == ((0, 1), scrolled)
    qtbot.keyClick(sheet, KEYS.Key_Tab)
    assert at(sheet) == (0, 2)
    qtbot.keyClick(sheet, KEYS.Key_Backtab)
    assert at(sheet) == (0, 1)


def test_shift_and_arrows_select_from_where_the_cursor_went_by_itself(
    qtbot: Any, sheet: TypedSheet
) -> None:
    sheet.setCurrentIndex(sheet.model().index(5, 2))
    for key in [KEYS.Key_Right] * 5 + [KEYS.Key_Down]:
        qtbot.keyClick(sheet, key, SHIFT)
    assert sheet.block() == ([5, 6], [2, 3, 4, 5, 6, 7])
    for key in [KEYS.Key_Left] * 7:
        qtbot.keyClick(sheet, key, SHIFT)
    assert sheet.block() == ([5, 6], [0, 1, 2])


def test_the_editor_of_a_frozen_cell_lies_over_it(qtbot: Any, sheet: TypedSheet) -> None:
    scroll(sheet, 430)
    sheet.setCurrentIndex(sheet.model().index(3, 1))
    qtbot.keyClick(sheet, KEYS.Key_F2)
    editor = sheet.findChild(QLineEdit, "cell")
    place = editor.mapTo(sheet, QPoint()) - sheet.viewport().pos()
    assert place == sheet.visualRect(sheet.currentIndex()).topLeft() == QPoint(100, place.y())
    assert sheet.childAt(editor.geometry().center()) is editor
    scroll(sheet, 300)
    assert editor.mapTo(sheet, QPoint()).x() == sheet.viewport().x() + 100


def test_widths_order_and_arrow_are_the_same_for_both_parts(qtbot: Any, sheet: TypedSheet) -> None:
    front, header = sheet.front_header, sheet.horizontalHeader()
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    sheet.show_order(-1, Qt.SortOrder.AscendingOrder)
    edge = QPoint(99, 8)
    qtbot.mousePress(front.viewport(), LEFT, pos=edge)
    qtbot.mouseMove(front.viewport(), edge + QPoint(30, 0))
    qtbot.mouseRelease(front.viewport(), LEFT, pos=edge + QPoint(30, 0))
    assert (sheet.columnWidth(0), front.sectionSize(0), sheet.front_width) == (130, 130, 230)
    asked = []
    header.sortIndicatorChanged.connect(lambda *told: asked.append(told))
    qtbot.mouseClick(front.viewport(), LEFT, pos=QPoint(180, 8))
    assert asked == [(1, Qt.SortOrder.AscendingOrder)]
    assert front.sortIndicatorSection() == header.sortIndicatorSection() == 1
    header.setSortIndicator(5, Qt.SortOrder.DescendingOrder)
    assert front.sortIndicatorSection() == 5


def test_a_narrow_view_leaves_room_for_what_is_scrolled(qtbot: Any, sheet: TypedSheet) -> None:
    sheet.freeze(4)
    assert sheet.frozen == 3
    sheet.resize(50 + 200, 400)
    assert sheet.frozen == 1
    sheet.resize(50 + 1000, 400)
    assert sheet.frozen == 4


def test_all_columns_but_the_last_can_stand_still(sheet: TypedSheet) -> None:
    sheet.resize(50 + 5000, 400)
    sheet.freeze(50)
    assert sheet.frozen == 11
    sheet.freeze(0)
    assert sheet.frozen == 0
    assert not sheet.front_header.isVisible()


def test_a_line_that_is_no_colour_alone_says_where_the_others_pass_under(
    sheet: TypedSheet,
) -> None:
    seen = picture(sheet, 0, 220)
    line = {seen.pixelColor(199, y).name() for y in range(30, 300)}
    assert len(line) == 1
    assert line != {QColor(seen.pixelColor(99, 40)).name()}
