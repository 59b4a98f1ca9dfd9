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
from xqhz_desktop.services import audit
from xqhz_desktop.services.office import Office

WORDS = [word.encode() for word in (id_number(1), name(1) + '"')]


def run(folder: Path, last: int) -> "subprocess.CompletedProcess[str]":
    """An erasure that dies before its n-th statement."""
    command = [sys.executable, "-m", "tests.services.erasing_to_death", str(folder), str(last)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


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
    done = run(copy, 0)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def killed(school: Path, place: Path, last: int) -> str:
    """What an erasure that was killed has left: "whole" or "erased"."""
    copy = place / str(last)
    shutil.copytree(school, copy)
    done = run(copy, last)
    assert done.returncode == -signal.SIGKILL, done.stderr
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
    shutil.rmtree(copy)
    return "whole" if there else "erased"


@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_killed_at_a_statement_it_is_all_or_nothing(
    school: Path, statements: int, tmp_path: Path
) -> None:
    some = {2, statements // 2, statements - 4, *range(statements - 2, statements + 1)}
    found = {killed(school, tmp_path, last) for last in some}
    assert found == {"whole", "erased"}


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_killed_at_every_statement_it_is_all_or_nothing(
    school: Path, statements: int, tmp_path: Path
) -> None:
    found = [killed(school, tmp_path, last) for last in range(1, statements + 1)]
    assert found == sorted(found, reverse=True)
    assert {*found} == {"whole", "erased"}
