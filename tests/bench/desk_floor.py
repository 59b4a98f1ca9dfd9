"""The least that the desk's bench rows can take: SQLite alone, over one connection."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from desk_work import STOPS, TYPED, block, median, timed
from large_office import ROWS

from xqhz_desktop.store.search import _asked
from xqhz_desktop.ui.table import PAGE

_PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "cache_size = -65536",
)
_ROWS = (
    "SELECT student.*, major.name, school_class.name, source.file FROM student"
    " LEFT JOIN major ON major.id = student.major_id"
    " LEFT JOIN school_class ON school_class.id = student.class_id"
    " LEFT JOIN source ON source.id = student.source_id WHERE student.id IN "
)
_LINKS = {"class": "school_class", "major": "major"}
_PASTED = """
name student_id student_no registered class_name cohort_id firm_id phone contract_no
contract_signed contract_end agreement_no staff_no position start end firm_mentor school_mentor
pay note
"""


@contextmanager
def connected(path: Path) -> Iterator[Any]:
    """A connection with the program's pragmas."""
    connection = driver.connect(str(path), isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    try:
        yield connection
    finally:
        connection.close()


def scrolling(folder: Path, _: str) -> float:
    """The pages of rows at the same places, each read once."""
    with connected(folder / "xqhz.db") as connection:
        pages = [min(ROWS - PAGE, ROWS * stop // STOPS) for stop in range(1, STOPS + 1)]

        def read() -> None:
            for first in pages:
                ids = ", ".join(map(str, range(first, first + PAGE)))
                connection.execute(f"{_ROWS}({ids})").fetchall()

        return timed(read)


def sorting(folder: Path, field: str) -> float:
    """The bare ORDER BY of the same column, either order, after it ran once."""
    with connected(folder / "xqhz.db") as connection:
        other = _LINKS.get(field, "")
        join = f" LEFT JOIN {other} ON {other}.id = student.{field}_id" if other else ""
        column = f"{other}.name" if other else field

        def sort(order: str) -> None:
            connection.execute(
                f"SELECT student.id FROM student{join} WHERE provisional = 0"
                f" ORDER BY {column} {order} NULLS LAST, student.id"
            ).fetchall()

        sort("DESC")
        return timed(lambda: [sort("ASC"), sort("DESC")])


def finding(folder: Path, _: str) -> float:
    """The bare query of the index for the same words, over a connection that stays open."""
    with connected(folder / "search.db") as connection:

        def find(text: str) -> None:
            connection.execute(
                "SELECT rowid FROM entry WHERE entry MATCH ? LIMIT 200", (_asked(text),)
            ).fetchall()

        find("张")
        return timed(lambda: [*map(find, TYPED)])


def pasting(folder: Path, _: str) -> float:
    """The same rows inserted, each with its row of the journal, in one transaction."""
    with connected(folder / "xqhz.db") as connection:
        seconds = timed(lambda: insert(connection))
        remove(connection)
        return seconds


def undoing(folder: Path, _: str) -> float:
    """The same rows deleted, each with its row of the journal, in one transaction."""
    with connected(folder / "xqhz.db") as connection:
        insert(connection)
        return timed(lambda: remove(connection))


def insert(connection: Any) -> None:
    """The rows of the block; links are given by their ids."""
    rows = [[*row[:1], n + 1, row[2], 1, row[4], 1, 1, *row[7:]] for n, row in enumerate(block())]
    names = _PASTED.split()
    columns = ", ".join(f'"{name}"' for name in names)
    with action(connection):
        connection.executemany(
            f"INSERT INTO apprentice ({columns}) VALUES ({', '.join('?' * len(names))})",
            [[*row[:18], float(row[18]), row[19]] for row in rows],
        )


def remove(connection: Any) -> None:
    """The rows that came last."""
    with action(connection):
        connection.execute("DELETE FROM apprentice WHERE note = '粘贴'")


@contextmanager
def action(connection: Any) -> Iterator[None]:
    """A transaction whose changes the triggers journal."""
    connection.execute("BEGIN IMMEDIATE")
    made = connection.execute(
        "INSERT INTO action (at, who, kind, title) VALUES ('2025-01-01', 'bench', 'edit', '')"
    )
    connection.execute("INSERT INTO current_action VALUES (?, 1)", (made.lastrowid,))
    yield
    connection.execute("DELETE FROM current_action")
    connection.execute("COMMIT")


def editing(folder: Path, _: str) -> float:
    """A bare committed UPDATE of one cell, on a copy of the table that no trigger watches."""
    rows = random.Random(1)
    with connected(folder / "bare.db") as connection:

        def update(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE student SET note = ? WHERE id = ?",
                (f"备注{number}，{time.time_ns():x}", rows.randrange(1, ROWS)),
            )
            connection.execute("COMMIT")

        update(0)
        return median(update)


def lay_bare(folder: Path) -> None:
    """Copy the table with its indexes beside the database, without its triggers."""
    with connected(folder / "bare.db") as connection:
        connection.execute("ATTACH ? AS office", (str(folder / "xqhz.db"),))
        made = connection.execute(
            "SELECT sql FROM office.sqlite_master WHERE tbl_name = 'student'"
            " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
        ).fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        for (sql,) in made:
            connection.execute(sql)
        connection.execute("INSERT INTO student SELECT * FROM office.student")


WORKS: dict[str, Callable[[Path, str], float]] = {
    "scroll": scrolling,
    "sort": sorting,
    "find": finding,
    "paste": pasting,
    "undo": undoing,
    "edit": editing,
}
