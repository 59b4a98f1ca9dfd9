"""Copies of attachments for other programs to show; they go when the records are closed."""

import atexit
import contextlib
import math
import shutil
import tempfile
from functools import partial
from pathlib import Path

from xqhz_desktop.ui.desk import Desk

_PREFIX = "xqhz-view-"
_LEFT_OVER = 24 * 3600  # seconds: older ones are of a program that did not end well


class ReadableCopies:
    """One temporary folder for one opening; each copy has a folder of its own in it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._root: Path | None = None

    def folder(self) -> Path:
        """A fresh folder for one copy."""
        if self._root is None:
            sweep(self._desk.office.now().timestamp())
            self._root = Path(tempfile.mkdtemp(prefix=_PREFIX))
            clear = partial(_remove, self._root)
            atexit.register(clear)
            self._desk.destroyed.connect(clear)
        return Path(tempfile.mkdtemp(dir=self._root))


def sweep(now: float) -> None:
    """Remove what a program that did not end well has left in the temporary folder.

    `now` is in seconds since 1970.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if left.is_dir() and not left.is_symlink() and now - _made(left) > _LEFT_OVER:
            _remove(left)


def _made(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return math.inf  # gone meanwhile


def _remove(folder: Path, *_: object) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what a viewer holds open goes the next time
