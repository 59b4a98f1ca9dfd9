"""A second start raises the first window, of the same account and folder only."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QWidget

from xqhz_desktop.ui.second_start import FirstWindow, _name, is_raised

ROOT = Path(__file__).resolve().parents[2]
ASK = (
    "import sys; from pathlib import Path; from xqhz_desktop.ui.second_start import is_raised;"
    "print(is_raised(Path(sys.argv[1])))"
)


def asked(qtbot, folder: Path) -> str:
    """What a second process is told about a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", ASK, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        qtbot.waitUntil(lambda: child.poll() is not None, timeout=30_000)
        assert child.stdout is not None
        return child.stdout.read().strip()


def test_a_minimized_window_comes_back_when_the_program_is_started_again(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    first = FirstWindow(window)
    first.hear(tmp_path / "data")
    assert asked(qtbot, tmp_path / "data") == "True"
    qtbot.waitUntil(lambda: not window.windowState() & Qt.WindowState.WindowMinimized)
    assert window.isVisible()


def test_another_folder_is_another_start(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    first = FirstWindow(window)
    first.hear(tmp_path / "data")
    assert asked(qtbot, tmp_path / "other") == "False"
    first.hear(tmp_path / "other")
    assert asked(qtbot, tmp_path / "other") == "True"
    assert asked(qtbot, tmp_path / "data") == "False"


def test_what_a_crash_has_left_stops_nobody(qtbot, tmp_path):
    folder = tmp_path / "data"
    code = (
        "import os, sys; from PySide6.QtCore import QCoreApplication;"
        "from PySide6.QtNetwork import QLocalServer; app = QCoreApplication([]);"
        "server = QLocalServer(); print(server.listen(sys.argv[1]), flush=True); os._exit(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, _name(folder)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True"
    assert not is_raised(folder)
    window = QWidget()
    qtbot.addWidget(window)
    FirstWindow(window).hear(folder)
    assert asked(qtbot, folder) == "True"
    QLocalServer.removeServer(_name(folder))


def test_the_name_tells_neither_account_nor_folder(tmp_path):
    assert "data" not in _name(tmp_path / "data")
    assert len(_name(tmp_path / "data")) == 25
