"""The door: it asks for the password or the name, says what was wrong, and lets nobody pass."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import NOW, opened
from xqhz_desktop.base.errors import EXIT_OK, EXIT_WRONG_KEY
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption, passwords, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office

PASSWORD = "海上明月共潮生2025"
OTHER = "天涯若比邻2025"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An encrypted school of two, not to be written, and its recovery code."""
    folder: Path = tmp_path_factory.mktemp("encrypted") / "data"
    codes: list[str] = []
    with opened(folder) as office:
        users.add(office, "王敏", Role.ADMIN)
        users.add(office, "李建国", Role.CLERK)
        encryption.turn_on(office, PASSWORD, codes.append)
        passwords.set_password(office, "李建国", OTHER)
    return folder, codes[0]


@pytest.fixture
def encrypted(once: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of the encrypted school, and its recovery code."""
    return Path(shutil.copytree(once[0], tmp_path / "data")), once[1]


@pytest.fixture
def codes() -> list[str]:
    """The recovery code of the plain school."""
    return []


@pytest.fixture
def plain(tmp_path: Path, codes: list[str]) -> Path:
    """A school without encryption, of two; one of them has a password."""
    with opened(tmp_path / "data") as office:
        codes.append(passwords.new_code(office))
        users.add(office, "王敏", Role.ADMIN)
        users.add(office, "李建国", Role.CLERK)
        passwords.set_password(office, "王敏", PASSWORD)
    return tmp_path / "data"


def test_the_password_opens_the_workbench_as_whom_it_belongs_to(front, encrypted):
    door = front(encrypted[0])
    door.open()
    shown = door.session.opening.door
    assert shown.isVisible()
    assert not door.window.navigation.isVisible()
    assert "请输入密码" in shown.text
    assert shown.field.echoMode() is QLineEdit.EchoMode.Password
    assert shown.field.hasFocus()
    assert not shown.yes.isEnabled()
    assert door.session.code == EXIT_WRONG_KEY
    door.qtbot.keyClicks(shown.field, "a")
    assert shown.yes.isEnabled()
    door.enter(OTHER)
    assert door.window.place == "start"
    assert door.window.navigation.isVisible()
    assert door.session.office.who == "李建国"
    assert door.session.code == EXIT_OK
    assert shown.field.text() == ""


def test_a_wrong_password_is_said_and_asked_again(front, encrypted):
    door = front(encrypted[0])
    door.open()
    door.enter("not the password")
    shown = door.session.opening.door
    assert "密码不对" in shown.text
    assert shown.isVisible()
    assert shown.field.text() == ""
    assert shown.field.hasFocus()
    assert door.session.code == EXIT_WRONG_KEY
    assert door.session.office is None
    door.enter(PASSWORD)
    assert door.session.office.who == "王敏"


def test_the_recovery_code_opens_for_the_admin_and_asks_for_a_new_password(front, encrypted):
    folder, code = encrypted
    door = front(folder)
    door.open()
    door.enter(code.lower())
    assert door.session.office.who == "王敏"
    assert "请现在设一个新密码" in door.window.notice.text


def test_with_two_admins_the_recovery_code_asks_who_it_is(front, encrypted):
    folder, code = encrypted
    with opened_with(folder, PASSWORD) as office:
        users.set_role(office, "李建国", Role.ADMIN)
    door = front(folder)
    door.open()
    door.enter(code)
    shown = door.session.opening.door
    assert names(shown) == ["王敏", "李建国"]
    assert not shown.field.isVisible()
    shown.name.setCurrentText("李建国")
    door.press(shown.yes)
    assert door.session.office.who == "李建国"


def test_without_encryption_a_name_is_chosen_and_its_password_asked(front, plain):
    door = front(plain)
    door.open()
    shown = door.session.opening.door
    assert names(shown) == ["王敏", "李建国"]
    shown.name.setCurrentText("王敏")
    assert shown.field.isVisible()
    assert not shown.yes.isEnabled()
    door.enter("not the password")
    assert "密码不对" in shown.text
    assert door.session.office is None
    shown.name.setCurrentText("王敏")
    door.enter(PASSWORD)
    assert door.session.office.who == "王敏"
    assert door.session.office.folder.key is None


def test_without_encryption_the_recovery_code_stands_for_a_forgotten_password(front, plain, codes):
    door = front(plain)
    door.open()
    door.session.opening.door.name.setCurrentText("王敏")
    door.enter(codes[0])
    assert door.session.office.who == "王敏"
    assert door.session.office.folder.key is None
    assert "请现在设一个新密码" in door.window.notice.text


def test_who_has_no_password_is_not_asked_for_one(front, plain):
    door = front(plain)
    door.open()
    shown = door.session.opening.door
    shown.name.setCurrentText("李建国")
    assert not shown.field.isVisible()
    shown.name.setFocus()
    door.press(shown.yes)
    assert door.session.office.who == "李建国"


def test_one_user_without_a_password_is_asked_nothing(front, tmp_path):
    with opened(tmp_path / "data") as office:
        users.add(office, "王敏", Role.ADMIN)
    door = front(tmp_path / "data")
    door.open()
    assert door.window.place == "start"
    assert door.session.office.who == "王敏"


def test_a_window_closed_at_the_door_opens_nothing(front, encrypted):
    door = front(encrypted[0])
    door.open()
    door.press(door.session.opening.door.no)
    assert not door.window.isVisible()
    assert door.session.office is None


def test_tab_and_enter_pass_the_door_without_the_mouse(front, plain):
    door = front(plain)
    door.open()
    shown = door.session.opening.door
    door.qtbot.keyClick(shown.name, Qt.Key.Key_Home)
    assert shown.name.currentText() == "王敏"
    assert shown.field.isVisible()
    door.qtbot.keyClicks(shown.field, "x")
    door.enter(PASSWORD)
    assert door.session.office.who == "王敏"


def names(shown: Any) -> list[str]:
    """The names to choose from."""
    return [shown.name.itemText(at) for at in range(shown.name.count())]


def opened_with(folder: Path, secret: str) -> Any:
    """The office of an encrypted folder."""
    entered = encryption.entered(DataFolder(folder), secret)
    return Office.open(entered.folder, entered.user, lambda: NOW)
