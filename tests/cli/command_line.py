"""The command line in this process, and small workbooks to give it."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
import xlsxwriter

from tests.services.books import Table, firm, id_number, student, table, wrong
from xqhz_desktop import cli

FIRM = "甲机械有限公司"


def write(path: Path, rows: Table) -> Path:
    """A workbook of one sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def small_folder(place: Path) -> Path:
    """A folder of two small workbooks, one row of them bad."""
    bad = student(2, 身份证号=wrong(id_number(2)))
    write(place / "books" / "企业.xlsx", table(firm(1, FIRM)))
    write(place / "books" / "更深" / "学生.xlsx", table(student(1), bad))
    return place / "books"


class Answer:
    """What a command gave back."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The answer as JSON; fails where anything else stands beside it."""
        return json.loads(self.out)


class Here:
    """The command line in this process, on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *arguments: object) -> Answer:
        """Run one command."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["--data-dir", str(self.data), *map(str, arguments)])
        return Answer(code, out.getvalue(), err.getvalue())

    def count(self, table_name: str) -> int:
        """How many rows a table has."""
        connection = driver.connect(str(self.data / "xqhz.db"))
        found = connection.execute(f"SELECT count(*) FROM {table_name}").fetchone()[0]
        connection.close()
        return int(found)
