"""Which rows refer to which: read off the tables' foreign keys, so that no verb forgets one."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Connection, text

from xqhz_desktop.store.models import Model

# Rows that are nothing without the record that they describe: no register lists them by themselves.
PARTS = frozenset(
    {
        "attachment", "certificate", "contact", "firm_name", "firm_status", "guardian",
        "placement_event",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """A column by which rows of a table refer to rows of another."""

    table: str
    column: str
    needed: bool  # a row cannot be without what it refers to


@dataclass(slots=True)
class Family:
    """Rows that go together: by table their ids; and links from outside that would come loose."""

    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    loose: dict[Reference, set[int]] = field(default_factory=lambda: defaultdict(set))

    def has(self, table: str, row: int) -> bool:
        """Whether a row belongs to it."""
        return row in self.rows.get(table, ())


@cache
def referring(table: str) -> tuple[Reference, ...]:
    """By which columns other rows refer to the table's rows."""
    return tuple(
        Reference(other.name, column.name, other.name in PARTS or not column.nullable)
        for other in Model.metadata.sorted_tables
        for column in other.columns
        if any(key.column.table.name == table for key in column.foreign_keys)
    )


def family(connection: Connection, table: str, ids: Collection[int]) -> Family:
    """The rows, all rows that cannot be without them, and the links to any of them."""
    found = Family()
    found.rows[table] |= set(ids_where(connection, table, "id", ids))
    fresh = {table: set(found.rows[table])}
    while fresh:
        table, rows = fresh.popitem()
        for reference in referring(table):
            others = set(ids_where(connection, reference.table, reference.column, rows))
            if not reference.needed:
                found.loose[reference] |= others
                continue
            if more := others - found.rows[reference.table]:
                found.rows[reference.table] |= more
                fresh[reference.table] = fresh.get(reference.table, set()) | more
        found.rows["attachment"] |= set(_attached(connection, table, rows))
    _forget_inner_links(found)
    return found


def _forget_inner_links(found: Family) -> None:
    """A link from a row that goes itself does not come loose."""
    for reference, rows in list(found.loose.items()):
        rows -= found.rows.get(reference.table, set())
        if not rows:
            del found.loose[reference]
    for table in [name for name, rows in found.rows.items() if not rows]:
        del found.rows[table]


def ids_where(
    connection: Connection, table: str, column: str, values: Collection[int]
) -> Iterator[int]:
    """Ids of a table's rows whose column is one of the values."""
    wanted = {"values": json.dumps(sorted(values))}
    statement = (
        f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(:values))'
    )
    yield from connection.execute(text(statement), wanted).scalars()


def _attached(connection: Connection, table: str, rows: Collection[int]) -> Iterator[int]:
    statement = (
        "SELECT id FROM attachment WHERE table_name = :table"
        " AND row_id IN (SELECT value FROM json_each(:values))"
    )
    wanted = {"table": table, "values": json.dumps(sorted(rows))}
    yield from connection.execute(text(statement), wanted).scalars()


def delete_rows(connection: Connection, rows: dict[str, set[int]]) -> None:
    """Delete rows by table, in whatever order they refer to one another."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table, ids in rows.items():
        statement = f'DELETE FROM "{table}" WHERE id IN (SELECT value FROM json_each(:ids))'
        connection.execute(text(statement), {"ids": json.dumps(sorted(ids))})


def loosen(connection: Connection, loose: dict[Reference, set[int]]) -> None:
    """Blank links to rows that are about to go."""
    for reference, ids in loose.items():
        statement = (
            f'UPDATE "{reference.table}" SET "{reference.column}" = NULL'
            " WHERE id IN (SELECT value FROM json_each(:ids))"
        )
        connection.execute(text(statement), {"ids": json.dumps(sorted(ids))})
