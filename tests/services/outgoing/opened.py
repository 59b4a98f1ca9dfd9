"""A workbook that went out, opened like Excel does."""

from pathlib import Path
from typing import Any

import openpyxl

HEADER = 3  # the row of headings under the title and the line of the day, as Excel counts


def sheet_of(path: Path) -> Any:
    """The one sheet that is seen."""
    (sheet,) = (one for one in openpyxl.load_workbook(path) if one.sheet_state == "visible")
    return sheet


def headings(sheet: Any, row: int = HEADER) -> list[str]:
    """What stands over the columns that are seen."""
    return [str(cell.value) for cell in sheet[row] if is_seen(sheet, cell)]


def is_seen(sheet: Any, cell: Any) -> bool:
    """Whether a cell says something in a column that is not hidden."""
    return cell.value is not None and not getattr(kept_as(sheet, cell), "hidden", False)


def kept_as(sheet: Any, cell: Any) -> Any:
    """What the workbook says of a cell's whole column; None where it says nothing."""
    said = [one for one in sheet.column_dimensions.values() if one.min]
    return next((one for one in said if one.min <= cell.column <= one.max), None)


def rows(sheet: Any, row: int = HEADER) -> list[dict[str, Any]]:
    """The rows that are numbered, by heading."""
    named = {cell.column: str(cell.value) for cell in sheet[row] if is_seen(sheet, cell)}
    found = []
    for cells in sheet.iter_rows(min_row=row + 1):
        if isinstance(cells[0].value, (int, float)):
            found.append({named[one.column]: one.value for one in cells if one.column in named})
    return found


def column(sheet: Any, heading: str, row: int = HEADER) -> list[Any]:
    """The cells under a heading, down to the last."""
    at = next(cell.column for cell in sheet[row] if cell.value == heading)
    return [cells[0] for cells in sheet.iter_rows(min_row=row + 1, min_col=at, max_col=at)]
