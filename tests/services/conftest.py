"""An open office for every test; the empty database is made once and copied."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.safe import PASSWORD, Rows, Safe, dump
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
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


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory, empty_school: Path) -> tuple[Path, str, Rows]:
    """A closed, encrypted school; its recovery code; its rows when they were plain."""
    root = tmp_path_factory.mktemp("sealed") / "office"
    shutil.copytree(empty_school, root)
    codes: list[str] = []
    with Office.open(DataFolder(root), "测试", lambda: NOW) as office:
        Desk(office).bring(OFFICE)
        office.backup("手动")
        before = dump(office)
        encryption.turn_on(office, PASSWORD, codes.append)
    return root, codes[0], before


@pytest.fixture
def safe(sealed: tuple[Path, str, Rows], tmp_path: Path) -> Safe:
    """A copy of it that a test may spoil."""
    shutil.copytree(sealed[0], tmp_path / "safe")
    return Safe(DataFolder(tmp_path / "safe"), sealed[1])
