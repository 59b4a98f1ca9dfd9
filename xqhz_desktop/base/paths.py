"""The one owner of places: program resources and the data folder."""

import json
import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from xqhz_desktop.base.errors import EXIT_USAGE, UserError

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
    chosen: bool = False  # somebody said so: where it is missing, nothing is begun anew

    def unlocked(self, key: bytes | None) -> "DataFolder":
        """The same folder with the key of its records."""
        return replace(self, key=key)

    def must_not_hold(self, target: Path) -> None:
        """Raises UserError (2) for a place in the data folder: nothing goes out to there."""
        if target.resolve().is_relative_to(self.root.resolve()):
            raise UserError(f"不能写到数据文件夹里，请另选一个位置：{target}", EXIT_USAGE)

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
    def copies(self) -> Path:
        """The small file that knows the key of copies on sticks; beside plain records only."""
        return self.root / "copies.json"

    @property
    def running(self) -> Path:
        """The mark of an open folder: one that is left over tells of a crash."""
        return self.root / "xqhz.open"

    @property
    def health(self) -> Path:
        """The small file that knows when the database was last looked through."""
        return self.root / "health.json"

    @property
    def erased(self) -> Path:
        """The small file that knows how many persons were erased, whatever is restored."""
        return self.root / "erased.json"

    @property
    def search(self) -> Path:
        """The search index; it can be removed at any time, and is made anew."""
        return self.root / "search.db"

    @property
    def moved(self) -> Path:
        """The mark of a folder whose records were moved elsewhere; it says where."""
        return self.root / "moved.json"

    @property
    def logs(self) -> Path:
        """The folder of the program's log."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """The file that names the one writer."""
        return self.root / "xqhz.lock"


def default_data_folder() -> DataFolder:
    """The data folder when none is named: beside a portable program, the chosen one, the account's.

    One whose choice cannot be read is marked as chosen, too: it must not be begun anew in silence.
    """
    if is_portable():
        return DataFolder(portable_root() / "data")
    try:
        chosen = chosen_root()
    except ValueError:
        return DataFolder(account_root(), chosen=True)
    return DataFolder(chosen, chosen=True) if chosen else DataFolder(account_root())


def portable_root() -> Path:
    """The folder beside the program where `portable.flag` makes it portable."""
    frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).resolve().parent if frozen else ROOT


def is_portable() -> bool:
    """Whether the records lie beside the program, as on a stick that is carried about."""
    return (portable_root() / "portable.flag").is_file()


def account_root() -> Path:
    """Where the records of this account lie as long as nobody has chosen another place."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "xqhz"


def choice() -> Path:
    """The small file of the account that names the chosen data folder."""
    return account_root() / "xqhz.json"


def chosen_root() -> Path | None:
    """The chosen data folder; None where nobody chose. Raises ValueError for a damaged file."""
    try:
        said = json.loads(choice().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, RecursionError) as error:
        raise ValueError(choice()) from error
    root = said.get("data") if isinstance(said, dict) else None
    if not isinstance(root, str) or not Path(root).is_absolute():
        raise ValueError(choice())
    return Path(root)
