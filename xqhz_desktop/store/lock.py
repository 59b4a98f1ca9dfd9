"""One writer per data folder: a lock that the system releases when its process ends."""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_READ_ONLY, UserError

_FAR = 1 << 30  # the locked byte lies behind the text, so that others may read who has it


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
        try:
            _lock(self._file)
        except OSError as error:
            holder = _holder(path)
            self._file.close()
            raise UserError(
                f"数据正由{holder}使用，请先关闭那边的程序再试。", EXIT_LOCKED
            ) from error
        note = {"who": who, "pc": socket.gethostname(), "since": since, "pid": os.getpid()}
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(note, ensure_ascii=False).encode())
        self._file.flush()

    def release(self) -> None:
        """Give the folder back."""
        self._file.close()


def _lock(file: Any) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return f"“{note['who']}”在电脑“{note['pc']}”上（自 {note['since']} 起）"
    except (OSError, ValueError, KeyError):
        return "另一个程序"
