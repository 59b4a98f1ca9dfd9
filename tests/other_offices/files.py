"""Grids written as workbooks: xlsx, xls or csv, whatever the suffix says."""

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.other_offices.grid import Grid


def write(path: Path, written: str, grids: Mapping[str, Grid], since_1904: bool) -> None:
    """Write one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if written == "xlsx":
        write_xlsx(path, grids, since_1904)
    elif written == "xls":
        write_xls(path, grids, since_1904)
    else:
        encoding, separator = written.split(" ")
        (grid,) = grids.values()
        write_csv(path, grid, encoding, {"comma": ",", "tab": "\t", "semicolon": ";"}[separator])


def write_xlsx(path: Path, grids: Mapping[str, Grid], since_1904: bool) -> None:
    """An xlsx; dates are real cells of the workbook's own date system."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, grid in grids.items():
        sheet = book.create_sheet(name)
        for (row, column), written in grid.cells.items():
            cell = sheet.cell(row, column, written)
            if isinstance(written, dt.date):
                cell.number_format = "yyyy/m/d"
            elif isinstance(written, str):
                cell.number_format = "@"
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(None, top, left, bottom, right)
        for row in grid.hidden:
            sheet.row_dimensions[row].hidden = True
    book.save(path)


def write_xls(path: Path, grids: Mapping[str, Grid], since_1904: bool) -> None:
    """An old xls."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    usual = xlwt.easyxf()
    for name, grid in grids.items():
        sheet = book.add_sheet(name)
        ranges = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
        for (row, column), written in grid.cells.items():
            style = day if isinstance(written, dt.date) else usual
            bottom, right = ranges.get((row, column), (row, column))
            sheet.write_merge(row - 1, bottom - 1, column - 1, right - 1, written, style)
        for row in grid.hidden:
            sheet.row(row - 1).hidden = True
    book.save(str(path))


def write_csv(path: Path, grid: Grid, encoding: str, separator: str) -> None:
    """A csv as Excel saves it: dates as shown, long numbers in scientific form."""
    with path.open("w", encoding=encoding, newline="") as file:
        for line in grid.lines():
            csv.writer(file, delimiter=separator).writerow([shown(cell) for cell in line])


def shown(cell: object) -> str:
    """What Excel shows in a cell of the usual width."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float):
        return f"{cell:.5E}" if cell > 1e11 else f"{cell:g}"
    return str(cell)
