"""The window of an encrypted school: it asks for the password, and says what was wrong."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import opened
from xqhz_desktop import app
from xqhz_desktop.base.errors import EXIT_OK, EXIT_WRONG_KEY
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import encryption
from xqhz_desktop.ui.unlock import UnlockDialog

PASSWORD = "海上明月共潮生2025"


@pytest.fixture
def session(qtbot: Any, qapp: Any, tmp_path: Path) -> Iterator[app.Session]:
    """The front door of an encrypted school."""
    with opened(tmp_path / "data") as office:
        encryption.turn_on(office, PASSWORD, lambda _: None)
    app.theme.apply(qapp)
    made = app.Session(DataFolder(tmp_path / "data"), date(2025, 9, 15))
    qtbot.addWidget(made.window)
    made.window.show()
    root = logging.getLogger()
    before = list(root.handlers)
    yield made
    made.close()
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def asked(qtbot: Any, session: app.Session) -> UnlockDialog:
    """The dialog, once it is there."""
    qtbot.waitUntil(lambda: any(_dialogs(session)), timeout=20_000)
    return _dialogs(session)[0]


def _dialogs(session: app.Session) -> list[UnlockDialog]:
    return [one for one in session.window.findChildren(UnlockDialog) if one.isVisible()]


def test_the_password_opens_the_workbench(qtbot: Any, session: app.Session) -> None:
    session.open()
    dialog = asked(qtbot, session)
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog.yes.isEnabled()
    qtbot.keyClicks(dialog.field, "a")
    dialog.field.setText(PASSWORD)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window.place == "start", timeout=20_000)
    qtbot.waitUntil(lambda: not session.worker.busy, timeout=20_000)
    assert session.code == EXIT_OK
    assert session.office is not None
    assert session.office.folder.key is not None


def test_a_wrong_password_is_said_and_asked_again(qtbot: Any, session: app.Session) -> None:
    session.open()
    dialog = asked(qtbot, session)
    dialog.field.setText("not the password")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "密码不对" in session.window.blank.text, timeout=20_000)
    again = asked(qtbot, session)
    assert again.field.text() == ""
    assert session.code == EXIT_WRONG_KEY
    again.reject()


def test_escape_leaves_it_closed_and_it_can_be_asked_again(
    qtbot: Any, session: app.Session
) -> None:
    session.open()
    qtbot.keyClick(asked(qtbot, session), Qt.Key.Key_Escape)
    assert not _dialogs(session)
    assert "台账没有打开" in session.window.blank.text
    assert session.code == EXIT_WRONG_KEY
    session.open()
    asked(qtbot, session).reject()
