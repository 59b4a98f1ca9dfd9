"""What was erased is in no free page and no log afterwards; cleaning is due until it is done."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.store.test_journal import act
from xqhz_desktop.base.errors import EXIT_LOCKED, UserError
from xqhz_desktop.store import erasure

WORD = "欧阳清扬"


def said(database: Path) -> bytes:
    """All bytes of the file and its log."""
    return b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))


def fill(engine: Engine) -> None:
    """Rows that were deleted long before anybody was erased, and whose pages are free."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    many = ", ".join(f"('{WORD}{number}', '{WORD * 20}')" for number in range(400))
    act(engine, f"INSERT INTO major (name, code) VALUES {many}")
    act(engine, "DELETE FROM major")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM change")


def due(engine: Engine) -> bool:
    """Whether cleaning is due."""
    with engine.connect() as connection:
        return erasure.is_due(connection)


def test_nothing_is_left_in_pages_that_were_free_before(engine: Engine, database: Path) -> None:
    fill(engine)
    assert WORD.encode() in said(database)
    with engine.begin() as connection:
        erasure.begin(connection)
    assert due(engine)
    erasure.clean(engine)
    assert WORD.encode() not in said(database)
    assert not due(engine)


def test_a_mark_goes_with_the_transaction_that_set_it(engine: Engine) -> None:
    with engine.connect() as connection:
        erasure.begin(connection)
        connection.rollback()
    assert not due(engine)


def test_cleaning_stays_due_while_somebody_reads_what_was(engine: Engine) -> None:
    act(engine, "INSERT INTO major (name) VALUES ('数控')")
    with engine.begin() as connection:
        erasure.begin(connection)
    with engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM major").all()
        with pytest.raises(UserError) as refused:
            erasure.clean(engine)
        assert refused.value.code == EXIT_LOCKED
    assert due(engine)
    erasure.clean(engine)
    assert not due(engine)
