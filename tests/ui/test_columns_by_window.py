"""How a clerk has the columns is found again: after a restart, under views, for nobody else."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Seat
from xqhz_desktop.services import layouts
from xqhz_desktop.services.layouts import Layout
from xqhz_desktop.services.narrowing import OneOf
from xqhz_desktop.services.views import View, save

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def firms_data(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample school for this module alone."""
    folder = tmp_path_factory.mktemp("columns") / "data"
    shutil.copytree(sample_data, folder)
    return folder


@pytest.fixture
def clerk(seat: Callable[[Path], Seat], firms_data: Path) -> Seat:
    """A window whose clerk has every register as it comes."""
    made = seat(firms_data)
    for register in ("firms", "placements"):
        layouts.keep(made.desk.office, register, Layout())
    return made


def kept(seat: Seat, register: str = "firms") -> Layout:
    """What is remembered, once the table has been left alone for a moment."""
    headings = seat.window.pages[seat.window.place].headings
    seat.qtbot.waitUntil(lambda: not headings._resting.isActive())
    seat.rest()
    return layouts.layout(seat.desk.office, register)


def choose(page: Any, field: str, text: str) -> None:
    """Choose a line of the menu under a heading, asked for at the cursor by keyboard."""
    column = page.model.names.index(field)
    page.sheet.setCurrentIndex(page.model.index(0, column))
    page.sheet.customContextMenuRequested.emit(page.sheet.viewport().rect().center())
    (line,) = [one for one in page.headings.menu.actions() if one.text() == text]
    assert line.isEnabled(), text
    line.trigger()
    page.headings.menu.close()


def test_the_name_stands_still_from_the_first(clerk: Seat) -> None:
    page = clerk.go("firms")
    assert (page.sheet.frozen, page.model.names[0]) == (1, "name")
    page = clerk.go("placements")
    assert page.model.names[: page.sheet.frozen] == ("student_no", "name")
    assert kept(clerk, "placements") == Layout()


def test_columns_are_frozen_up_to_one_and_set_free_by_the_menu(clerk: Seat) -> None:
    page = clerk.go("placements")
    choose(page, "sex", "冻结到这一列")
    assert page.sheet.frozen == 3
    assert kept(clerk, "placements").frozen == 3
    choose(page, "name", "隐藏这一列")
    assert (page.sheet.frozen, page.model.names[:2]) == (2, ("student_no", "sex"))
    choose(page, "sex", "取消冻结")
    assert page.sheet.frozen == 0
    assert kept(clerk, "placements").frozen == 0


def test_all_of_it_is_there_after_a_restart_and_one_reset_takes_it_back(
    clerk: Seat, seat: Callable[[Path], Seat], firms_data: Path
) -> None:
    page = clerk.go("firms")
    usual = page.model.names
    choose(page, "industry", "隐藏这一列")
    choose(page, "nature", "左移一列")
    page.sheet.setColumnWidth(2, 177)
    choose(page, "nature", "冻结到这一列")
    shown = page.model.names
    kept(clerk)
    clerk.window.worker.stop()
    clerk.desk.office.close()
    again = seat(firms_data)
    page = again.go("firms")
    assert page.model.names == shown != usual
    assert (page.sheet.columnWidth(2), page.sheet.frozen) == (177, 2)
    choose(page, "nature", "恢复默认列")
    assert (page.model.names, page.sheet.frozen) == (usual, 1)
    assert page.sheet.columnWidth(2) != 177
    assert kept(again) == Layout()


def test_a_width_that_was_drawn_is_kept_and_one_that_came_by_itself_is_not(clerk: Seat) -> None:
    page = clerk.go("firms")
    front = page.sheet.front_header
    place = front.rect().center()
    place.setX(page.sheet.columnWidth(0) - 1)
    clerk.qtbot.mousePress(front.viewport(), LEFT, pos=place)
    place.setX(place.x() + 40)
    clerk.qtbot.mouseMove(front.viewport(), place)
    clerk.qtbot.mouseRelease(front.viewport(), LEFT, pos=place)
    wide = page.sheet.columnWidth(0)
    assert [*kept(clerk).widths] == ["name"]
    page.read()
    clerk.rest()
    assert page.sheet.columnWidth(0) == wide


def test_a_view_with_columns_stands_over_ones_own_and_leaves_them(clerk: Seat) -> None:
    office = clerk.desk.office
    save(office, "firms", View("两列", (), None, ("name", "staff")))
    page = clerk.go("firms")
    choose(page, "industry", "隐藏这一列")
    mine = page.model.names
    page.narrowing.views.chosen.emit(View("两列", (), None, ("name", "staff")))
    clerk.rest()
    assert page.model.names == ("name", "staff")
    assert page.narrowing.views.button.text() == "视图：两列 ▾"
    choose(page, "staff", "左移一列")
    assert page.narrowing.views.button.text() == "视图 ▾"
    page.narrowing.views.chosen.emit(View("全部"))
    clerk.rest()
    assert page.model.names == mine
    assert page.narrowing.views.button.text() == "视图：全部 ▾"
    assert kept(clerk).columns == mine


def test_who_only_views_has_columns_for_as_long_as_the_window_is_open(
    clerk: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layouts, "may_keep", lambda office: False)
    page = clerk.go("firms")
    choose(page, "industry", "隐藏这一列")
    assert "industry" not in page.model.names
    assert kept(clerk) == Layout()
    clerk.go("placements")
    assert "industry" not in clerk.go("firms").model.names


def test_a_filtered_heading_carries_a_sign_and_says_by_what(clerk: Seat) -> None:
    page = clerk.go("firms")
    at = page.model.names.index("nature")
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    assert page.model.headerData(at, across, role.DecorationRole) is None
    page.narrowing.put("nature", OneOf("nature", ("国有企业",)))
    clerk.rest()
    assert not page.model.headerData(at, across, role.DecorationRole).isNull()
    assert page.model.headerData(at, across, role.ToolTipRole) == "企业性质是国有企业"
    assert page.model.headerData(at, across, role.AccessibleTextRole) == "企业性质，已筛选"
    choose(page, "uscc", "隐藏这一列")
    assert not page.model.headerData(at - 1, across, role.DecorationRole).isNull()
    page.narrowing.drop()
    assert page.model.headerData(at - 1, across, role.DecorationRole) is None


def test_columns_are_each_clerks_own(clerk: Seat) -> None:
    choose(clerk.go("firms"), "industry", "隐藏这一列")
    assert kept(clerk).hidden == {"industry"}
    clerk.desk.office.who = "李静"
    assert kept(clerk) == Layout()
