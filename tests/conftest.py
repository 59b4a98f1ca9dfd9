"""What every test may ask for: the sample school, the larger office beside the project, the CLI."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import cheap, offline
from tests.crash import counting

# Before any test imports Qt: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
offline.stay()  # whatever a test does in this process

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--long`: the tests that take minutes."""
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, too")


def pytest_configure(config: pytest.Config) -> None:
    """Before any worker starts: where the crash campaigns of all of them are counted."""
    if not hasattr(config, "workerinput"):
        handle, path = tempfile.mkstemp(prefix="xqhz-counts-")
        os.close(handle)
        os.environ[counting.COUNTS] = path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Adds what the crash campaigns tried, in one line."""
    path = Path(os.environ[counting.COUNTS])
    if line := counting.summary(path):
        terminalreporter.write_line(line)
    path.unlink(missing_ok=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the long tests out unless they are asked for."""
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long: asked for by --long"))


@pytest.fixture(autouse=True, scope="session")
def cheap_wrapping() -> Iterator[None]:
    """No test pays for Argon2id but those that ask what it costs, and those of other processes."""
    with cheap.wrapping():
        yield


@pytest.fixture
def sample() -> Path:
    """The folder of the sample school's workbooks."""
    return ROOT / "resources" / "sample"


@pytest.fixture
def shared() -> Path:
    """The folder of larger offices and hostile files; skips where it does not lie beside."""
    if not SHARED.is_dir():
        pytest.skip("../shared does not lie beside the project")
    return SHARED


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """The SQL statements that ran so far, in order: a test counts them where a list is read."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def xqhz(tmp_path: Path) -> Run:
    """The command line as another process sees it: `xqhz("check", "--json")`, own data folder."""

    def run(*arguments: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        folder = data or tmp_path / "data"
        command = [sys.executable, "-m", "xqhz_desktop", "--data-dir", str(folder)]
        return subprocess.run(
            [*command, *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run
