"""The audit chain: every action and every look at what is masked, each sealed by all before it.

An entry's digest is salted: who has only the digest of a blanked entry cannot try out which ID
number it was of. The chain runs over the digests alone, so that it stays whole when a person is
erased.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from xqhz_desktop.store.models import Action, AuditEntry, Change

_START = "0" * 64
_SALT = 16  # bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, and what is wrong with it."""

    entry: int
    at: str
    who: str
    why: str  # missing, chain, digest, action, changes or unsaid
    action: int | None = None
    row: str | None = None  # the table and row of the first change that differs, where known


def append(
    connection: Connection, *, at: str, who: str, kind: str, title: str, action: int | None = None
) -> None:
    """Add a link to the chain; with an action, over every row that it changed."""
    changes = _changes_digest(connection, action) if action is not None else None
    salt = secrets.token_hex(_SALT)
    digest = _digest(salt, at, who, kind, title, changes)
    # Spoken to the driver: each edit of a cell waits for it.
    connection.exec_driver_sql(
        "INSERT INTO audit_entry (at, who, kind, title, action_id, changes, salt, digest, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (at, who, kind, title, action, changes, salt, digest, _next(head(connection), digest)),
    )


def head(connection: Connection) -> str:
    """The chain so far, as one digest; zeros before the first entry."""
    latest = "SELECT chain FROM audit_entry ORDER BY id DESC LIMIT 1"
    return connection.exec_driver_sql(latest).scalar() or _START


def verify(connection: Connection) -> Broken | None:
    """The first entry that is not as it was written; None where all are.

    What a plain export has left behind, the rows of actions before a rebuild, is not missed.
    """
    rebuilt = connection.execute(
        select(AuditEntry.id).where(AuditEntry.kind == "rebuild").order_by(AuditEntry.id.desc())
    ).scalar()
    chain, expected = _START, 1
    for entry in connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.id)).all():
        chain = _next(chain, entry.digest)
        if why := _wrong(entry, chain, expected):
            return Broken(entry.id, entry.at, entry.who, why, entry.action_id)
        if entry.action_id is not None and not _as_acted(connection, entry):
            return Broken(entry.id, entry.at, entry.who, "action", entry.action_id)
        if entry.action_id is not None and entry.id >= (rebuilt or 0):
            found = _changes_digest(connection, entry.action_id)
            if found != entry.changes:
                return Broken(entry.id, entry.at, entry.who, "changes", entry.action_id)
        expected += 1
    return _without_entry(connection)


def _wrong(entry: Any, chain: str, expected: int) -> str:
    if entry.id != expected:
        return "missing"
    if entry.chain != chain:
        return "chain"
    if entry.salt is None:
        return "" if entry.title is None else "digest"
    said = _digest(entry.salt, entry.at, entry.who, entry.kind, entry.title, entry.changes)
    return "" if said == entry.digest else "digest"


def _without_entry(connection: Connection) -> Broken | None:
    """The first action that no entry speaks of, since there is a chain."""
    rows = connection.exec_driver_sql(
        "SELECT action.id, action.at, action.who FROM action"
        " LEFT JOIN audit_entry ON audit_entry.action_id = action.id"
        " WHERE audit_entry.id IS NULL"
        " AND action.id >= (SELECT min(action_id) FROM audit_entry) ORDER BY action.id LIMIT 1"
    )
    row = rows.first()
    return None if row is None else Broken(0, row.at, row.who, "unsaid", row.id)


def _as_acted(connection: Connection, entry: Any) -> bool:
    """Whether the history says of an action what its entry says; a blanked one says no title."""
    found = connection.execute(
        select(Action.at, Action.who, Action.kind, Action.title).where(Action.id == entry.action_id)
    ).one_or_none()
    if found is None or (found.at, found.who, found.kind) != (entry.at, entry.who, entry.kind):
        return False
    return entry.title is None or found.title == entry.title


def blank_change(connection: Connection, change: int) -> None:
    """Empty one row of the journal, its salt too; the digest that the chain needs stays."""
    row = connection.execute(select(Change.__table__).where(Change.id == change)).one()
    if row.digest is not None:
        return
    values: dict[str, Any] = {"salt": None, "digest": _leaf(row)}
    values |= {name: "{}" for name in ("before", "after") if getattr(row, name) is not None}
    connection.execute(update(Change).where(Change.id == change).values(values))


def blank_entry(connection: Connection, entry: int) -> None:
    """Empty the words of one entry; when, who and its place in the chain stay."""
    connection.execute(
        update(AuditEntry).where(AuditEntry.id == entry).values(title=None, salt=None)
    )


def _changes_digest(connection: Connection, action: int) -> str:
    found = hashlib.sha256()
    for leaf in _leaves(connection, action):
        found.update(leaf.encode())
    return found.hexdigest()


def _leaves(connection: Connection, action: int) -> Iterator[str]:
    rows = connection.exec_driver_sql(
        "SELECT salt, table_name, row_id, before, after, digest FROM change"
        " WHERE action_id = ? ORDER BY id",
        (action,),
    )
    for row in rows:
        yield (row.digest if _is_blank(row) else "") or _leaf(row)


def _is_blank(row: Any) -> bool:
    """Whether a change was emptied: only then its digest stands for it."""
    return row.salt is None and {row.before, row.after} <= {None, "{}"}


def _leaf(row: Any) -> str:
    """The salted digest of one change; JSON never holds the byte that stands between."""
    parts = (row.table_name, str(row.row_id), row.before or "", row.after or "")
    return hashlib.sha256(b"\0".join([row.salt or b"", *(p.encode() for p in parts)])).hexdigest()


def _digest(salt: str, *said: str | None) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def _next(chain: str, digest: str) -> str:
    return hashlib.sha256(f"{chain}{digest}".encode()).hexdigest()
