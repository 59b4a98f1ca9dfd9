"""The audit chain: what was written stays as it was, or the first broken entry is named."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from xqhz_desktop.store import audit, journal

NAME = "王小明"


@pytest.fixture
def chained(engine: Engine) -> Engine:
    """A database with three actions, and a look at what is masked between them."""
    for number in (1, 2, 3):
        with journal.acting(
            engine, who="李", at=f"2025-03-0{number}T09:00:00", kind="edit", title=f"{number}"
        ) as (connection, _):
            connection.exec_driver_sql("INSERT INTO major (name) VALUES (?)", (f"专业{number}",))
        if number == 2:
            with engine.begin() as connection:
                audit.append(
                    connection, at="2025-03-02T10:00:00", who="李", kind="unmask", title=NAME
                )
    return engine


def spoiled(engine: Engine, *statements: str) -> audit.Broken | None:
    """What `verify` finds after somebody wrote into the file without the triggers."""
    with engine.begin() as connection:
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.exec_driver_sql(statement)
        return audit.verify(connection)


def found(engine: Engine) -> audit.Broken | None:
    """What `verify` finds."""
    with engine.connect() as connection:
        return audit.verify(connection)


def test_what_nobody_touched_is_whole(chained: Engine) -> None:
    assert found(chained) is None


@pytest.mark.parametrize(
    ("statement", "entry", "why"),
    [
        ("UPDATE audit_entry SET title = 'x' WHERE id = 3", 3, "digest"),
        ("UPDATE audit_entry SET who = 'x' WHERE id = 2", 2, "digest"),
        ("UPDATE audit_entry SET at = '2026' WHERE id = 1", 1, "digest"),
        ("UPDATE audit_entry SET salt = NULL WHERE id = 3", 3, "digest"),
        ("UPDATE audit_entry SET digest = chain WHERE id = 2", 2, "chain"),
        ("DELETE FROM audit_entry WHERE id = 2", 3, "missing"),
        ("DELETE FROM audit_entry WHERE id = 1", 2, "missing"),
        ("UPDATE change SET after = replace(after, '2', '8') WHERE action_id = 2", 2, "changes"),
        ("UPDATE change SET row_id = 9 WHERE action_id = 3", 4, "changes"),
        ("UPDATE change SET salt = x'00' WHERE action_id = 1", 1, "changes"),
        ("DELETE FROM change WHERE action_id = 3", 4, "changes"),
        ("UPDATE change SET digest = '0', after = '{}' WHERE action_id = 2", 2, "changes"),
        ("UPDATE action SET title = 'x' WHERE id = 3", 4, "action"),
        ("UPDATE action SET who = 'x' WHERE id = 1", 1, "action"),
        ("DELETE FROM audit_entry WHERE id = 4", 0, "unsaid"),
    ],
)
def test_what_was_changed_is_named(chained: Engine, statement: str, entry: int, why: str) -> None:
    broken = spoiled(chained, statement)
    assert broken is not None
    assert (broken.entry, broken.why) == (entry, why)


def test_a_change_that_was_slipped_in_is_named(chained: Engine) -> None:
    broken = spoiled(
        chained,
        "INSERT INTO change (action_id, table_name, row_id, after) VALUES (2, 'major', 9, '{}')",
    )
    assert broken is not None
    assert (broken.entry, broken.why) == (2, "changes")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE id = 1",
        "UPDATE audit_entry SET title = 'x' WHERE id = 1",
        "UPDATE audit_entry SET title = NULL WHERE id = 1",
        "UPDATE audit_entry SET title = NULL, salt = NULL, who = 'x' WHERE id = 1",
        "UPDATE audit_entry SET chain = digest, title = NULL, salt = NULL WHERE id = 1",
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(chained: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="audit entries"), chained.begin() as connection:
        connection.exec_driver_sql(statement)
    assert found(chained) is None


def blanked(connection: Connection, blank: Callable[[Connection, int], None], number: int) -> str:
    """The whole dump of the two tables after one of them was blanked."""
    blank(connection, number)
    rows = connection.exec_driver_sql("SELECT * FROM audit_entry").all()
    return repr([*rows, *connection.exec_driver_sql("SELECT * FROM change").all()])


def test_a_blanked_entry_says_nothing_and_keeps_the_chain_whole(chained: Engine) -> None:
    with chained.begin() as connection:
        assert NAME not in blanked(connection, audit.blank_entry, 3)
    assert found(chained) is None


def test_a_blanked_change_says_nothing_and_keeps_the_chain_whole(chained: Engine) -> None:
    with chained.begin() as connection:
        assert "专业2" not in blanked(connection, audit.blank_change, 2)
        audit.blank_change(connection, 2)  # once more changes nothing
    assert found(chained) is None


def test_what_stays_of_a_blanked_change_cannot_be_tried_out(chained: Engine) -> None:
    with chained.begin() as connection:
        audit.blank_change(connection, 2)
        salt, digest = connection.exec_driver_sql(
            "SELECT salt, digest FROM change WHERE id = 2"
        ).one()
    assert salt is None
    assert len(digest) == 64


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, 63),
    entry=st.integers(1, 4),
    column=st.sampled_from(["digest", "chain"]),
)
def test_no_single_letter_of_a_digest_changes_unseen(
    chained: Engine, place: int, entry: int, column: str
) -> None:
    connection = chained.connect()
    try:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_only_blanked")
        old = connection.exec_driver_sql(
            f"SELECT {column} FROM audit_entry WHERE id = ?", (entry,)
        ).scalar_one()
        new = old[:place] + ("0" if old[place] != "0" else "1") + old[place + 1 :]
        connection.exec_driver_sql(
            f"UPDATE audit_entry SET {column} = ? WHERE id = ?", (new, entry)
        )
        broken = audit.verify(connection)
        assert broken is not None
        assert broken.entry == entry
    finally:
        connection.rollback()
        connection.close()
