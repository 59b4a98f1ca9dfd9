"""A firm known from rosters only is the partner that goes, or went, by its name: one firm."""

from collections.abc import Iterator

from sqlalchemy import Connection

from xqhz_desktop.store.models import Model

# A partner's own name goes before another's former one.
_NAMESAKES = """
    SELECT other.firm_id, name.firm_id
    FROM firm_name other
    JOIN firm stranger ON stranger.id = other.firm_id AND stranger.partner = 0
    JOIN firm_name name ON name.key = other.key
    JOIN firm ON firm.id = name.firm_id AND firm.partner = 1
    ORDER BY name.kind = 'current' DESC, name.firm_id
"""


def join_namesakes(connection: Connection) -> None:
    """What was said of such a firm is said of the partner from now on, and the firm goes.

    It stays where a record of the partner's already says the same.
    """
    partners: dict[int, int] = {}
    for stranger, partner in connection.exec_driver_sql(_NAMESAKES).all():
        partners.setdefault(stranger, partner)
    for stranger, partner in partners.items():
        if not sum(_move(connection, *place, stranger, partner) for place in _references()):
            for sql in ("DELETE FROM firm_name WHERE firm_id = ?", "DELETE FROM firm WHERE id = ?"):
                connection.exec_driver_sql(sql, (stranger,))


def _references() -> Iterator[tuple[str, str]]:
    """(table, column) of all that refers to a firm, its names left out."""
    for table in Model.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "firm" and table.name != "firm_name":
                yield table.name, key.parent.name


def _move(connection: Connection, table: str, column: str, old: int, new: int) -> int:
    """Hand a table's rows over; how many could not go."""
    sql = f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE "{column}" = ?'
    connection.exec_driver_sql(sql, (new, old))
    left = connection.exec_driver_sql(
        f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?', (old,)
    )
    return int(left.scalar_one())
