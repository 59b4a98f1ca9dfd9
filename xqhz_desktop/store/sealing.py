"""Encryption turned on and off: a converted, checked copy takes the file's place by one rename.

Killed at any moment, the file is what it was or what it was to become. What stood there before
is overwritten when it was plain; disks that spread their writes may keep traces all the same.
"""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.store.backup import check, flush, must_be_alone, opened, sync_folder
from xqhz_desktop.store.cipher import literal

CONVERTING = ".converting"
_BLOCK = bytes(1 << 20)


def seal(database: Path, key: bytes) -> None:
    """Encrypt a closed plain database. Raises OSError or the driver's error; then it is plain."""
    _exchange(database, None, key)


def unseal(database: Path, key: bytes) -> None:
    """Decrypt a closed encrypted database; fails as `seal` does, then it is encrypted."""
    _exchange(database, key, None)


def _exchange(database: Path, key: bytes | None, becomes: bytes | None) -> None:
    fresh = database.with_name(database.name + CONVERTING)
    sweep(database)
    try:
        convert(database, key, fresh, becomes)
        flush(fresh)
        _replace(database, fresh, overwritten=key is None)
    finally:
        sweep(database)


def sweep(database: Path) -> None:
    """Remove what a conversion that was cut off has left."""
    for path in database.parent.glob(f"{database.name}{CONVERTING}*"):
        path.unlink(missing_ok=True)


def convert(source: Path, key: bytes | None, target: Path, becomes: bytes | None) -> dict[str, int]:
    """A checked copy of a database under another key, or under none; its rows by table.

    Nobody else may have the source open. Raises OSError or the driver's error.
    """
    with opened(source, key) as connection:
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise driver.OperationalError("database is locked")
        _export(connection, target, becomes)
    counted = check(source, key)
    if check(target, becomes) != counted:
        raise driver.DatabaseError("database disk image is malformed: rows are missing")
    for path in (source, target):  # a log or journal would be taken for the other file's
        must_be_alone(path)
    return counted


def _export(connection: Any, target: Path, becomes: bytes | None) -> None:
    """What SQLCipher's export leaves out is the file's own numbers."""
    key = literal(becomes) if becomes else ""
    connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(target), key))
    for pragma in ("journal_mode", "synchronous"):  # it is nothing yet, and flushed when whole
        connection.execute(f"PRAGMA fresh.{pragma} = OFF")
    connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
    for name in ("application_id", "user_version"):
        number = connection.execute(f"PRAGMA main.{name}").fetchone()[0]
        connection.execute(f"PRAGMA fresh.{name} = {number}")
    connection.commit()
    connection.execute("DETACH DATABASE fresh")


def _replace(database: Path, fresh: Path, *, overwritten: bool) -> None:
    if not overwritten or os.name != "posix":  # Windows does not replace a file that is open
        os.replace(fresh, database)
        sync_folder(database.parent)
        return
    with database.open("rb+") as old:
        os.replace(fresh, database)
        sync_folder(database.parent)  # only then is the old content nobody's any more
        _blank(old)


def overwrite(path: Path) -> None:
    """Delete a file after its content was overwritten. Raises OSError."""
    with path.open("rb+") as file:
        _blank(file)
    path.unlink()


def _blank(file: Any) -> None:
    left = file.seek(0, os.SEEK_END)
    file.seek(0)
    while left > 0:
        left -= file.write(_BLOCK[: min(left, len(_BLOCK))])
    file.flush()
    os.fsync(file.fileno())
