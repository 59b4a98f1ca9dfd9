"""A migrated, empty database for every test; it is made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from xqhz_desktop.store import migrate
from xqhz_desktop.store.database import open_engine


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest revision, without a row."""
    path = tmp_path_factory.mktemp("migrated") / "xqhz.db"
    assert migrate.ensure(path)
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copy(migrated, tmp_path / "xqhz.db"))


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    """An engine on the copy."""
    opened = open_engine(database)
    yield opened
    opened.dispose()
