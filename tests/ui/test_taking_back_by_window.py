"""Ctrl+Z takes back what one did last: what was refused first; what is no small step is asked."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.services.books import firm, table
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Seat
from xqhz_desktop.services.history import actions
from xqhz_desktop.ui.pages import undoing

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school that imported two firms in this sitting."""
    rows = (firm(at, f"{name}有限公司") for at, name in enumerate("甲乙", 1))
    empty.desk.broadcast(Clerk(empty.desk.office).bring({"企业.xlsx": table(*rows)}))
    page = empty.go("firms")
    page.sheet.setFocus()
    return page


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; all are answered with no."""
    questions: list[str] = []
    monkeypatch.setattr(undoing, "agreed", lambda _, __, said, *___: questions.append(said))
    return questions


def paste(seat: Seat, page: Any, row: int, field: str, text: str) -> None:
    """Paste a text into a cell."""
    page.sheet.setCurrentIndex(page.model.index(row, page.model.names.index(field)))
    QGuiApplication.clipboard().setText(text)
    seat.qtbot.keyClick(page.sheet, Qt.Key.Key_V, CONTROL)
    seat.rest()


def take_back(seat: Seat, page: Any) -> None:
    """Press Ctrl+Z in the table."""
    seat.qtbot.keyClick(page.sheet, Qt.Key.Key_Z, CONTROL)
    seat.rest()


def column(page: Any, field: str) -> list[str]:
    """The texts of a field, without the empty last row."""
    at = page.model.names.index(field)
    return [page.model.text(row, at) for row in range(page.model.rowCount() - 1)]


def test_a_refused_cell_goes_before_anything_else_is_taken_back(
    empty: Seat, firms: Any, asked: list[str]
) -> None:
    before, done = column(firms, "staff"), len(actions(empty.desk.office))
    paste(empty, firms, 0, "staff", "很多人")
    assert firms.model.tone(0, firms.model.names.index("staff")) == "bad"
    take_back(empty, firms)
    assert column(firms, "staff") == before
    assert not firms.model.wrong
    assert len(actions(empty.desk.office)) == done
    assert empty.window.notice.text == "已清除没有写入的内容。"
    assert asked == []


def test_refused_new_rows_go_whole_and_leave_no_empty_row(
    empty: Seat, firms: Any, asked: list[str]
) -> None:
    paste(empty, firms, 2, "staff", "很多人\n更多人\n")
    assert column(firms, "staff")[2:] == ["很多人", "更多人"]
    take_back(empty, firms)
    assert firms.model.rowCount() == 3
    assert firms.model.records == 2
    assert column(firms, "staff")[2:] == []
    assert asked == []


def test_a_partly_refused_paste_is_one_step_back(empty: Seat, firms: Any, asked: list[str]) -> None:
    before = column(firms, "staff")
    paste(empty, firms, 0, "staff", "12\n很多人\n")
    assert column(firms, "staff") == ["12", "很多人"]
    take_back(empty, firms)
    assert column(firms, "staff") == before
    assert not firms.model.wrong
    assert asked == []


def test_what_was_refused_is_no_part_of_a_later_step(
    empty: Seat, firms: Any, asked: list[str]
) -> None:
    paste(empty, firms, 0, "staff", "12\n很多人\n")
    paste(empty, firms, 0, "district", "东区")
    take_back(empty, firms)
    assert not firms.model.wrong
    assert column(firms, "district")[0] == "东区"
    take_back(empty, firms)
    assert column(firms, "district")[0] != "东区"
    assert column(firms, "staff")[0] == "12"


def test_an_import_is_asked_about_by_its_title_and_stays_at_no(
    empty: Seat, firms: Any, asked: list[str]
) -> None:
    title = actions(empty.desk.office)[0].title
    take_back(empty, firms)
    assert asked == [f"撤销“{title}”？"]
    assert firms.model.records == 2


def test_an_import_goes_at_yes(empty: Seat, firms: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "agreed", lambda *_: True)
    take_back(empty, firms)
    assert firms.model.records == 0


@pytest.mark.parametrize("whose", ["another", "older", "large"])
def test_what_is_not_ones_own_small_step_is_asked_about(
    empty: Seat, firms: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    paste(empty, firms, 0, "district", "东区")
    if whose == "another":
        empty.desk.office.who = "李四"
    elif whose == "older":
        empty.desk.since = empty.desk.since.replace(year=empty.desk.since.year + 1)
    else:
        monkeypatch.setattr(undoing, "_SMALL", 0)
        monkeypatch.setattr(undoing, "EDITING", "")  # as if it had been done in bulk, not typed
    take_back(empty, firms)
    assert len(asked) == 1
    assert column(firms, "district")[0] == "东区"
