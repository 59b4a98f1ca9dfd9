"""The search index: a small file of its own that follows the journal, and can always be made anew.

It finds any part of a text: two neighbouring characters are one token, a query is a phrase of
them. Tokens are the characters' numbers, so that a rare character is like any other and nothing
that is typed means anything to the index. The file is encrypted like the records.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from xqhz_desktop.store.cipher import give_key

_VERSION = 2  # 2: places and words of firms' names are read as they are called
_CHUNK = 500
_BARRIER = "x"  # no phrase runs from one text into the next
_END = "z"
_SCHEMA = f"""
CREATE TABLE record (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, row_id INTEGER NOT NULL, UNIQUE (name, row_id)
) STRICT;
CREATE TABLE state (change INTEGER NOT NULL, chain TEXT NOT NULL) STRICT;
INSERT INTO state VALUES (0, '');
CREATE VIRTUAL TABLE entry USING fts5(
    words, sounds, content = '', contentless_delete = 1, tokenize = 'ascii'
);
PRAGMA user_version = {_VERSION};
"""

Texts = tuple[Iterable[str], Iterable[str]]  # what a record says, and how its names sound
# The records of a table as they stand, those of the ids or all: their id and texts.
Reading = Callable[[Connection, str, list[int] | None], Iterator[tuple[int, Texts]]]


class SearchIndex:
    """Finds records by any part of what they say, as they stood when it last caught up."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        """The file need not exist; one that is damaged or of another key is made anew."""
        self._path = path
        self._key = key
        self._lock = Lock()  # of the connection by which it catches up, which stays open
        self._kept: Any = None
        self._file: tuple[int, int] | None = None

    def catch_up(self, records: Connection, tables: Iterable[str], read: Reading) -> int:
        """Take over what the journal has had since; how many records were read.

        Everything is read where the records went another way meanwhile, as after a restore.
        """
        try:
            return self._catch_up(records, set(tables), read)
        except driver.DatabaseError:  # damaged: nothing is lost with it
            self.forget()
            return self._catch_up(records, set(tables), read)

    def find(self, text: str, limit: int = 200) -> list[tuple[str, int]]:
        """The records that have every word of the text: (table, id); none before a catch-up."""
        query = " AND ".join(_asked(word) for word in text.split() if _characters(word))
        if not query or not self._path.exists():
            return []
        try:
            with self._opened() as index:
                found = index.execute(
                    "SELECT record.name, record.row_id FROM entry JOIN record ON"
                    " record.id = entry.rowid WHERE entry MATCH ? LIMIT ?",
                    (query, limit),
                )
                return [(str(name), int(number)) for name, number in found]
        except driver.OperationalError:  # it is being made just now
            return []
        except driver.DatabaseError:
            self.forget()
            return []

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        with self._lock:
            self._drop()

    def forget(self) -> None:
        """Remove the file: what was in it is found again after the next catch-up."""
        self.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> Any:
        index: Any = driver.connect(str(self._path), isolation_level=None, check_same_thread=False)
        give_key(index, self._key)
        return index

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """A connection to look through; whoever catches up meanwhile holds nobody up."""
        index = self._open()
        try:
            yield index
        finally:
            index.close()

    @contextmanager
    def _catching_up(self) -> Iterator[Any]:
        """The connection that stays open: to open one takes as long as to follow an edit."""
        with self._lock:
            if self._file != _identity(self._path):
                self._drop()  # the file under it is gone, or another
            try:
                if self._kept is None:
                    self._kept = self._open()
                    self._kept.execute("PRAGMA journal_mode = WAL")
                    self._kept.execute("PRAGMA synchronous = OFF")  # a crash spoils no record
                yield self._kept
            except BaseException:
                self._drop()  # with what was half done
                raise
            self._file = _identity(self._path)

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _catch_up(self, records: Connection, tables: set[str], read: Reading) -> int:
        with self._catching_up() as index:
            if index.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                _make(index)
            seen, chain = index.execute("SELECT change, chain FROM state").fetchone()
            last, head, same_way = _standing(records, chain)
            if (seen, chain) == (last, head):
                return 0
            index.execute("BEGIN IMMEDIATE")
            if seen and same_way:
                changed = _changed(records, seen, tables)
                count = sum(_replace(index, records, *one, read) for one in changed)
            else:
                _empty(index)
                count = sum(_replace(index, records, name, None, read) for name in sorted(tables))
            index.execute("UPDATE state SET change = ?, chain = ?", (last, head))
            index.execute("COMMIT")
            return count


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands under the name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make(index: Any) -> None:
    for kind, name in index.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind == "table" and name in ("record", "state", "entry"):
            index.execute(f"DROP TABLE {name}")
    index.executescript(_SCHEMA)


def _empty(index: Any) -> None:
    index.execute("DELETE FROM entry")
    index.execute("DELETE FROM record")


def _standing(records: Connection, chain: str) -> tuple[int, str, bool]:
    """The records' last change, the head of their chain, and whether a known head is part of it."""
    # The known head is looked for from the newest on, where it nearly always is.
    found = records.exec_driver_sql(
        "SELECT ifnull((SELECT max(id) FROM change), 0),"
        " ifnull((SELECT chain FROM audit_entry ORDER BY id DESC LIMIT 1), ''),"
        " (SELECT id FROM audit_entry WHERE chain = ? ORDER BY id DESC LIMIT 1) IS NOT NULL",
        (chain,),
    ).one()
    return found[0], found[1], bool(found[2])


def _changed(records: Connection, seen: int, tables: set[str]) -> Iterator[tuple[str, list[int]]]:
    # Not DISTINCT: for it SQLite would walk through all that ever was changed.
    rows = records.exec_driver_sql("SELECT table_name, row_id FROM change WHERE id > ?", (seen,))
    for name, found in groupby(sorted({(str(row[0]), int(row[1])) for row in rows}), itemgetter(0)):
        ids = [row[1] for row in found]
        if name in tables:
            yield from ((name, ids[at : at + _CHUNK]) for at in range(0, len(ids), _CHUNK))


def _replace(
    index: Any, records: Connection, name: str, ids: list[int] | None, read: Reading
) -> int:
    """Read records anew; those that are gone are found no more."""
    for number in ids or ():
        known = "SELECT id FROM record WHERE name = ? AND row_id = ?"
        if old := index.execute(known, (name, number)).fetchone():
            index.execute("DELETE FROM entry WHERE rowid = ?", old)
            index.execute("DELETE FROM record WHERE id = ?", old)
    count = 0
    for number, (words, sounds) in read(records, name, ids):
        added = index.execute("INSERT INTO record (name, row_id) VALUES (?, ?)", (name, number))
        index.execute(
            "INSERT INTO entry (rowid, words, sounds) VALUES (?, ?, ?)",
            (added.lastrowid, _indexed(words), _indexed(sounds)),
        )
        count += 1
    return count


def _indexed(texts: Iterable[str]) -> str:
    return f" {_BARRIER} ".join(" ".join(_pairs(text)) for text in texts if text)


def _pairs(text: str) -> Iterator[str]:
    return map("q".join, pairwise([*_characters(text), _END]))


def _characters(text: str) -> list[str]:
    """Full-width or not, capital or not, a character is one; white space is none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [*filter(None, map(_number, folded))]


@cache
def _number(character: str) -> str:
    return "" if character.isspace() else f"{ord(character):x}"


def _asked(word: str) -> str:
    """One word as a query: a phrase; letters may also be how a name sounds."""
    found = _characters(word)
    if len(found) == 1:
        phrase = f'"{found[0]}q" *'
    else:
        phrase = '"' + " ".join(f"{one}q{other}" for one, other in pairwise(found)) + '"'
    letters = all(int(one, 16) < 128 for one in found) and word.isalpha()
    return f"({phrase})" if letters else f"(words : {phrase})"
