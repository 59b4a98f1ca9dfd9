"""An encrypted school, and how a test looks at what it holds."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office

NOW = datetime(2025, 3, 1, 9, 30)
PASSWORD = "春江潮水连海平2025"
OTHER = "another password"
Rows = dict[str, list[tuple[object, ...]]]


def opened(folder: DataFolder) -> Office:
    """The office of a folder, at a fixed moment."""
    return Office.open(folder, "测试", lambda: NOW + timedelta(hours=1))


def dump(office: Office) -> Rows:
    """All rows of all tables but those that tell of encryption itself."""
    with office.engine.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        return {
            name: [
                tuple(row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
                if "encryption" not in row
            ]
            for name in names.all()
        }


class Safe:
    """A school whose records are encrypted."""

    def __init__(self, folder: DataFolder, code: str) -> None:
        self.folder, self.code = folder, code

    def unlocked(self, secret: str = PASSWORD) -> DataFolder:
        """Its folder with the key."""
        return encryption.unlock(self.folder, secret)


def refused(work: Callable[[], object]) -> int:
    """The exit code with which something is refused."""
    with pytest.raises(UserError) as found:
        work()
    return found.value.code
