"""A clerk's desk: an open office, workbooks that were never on a disk, and a look at the tables.

What a workbook says is given as it was read; that reading is right has tests of its own.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

from tests.services.books import Table
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import undo
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks import planning
from xqhz_desktop.services.workbooks.plan import Choices, Fate, Plan, Row
from xqhz_desktop.services.workbooks.reading import Sheet, Workbook

Books = Mapping[str, Table | Mapping[str, Table]]
# The journal itself grows; it is no part of what an undo must bring back.
JOURNAL = frozenset(
    {"action", "audit_entry", "change", "current_action", "source", "alembic_version"}
)
# Where a record comes from, and the number it was given, depend on the order of imports.
PROVENANCE = frozenset({"id", "source_id", "source_row"})


class Shelf:
    """Reads books that lie in memory, as WorkbookReader reads files."""

    def __init__(self, books: Books) -> None:
        self.books = books

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def read(self, path: Path) -> Workbook:
        """The book of that name."""
        book = self.books[path.name]
        sheets = book if isinstance(book, Mapping) else {"Sheet1": book}
        read = [
            Sheet(called, [[*row] for row in rows], [], False, True)
            for called, rows in sheets.items()
        ]
        return Workbook(path, path.name, read, hashlib.sha256(repr(book).encode()).hexdigest())


class Desk:
    """One office, and what a clerk does with it."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def plan(self, books: Books) -> Plan:
        """The plan of importing the books; nothing is written."""
        names = [Path(called) for called in sorted(books)]
        with (
            patch.object(planning, "find_workbooks", lambda paths: (list(paths), [])),
            patch.object(planning, "WorkbookReader", lambda *_: Shelf(books)),
        ):
            return plan_import(self.office, names, Task())

    def bring(self, books: Books, choices: Choices | None = None) -> Changes:
        """Import the books with what was ticked."""
        return self.apply(self.plan(books), choices)

    def apply(self, plan: Plan, choices: Choices | None = None) -> Changes:
        """Write a plan with what was ticked."""
        return apply_import(self.office, plan, choices or Choices(), Task(), backup=False)

    def undo(self, action: int | None = None) -> Changes:
        """Take an action back."""
        return undo(self.office, action)

    def read(self, sql: str, *values: object) -> list[Any]:
        """Rows of a query."""
        with self.office.engine.connect() as connection:
            return list(connection.exec_driver_sql(sql, values or None).all())

    def one(self, sql: str, *values: object) -> Any:
        """The one value of a query that has one row."""
        (row,) = self.read(sql, *values)
        return row[0]

    def tables(self) -> list[str]:
        """The names of all tables that hold more than the journal."""
        found = self.read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [row[0] for row in found if row[0] not in JOURNAL]

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table but the journal's."""
        return {
            called: [
                dict(row._mapping) for row in self.read(f'SELECT * FROM "{called}" ORDER BY id')
            ]
            for called in self.tables()
        }


def fates(plan: Plan, register: str) -> list[str]:
    """The fates of a register's rows that are not the same, in order."""
    return [row.fate.value for row in plan.rows.get(register, [])]


def rows_of(plan: Plan, fate: Fate) -> list[Row]:
    """All rows of that fate."""
    return [row for rows in plan.rows.values() for row in rows if row.fate is fate]


def counts(plan: Plan) -> dict[str, int]:
    """How many rows have each fate, none left out."""
    return {fate.value: plan.count(fate) for fate in Fate}


def reasons(plan: Plan) -> list[str]:
    """Why rows wait, by row."""
    return [bad.problems[0].reason for bad in plan.bad]
