"""What makes erased rows gone for good: nothing of them in free pages, the log or old page ends.

The database itself says that cleaning is due, in its header, from the transaction that deletes the
rows until all is clean. So a program that was killed in between, or a backup that was made there,
is cleaned when it is next opened. SQLite only.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, select, text, update

from xqhz_desktop.base.errors import EXIT_LOCKED, UserError
from xqhz_desktop.store import audit
from xqhz_desktop.store.failures import explained
from xqhz_desktop.store.models import Action, Change

_DUE = 1  # PRAGMA user_version; no other module uses it


def begin(connection: Connection) -> None:
    """Mark cleaning as due, as part of the open transaction, and overwrite what it frees."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql(f"PRAGMA user_version = {_DUE}")


def is_due(connection: Connection) -> bool:
    """Whether rows were erased and the file has not been cleaned since."""
    return connection.exec_driver_sql("PRAGMA user_version").scalar() == _DUE


def clean(engine: Engine) -> None:
    """Rewrite the file without what was freed, and empty the log; it can be done again at any time.

    Raises UserError: no space for it (7), somebody is reading an older state (4). Then it is due
    still.
    """
    with engine.connect() as connection, explained():
        driver = connection.connection.driver_connection
        connection.rollback()  # neither works inside a transaction
        _clean(driver)


def _clean(driver: Any) -> None:
    driver.execute("PRAGMA secure_delete = ON")
    driver.execute("VACUUM")
    busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise UserError(
            "另一个窗口正在查看数据，请关闭它后重新打开程序，清理会接着做。", EXIT_LOCKED
        )
    driver.execute("PRAGMA user_version = 0")


def blank(connection: Connection, changes: Collection[int]) -> None:
    """Empty rows of the journal; the audit chain stays whole."""
    for number in sorted(changes):
        audit.blank_change(connection, number)


def blank_own(connection: Connection, action: int) -> None:
    """Empty all that the open action has journaled so far."""
    blank(
        connection,
        connection.execute(select(Change.id).where(Change.action_id == action)).scalars().all(),
    )


def blank_titles(
    connection: Connection, actions: Collection[int], entries: Collection[int], words: str
) -> None:
    """Put other words in place of actions' titles, and empty audit entries."""
    if actions:
        titled = update(Action).where(Action.id.in_(actions))
        connection.execute(titled.values(title=words))
        connection.execute(titled.where(Action.kind != "erase").values(summary=None))
    for number in entries:
        audit.blank_entry(connection, number)


def changes_of(connection: Connection, table: str, rows: Collection[int]) -> list[int]:
    """Rows of the journal about rows of a table."""
    statement = (
        "SELECT id FROM change WHERE table_name = :table AND digest IS NULL"
        " AND row_id IN (SELECT value FROM json_each(:rows))"
    )
    wanted = {"table": table, "rows": json.dumps(sorted(rows))}
    return list(connection.execute(text(statement), wanted).scalars())


def changes_where(
    connection: Connection, table: str, column: str, values: Collection[object]
) -> list[int]:
    """Rows of the journal of a table whose column was one of the values, before or after."""
    statement = (
        "SELECT id FROM change WHERE table_name = :table AND digest IS NULL"
        " AND (json_extract(before, :path) IN (SELECT value FROM json_each(:values))"
        " OR json_extract(after, :path) IN (SELECT value FROM json_each(:values)))"
    )
    wanted = {
        "table": table,
        "path": f'$."{column}"',
        "values": json.dumps(sorted(values, key=str), ensure_ascii=False),
    }
    return list(connection.execute(text(statement), wanted).scalars())
