"""Plain export: a folder of workbooks and scans, unmasked, that alone can rebuild the records."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from xqhz_desktop import __version__
from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import may_leave_unmasked
from xqhz_desktop.services.safety import plain_files
from xqhz_desktop.services.safety.attachments import all_of, store_of
from xqhz_desktop.services.safety.plain_cells import as_cell
from xqhz_desktop.services.safety.plain_tables import MANIFEST, PIECES, Table, tables_of
from xqhz_desktop.store.backup import PARTIAL, write_json
from xqhz_desktop.store.database import HEAD

# Columns for a reader: what they are called, the column that refers, the words by its values.
Readable = list[tuple[str, int, dict[int, str]]]

FORMAT = 1
_READ_ME = """这个文件夹是“校企合作台账”的完整导出，每张表一个工作簿，可用 Excel 或 WPS 打开。
里面的身份证号和电话没有遮盖，请按涉密资料保管，用完删除。
每个工作簿第一行是给人看的列名，第二行是程序用的列名，请不要改第二行；
最后几列写着“供阅读”，只为看得懂编号，重建时不用。
扫描件和照片在“附件”文件夹里，哪个文件属于哪条记录见“附件.xlsx”。
只凭这个文件夹就能重建数据库：xqhz --data-dir 新的空文件夹 rebuild 本文件夹
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: where, how many rows of each table, how many attachments' files.

    `missing` are the attachments whose file is not there any more, or damaged.
    """

    folder: Path
    rows: dict[str, int]
    files: int
    missing: int


def export_all(office: Office, folder: Path, reason: str, task: Task | None = None) -> Exported:
    """Write every record, unmasked, into a new folder; the audit chain keeps the reason.

    Raises UserError: no reason (2), the folder is there already, it cannot be written (7), or who
    is at work may not (4, 9); Cancelled. Then no folder is left.
    """
    office.must_be(Role.CLERK, "导出全部资料")
    if not reason.strip():
        raise UserError("导出的资料没有遮盖，请写明用途。", EXIT_USAGE)
    _must_be_new(folder)
    partial = folder.with_name(folder.name + PARTIAL)
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        made = _write_all(office, partial, task or Task())
        may_leave_unmasked(office, "导出全部资料", reason)  # on record before it leaves
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        said = f"导出没有写成，请检查磁盘空间和文件夹的权限：{folder}"
        raise UserError(said, EXIT_NO_SPACE) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return replace(made, folder=folder)


def _must_be_new(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"这里已有内容，请换一个新的文件夹：{folder}")


def _write_all(office: Office, folder: Path, task: Task) -> Exported:
    """All tables as they stand at one moment, and the files that they name."""
    made: dict[str, Any] = {}
    found = all_of(office)
    files = plain_files.write(store_of(office), found, folder, task)
    with office.engine.connect() as connection:
        tables = tables_of(connection)
        for place, table in enumerate(tables.values()):
            task.step(place, len(tables), f"导出{table.label}")
            path = folder / f"{table.label}.xlsx"
            readable = _readable(connection, tables, table)
            if table.name == "attachment":
                readable += plain_files.readable(connection, found, files)
            rows = _write(connection, table, readable, path)
            made[table.name] = {"file": path.name, "rows": rows}
    (folder / "说明.txt").write_text(_READ_ME, encoding="utf-8-sig")
    at = office.now().isoformat(timespec="seconds")
    about = {"format": FORMAT, "revision": HEAD, "program": __version__, "made": at}
    write_json(folder / MANIFEST, about | {"tables": made, "files": plain_files.said(files)})
    rows_by_table = {name: one["rows"] for name, one in made.items()}
    return Exported(folder, rows_by_table, len(files), len(found) - len(files))


def _write(connection: Connection, table: Table, readable: Readable, path: Path) -> int:
    """Write a table's workbook; returns how many rows.

    It is made in memory: what is unmasked lies nowhere but in the folder that was asked for, and
    a full disk leaves no file half open.
    """
    import xlsxwriter

    made = BytesIO()
    # No cell is ever a formula or a link, whatever it begins with.
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {**safe, "in_memory": True}) as book:
        sheet = _Sheet(book, table)
        sheet.head(readable)
        rows = sum(sheet.row(values, readable) for values in _rows(connection, table))
        if sheet.pieces:
            _write_pieces(book.add_worksheet(PIECES), sheet.pieces)
    path.write_bytes(made.getbuffer())
    return rows


class _Sheet:
    """The sheet of a table while it is written, top down."""

    def __init__(self, book: Any, table: Table) -> None:
        self._table = table
        self._sheet = book.add_worksheet(table.label[:31])
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._small = book.add_format({"font_color": "#808080", "font_size": 8})
        # What Excel shows as text it also keeps as text when somebody edits the cell.
        self._text = book.add_format({"num_format": "@", "quote_prefix": True})
        self._at = count(2)
        self.pieces: list[list[str]] = []  # of texts too long for a cell

    def head(self, readable: Readable) -> None:
        """Two rows: what people call the columns, and what the program does."""
        labels = [column.label for column in self._table.columns]
        labels += [f"{called}（供阅读）" for called, _, _ in readable]
        self._sheet.write_row(0, 0, labels, self._head)
        self._sheet.write_row(1, 0, [column.name for column in self._table.columns], self._small)
        self._sheet.freeze_panes(2, 1)

    def row(self, values: Any, readable: Readable) -> int:
        """The next row; 1, to be counted."""
        at = next(self._at)
        shown = [names.get(values[place]) for _, place, names in readable]
        for place, value in enumerate([*values, *shown]):
            cell = as_cell(value, self._keep)
            if isinstance(cell, str):
                self._sheet.write_string(at, place, cell, self._text)
            elif cell is not None:
                self._sheet.write_number(at, place, cell)
        return 1

    def _keep(self, parts: list[str]) -> int:
        self.pieces.append(parts)
        return len(self.pieces)


def _readable(connection: Connection, tables: dict[str, Table], table: Table) -> Readable:
    return [
        (column.label, place, _names(connection, tables, column.refers))
        for place, column in enumerate(table.columns)
        if column.refers
    ]


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return iter(connection.exec_driver_sql(f'SELECT {names} FROM "{table.name}" ORDER BY id'))


def _names(connection: Connection, tables: dict[str, Table], refers: str) -> dict[int, str]:
    """What a reader knows the rows of a table by; nothing where it is not exported."""
    naming = tables[refers].naming if refers in tables else None
    if naming is None:
        return {}
    found = connection.exec_driver_sql(f'SELECT id, "{naming}" FROM "{refers}"')
    return {row[0]: row[1] for row in found}


def _write_pieces(sheet: Any, pieces: list[list[str]]) -> None:
    row = count()
    for number, parts in enumerate(pieces, start=1):
        for part in parts:
            at = next(row)
            sheet.write_number(at, 0, number)
            sheet.write_string(at, 1, part)
