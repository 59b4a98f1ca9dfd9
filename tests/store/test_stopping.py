"""A cancel reaches even one long statement, and nothing of its transaction stays."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from xqhz_desktop.base.errors import Cancelled
from xqhz_desktop.base.task import Task, task_at_work
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.stopping import stoppable

LONG = """
INSERT INTO kept SELECT value FROM
(WITH RECURSIVE counted(value) AS (VALUES(1) UNION ALL SELECT value + 1 FROM counted
LIMIT 100000000) SELECT value FROM counted)
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with a table and a row."""
    made = open_engine(tmp_path / "x.db")
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (value INTEGER)")
        connection.exec_driver_sql("INSERT INTO kept VALUES (0)")
    yield made
    made.dispose()


def rows(engine: Engine) -> int:
    """How many there are."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM kept").scalar() or 0)


def write(engine: Engine, *statements: str) -> None:
    """Run statements as one transaction that can be stopped."""
    with engine.begin() as connection, stoppable(connection):
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_one_long_statement_is_stopped_and_leaves_nothing(engine: Engine) -> None:
    task = Task()
    threading.Timer(0.1, task.cancel).start()
    with task.at_work(), pytest.raises(Cancelled):
        write(engine, "INSERT INTO kept VALUES (1)", LONG)
    assert rows(engine) == 1


def test_afterwards_the_connection_is_as_it_was(engine: Engine) -> None:
    task = Task()
    task.cancel()
    with task.at_work(), engine.connect() as connection:
        with stoppable(connection):
            pass
        count = "SELECT count(*) FROM (WITH RECURSIVE c(v) AS (VALUES(1) UNION ALL SELECT v + 1"
        found = connection.exec_driver_sql(f"{count} FROM c LIMIT 100000) SELECT v FROM c)")
        assert found.scalar() == 100_000


def test_without_a_task_nothing_is_asked(engine: Engine) -> None:
    assert task_at_work() is None
    with engine.begin() as connection, stoppable(connection):
        connection.exec_driver_sql("INSERT INTO kept VALUES (1)")
    assert rows(engine) == 2


def test_a_task_is_at_work_in_its_own_thread_alone() -> None:
    seen: list[Task | None] = []
    with Task().at_work():
        other = threading.Thread(target=lambda: seen.append(task_at_work()))
        other.start()
        other.join()
        assert task_at_work() is not None
    assert seen == [None]
    assert task_at_work() is None
