"""The index alone: any part of any text is found, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from xqhz_desktop.store import journal
from xqhz_desktop.store.search import SearchIndex, Texts

TEXT = st.text("王小明李12ab（-", min_size=1, max_size=6)


def read(connection: Connection, table: str, ids: list[int] | None) -> Iterator[tuple[int, Texts]]:
    """The majors as they stand; they have no sound."""
    for number, name in connection.exec_driver_sql("SELECT id, name FROM major"):
        if ids is None or number in ids:
            yield number, ([name], [])


@pytest.fixture
def named(engine: Engine) -> Iterator[Connection]:
    """A database of one action, in which the names of majors may be written without another."""
    with journal.acting(engine, who="", at="", kind="edit", title="") as (connection, _):
        connection.exec_driver_sql("INSERT INTO major (name) VALUES ('')")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_major_insert")
        connection.exec_driver_sql("DROP TRIGGER journal_major_delete")
        yield connection


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(TEXT, min_size=1, max_size=5, unique=True), data=st.data())
def test_a_part_finds_what_a_plain_search_finds(
    named: Connection, tmp_path: Path, names: list[str], data: st.DataObject
) -> None:
    named.exec_driver_sql("DELETE FROM major")
    for number, name in enumerate(names, 1):
        named.exec_driver_sql("INSERT INTO major (id, name) VALUES (?, ?)", (number, name))
    index = SearchIndex(tmp_path / "search.db", None)
    index.forget()
    index.catch_up(named, ["major"], read)
    whole = data.draw(st.sampled_from(names))
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    wanted = {("major", number) for number, name in enumerate(names, 1) if part in name}
    assert set(index.find(part)) == wanted
    assert index.find(part, limit=1) != []


def test_before_it_ever_caught_up_nothing_is_found(tmp_path: Path) -> None:
    assert SearchIndex(tmp_path / "search.db", None).find("王") == []
