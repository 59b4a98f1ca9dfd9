"""Files kept by their content: each lies under its SHA-256, and is never changed.

Where the records are encrypted a file is sealed, and its name also says under which key, so that
while encryption is turned on or off both forms may lie side by side.
"""

import contextlib
import hashlib
import hmac
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from xqhz_desktop.store import chunks
from xqhz_desktop.store.backup import PARTIAL, Kept, copy_file, flush, sync_folder
from xqhz_desktop.store.sealing import overwrite

ARRIVING = "arriving" + PARTIAL  # one at a time: a folder has one writer
_ABOUT = b"xqhz attachment"
_HASH = re.compile(r"[0-9a-f]{64}")
_STORED = re.compile(r"([0-9a-f]{64})(?:\.[0-9a-f]{12}\.sealed)?")

_log = logging.getLogger(__name__)


class Missing(Exception):
    """No file of this content is there, or what is there is not it any more."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files by their content, and the key under which they are sealed, if any."""

    root: Path
    key: bytes | None = None

    def name(self, sha256: str) -> str:
        """The name under which a content lies here. Raises Missing for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise Missing
        return sha256 if self.key is None else f"{sha256}.{_tag(self.key)}.sealed"

    def path(self, sha256: str) -> Path:
        """Where a content lies, or is to lie. Raises Missing for what is no hash."""
        return place(self.root, self.name(sha256))

    def holds(self, sha256: str) -> bool:
        """Whether a file lies under the name of a content; `sound` reads it."""
        return _HASH.fullmatch(sha256) is not None and self.form(sha256) is not None

    def sound(self, sha256: str) -> bool:
        """Whether the content is there with every byte right."""
        try:
            return _digest(self.blocks(sha256)) == sha256
        except Missing:
            return False

    def blocks(self, sha256: str) -> Iterator[bytes]:
        """The content in pieces; only the end tells that it is right. Raises Missing."""
        form = self.form(sha256)
        if form is None:
            raise Missing
        found = hashlib.sha256()
        for block in form.read(form.path(sha256)):
            found.update(block)
            yield block
        if found.hexdigest() != sha256:
            raise Missing

    def read(self, path: Path) -> Iterator[bytes]:
        """The content of one file of this folder, whatever its name. Raises Missing.

        A disk that does not give it back has lost it: only writing raises OSError.
        """
        try:
            with path.open("rb") as file:
                if self.key is None:
                    yield from iter(lambda: file.read(chunks.CHUNK), b"")
                else:
                    yield from chunks.unsealed(file, self.key, _ABOUT)
        except (OSError, chunks.Broken) as error:
            raise Missing from error

    def form(self, sha256: str) -> "Store | None":
        """How the file lies here: under this key, or still plain while it is being sealed.

        None where it does not. Raises Missing for what is no hash.
        """
        forms = (self, Store(self.root))
        return next((form for form in forms if form.path(sha256).is_file()), None)

    def put(
        self,
        blocks: Iterable[bytes],
        expected: str | None = None,
        *,
        damaged: bool = False,
        lasting: bool = True,
    ) -> tuple[str, int]:
        """Keep a content: written, brought to the disk, read back, named; (SHA-256, bytes).

        Raises OSError, and Missing where it is not what was expected; then nothing is kept. With
        `damaged` it is kept under that name all the same, and is not sound there either. Where
        many are put, none need be `lasting`, and `sync` makes the names of all so.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        arriving, passing = self.root / ARRIVING, _Passing(blocks)
        try:
            sealed = passing if self.key is None else chunks.sealed(passing, self.key, _ABOUT)
            chunks.write(arriving, sealed)
            sha256 = passing.sha256.hexdigest()
            if expected not in (None, sha256) and not damaged:
                raise Missing
            if self._read_back(arriving) != sha256:
                raise OSError("a file does not read back as it was written")
            target = self.path(expected or sha256)
            target.parent.mkdir(exist_ok=True)
            os.replace(arriving, target)
        finally:
            arriving.unlink(missing_ok=True)
        if lasting:
            self.sync(target.parent)
        return sha256, passing.size

    def sync(self, *folders: Path) -> None:
        """Bring the names of files to the disk: those of these folders, or of all."""
        for folder in (*(folders or self.root.glob("??/")), self.root, self.root.parent):
            sync_folder(folder)

    def _read_back(self, arriving: Path) -> str:
        written = flush(arriving)
        try:
            return written if self.key is None else _digest(self.read(arriving))
        except Missing:
            return ""

    def bring(self, wanted: Iterable[str], *others: "Store", checked: bool = False) -> list[str]:
        """Have contents here, each copied from the first that has it whole; those that are here.

        With `checked` what lies here is read, and replaced where it is damaged. Raises OSError.
        """
        asked = [sha256 for sha256 in wanted if _HASH.fullmatch(sha256)]
        here = [sha256 for sha256 in asked if self._is_here(sha256, checked=checked)]
        lacking = sorted(set(asked) - set(here))
        brought = [sha256 for sha256 in lacking if self._take(sha256, others)]
        if brought:
            self.sync()
        return here + brought

    def _is_here(self, sha256: str, *, checked: bool) -> bool:
        """In the form of this key: what is there in another one still has to be sealed."""
        return self.path(sha256).is_file() and (not checked or self.sound(sha256))

    def _take(self, sha256: str, others: Iterable["Store"]) -> bool:
        for other in others:
            with contextlib.suppress(Missing):
                self.put(other.blocks(sha256), sha256, lasting=False)
                return True
        return False

    def forget(self, sha256: str) -> None:
        """Overwrite and remove every form of a content. Raises OSError."""
        if _HASH.fullmatch(sha256):
            for path in self.root.glob(f"{sha256[:2]}/{sha256}*"):
                overwrite(path)

    def stored(self) -> set[str]:
        """The names of all files that lie here, in whatever form."""
        return {path.name for path in self.root.glob("??/*") if _STORED.fullmatch(path.name)}


class _Passing:
    """Blocks on their way, counted and hashed."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = blocks
        self.sha256 = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self.sha256.update(block)
            self.size += len(block)
            yield block


def place(root: Path, name: str) -> Path:
    """Where a file of that stored name lies. Raises Missing for what is no such name."""
    if not _STORED.fullmatch(name):
        raise Missing
    return root / name[:2] / name


def _tag(key: bytes) -> str:
    """Tells files of one key from those of another; says nothing about either."""
    return hmac.new(key, b"xqhz attachments", hashlib.sha256).hexdigest()[:12]


def _digest(blocks: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for block in blocks:
        found.update(block)
    return found.hexdigest()


# ---------------------------------------------------------------- what the records refer to


def referred(connection: Any) -> dict[str, int]:
    """The contents that a driver's connection sees referred to, with their bytes.

    Those that only the journal knows count as well: a removed attachment can come back. An older
    database that has no attachments yet refers to none.
    """
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'attachment'"
    if connection.execute(known).fetchone() is None:
        return {}
    found = connection.execute(
        "SELECT sha256, size FROM attachment"
        " UNION SELECT before ->> 'sha256', before ->> 'size' FROM change"
        "  WHERE table_name = 'attachment' AND before ->> 'sha256' IS NOT NULL"
        " UNION SELECT after ->> 'sha256', after ->> 'size' FROM change"
        "  WHERE table_name = 'attachment' AND after ->> 'sha256' IS NOT NULL"
        " ORDER BY 1"
    )
    return {str(sha256): int(size) for sha256, size in found}


def standing(connection: Any) -> list[str]:
    """The contents of the attachments that records have now, one for each row."""
    return [str(row[0]) for row in connection.execute("SELECT sha256 FROM attachment")]


def follow(connection: Connection, action: int) -> None:
    """Let what hangs on records go along with those that an action deleted, as part of the action.

    It is their attachments, and what was decided about findings of them. Taken back, it brings
    them back, too; and no later record of the same number inherits them.
    """
    for part in ("attachment", "remedy"):
        if connection.exec_driver_sql(f"SELECT 1 FROM {part} LIMIT 1").first() is not None:
            _follow(connection, action, part)


def _follow(connection: Connection, action: int, part: str) -> None:
    gone = connection.exec_driver_sql(
        "SELECT DISTINCT table_name FROM change WHERE action_id = ? AND after IS NULL"
        f" AND table_name IN (SELECT table_name FROM {part})",
        (action,),
    ).scalars()
    for table in gone.all():
        connection.exec_driver_sql(
            f"DELETE FROM {part} WHERE table_name = ?"
            f' AND row_id NOT IN (SELECT id FROM "{table}")'
            " AND row_id IN (SELECT row_id FROM change WHERE action_id = ? AND table_name = ?)",
            (table, action, table),
        )


# ---------------------------------------------------------------- encryption on and off


def convert(root: Path, key: bytes | None, becomes: bytes | None) -> None:
    """Lay every file beside itself in the form of another key; `settle` removes the old form.

    Cut off at any moment, all files can still be read under the old key. Raises OSError.
    """
    old, new = Store(root, key), Store(root, becomes)
    found = {name[:64] for name in old.stored()}
    _convert([sha256 for sha256 in sorted(found) if not new.path(sha256).is_file()], old, new)


def settle(root: Path, key: bytes | None) -> None:
    """Complete what a conversion has begun: one form of each content, that of the key in force.

    What can be read only under another key stays where there is no other form. Raises OSError.
    """
    store, plain = Store(root, key), Store(root)
    if (root / ARRIVING).exists():
        (root / ARRIVING).unlink()
    others = sorted(name for name in store.stored() if name != store.name(name[:64]))
    still_plain = [name for name in others if len(name) == 64 and not store.path(name).is_file()]
    _convert(still_plain, plain, store)
    for name in others:
        if _is_settled(store, name):
            overwrite(place(root, name))


def _is_settled(store: Store, name: str) -> bool:
    """Whether a file is not needed, since its content lies there under the key in force.

    A damaged scan is not left open either: what it holds has been sealed as it is.
    """
    sha256 = name[:64]
    if not store.path(sha256).is_file():
        return False
    return store.sound(sha256) or (name == sha256 and not Store(store.root).sound(sha256))


def _convert(hashes: Sequence[str], old: Store, new: Store) -> None:
    for sha256 in hashes:
        form = old.form(sha256)
        try:
            if form is not None:
                read = form.read(form.path(sha256))
                new.put(read, sha256, damaged=True, lasting=False)
        except Missing:
            _log.warning("attachment cannot be read: %s", sha256)
    if hashes:
        new.sync()


def plain_files(root: Path) -> list[Path]:
    """The files of a store that anybody can read."""
    return [place(root, name) for name in sorted(Store(root).stored()) if len(name) == 64]


# ---------------------------------------------------------------- beside a backup


def keep(connection: Any, live: Store, beside: Store) -> Kept:
    """Bring what a driver's connection refers to beside a backup, where it is not there already.

    What is missing or damaged is counted, and holds nothing up. Raises OSError.
    """
    wanted = referred(connection)
    there = beside.bring(wanted, live)
    names = tuple(beside.name(sha256) for sha256 in there)
    return Kept(names, sum(wanted[sha256] for sha256 in there), len(wanted) - len(there))


def brought(names: Iterable[str], origin: Path, root: Path, key: bytes | None) -> tuple[str, ...]:
    """Have stored files in another folder, sealed; the names that they have there.

    Those that are missing or damaged are left out. What is sealed under a key that is not known
    is copied as it is. Raises OSError.
    """
    home, target = Store(origin, key), Store(root, key)
    known = [name for name in names if key and name in (name[:64], home.name(name[:64]))]
    there = target.bring([name[:64] for name in known], home)
    unknown = [name for name in names if name not in known]
    as_they_are = [name for name in unknown if _copied_as_it_is(origin, root, name)]
    return (*(target.name(sha256) for sha256 in there), *as_they_are)


def _copied_as_it_is(origin: Path, root: Path, name: str) -> bool:
    source, target = place(origin, name), place(root, name)
    if target.is_file():
        return True
    if not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    arriving = target.parent / ARRIVING
    try:
        if copy_file(source, arriving) != flush(arriving):
            raise OSError("a file does not read back as it was written")
        os.replace(arriving, target)
        sync_folder(target.parent)
    finally:
        arriving.unlink(missing_ok=True)
    return True
