"""Locking: by Ctrl+L, from the menu and after idle minutes; a job that writes is waited for."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from tests.ui.conftest import NOW, opened
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import settings
from xqhz_desktop.services.access import encryption, passwords, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.ui.dialogs import question_box
from xqhz_desktop.ui.idle import Idle

PASSWORD = "海上明月共潮生2025"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def later(self, minutes: float) -> None:
        """So many minutes pass."""
        self.now += minutes * 60


@pytest.fixture(scope="module")
def once(tmp_path_factory) -> Path:
    """An encrypted school of one; not to be written."""
    folder: Path = tmp_path_factory.mktemp("encrypted") / "data"
    with opened(folder) as office:
        users.add(office, "王敏", Role.ADMIN)
        encryption.turn_on(office, PASSWORD, lambda _: None)
    return folder


@pytest.fixture
def encrypted(once, tmp_path) -> Path:
    """A copy of the encrypted school."""
    return Path(shutil.copytree(once, tmp_path / "data"))


@pytest.fixture
def seated(front, encrypted):
    """A window on an encrypted school, under a clock of ours."""
    clock = Clock()
    door = front(encrypted)
    door.session.idle._clock = clock
    door.open()
    door.enter(PASSWORD)
    assert door.window.place == "start"
    return door, clock


def is_locked(door) -> bool:
    """Whether nothing of the records is seen, held or known."""
    session = door.session
    return (
        session.opening.door.isVisible()
        and session.office is None
        and session.folder.key is None
        and door.window.desk is None
        and door.window.pages == {}
        and not door.window.navigation.isVisible()
    )


def test_ctrl_l_locks_and_the_password_leads_back_to_the_same_page(seated):
    door, _ = seated
    door.page("history")
    door.qtbot.keyClick(door.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    door.see(door.session.opening.door)
    assert is_locked(door)
    assert "已锁定" in door.session.opening.door.text
    door.enter("not the password")
    assert is_locked(door)
    assert "密码不对" in door.session.opening.door.text
    door.enter(PASSWORD)
    assert door.window.place == "history"
    assert door.session.office.who == "王敏"


def test_while_it_is_locked_another_may_open_the_folder(seated):
    door, _ = seated
    door.session.lock()
    door.see(door.session.opening.door)
    folder = encryption.unlock(DataFolder(door.session.folder.root), PASSWORD)
    with opened_again(folder):
        door.enter(PASSWORD)
        assert "台账没有打开" in door.window.blank.text
    assert door.session.office is None


def opened_again(folder: DataFolder) -> Office:
    """The office of a folder whose key is known."""
    return Office.open(folder, "王敏", lambda: NOW)


def test_the_menu_of_who_is_at_work_locks(seated):
    door, _ = seated
    account = door.window.navigation.account
    assert account.isVisible()
    assert account.text() == "王敏"
    entry: QAction = account.menu().actions()[0]
    assert entry.text().startswith("锁定")
    entry.trigger()
    door.see(door.session.opening.door)
    assert is_locked(door)


def test_idle_minutes_lock_and_a_key_or_the_mouse_is_work(seated):
    door, clock = seated
    idle = door.session.idle
    assert idle.minutes == 15
    clock.later(14)
    door.qtbot.keyClick(door.window, Qt.Key.Key_Tab)
    clock.later(14)
    door.qtbot.mouseMove(door.window.navigation)
    door.qtbot.mouseClick(door.window.navigation.button("board"), Qt.MouseButton.LeftButton)
    door.rest()
    clock.later(14)
    idle.look()
    assert not idle.due
    clock.later(1)
    idle.look()
    door.see(door.session.opening.door)
    assert is_locked(door)
    door.enter(PASSWORD)
    assert door.window.place == "board"


def test_who_comes_back_too_late_cannot_press_anything(seated):
    door, clock = seated
    clock.later(20)
    door.qtbot.mouseClick(door.window.navigation.button("board"), Qt.MouseButton.LeftButton)
    assert door.window.place == "start"
    door.see(door.session.opening.door)
    assert is_locked(door)


def test_a_job_that_writes_is_waited_for(seated):
    door, clock = seated
    gate = threading.Event()
    ended: list[bool] = []
    door.session.worker.write(lambda _: gate.wait(20), ended.append)
    clock.later(20)
    door.session.idle.look()
    door.qtbot.keyClick(door.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    door.qtbot.wait(100)
    assert door.session.office is not None
    assert "完成后自动锁定" in door.window.notice.text
    gate.set()
    door.see(door.session.opening.door)
    assert ended == [True]
    assert is_locked(door)


def test_what_was_done_has_a_backup_before_the_door_shuts(seated):
    door, _ = seated
    office = door.session.office
    settings.set_school_name(office, "沂川市工业中专")
    before = len(backups.listed(office.folder.backups))
    office.is_empty = lambda: False  # an empty school has nothing to be backed up
    door.session.lock()
    door.see(door.session.opening.door)
    assert len(backups.listed(office.folder.backups)) == before + 1


def test_a_question_that_stands_open_is_left_and_nothing_is_done(seated):
    door, _ = seated
    icon = QMessageBox.Icon.Warning
    box, yes, _ = question_box(door.window, icon, "删除吗？", "", "删除", "不删除")
    QTimer.singleShot(50, door.session.lock)
    box.exec()
    assert box.clickedButton() is not yes
    door.see(door.session.opening.door)
    assert is_locked(door)


def test_a_window_beside_it_and_an_open_menu_go_too(seated):
    door, _ = seated
    page = door.page("security")
    beside = QDialog(page)
    beside.show()
    menu = door.window.navigation.account.menu()
    menu.popup(door.window.pos())
    assert beside.isVisible()
    assert menu.isVisible()
    door.session.lock()
    door.see(door.session.opening.door)
    assert is_locked(door)
    assert not any(one.isVisible() for one in door.window.findChildren(QWidget) if one.isWindow())


def test_a_window_closed_while_it_locks_gives_the_folder_back(seated):
    door, _ = seated
    root = door.session.folder.root
    gate = threading.Event()
    door.session.worker.compute(lambda _: gate.wait(20), lambda _: None)
    door.session.lock()
    gate.set()
    door.qtbot.waitUntil(lambda: door.session.office is None)
    door.window.close()
    door.session.close()
    assert not DataFolder(root).running.exists()
    with opened_again(encryption.unlock(DataFolder(root), PASSWORD)) as office:
        assert not office.after_crash


def test_minutes_are_a_setting_and_never_is_never(seated):
    door, clock = seated
    page = door.page("security")
    choice = page.minutes
    assert choice.currentText() == "15 分钟不操作"
    choice.setFocus()
    door.qtbot.keyClick(choice, Qt.Key.Key_End)
    assert choice.currentText() == "从不"
    choice.activated.emit(choice.currentIndex())
    door.rest()
    assert settings.lock_minutes(door.session.office) == 0
    clock.later(10_000)
    door.session.idle.look()
    door.rest()
    assert door.session.office is not None


def test_a_plain_school_without_a_password_says_that_locking_is_of_no_use(front, tmp_path):
    with opened(tmp_path / "data") as office:
        users.add(office, "王敏", Role.ADMIN)
    door = front(tmp_path / "data")
    door.open()
    door.qtbot.keyClick(door.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "您还没有密码" in door.window.notice.text
    assert door.session.office is not None


def test_a_plain_school_with_passwords_locks_and_asks_for_the_name(front, tmp_path):
    with opened(tmp_path / "data") as office:
        passwords.new_code(office)
        users.add(office, "王敏", Role.ADMIN)
        users.add(office, "李建国", Role.ADMIN)
        passwords.set_password(office, "王敏", PASSWORD)
    door = front(tmp_path / "data")
    door.open()
    door.session.opening.door.name.setCurrentText("王敏")
    door.enter(PASSWORD)
    door.session.lock()
    door.see(door.session.opening.door)
    assert door.session.opening.door.name.currentText() == "王敏"
    door.enter(PASSWORD)
    assert door.session.office.who == "王敏"


def test_a_clock_that_is_turned_back_begins_anew(qtbot, qapp):
    clock = Clock()
    idle = Idle(qapp, clock)
    idle.watch(15)
    clock.later(-100)
    assert not idle.due
    clock.later(14)
    assert not idle.due
    clock.later(1)
    assert idle.due
    idle.rest()
    qapp.removeEventFilter(idle)
    idle.deleteLater()
