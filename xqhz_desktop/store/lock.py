"""One writer per data folder: a lock that the system releases when its process ends."""

import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_READ_ONLY, UserError

_FAR = 1 << 30  # the locked byte lies behind the text, so that others may read who has it
_TRIES, _PAUSE = 5, 0.04  # seconds: somebody may just be looking whether it is held


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a data folder open, on which computer, since when; all blank where unknown."""

    who: str = ""
    pc: str = ""
    since: str = ""
    pid: int = 0

    @property
    def here(self) -> bool:
        """Whether it is a process of this computer."""
        return self.pc == platform.node()

    def __str__(self) -> str:
        """As a part of a sentence."""
        if not self.pc:
            return "另一个程序"
        return f"“{self.who}”在电脑“{self.pc}”上（自 {self.since} 起）"


class FolderLock:
    """Holds a data folder for this process until it is released or the process ends."""

    def __init__(self, path: Path, who: str, since: str) -> None:
        """Take the lock. Raises UserError (4) naming who has it, (8) for a read-only folder."""
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise UserError(
                f"数据文件夹不能写入，请检查权限或换一个文件夹：{path.parent}", EXIT_READ_ONLY
            ) from error
        if not _taken(self._file, _TRIES):
            self._file.close()
            raise UserError(f"数据正由{_noted(path)}使用，请先关闭那边的程序再试。", EXIT_LOCKED)
        note = asdict(Holder(who, platform.node(), since, os.getpid()))
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(note, ensure_ascii=False).encode())
        self._file.flush()

    def release(self) -> None:
        """Give the folder back."""
        self._file.close()


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock now; None where nobody does, whatever a process that ended has left.

    Where it cannot be tried, in a folder that may only be read, what is noted counts.
    """
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return None
    except OSError:
        return _noted(path)
    with file:
        return None if _taken(file) else _noted(path)


def _taken(file: Any, tries: int = 1) -> bool:
    for rest in range(tries, 0, -1):
        try:
            _lock(file)
            return True
        except OSError:
            if rest > 1:
                time.sleep(_PAUSE)
    return False


def _lock(file: Any) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _noted(path: Path) -> Holder:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return Holder(str(note["who"]), str(note["pc"]), str(note["since"]), int(note["pid"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Holder()
