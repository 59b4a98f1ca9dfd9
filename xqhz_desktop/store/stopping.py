"""A cancel that reaches even one long statement: SQLite asks now and then whether to go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from xqhz_desktop.base.errors import Cancelled
from xqhz_desktop.base.task import task_at_work

_STEPS = 20_000  # of SQLite's machine between two questions: about a millisecond


@contextmanager
def stoppable(connection: Connection) -> Iterator[None]:
    """A transaction that a cancel of the thread's work takes back, wherever it is.

    What is done outside of it, the commit above all, is never cut off. Raises Cancelled.
    """
    task = task_at_work()
    if task is None:
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.set_progress_handler(lambda: task.cancelled, _STEPS)
    try:
        yield
    except (DatabaseError, driver.Error) as error:
        if task.cancelled:
            raise Cancelled from error
        raise
    finally:
        raw.set_progress_handler(None, _STEPS)
