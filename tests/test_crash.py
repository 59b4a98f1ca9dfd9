"""A kill at any moment leaves the records as before or as after, and a folder that opens."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.dying import NOW
from tests.services.desk import Desk
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.database import integrity

ROOT = Path(__file__).resolve().parents[1]
NEVER = 1_000_000
# Each lasting call of the same work is struck in tests/crash; here pages spill before a commit.
STATEMENTS = (1, 3, 8, 18, 34, 50)
MICROSECONDS = (0, 100, 400, 1_500, 6_000, 12_000)
MOMENTS = [
    *(("statement", number) for number in STATEMENTS),
    *(("commit", number) for number in MICROSECONDS),
]

State = dict[str, list[dict[str, Any]]]


def seen(folder: Path) -> State:
    """All records of a folder that opens and is sound."""
    with Office.open(DataFolder(folder), "测试", lambda: NOW) as office:
        with office.engine.connect() as connection:
            assert integrity(connection) == []
        return Desk(office).dump()


def killed(folder: Path, what: str, moment: str, number: int) -> bool:
    """Run the work in a process of its own; whether it died on the way."""
    arguments = [str(folder), what, moment, str(number)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode != 0


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the first start leaves it."""
    folder = tmp_path_factory.mktemp("crash") / "empty"
    seen(folder)
    return folder


@pytest.fixture(scope="module")
def full(empty: Path) -> Path:
    """The same folder after the import."""
    folder = empty.parent / "full"
    shutil.copytree(empty, folder)
    assert not killed(folder, "import", "statement", NEVER)
    return folder


@pytest.fixture(scope="module")
def states(empty: Path, full: Path) -> list[State]:
    """The records before and after the import."""
    before, after = seen(empty), seen(full)
    assert before != after
    return [before, after]


@pytest.mark.parametrize(("moment", "number"), MOMENTS)
def test_a_killed_import_leaves_all_or_nothing(
    empty: Path, states: list[State], tmp_path: Path, moment: str, number: int
) -> None:
    shutil.copytree(empty, tmp_path / "data")
    died = killed(tmp_path / "data", "import", moment, number)
    assert died or moment == "commit"
    assert seen(tmp_path / "data") in (states if moment == "commit" else states[:1])


@pytest.mark.parametrize(
    ("moment", "number"), [("statement", 4), ("statement", 9), ("commit", 100)]
)
def test_a_killed_undo_leaves_all_or_nothing(
    full: Path, states: list[State], tmp_path: Path, moment: str, number: int
) -> None:
    shutil.copytree(full, tmp_path / "data")
    assert killed(tmp_path / "data", "undo", moment, number) or moment == "commit"
    assert seen(tmp_path / "data") in states


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        *(("statement", n) for n in (1, 10, 40, 120, 200)),
        ("commit", 0),
        ("commit", 500),
    ],
)
def test_a_killed_first_start_is_made_good_by_the_next(
    states: list[State], tmp_path: Path, moment: str, number: int
) -> None:
    killed(tmp_path / "data", "open", moment, number)
    assert seen(tmp_path / "data") == states[0]
