"""An open office for every test; the empty database is made once and copied."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office

NOW = datetime(2025, 3, 1, 9, 30)


@pytest.fixture(scope="session")
def empty_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it."""
    folder = tmp_path_factory.mktemp("empty")
    Office.open(DataFolder(folder), "测试", lambda: NOW).close()
    return folder


@pytest.fixture
def desk(empty_school: Path, tmp_path: Path) -> Iterator[Desk]:
    """A clerk at an office that has no records yet."""
    folder = DataFolder(tmp_path / "office")
    shutil.copytree(empty_school, folder.root)
    with Office.open(folder, "测试", lambda: NOW) as office:
        yield Desk(office)
