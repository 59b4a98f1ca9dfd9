"""A whole folder that appears at once: made beside its place, then renamed into it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xqhz_desktop.store.backup import PARTIAL, copy_file, flush, sync_folder


@contextmanager
def arriving(target: Path) -> Iterator[Path]:
    """A new folder to fill; where all went well it is the target, else it is gone.

    The target may be an empty folder. What a call that was cut off has left beside it goes first.
    Raises OSError.
    """
    partial = target.with_name(target.name + PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        for folder in _deepest_first(partial):
            sync_folder(folder)
        if target.exists():
            target.rmdir()
        partial.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _deepest_first(root: Path) -> list[Path]:
    return [Path(folder) for folder, _, _ in os.walk(root, topdown=False)]


def copied(source: Path, target: Path) -> str:
    """A copy of a file, read back from the disk; its SHA-256.

    Raises OSError, also where it does not read back as it was written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = copy_file(source, target)
    if flush(target) != digest:
        raise OSError(f"the copy does not read back: {target.name}")
    return digest
