"""Looking at what another has open: a banner stays, and nothing can be written."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import opened
from xqhz_desktop.base.errors import EXIT_OK
from xqhz_desktop.services import history
from xqhz_desktop.ui.pages.undoing import undo_action

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
CHANGING = (KEY.Key_X, KEY.Key_V, KEY.Key_D, KEY.Key_Semicolon)  # with Ctrl


@pytest.fixture
def held(front, sample_data, tmp_path):
    """A window that met a folder which another process has."""
    folder: Path = tmp_path / "data"
    shutil.copytree(sample_data, folder)
    holder = opened(folder)
    door = front(folder)
    door.open()
    yield door, holder
    holder.close()


def ways(door) -> dict[str, QPushButton]:
    """The ways on that the failed state offers."""
    return {one.text(): one for one in door.window.blank.findChildren(QPushButton)}


def test_who_has_it_is_told_and_looking_shows_the_records(held):
    door, _ = held
    assert "王敏" in door.window.blank.text
    assert list(ways(door)) == ["只看不改", "再试一次", "退出"]
    door.press(ways(door)["只看不改"])
    assert door.window.place == "start"
    assert door.session.code == EXIT_OK
    assert door.window.banner.text.startswith("只看不改：")
    page = door.page("placements")
    assert page.model.rowCount() == 170
    assert door.window.banner.isVisible()


def test_what_would_write_answers_one_sentence(held):
    door, holder = held
    door.press(ways(door)["只看不改"])
    before = [line.id for line in history.actions(holder)]
    undo_action(door.window.desk, next(one.id for one in history.actions(holder) if one.undoable))
    door.rest()
    assert "只看不改" in door.window.notice.text
    assert [line.id for line in history.actions(holder)] == before
    page = door.page("backups")
    door.press(page.make)
    assert "不能备份" in door.window.notice.text
    assert not list(holder.folder.backups.glob("*.db"))
    page = door.page("security")
    for one in (page.add, page.on, page.password, page.code, page.minutes):
        assert not one.isEnabled()
        assert one.toolTip()


def test_when_it_is_free_the_banner_leads_to_open_records(held):
    door, holder = held
    door.press(ways(door)["只看不改"])
    holder.close()
    door.press(door.window.banner._action)
    door.qtbot.waitUntil(lambda: door.window.place == "start")
    door.rest()
    assert not door.session.office.looking
    assert not door.window.banner.isVisible()


def test_a_window_that_only_looks_closes_without_a_backup(held):
    door, holder = held
    door.press(ways(door)["只看不改"])
    door.window.close()
    assert not door.window.isVisible()
    assert not list(holder.folder.backups.glob("*.db"))


def test_cells_of_a_window_that_only_looks_take_nothing(held):
    door, _ = held
    door.press(ways(door)["只看不改"])
    page = door.page("placements")
    page.sheet.setFocus()
    cell = page.model.index(1, page.model.names.index("name"))
    before = cell.data()
    QGuiApplication.clipboard().setText("别人")
    for key, control in ((KEY.Key_Delete, False), *((one, True) for one in CHANGING)):
        page.sheet.setCurrentIndex(cell)
        door.window.notice.hide()
        QTest.keyClick(page.sheet, key, CONTROL if control else Qt.KeyboardModifier.NoModifier)
        door.rest()
        assert (cell.data(), page.model.unsaved, page.model.wrong) == (before, {}, {})
        assert "只看不改" in door.window.notice.text
        assert not door.window.notice.isHidden()
    QTest.keyClicks(page.sheet, "x")
    assert page.sheet.state() is not page.sheet.State.EditingState
    assert QGuiApplication.clipboard().text() == "别人"


def test_a_blank_page_of_a_window_that_only_looks_offers_nothing_new(held):
    door, _ = held
    door.press(ways(door)["只看不改"])
    page = door.page("placements")
    page.open("batches")
    door.rest()
    assert "还没有" in page.blank.text
    assert not [one for one in page.blank.findChildren(QPushButton) if "新增" in one.text()]
