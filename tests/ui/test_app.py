"""The window's front door: who has the folder, what broke, and where it leaves the log."""

import logging
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from xqhz_desktop import app
from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_OK
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office

MOMENT = datetime(2025, 9, 15, 9, 0)


@pytest.fixture
def session(qtbot, dressed, tmp_path):
    made = app.Session(DataFolder(tmp_path / "data"), date(2025, 9, 15))
    made.opening.may_be_first = False
    qtbot.addWidget(made.window)
    made.window.show()
    root = logging.getLogger()
    before = list(root.handlers)
    yield made
    made.close()
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def test_the_window_waits_with_a_sentence_until_the_records_are_open(qtbot, session):
    assert "正在打开台账" in session.window.blank.text
    assert not session.window.navigation.isEnabled()
    session.open()
    qtbot.waitUntil(lambda: session.window.place == "start")
    assert session.window.navigation.isEnabled()
    qtbot.waitUntil(lambda: not session.worker.busy)
    assert session.code == EXIT_OK


def test_a_folder_in_use_is_told_with_who_has_it_and_can_be_tried_again(qtbot, session):
    holder = Office.open(session.folder, "李建国", lambda: MOMENT)
    session.open()
    qtbot.waitUntil(lambda: "台账没有打开" in session.window.blank.text)
    assert "李建国" in session.window.blank.text
    assert session.code == EXIT_LOCKED
    holder.close()
    again = [one for one in session.window.blank.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in again] == ["只看不改", "再试一次", "退出"]
    again[1].click()
    qtbot.waitUntil(lambda: session.window.place == "start")
    qtbot.waitUntil(lambda: not session.worker.busy)
    assert session.code == EXIT_OK


def test_what_nobody_expected_is_logged_and_shown_with_details_to_copy(qtbot, session, caplog):
    hook = app.Hook(session.window)
    try:
        raise RuntimeError("a bug of ours")
    except RuntimeError as error:
        hook(type(error), error, error.__traceback__)
    box = session.window.findChild(QMessageBox)
    assert box.isVisible()
    assert "程序出错了" in box.text()
    next(one for one in box.buttons() if one.text() == "复制详情").click()
    assert "a bug of ours" in QGuiApplication.clipboard().text()
    assert "a bug of ours" in caplog.text
    assert box.isVisible()
    box.close()


def test_the_log_lies_in_the_data_folder(qtbot, session):
    session.open()
    qtbot.waitUntil(lambda: session.window.place == "start")
    qtbot.waitUntil(lambda: not session.worker.busy)
    logging.getLogger("xqhz").error("written down")
    assert "written down" in (session.folder.logs / "xqhz.log").read_text("utf-8")


def test_the_front_door_opens_and_closes_on_a_folder_of_its_own(qapp, monkeypatch):
    seen: list[str] = []
    earlier = QApplication.topLevelWidgets()
    for one in earlier:
        one.hide()  # the program ends with the last window that is seen

    def close_when_open() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, app.Window)]
        window = next(one for one in windows if one not in earlier)
        if window.place and not window.worker.busy:
            seen.append(window.place)
            window.close()
        else:
            QTimer.singleShot(20, close_when_open)

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    QTimer.singleShot(20, close_when_open)
    assert app.run(temporary=True) == EXIT_OK
    assert seen == ["start"]


def test_the_window_is_painted_before_the_heavy_libraries_are_imported():
    heavy = {
        "sqlalchemy",
        "alembic",
        "matplotlib",
        "openpyxl",
        "reportlab",
        "pypdfium2",
        "pypinyin",
    }
    code = "import sys, xqhz_desktop.app; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PySide6" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()
