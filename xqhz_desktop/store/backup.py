"""Copies of the live file by SQLite's backup API, checked before they count."""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from xqhz_desktop import __version__
from xqhz_desktop.store.cipher import broken_pages, give_key, key_for

PARTIAL = ".partial"
LIST = ".files"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Note:
    """What was found when a backup was checked; it lies beside the backup as name.json."""

    name: str
    made: str  # local time, ISO, to the second
    why: str
    rows: dict[str, int]  # by table
    action: int  # the last action of the journal, and when it was: tell whether it is all in
    acted: str
    sha256: str
    size: int  # bytes
    revision: str
    program: str
    attachments: int = 0  # files by content, in the folder beside it
    attachments_size: int = 0  # bytes, as they were before any was sealed
    missing: int = 0  # contents that were not there, or not right, when it was made
    files: str = ""  # the digest of the list of their names; "" where it has none
    chain: str = ""  # the head of the audit chain, so that none of it can be cut off unseen


@dataclass(frozen=True, slots=True)
class Kept:
    """The attachments that were brought beside a backup: their stored names, and how much."""

    names: tuple[str, ...] = ()
    size: int = 0  # bytes
    missing: int = 0


@contextmanager
def opened(path: Path, key: bytes | None = None, *, mode: str = "rw") -> Iterator[Any]:
    """A driver's connection to a file that must exist: a missing one is never made anew.

    The key is used where the file is encrypted; a plain one is opened all the same. With mode
    "ro" nothing moves from its log into the file either.
    """
    connection: Any = driver.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
    try:
        give_key(connection, key_for(path, key))
        yield connection
    finally:
        connection.close()


def copy_database(source: Path, target: Path, key: bytes | None = None) -> None:
    """A consistent copy of a live database, WAL included, under the same key."""
    with opened(source, key) as origin:
        copy_connection(origin, target, key_for(source, key))


def copy_connection(origin: Any, target: Path, key: bytes | None = None) -> None:
    """A consistent copy of what an open connection sees, even where its file was deleted.

    The key must be the connection's own: SQLite copies pages between files of one key only.
    """
    copy: Any = driver.connect(str(target))
    try:
        give_key(copy, key)
        origin.backup(copy)
    finally:
        copy.close()


def save(
    origin: Any,
    folder: Path,
    moment: datetime,
    why: str,
    key: bytes | None = None,
    keep: Callable[[Any], Kept] = lambda _: Kept(),
) -> Note:
    """A backup of an open connection: copied, opened, checked, counted, hashed, then named.

    It is encrypted by the key of the connection, where that has one. `keep` brings the attachments
    that the copy refers to beside it.
    The note is written before the file gets its final name, so that a backup always has one.
    Raises OSError or the driver's error; nothing half made is left under a final name, and no
    backup that is there is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    name = _free_name(folder, moment, why)
    partial = folder / (name + PARTIAL)
    try:
        copy_connection(origin, partial, key)
        with opened(partial, key) as copy:
            _check(copy, key)
            counted, action, at = rows(copy), *last_action(copy)
            found = _revision(copy)
            kept, chain = keep(copy), _chain(copy)
        must_be_alone(partial)
        sha256, size = flush(partial), partial.stat().st_size
        made = moment.isoformat(timespec="seconds")
        note = Note(name, made, why, counted, action, at, sha256, size, found, __version__)
        note = replace(note, chain=chain)
        note = write_list(folder, note, kept)
        write_note(folder, note)
        os.replace(partial, folder / name)
        sync_folder(folder)
    finally:
        sweep(folder)
    return note


def must_be_alone(path: Path) -> None:
    """Raise OSError where a log or journal lies beside a closed file, which needs it to be whole.

    SQLite keeps them, and says nothing, where the last write to the file failed.
    """
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def sweep(folder: Path) -> None:
    """Remove what a backup that was cut off has left: unfinished files, notes and lists of none."""
    for path in (*folder.glob(f"*{PARTIAL}*"), *folder.glob(f"attachments/*{PARTIAL}")):
        path.unlink(missing_ok=True)
    for path in (*folder.glob("xqhz-*.db.json"), *folder.glob(f"xqhz-*.db{LIST}")):
        if not path.with_suffix("").exists():
            path.unlink(missing_ok=True)


def _free_name(folder: Path, moment: datetime, why: str) -> str:
    stem = f"xqhz-{moment:%Y%m%d-%H%M%S}-{why}"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.db" for number in count(1))
    return next(name for name in names if not (folder / name).exists())


def check(path: Path, key: bytes | None = None) -> dict[str, int]:
    """Rows by table of a file that SQLite finds nothing wrong with; raises DatabaseError."""
    with opened(path, key) as connection:
        _check(connection, key_for(path, key))
        return rows(connection)


def _check(connection: Any, key: bytes | None) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
    answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    wrong = broken_pages(connection, key) or ([answer] if answer != "ok" else [])
    if wrong:
        raise driver.DatabaseError(f"database disk image is malformed: {wrong[0]}")


def rows(connection: Any) -> dict[str, int]:
    """How many rows each table has."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in found
    }


def last_action(connection: Any) -> tuple[int, str]:
    """The journal's last action and its time; (0, "") where there is none."""
    found = connection.execute("SELECT id, at FROM action ORDER BY id DESC LIMIT 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _chain(connection: Any) -> str:
    """The head of the audit chain; "" in a file of the time before there was one."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'audit_entry'"
    if connection.execute(known).fetchone() is None:
        return ""
    head = connection.execute("SELECT chain FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return str(head[0]) if head else ""


def _revision(connection: Any) -> str:
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def flush(path: Path) -> str:
    """Bring a file to the disk and read it back from there; returns its SHA-256."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):  # what is only in memory proves nothing of the disk
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return _digest(file)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    while block := file.read(_BLOCK):
        found.update(block)
    return found.hexdigest()


def copy_file(source: Path, target: Path) -> str:
    """A copy of a file on the disk; returns the SHA-256 of what was read from the source."""
    found = hashlib.sha256()
    with source.open("rb") as origin, target.open("wb") as copy:
        while block := origin.read(_BLOCK):
            found.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return found.hexdigest()


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system offers it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_note(folder: Path, note: Note) -> None:
    """Put a note beside its backup, whole or not at all."""
    write_json(folder / f"{note.name}.json", asdict(note))


def write_list(folder: Path, note: Note, kept: Kept) -> Note:
    """Lay the names of a backup's attachments beside it; the note that says how many, and which."""
    note = replace(
        note,
        attachments=len(kept.names),
        attachments_size=kept.size,
        missing=kept.missing,
        files="",
    )
    if not kept.names:
        return note
    text = "".join(f"{name}\n" for name in sorted(kept.names))
    with (folder / (note.name + LIST)).open("w", encoding="ascii", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return replace(note, files=hashlib.sha256(text.encode()).hexdigest())


def list_of(folder: Path, note: Note) -> tuple[str, ...] | None:
    """The names of a backup's attachments; None where the list is not what the note says."""
    if not note.files:
        return ()
    try:
        content = (folder / (note.name + LIST)).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != note.files:
        return None
    return tuple(content.decode("ascii").split())


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a small file by a value, whole or not at all."""
    partial = path.with_name(path.name + PARTIAL)
    with partial.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def read_json(path: Path) -> dict[str, Any]:
    """The value of a small file; empty where it is missing or damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def note_of(path: Path) -> Note | None:
    """The note of a backup; None where it is missing, damaged or of another file."""
    value = read_json(path.with_name(path.name + ".json"))
    wanted = {field.name: field.default for field in fields(Note)}
    found = {name: value.get(name, default) for name, default in wanted.items()}
    if any(type(found[name]) is not _kind(name, default) for name, default in wanted.items()):
        return None
    note = Note(**found)
    return note if note.name == path.name else None


def _kind(name: str, default: object) -> type:
    """What a value of the note is; what came later has a default of its kind."""
    if default is not MISSING:
        return type(default)
    return {"rows": dict, "action": int, "size": int}.get(name, str)
