"""Copies of the live file by SQLite's backup API, checked before they count."""

import hashlib
import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a live database, WAL included."""
    origin: Any = driver.connect(str(source))
    copy: Any = driver.connect(str(target))
    try:
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()


def verified_backup(source: Path, folder: Path, name: str) -> Path:
    """A backup under `name` in the folder: copied, opened, checked, hashed, then named.

    Beside it lies name.sha256. Raises OSError or the driver's error; nothing half made is left
    under the final name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, partial = folder / name, folder / (name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        copy_database(source, partial)
        _check(partial)
        digest = hashlib.sha256(partial.read_bytes()).hexdigest()
        _sync(partial)
        os.replace(partial, target)
        (folder / (name + ".sha256")).write_text(f"{digest}  {name}\n", encoding="utf-8")
    finally:
        partial.unlink(missing_ok=True)
    return target


def _check(path: Path) -> None:
    connection: Any = driver.connect(str(path))
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    if answer != "ok":
        raise driver.DatabaseError(answer)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
