"""The journal: triggers that write every change, and the way back.

Triggers see every write, bulk or single, and a write outside an action is refused by the
database itself (change.action_id is NOT NULL). SQLite only.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.store import audit
from xqhz_desktop.store.references import PARTS

NOT_JOURNALED = frozenset(
    {
        "action", "audit_entry", "change", "current_action", "source", "alembic_version",
        "draft", "layout",
    }
)  # fmt: skip


def install(connection: Connection) -> None:
    """(Re)create the journal's triggers on every table, from the columns that it has."""
    for table in _tables(connection):
        columns = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
        for moment, before, after in (
            ("INSERT", None, "NEW"),
            ("UPDATE", "OLD", "NEW"),
            ("DELETE", "OLD", None),
        ):
            name = f"journal_{table}_{moment.lower()}"
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.exec_driver_sql(
                f'CREATE TRIGGER "{name}" AFTER {moment} ON "{table}" BEGIN '
                "INSERT INTO change (action_id, table_name, row_id, before, after, salt) VALUES ("
                f"(SELECT action_id FROM current_action), '{table}', {before or after}.id, "
                f"{_as_json(before, columns)}, {_as_json(after, columns)}, randomblob(16)); END"
            )


def _tables(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(row[0] for row in rows if row[0] not in NOT_JOURNALED)


def _as_json(row: str | None, columns: list[str]) -> str:
    if row is None:
        return "NULL"
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"


@contextmanager
def acting(
    engine: Engine, *, who: str, at: str, kind: str, title: str, undoes: int | None = None
) -> Iterator[tuple[Connection, int]]:
    """One transaction that is one action: all of it is kept, or nothing.

    Yields the connection and the action's id.
    """
    with engine.begin() as connection:
        action = connection.exec_driver_sql(
            "INSERT INTO action (who, at, kind, title, undoes_id) VALUES (?, ?, ?, ?, ?)",
            (who, at, kind, title, undoes),
        ).lastrowid
        connection.exec_driver_sql("INSERT INTO current_action VALUES (?, 1)", (action,))
        yield connection, action
        connection.exec_driver_sql("DELETE FROM current_action")
        audit.append(connection, at=at, who=who, kind=kind, title=title, action=action)


def touched_later(connection: Connection, action: int) -> list[tuple[int, str]]:
    """Actions that left rows of this one other than it did: (id, title), the first first.

    A later action that was itself taken back left the rows as they were and is not named, and
    rows that the action itself made and deleted again are nobody's. Attachments that came later
    to a record that the action made would go with it: the actions that brought them are named.
    """
    rows = connection.execute(
        text(
            "WITH mine AS (SELECT table_name, row_id, min(id) AS first, max(id) AS id FROM change"
            "  WHERE action_id = :action GROUP BY table_name, row_id),"
            " latest AS (SELECT change.table_name, change.row_id, max(change.id) AS id"
            "  FROM change JOIN mine USING (table_name, row_id)"
            "  GROUP BY change.table_name, change.row_id)"
            " SELECT DISTINCT action.id, action.title FROM mine"
            " JOIN latest USING (table_name, row_id) JOIN change found ON found.id = mine.first"
            " JOIN change was ON was.id = mine.id JOIN change now ON now.id = latest.id"
            " JOIN action ON action.id = now.action_id"
            " WHERE was.after IS NOT now.after"
            " AND NOT (found.before IS NULL AND was.after IS NULL)"
            " UNION SELECT action.id, action.title FROM mine"
            " JOIN change found ON found.id = mine.first JOIN attachment"
            "  ON attachment.table_name = mine.table_name AND attachment.row_id = mine.row_id"
            " JOIN change came ON came.table_name = 'attachment' AND came.row_id = attachment.id"
            "  AND came.before IS NULL JOIN action ON action.id = came.action_id"
            " WHERE found.before IS NULL AND action.id > :action ORDER BY 1"
        ),
        {"action": action},
    )
    return [(row[0], row[1]) for row in rows]


def revert(connection: Connection, action: int) -> dict[str, int]:
    """Put every row of an action back as it was before it; returns rows by table.

    What later actions made of those rows is overwritten. Runs inside `acting`, so that the way
    back is journaled too and can itself be undone. Raises IntegrityError where other rows need
    what would go, or a unique value has gone to another row.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    counts: dict[str, int] = defaultdict(int)
    for table, kind, rows in _ways_back(connection, action):
        if kind == "update":
            _put_back_values(connection, table, rows)
        else:
            _put_back(connection, table, kind, rows)
        counts[table] += len(rows)
    return dict(counts)


def _ways_back(
    connection: Connection, action: int
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Rows by table and by what has to be done: what was before, and what stands now, decide.

    Deletions come first, so that a unique value is free again before it returns.
    """
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for table, found in _found_before(connection, action).items():
        standing = _standing(connection, table, list(found))
        for row, before in found.items():
            if before is None:
                if row in standing:
                    grouped[("delete", table)].append({"id": row})
            else:
                kind = "update" if row in standing else "insert"
                grouped[(kind, table)].append(json.loads(before))
    for kind in ("delete", "update", "insert"):
        yield from ((table, k, rows) for (k, table), rows in grouped.items() if k == kind)


def _found_before(connection: Connection, action: int) -> dict[str, dict[int, str | None]]:
    """By table and row what the action found; without what it made and deleted again."""
    first: dict[tuple[str, int], str | None] = {}
    last: dict[tuple[str, int], str | None] = {}
    found = connection.execute(
        text(
            "SELECT table_name, row_id, before, after FROM change"
            " WHERE action_id = :action ORDER BY id"
        ),
        {"action": action},
    )
    for table, row, before, after in found:
        first.setdefault((table, row), before)
        last[(table, row)] = after
    by_table: dict[str, dict[int, str | None]] = defaultdict(dict)
    for (table, row), before in first.items():
        if before is not None or last[(table, row)] is not None:
            by_table[table][row] = before
    return by_table


def _standing(connection: Connection, table: str, ids: list[int]) -> set[int]:
    """Those of the rows that are there now."""
    statement = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(:ids))'
    return set(connection.execute(text(statement), {"ids": json.dumps(ids)}).scalars())


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that is not there any more: the change that deleted it, and what it was."""

    change: int
    action: int
    table: str
    row: int
    was: dict[str, Any]


def gone(connection: Connection, actions: Collection[int]) -> list[Gone]:
    """Rows that these actions deleted and that have not come back since, in that order.

    Rows of an erased person are not among them. The number of a record is never given again, that
    of a part of one may be: then only the same row has come back.
    """
    found = connection.execute(
        text(
            "SELECT id, action_id, table_name, row_id, before FROM change"
            " WHERE action_id IN (SELECT value FROM json_each(:actions))"
            " AND after IS NULL AND digest IS NULL AND NOT EXISTS (SELECT 1 FROM change later"
            "  WHERE later.table_name = change.table_name AND later.row_id = change.row_id"
            "  AND later.id > change.id AND (later.after = change.before"
            "   OR change.table_name NOT IN (SELECT value FROM json_each(:parts)))) ORDER BY id"
        ),
        {"actions": json.dumps(sorted(actions)), "parts": json.dumps(sorted(PARTS))},
    )
    return [Gone(row[0], row[1], row[2], row[3], json.loads(row[4])) for row in found]


def put_back_rows(connection: Connection, rows: Collection[Gone]) -> dict[str, int]:
    """Insert deleted rows again; returns rows by table.

    Raises IntegrityError where one refers to what is not there, or its unique value is taken.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    counts: dict[str, int] = defaultdict(int)
    groups: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for table in {one.table for one in rows}:
        mine = [one for one in rows if one.table == table]
        taken = _standing(connection, table, [one.row for one in mine]) if table in PARTS else set()
        for one in mine:
            row = {name: v for name, v in one.was.items() if name != "id" or one.row not in taken}
            groups[(table, tuple(row))].append(row)  # an older schema may have had other columns
        counts[table] = len(mine)
    for (table, _), group in groups.items():
        _put_back(connection, table, "insert", group)
    return dict(counts)


def loosened(connection: Connection, action: int, table: str, column: str) -> dict[int, int]:
    """Links that an action blanked in a column and that are blank still: row → what it was."""
    found = connection.execute(
        text(
            "SELECT change.row_id, json_extract(change.before, :path) FROM change"
            f' JOIN "{table}" now ON now.id = change.row_id AND now."{column}" IS NULL'
            " WHERE change.action_id = :action AND change.table_name = :table"
            " AND change.digest IS NULL AND json_extract(change.after, :path) IS NULL"
            " AND json_extract(change.before, :path) IS NOT NULL"
        ),
        {"action": action, "table": table, "path": f'$."{column}"'},
    )
    return {row[0]: row[1] for row in found}


def _put_back_values(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Write old values over new ones; where a unique value had changed hands, all at once.

    No savepoint: under one SQLite keeps every page, twenty times the work, and what was written
    before the refusal is written again.
    """
    try:
        _put_back(connection, table, "update", rows)
    except IntegrityError:
        _put_back(connection, table, "delete", [{"id": row["id"]} for row in rows])
        _put_back(connection, table, "insert", rows)


def _put_back(connection: Connection, table: str, kind: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    if kind == "delete":
        statement = f'DELETE FROM "{table}" WHERE id = :id'
    elif kind == "update":
        pairs = ", ".join(f'"{name}" = :{name}' for name in columns if name != "id")
        statement = f'UPDATE "{table}" SET {pairs} WHERE id = :id'
    else:
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(f":{name}" for name in columns)
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({values})'
    connection.execute(text(statement), rows)
