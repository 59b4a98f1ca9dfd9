"""Values straight to the driver, with their types kept: many rows as columns, or one."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from xqhz_desktop.store.models import Model


@lru_cache(maxsize=65536)
def _iso(day: date) -> str:
    return day.isoformat()


def columns_of(rows: Sequence[dict[str, Any]]) -> dict[str, Sequence[Any]]:
    """Rows given as dicts turned into columns; what a row does not say is None."""
    shapes = {tuple(row) for row in rows}
    if len(shapes) == 1:
        return dict(
            zip(shapes.pop(), zip(*(row.values() for row in rows), strict=True), strict=True)
        )
    names = dict.fromkeys(name for shape in shapes for name in shape)
    return {name: [row.get(name) for row in rows] for name in names}


def insert_columns(
    connection: Connection, model: type[Model], columns: Mapping[str, Sequence[Any]]
) -> None:
    """Insert rows given as columns of equal length; the journal's triggers see each row.

    Dates are kept as ISO text, flags as 0 and 1, as the column types of the models do.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{model.__tablename__}" ({names}) VALUES ({marks})'
    connection.exec_driver_sql(statement, list(zip(*map(_plain, columns.values()), strict=True)))


def driven(value: Any) -> Any:
    """One value as the driver keeps it: a date as text; any other as it is."""
    return _iso(value) if isinstance(value, date) else value


def _plain(values: Sequence[Any]) -> Sequence[Any]:
    """A column of dates as text; any other as it is."""
    first = next((value for value in values if value is not None), None)
    if not isinstance(first, date):
        return values
    return [None if value is None else _iso(value) for value in values]
