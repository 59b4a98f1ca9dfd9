"""What takes longer than half a second says so in the window's corner, and can be stopped."""

import threading
import time
from typing import Any

import pytest

from tests.ui.conftest import Seat
from xqhz_desktop.base.task import Task, task_at_work
from xqhz_desktop.ui.pages import cells


def slow(seat: Seat, gate: threading.Event, **more: Any) -> list[str]:
    """Work that goes on until the gate opens or somebody stops it; how it ended."""
    said: list[str] = []

    def work(task: Task) -> None:
        task.step(1, 4, "写入")
        while not gate.wait(0.01):
            task.check()

    job = seat.desk.worker.write(work, lambda _: said.append("done"), **more)
    job.cancelled.connect(lambda: said.append("cancelled"))
    return said


def test_work_that_is_soon_done_says_nothing(empty: Seat) -> None:
    busy, seen = empty.window.busy, []
    empty.desk.worker.slow.connect(seen.append)
    empty.desk.worker.write(lambda _: None, lambda _: None, doing="正在写入")
    empty.rest()
    empty.qtbot.wait(550)
    assert seen == []
    assert not busy.isVisible()


def test_long_work_is_seen_and_goes_when_it_is_done(empty: Seat) -> None:
    busy, gate = empty.window.busy, threading.Event()
    said = slow(empty, gate, doing="正在写入")
    empty.qtbot.waitUntil(busy.isVisible)
    assert busy.words.text() == "正在写入……"
    gate.set()
    empty.rest()
    assert not busy.isVisible()
    assert said == ["done"]


def test_it_is_stopped_by_its_button(empty: Seat) -> None:
    busy, gate = empty.window.busy, threading.Event()
    said = slow(empty, gate, doing="正在写入")
    empty.qtbot.waitUntil(busy.isVisible)
    empty.press(busy.stop)
    empty.rest()
    assert said == ["cancelled"]
    assert not busy.isVisible()
    assert empty.window.notice.text == "已取消，什么都没有改变。"


def test_what_others_show_themselves_is_not_shown_twice(empty: Seat) -> None:
    gate = threading.Event()
    slow(empty, gate)
    empty.qtbot.wait(550)
    assert not empty.window.busy.isVisible()
    gate.set()
    empty.rest()


def test_typing_that_was_stopped_leaves_the_cells_as_they_were(
    school: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        while (task := task_at_work()) is not None:
            task.check()
            time.sleep(0.01)

    page = school.go("firms")
    before = school.texts(page.sheet, "企业性质")
    monkeypatch.setattr(cells, "set_cells", held)
    at = school.headings(page.sheet).index("企业性质")
    page.model.enter([(0, at, "国有", None), (1, at, "外资", None)])
    assert school.texts(page.sheet, "企业性质") != before
    school.qtbot.waitUntil(school.window.busy.isVisible)
    assert school.window.busy.words.text() == "正在写入……"
    school.press(school.window.busy.stop)
    school.rest()
    assert school.texts(page.sheet, "企业性质") == before
    assert school.window.notice.text == "已取消，什么都没有改变。"
