"""The one owner of places: program resources and the data folder."""

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def resources() -> Path:
    """The folder of fonts, sample school and guide; the same from source and in the bundle."""
    return ROOT / "resources"


def migrations() -> Path:
    """The folder of database migrations and seed lists."""
    return ROOT / "db"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where one school's records lie and, where they are encrypted, the key once it is known."""

    root: Path
    key: bytes | None = field(default=None, repr=False)

    def unlocked(self, key: bytes | None) -> "DataFolder":
        """The same folder with the key of its records."""
        return replace(self, key=key)

    @property
    def database(self) -> Path:
        """The live SQLite file."""
        return self.root / "xqhz.db"

    @property
    def backups(self) -> Path:
        """The folder of verified backups."""
        return self.root / "backups"

    @property
    def attachments(self) -> Path:
        """The folder of scans and photos, each under the hash of its content."""
        return self.root / "attachments"

    @property
    def set_aside(self) -> Path:
        """The folder of what a restore has replaced; nothing in it is ever deleted."""
        return self.root / "set-aside"

    @property
    def keys(self) -> Path:
        """The key ring; it lies here where the records are encrypted."""
        return self.root / "keys.json"

    @property
    def places(self) -> Path:
        """The small file that knows the second place; readable when the database is not."""
        return self.root / "places.json"

    @property
    def running(self) -> Path:
        """The mark of an open folder: one that is left over tells of a crash."""
        return self.root / "xqhz.open"

    @property
    def health(self) -> Path:
        """The small file that knows when the database was last looked through."""
        return self.root / "health.json"

    @property
    def logs(self) -> Path:
        """The folder of the program's log."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """The file that names the one writer."""
        return self.root / "xqhz.lock"


def default_data_folder() -> DataFolder:
    """The data folder of this account when none is named."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return DataFolder(base / "xqhz")
