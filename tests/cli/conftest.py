"""A command line on a data folder of its own, empty or filled."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import FIRM, Here, small_folder, write
from tests.services.books import placement, table


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Two small workbooks, one row of them bad."""
    return small_folder(tmp_path)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    """The command line on a data folder of its own."""
    return Here(tmp_path / "data")


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sits at a keyboard."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after an import."""
    place = tmp_path_factory.mktemp("imported")
    books = small_folder(place)
    write(books / "实习.xlsx", table(placement(1, FIRM), placement(3, "丙物流有限公司")))
    assert Here(place / "data")("import", books, "--yes").code == 0
    return place / "data"


@pytest.fixture
def filled(here: Here, imported: Path) -> Here:
    """The command line on a copy of it."""
    shutil.copytree(imported, here.data)
    return here
