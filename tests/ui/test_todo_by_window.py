"""The workbench: what waits is counted, opens its rows, and is put off until a day."""

from typing import Any

from PySide6.QtCore import Qt

from tests.ui.conftest import Seat
from xqhz_desktop.ui.pages.merging import MergeDialog
from xqhz_desktop.ui.pages.todo import TodoRow


def row(page: Any, label: str) -> TodoRow:
    """The line of that label."""
    return next(one for one in page.todo.rows if one.line.label == label)


def put_off(school: Seat, page: Any, label: str) -> None:
    """Choose 两周后 in the menu of the line."""
    row(page, label).off.menu().actions()[2].trigger()
    school.rest()


def test_the_worst_stands_first_and_every_line_opens_what_it_counts(school: Seat) -> None:
    page = school.go("start")
    tones = [one.line.tone for one in page.todo.rows]
    assert tones == sorted(tones, key=["bad", "warn", ""].index)
    first = page.todo.rows[0]
    school.press(first.go)
    school.rest()
    assert school.window.place == "findings"
    findings = school.window.pages["findings"]
    assert len(findings.model.lines) == first.line.count
    school.press(findings.line)  # the chip is taken off: all are there again
    assert len(findings.model.lines) == len(findings.lines) > first.line.count


def test_a_line_is_put_off_and_taken_up_again(school: Seat) -> None:
    page = school.go("start")
    label = page.todo.rows[0].line.label
    before = page.sentence.text()
    put_off(school, page, label)
    assert page.sentence.text() != before
    assert not row(page, label).isVisible()
    school.press(page.todo.unfold)
    assert "暂缓到" in row(page, label).why.text()
    school.press(row(page, label).off)
    school.rest()
    assert page.sentence.text() == before
    school.qtbot.waitUntil(lambda: row(page, label).isVisible())


def test_a_line_is_entered_by_keyboard(school: Seat) -> None:
    page = school.go("start")
    line = row(page, "待更正的行")
    line.go.setFocus()
    school.qtbot.keyClick(line.go, Qt.Key.Key_Space)
    assert school.window.place == "waiting"


def test_a_line_is_put_off_to_a_day_that_is_typed(school: Seat) -> None:
    page = school.go("start")
    label = page.todo.rows[0].line.label
    row(page, label).off.menu().actions()[-1].trigger()
    page.asking.field.setText("明天吧")
    school.press(page.asking.yes)
    assert "日期看不懂" in school.window.notice.text
    row(page, label).off.menu().actions()[-1].trigger()
    page.asking.field.setText("2026.1.31")
    school.qtbot.keyClick(page.asking.field, Qt.Key.Key_Return)
    school.rest()
    school.press(page.todo.unfold)
    assert row(page, label).why.text() == "暂缓到 2026年1月31日"


def test_firms_that_stand_twice_are_offered_where_they_are_counted(school: Seat) -> None:
    page = school.go("start")
    school.press(row(page, "疑似重复的企业").go)
    school.rest()
    dialog = page.findChild(MergeDialog)
    assert dialog.pairs.rowCount() == row(page, "疑似重复的企业").line.count
    school.press(dialog.yes)
    school.rest()
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert "疑似重复的企业" not in [one.line.label for one in page.todo.rows]
