"""The journal: triggers that write every change, and the way back.

Triggers see every write, bulk or single, and a write outside an action is refused by the
database itself (change.action_id is NOT NULL). SQLite only.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.store import audit
from xqhz_desktop.store.models import Action

NOT_JOURNALED = frozenset(
    {"action", "audit_entry", "change", "current_action", "source", "alembic_version"}
)


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
        values = {"who": who, "at": at, "kind": kind, "title": title, "undoes_id": undoes}
        key = connection.execute(insert(Action).values(values)).inserted_primary_key
        assert key is not None
        connection.exec_driver_sql("INSERT INTO current_action VALUES (?, 1)", (key[0],))
        yield connection, key[0]
        connection.exec_driver_sql("DELETE FROM current_action")
        audit.append(connection, at=at, who=who, kind=kind, title=title, action=key[0])


def touched_later(connection: Connection, action: int) -> list[tuple[int, str]]:
    """Actions that left rows of this one other than it did: (id, title), the first first.

    A later action that was itself taken back left the rows as they were and is not named.
    """
    rows = connection.execute(
        text(
            "WITH mine AS (SELECT table_name, row_id, max(id) AS id FROM change"
            "  WHERE action_id = :action GROUP BY table_name, row_id),"
            " latest AS (SELECT change.table_name, change.row_id, max(change.id) AS id"
            "  FROM change JOIN mine USING (table_name, row_id)"
            "  GROUP BY change.table_name, change.row_id)"
            " SELECT DISTINCT action.id, action.title FROM mine"
            " JOIN latest USING (table_name, row_id)"
            " JOIN change was ON was.id = mine.id JOIN change now ON now.id = latest.id"
            " JOIN action ON action.id = now.action_id"
            " WHERE was.after IS NOT now.after ORDER BY action.id"
        ),
        {"action": action},
    )
    return [(row[0], row[1]) for row in rows]


def revert(connection: Connection, action: int) -> dict[str, int]:
    """Put every row of an action back as it was before it; returns rows by table.

    Runs inside `acting`, so that the way back is journaled too and can itself be undone.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    counts: dict[str, int] = defaultdict(int)
    for table, kind, rows in _net_changes(connection, action):
        if kind == "update":
            _put_back_values(connection, table, rows)
        else:
            _put_back(connection, table, kind, rows)
        counts[table] += len(rows)
    return dict(counts)


def _net_changes(
    connection: Connection, action: int
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Rows by table and by what has to be done: the first before and the last after decide.

    Deletions come first, so that a unique value is free again before it returns.
    """
    import json

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
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for (table, row), before in first.items():
        after = last[(table, row)]
        if before is None and after is not None:
            grouped[("delete", table)].append({"id": row})
        elif before is not None:
            kind = "insert" if after is None else "update"
            grouped[(kind, table)].append(json.loads(before))
    for kind in ("delete", "update", "insert"):
        yield from ((table, k, rows) for (k, table), rows in grouped.items() if k == kind)


def _put_back_values(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Write old values over new ones; where a unique value had changed hands, all at once."""
    try:
        with connection.begin_nested():
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
