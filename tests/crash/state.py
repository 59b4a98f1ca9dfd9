"""What a data folder holds: a digest of its records, and whether all that is kept is sound.

Everything is read from copies, with the bare driver: the look changes nothing, and does not trust
the program under test.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.store.cipher import give_key

NO_DATABASE = "no database"
# When, by whom, and what is random: no part of the records.
WHEN = {
    "action": {"at", "who"},
    "audit_entry": {"at", "who", "salt", "digest", "chain", "changes"},
    "attachment": {"added"},
    "change": {"salt"},
}
_ADDED = re.compile(r'"added": ?"[^"]*"')


class Bad(Exception):
    """What a promise was broken by."""


def digest(folder: Path, scratch: Path, store: Path | None = None) -> str:
    """The digest of all tables. Raises Bad where the file is not sound, or a scan is not there.

    Scans lie in the folder's own store unless another is given.
    """
    if not (folder / "xqhz.db").exists():
        return NO_DATABASE
    look = scratch / "look"
    shutil.rmtree(look, ignore_errors=True)
    look.mkdir(parents=True)
    for name in ("xqhz.db", "xqhz.db-wal"):  # the index of a log is made anew
        if (folder / name).exists():
            shutil.copy(folder / name, look / name)
    found = read(look / "xqhz.db")
    check_scans(look / "xqhz.db", store or folder / "attachments")
    return found


def read(path: Path, key: bytes | None = None) -> str:
    """The digest of one database file, which is opened. Raises Bad."""
    connection = driver.connect(str(path))
    try:
        give_key(connection, key)
        connection.execute("PRAGMA synchronous = OFF")  # a copy may be lost
        _check(connection)
        return _digest(connection)
    except driver.DatabaseError as error:
        raise Bad(f"{path.name}: {error}") from error
    finally:
        connection.close()


def _check(connection: Any) -> None:
    wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    if wrong:
        raise Bad(f"not sound: {wrong[0]}")
    _check_chain(connection)


def _check_chain(connection: Any) -> None:
    """Every action has its link, and each link holds all before it."""
    chain = "0" * 64
    links = connection.execute("SELECT digest, chain FROM audit_entry ORDER BY id").fetchall()
    for number, (found, linked) in enumerate(links, 1):
        chain = hashlib.sha256(f"{chain}{found}".encode()).hexdigest()
        if linked != chain:
            raise Bad(f"the audit chain is broken at {number}")
    without = connection.execute(
        "SELECT count(*) FROM action WHERE id NOT IN"
        " (SELECT action_id FROM audit_entry WHERE action_id IS NOT NULL)"
    ).fetchone()[0]
    if without:
        raise Bad(f"{without} actions are not in the audit chain")


def check_scans(database: Path, store: Path) -> None:
    """Raises Bad where a scan that a record has is not in the store, letter by letter."""
    connection = driver.connect(str(database))
    try:
        found = connection.execute("SELECT DISTINCT sha256 FROM attachment").fetchall()
    finally:
        connection.close()
    for (sha256,) in found:
        path = store / sha256[:2] / sha256
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise Bad(f"a scan is not there as it was: {path.name[:8]} in {store.parent.name}")


def _digest(connection: Any) -> str:
    found = hashlib.sha256()
    tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    for table, sql in sorted(tables):
        info = connection.execute(f'PRAGMA table_info("{table}")')
        columns = [row[1] for row in info if row[1] not in WHEN.get(table, ())]
        listed = ", ".join(f'"{name}"' for name in columns)
        rows = connection.execute(f'SELECT {listed} FROM "{table}"').fetchall()
        said = repr((table, sql, columns, sorted(map(repr, rows))))
        found.update(_ADDED.sub("", said).encode())
    return found.hexdigest()


def check_backups(folder: Path, scratch: Path, known: set[str]) -> list[str]:
    """The names of the backups. Raises Bad where one of them is not good.

    Good is: sound, with records that the school had at some time, and with a note of its hash.
    """
    names = []
    for path in sorted((folder / "backups").glob("*.db")):
        copy = Path(shutil.copy(path, scratch / "backup.db"))
        if read(copy) not in known:
            raise Bad(f"backup {path.name} holds other records")
        _check_hash(path)
        check_scans(copy, folder / "backups" / "attachments")
        names.append(path.name)
    return names


def _check_hash(path: Path) -> None:
    note = path.with_name(path.name + ".json")
    try:
        said = json.loads(note.read_text("utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise Bad(f"backup {path.name} has no note that can be read") from error
    if said != hashlib.sha256(path.read_bytes()).hexdigest():
        raise Bad(f"backup {path.name} differs from its hash")


def check_tidy(folder: Path) -> None:
    """Raises Bad where something half made, or a log, lies about in a folder at rest."""
    halves = (".partial", ".migrating", "-journal", "-wal", "-shm", "preparing.db", "incoming.db")
    for path in sorted(folder.rglob("*")):
        kept = path.name.startswith("xqhz.db-") and "set-aside" in path.parts
        if path.name.endswith(halves) and not kept:
            raise Bad(f"{path.name} was left behind")
