"""The program as a process in a real window: keys go in by X, what lands is read from the disk."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
NUMBER = "13900000021"

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="no Xvfb and xdotool here"
)


def until(holds: Callable[[], object]) -> None:
    """Wait for another process; fails after a minute."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)


class Screen:
    """A display of its own: its number, its picture."""

    def __init__(self, place: Path) -> None:
        self._place = place
        read, write = os.pipe()
        call = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-fbdir"]
        self.server = subprocess.Popen(
            [*call, str(place), "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = f":{answer.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(ROOT),
        }

    def do(self, *arguments: str) -> str:
        """Call xdotool; what it says."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout

    def colours(self) -> int:
        """How many different points the picture has: a blank one has a single one."""
        picture = (self._place / "Xvfb_screen0").read_bytes()[-1366 * 768 * 4 :]
        return len({picture[at : at + 4] for at in range(0, len(picture), 4 * 7)})


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A display that goes with the test."""
    made = Screen(tmp_path)
    yield made
    made.server.terminate()
    made.server.wait(PATIENCE)


@pytest.fixture
def program(screen: Screen, sample_data: Path, tmp_path: Path) -> Iterator[Path]:
    """The program at work upon a copy of the sample school, its window in front; the folder."""
    folder = Path(shutil.copytree(sample_data, tmp_path / "data"))
    running = subprocess.Popen(
        [sys.executable, "-m", "xqhz_desktop", "--data-dir", str(folder)],
        env=screen.environment,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: screen.do("search", "--onlyvisible", "--name", "校企合作台账"))
    until((folder / "xqhz.open").exists)
    focus(screen)
    yield folder
    running.terminate()
    running.wait(PATIENCE)


def focus(screen: Screen) -> None:
    """Give the keys to the newest window, as a window manager does."""
    newest = screen.do("search", "--onlyvisible", "--name", ".*").split()[-1]
    screen.do("windowfocus", "--sync", newest)
    time.sleep(0.5)


def asked(folder: Path, sql: str) -> str:
    """The one value of a query, read beside the program."""
    connection = driver.connect(f"file:{folder / 'xqhz.db'}?mode=ro", uri=True)
    try:
        return str(connection.execute(sql).fetchone()[0])
    finally:
        connection.close()


def test_the_window_shows_the_school_and_keys_find_and_change_a_student(
    screen: Screen, program: Path
) -> None:
    until(lambda: screen.colours() > 50)
    number = asked(program, "SELECT student_no FROM student WHERE provisional = 0 LIMIT 1")
    screen.do("key", "ctrl+k")
    time.sleep(1)
    focus(screen)
    screen.do("type", "--delay", "30", number)
    time.sleep(1.5)
    screen.do("key", "Return")
    time.sleep(1.5)
    focus(screen)
    for _ in range(11):
        screen.do("key", "Tab")
    screen.do("key", "ctrl+a")
    screen.do("type", "--delay", "30", NUMBER)
    screen.do("key", "ctrl+s")
    phone = f"SELECT phone FROM student WHERE student_no = '{number}'"
    until(lambda: NUMBER in asked(program, phone))
