"""An erasure that is killed has not happened, or is completed when the school is next opened."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.books import id_number, name
from tests.services.desk import Desk
from tests.services.safe import NOW
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import ROOT, DataFolder
from xqhz_desktop.services.access import audit
from xqhz_desktop.services.office import Office

WORDS = [word.encode() for word in (id_number(1), name(1) + '"')]


def run(*wanted: tuple[Path, int]) -> list[int]:
    """Erasures that die before their n-th statement: what each printed and how it ended."""
    said = [str(part) for pair in wanted for part in pair]
    command = [sys.executable, "-m", "tests.services.erasing_to_death", *said]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, empty_school: Path) -> Path:
    """A closed school with the records of a small office."""
    root = tmp_path_factory.mktemp("school") / "office"
    shutil.copytree(empty_school, root)
    with Office.open(DataFolder(root), "测试", lambda: NOW) as office:
        Desk(office).bring(OFFICE)
    return root


@pytest.fixture(scope="module")
def statements(school: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many statements a whole erasure takes."""
    copy = tmp_path_factory.mktemp("whole") / "office"
    shutil.copytree(school, copy)
    count, code = run((copy, 0))
    assert code == 0
    return count


def killed(school: Path, place: Path, points: list[int]) -> list[str]:
    """What erasures that were killed at these points have left."""
    copies = [place / str(last) for last in points]
    for copy in copies:
        shutil.copytree(school, copy)
    assert {*run(*zip(copies, points, strict=True))} == {-signal.SIGKILL}
    return [left(copy) for copy in copies]


def left(copy: Path) -> str:
    """What an opening makes of a killed erasure: all is "whole", or the person is "erased"."""
    with Office.open(DataFolder(copy), "测试", lambda: NOW) as office:
        desk = Desk(office)
        there = desk.one("SELECT count(*) FROM student WHERE id_number = ?", id_number(1))
        assert audit.verify(office).whole
        assert desk.read("PRAGMA integrity_check") == [("ok",)]
        assert desk.one("SELECT count(*) FROM student") == 2 + there
        assert desk.one("SELECT count(*) FROM placement") == 1 + there
        assert desk.one("PRAGMA user_version") == 0
    said = b"".join(one.read_bytes() for one in copy.glob("*") if one.is_file())
    assert [word for word in WORDS if word in said] == (WORDS if there else [])
    return "whole" if there else "erased"


@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_killed_at_a_statement_it_is_all_or_nothing(
    school: Path, statements: int, tmp_path: Path
) -> None:
    early = [2, statements // 3, statements // 2, statements - 6]
    found = killed(school, tmp_path, [*early, *range(statements - 4, statements + 1)])
    assert {*found} == {"whole", "erased"}


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_killed_at_every_statement_it_is_all_or_nothing(
    school: Path, statements: int, tmp_path: Path
) -> None:
    found = killed(school, tmp_path, list(range(1, statements + 1)))
    assert found == sorted(found, reverse=True)
    assert {*found} == {"whole", "erased"}
