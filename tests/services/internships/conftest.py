"""The office of internships, made once for a module; each test leaves it as it was."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.internships import training_office
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office


@pytest.fixture(scope="module")
def begun(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The office with its batch, open as long as the module's tests run."""
    root = tmp_path_factory.mktemp("internships") / "office"
    shutil.copytree(empty_school, root)
    with Office.open(DataFolder(root), "测试", lambda: NOW) as office:
        desk = Desk(office)
        training_office.begin(desk)
        yield desk


@pytest.fixture
def training(begun: Desk) -> Iterator[Desk]:
    """The office for one test."""
    yield from training_office.as_it_was(begun)
