"""Every write is in the journal, by the database itself, or it is refused."""

import json

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.store import journal
from xqhz_desktop.store.models import Model

ADD = "INSERT INTO major (id, name) VALUES (7, '数控')"


def act(engine: Engine, *statements: str) -> int:
    """One action of these statements; its id."""
    with journal.acting(engine, who="王一", at="2025-03-01", kind="edit", title="改") as (
        one,
        made,
    ):
        for statement in statements:
            one.exec_driver_sql(statement)
    return made


def changes(engine: Engine) -> list[tuple[str, int, object, object]]:
    """(table, row, before, after) of every change."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT table_name, row_id, before, after FROM change ORDER BY id"
        )
        return [(row[0], row[1], read(row[2]), read(row[3])) for row in rows]


def read(text: str | None) -> object:
    """The row that a JSON text keeps."""
    return None if text is None else json.loads(text)


@pytest.mark.parametrize("table", sorted({*Model.metadata.tables} - journal.NOT_JOURNALED))
def test_every_table_of_records_is_journaled_three_ways(engine: Engine, table: str) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        )
        names = {row[0] for row in found}
    assert names == {f"journal_{table}_{moment}" for moment in ("insert", "update", "delete")}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO major (name) VALUES ('焊接')",
        "UPDATE major SET code = '1'",
        "DELETE FROM major",
    ],
)
def test_a_write_outside_an_action_is_refused_by_the_database(engine: Engine, sql: str) -> None:
    act(engine, ADD)
    with engine.begin() as connection, pytest.raises(IntegrityError, match="NOT NULL"):
        connection.exec_driver_sql(sql)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name, code FROM major").all() == [("数控", None)]


def test_a_change_keeps_every_column_before_and_after(engine: Engine) -> None:
    act(engine, ADD)
    act(engine, "UPDATE major SET code = '660103'")
    act(engine, "DELETE FROM major")
    blank = {"department_id": None, "source_id": None, "source_row": None}
    new = {"id": 7, "name": "数控", "code": None, **blank}
    coded = new | {"code": "660103"}
    assert changes(engine) == [
        ("major", 7, None, new),
        ("major", 7, new, coded),
        ("major", 7, coded, None),
    ]


def revert(engine: Engine, action: int) -> int:
    """Take an action back; the id of the action that did it."""
    with journal.acting(engine, who="", at="", kind="undo", title="", undoes=action) as (one, made):
        journal.revert(one, action)
    return made


def test_numbers_and_flags_come_back_in_their_types(engine: Engine) -> None:
    act(engine, ADD)
    made = act(
        engine,
        "INSERT INTO course (id, intake, major_id, name, occurrence, total, theory, practice)"
        " VALUES (1, 2021, 7, '机械', 1, 60.1, 60.1, 0.0)",
        "INSERT INTO calendar_day (id, day, works, name) VALUES (1, '2024-05-01', 0, '')",
    )
    kept = (
        "SELECT c.*, typeof(total), d.*, typeof(works) FROM course c JOIN calendar_day d USING (id)"
    )
    with engine.connect() as connection:
        before = connection.exec_driver_sql(kept).all()
    revert(engine, revert(engine, made))
    with engine.connect() as connection:
        assert connection.exec_driver_sql(kept).all() == before != []


def test_an_action_that_fails_leaves_neither_its_rows_nor_itself(engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        fail_after(engine, ADD)
    with engine.connect() as connection:
        for table in ("major", "action", "change", "current_action"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def fail_after(engine: Engine, statement: str) -> None:
    """An action that breaks off after its first write."""
    with journal.acting(engine, who="", at="", kind="edit", title="") as (connection, _):
        connection.exec_driver_sql(statement)
        raise RuntimeError


def test_two_rows_that_exchanged_a_unique_value_can_be_put_back(engine: Engine) -> None:
    act(engine, ADD, "INSERT INTO major (id, name) VALUES (8, '焊接')")
    made = act(
        engine,
        "UPDATE major SET name = '暂' WHERE id = 7",
        "UPDATE major SET name = '数控' WHERE id = 8",
        "UPDATE major SET name = '焊接' WHERE id = 7",
    )
    revert(engine, made)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id, name FROM major ORDER BY id").all()
    assert found == [(7, "数控"), (8, "焊接")]
