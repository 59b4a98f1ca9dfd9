"""The workbench: what waits is counted, opens its rows, and is put off until a day."""

from typing import Any

from PySide6.QtCore import Qt

from tests.ui.conftest import Seat
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
    assert row(page, label).isVisible()


def test_a_line_is_entered_by_keyboard(school: Seat) -> None:
    page = school.go("start")
    line = row(page, "待更正的行")
    line.go.setFocus()
    school.qtbot.keyClick(line.go, Qt.Key.Key_Space)
    assert school.window.place == "waiting"
