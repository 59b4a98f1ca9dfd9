"""Bench row: a roster of 50,000 × 20 is planned, checked and committed."""

import contextlib
import itertools
import sys
from pathlib import Path

from cases import Case, process, row, timed
from rosters import COLUMNS, write_roster

ROWS = 50_000
WORK = Path(__file__).with_name("import_work.py")


@row("import", f"{ROWS:,} × {len(COLUMNS)} 名册导入")
def import_roster(folder: Path) -> Case:
    """Ours: into a new data folder, plan and commit. Floor: calamine reads, SQLite inserts."""
    path = folder / "roster.xlsx"
    write_roster(path, ROWS)
    turns = itertools.count()
    command = [sys.executable, str(WORK), str(path)]
    return Case(
        ours=lambda: process([*command, str(folder / f"data-{next(turns)}")], own_clock=True),
        floor=lambda: timed(lambda: read_and_insert(path, folder / f"raw-{next(turns)}.db")),
        peer=lambda: timed(lambda: read_by_openpyxl(path)),
        limit=6.0,
    )


def read_and_insert(path: Path, database: Path) -> None:
    """The least that the work takes: read all cells, put them into a table as text."""
    import sqlcipher3.dbapi2 as sqlite
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    rows = [tuple(map(str, cells)) for cells in sheet[4:]]
    assert len(rows) == ROWS
    columns = ", ".join(f"c{number} TEXT" for number in range(len(COLUMNS)))
    marks = ", ".join("?" * len(COLUMNS))
    with contextlib.closing(sqlite.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"CREATE TABLE raw (id INTEGER PRIMARY KEY, {columns}) STRICT")
        connection.execute("BEGIN IMMEDIATE")
        values = marks.join(("(NULL, ", ")"))
        connection.executemany(f"INSERT INTO raw VALUES {values}", rows)
        connection.execute("COMMIT")


def read_by_openpyxl(path: Path) -> None:
    """What the usual library takes merely to read the cells."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert count == ROWS + 4
