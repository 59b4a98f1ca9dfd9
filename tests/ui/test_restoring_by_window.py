"""Backups that a password opens, and work on closed records, by way of the window."""

import shutil
from pathlib import Path

import pytest

from tests.ui.conftest import NOW, opened
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.safety import second_place
from xqhz_desktop.ui.desk import Closed
from xqhz_desktop.ui.unlock import UnlockDialog

PASSWORD = "海上明月共潮生2025"


@pytest.fixture
def copied(front, sample_data, tmp_path):
    """A window on a plain school, its encrypted copy on a stick, and the recovery code."""
    folder = DataFolder(Path(shutil.copytree(sample_data, tmp_path / "data")))
    first = prepare(folder, "王敏")
    assert first is not None
    first.keep()
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder.root) as office:
        office.backup("手动")
        second_place.choose(folder, stick)
        second_place.copy_newest(folder, NOW)
    door = front(folder)
    door.open()
    return door, next(stick.glob("*.db")), first.code


def test_a_copy_on_a_stick_asks_for_the_recovery_code_and_is_put_back(copied):
    door, copy, code = copied
    door.session.restore(copy)
    door.rest()
    dialog = door.dialog()
    assert isinstance(dialog, UnlockDialog)
    dialog.field.setText("not the code")
    door.press(dialog.yes)
    again = door.dialog()
    assert isinstance(again, UnlockDialog)
    assert again is not dialog
    assert door.session.office is not None
    again.field.setText(code)
    door.press(again.yes)
    door.qtbot.waitUntil(lambda: "已恢复备份" in door.window.notice.text, timeout=60_000)
    door.rest()
    assert tables.count(door.session.office, "placements") == 170
    assert any(door.session.folder.set_aside.iterdir())
    assert door.session.office.folder.key is None


def test_escape_leaves_the_records_as_they_are(copied):
    door, copy, _ = copied
    office = door.session.office
    door.session.restore(copy)
    door.rest()
    door.dialog().reject()
    door.rest()
    assert door.session.office is office
    assert not door.session.folder.set_aside.exists()


def test_work_on_closed_records_is_told_when_they_are_open_again(copied):
    door, _, _ = copied
    before, seen = door.session.office, []

    def work(folder: DataFolder, who: str, _: Task) -> str:
        with opened(folder.root) as office:  # nobody has them
            seen.append((who, tables.count(office, "placements")))
        return "已修好。"

    door.window.desk.closed.emit(Closed("正在修复", "马上就好。", work))
    door.qtbot.waitUntil(lambda: door.window.notice.text == "已修好。", timeout=60_000)
    door.rest()
    assert seen == [(before.who, 170)]
    assert door.session.office is not before
    assert door.window.place == "start"


def test_work_that_is_refused_leaves_the_records_open_with_the_reason(copied):
    door, _, _ = copied

    def work(*_: object) -> str:
        raise UserError("没有修好，请从备份恢复。")

    door.window.desk.closed.emit(Closed("正在修复", "马上就好。", work))
    door.qtbot.waitUntil(lambda: "没有修好" in door.window.notice.text, timeout=60_000)
    door.rest()
    assert door.session.office is not None
