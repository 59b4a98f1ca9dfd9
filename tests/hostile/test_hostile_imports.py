"""Hostile files by the command line: one sentence or harmless rows, never a bug, nothing lost."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Answer, Here, write
from tests.conftest import Run
from tests.hostile.everything import FAMILIES, FILES, Hostile, large
from tests.services.books import student, table
from xqhz_desktop.services.workbooks import planning
from xqhz_desktop.services.workbooks.reading import WorkbookReader, shown_name

OF_A_BUG = re.compile(r"Traceback|Error\b|Exception|程序出错")
DEADLY = {"cell_far_away_in_another_hand", "bomb_of_strings", "strings_that_claim_to_be_billions"}
# What changes with every action, and what an undo leaves in its place.
JOURNAL = {"action", "change", "audit_entry", "current_action", "source"}


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    """One reading process for all: after each death the next file must be read."""
    with WorkbookReader() as opened:
        yield opened


class Lent:
    """A reader that outlives the import it is lent to."""

    def __init__(self, reader: WorkbookReader) -> None:
        self._reader = reader

    def __enter__(self) -> WorkbookReader:
        return self._reader

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a student."""
    place = tmp_path_factory.mktemp("school")
    here = Here(place / "data")
    assert here("import", write(place / "学生.xlsx", table(student(1))), "--yes").code == 0
    return here.data


@pytest.fixture
def here(
    school: Path, tmp_path: Path, reader: WorkbookReader, monkeypatch: pytest.MonkeyPatch
) -> Here:
    """The command line on a copy of it."""
    monkeypatch.setattr(planning, "WorkbookReader", lambda *_: Lent(reader))
    shutil.copytree(school, tmp_path / "data")
    return Here(tmp_path / "data")


def records(here: Here) -> dict[str, list[str]]:
    """All rows but the journal's."""
    connection = driver.connect(str(here.data / "xqhz.db"))
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {
        name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
        for (name,) in names
        if name not in JOURNAL and not name.startswith("search")
    }
    connection.close()
    return found


def is_large(one: Hostile) -> bool:
    """Whether it is one of the files that take their time."""
    return one.make.__module__ == large.__name__


def make(one: Hostile, folder: Path) -> Path:
    """The file, made in a folder of its own."""
    folder.mkdir()
    one.make(folder / one.file)
    return folder / one.file


def holds(answer: Answer, here: Here) -> None:
    """It ended as documented, said sentences, and nothing was called a bug."""
    assert answer.code in (0, 3), answer.err
    assert not OF_A_BUG.search(answer.out + answer.err)
    assert not (here.data / "logs").exists()
    for line in answer.err.splitlines():
        assert re.search(r"[一-鿿].*(。|：.+)$", line), line


def test_the_corpus_is_large_and_of_every_kind() -> None:
    assert len(FILES) >= 120
    assert len({one.refusal for one in FILES.values()}) > 8
    for part in FAMILIES:
        assert sum(one.make.__module__ == part.__name__ for one in FILES.values()) >= 20


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_tamed(name: str, here: Here, tmp_path: Path) -> None:
    one = FILES[name]
    path = make(one, tmp_path / "files")
    before = records(here)
    answer = here("import", path, "--yes")
    holds(answer, here)
    if one.refusal is not None:
        assert answer.code == 3
        (line,) = [line for line in answer.err.splitlines() if line.startswith("“")]
        assert shown_name(path)[:20] in line
        assert one.refusal in line
        assert records(here) == before
    else:
        assert answer.code == 0
        assert here.count("student") == 1 + one.students
        if "已导入" in answer.err:
            assert here("undo").code == 0
        assert records(here) == before


def test_all_of_them_in_one_folder_are_met_one_after_the_other(
    xqhz: Run, school: Path, tmp_path: Path
) -> None:
    """By the real program, its reading process dying and coming back between them."""
    data, folder = tmp_path / "data", tmp_path / "files"
    shutil.copytree(school, data)
    folder.mkdir()
    chosen = [one for name, one in FILES.items() if name in DEADLY or not is_large(one)]
    for one in chosen:
        one.make(folder / one.file)
    done = xqhz("import", folder, "--yes", data=data)
    assert done.returncode == 3
    assert not OF_A_BUG.search(done.stdout + done.stderr)
    assert not (data / "logs").exists()
    named = [line for line in done.stderr.splitlines() if line.startswith("“")]
    refused = [one for one in chosen if one.refusal is not None]
    assert len(named) == len(refused)
    assert Here(data)("undo").code == 0
    assert Here(data).count("student") == 1


@pytest.mark.parametrize("target", ["没有", "绕圈.xlsx"])
def test_a_link_that_leads_nowhere_is_named(target: str, here: Here, tmp_path: Path) -> None:
    path = tmp_path / "绕圈.xlsx"
    path.symlink_to(tmp_path / target)
    answer = here("import", path, "--yes")
    holds(answer, here)
    assert answer.code == 3
    assert str(path) in answer.err


def test_other_peoples_hostile_files_are_too(
    xqhz: Run, school: Path, shared: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(school, data)
    done = xqhz("import", shared / "torture", "--yes", data=data)
    assert done.returncode == 3
    assert not OF_A_BUG.search(done.stderr)
    assert not (data / "logs").exists()
    assert Here(data).count("student") >= 1
