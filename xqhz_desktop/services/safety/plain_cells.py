r"""Values of the database as cells of a workbook, and back, to the last bit.

What a cell cannot hold as it is (a lone surrogate, a carriage return, a number of 17 digits) is
written as a backslash and the value in JSON; a text that is too long as `\>` and its number among
the pieces of a second sheet.
"""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

LONGEST = 30_000  # characters of a cell; Excel's own limit is 32,767
_ODD = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
_EXACT = 1 << 53  # above it a workbook's numbers skip

Value = None | str | int | float


class BadCell(Exception):
    """A cell that cannot be what its column holds."""


def as_cell(value: Value, keep: Callable[[list[str]], int]) -> str | int | float | None:
    """What stands in the cell; `keep` takes the pieces of a long text and gives their number."""
    if value is None:
        return None
    text = _text(value)
    if text is None:
        return value
    if len(text) <= LONGEST:
        return text
    whole = text if text.startswith("\\") else "\\" + json.dumps(text)
    return f"\\>{keep([whole[at : at + LONGEST] for at in range(0, len(whole), LONGEST)])}"


def _text(value: str | int | float) -> str | None:
    """The text of the cell; None for a number that the cell can hold itself."""
    if isinstance(value, str):
        odd = not value or value != value.strip() or value[0] == "\\" or _ODD.search(value)
        return "\\" + json.dumps(value) if odd else value
    if isinstance(value, int):
        return None if abs(value) < _EXACT else f"\\{value}"
    return None if float(f"{value:.16G}") == value else "\\" + json.dumps(value)


def as_value(cell: Any, kind: str, pieces: dict[int, str]) -> Value:
    """The value of a cell in a column of kind TEXT, INTEGER or REAL.

    A workbook that somebody saved again may hold a number where a text was, or a date: they are
    read as what was meant. Raises BadCell.
    """
    if isinstance(cell, str) and cell.startswith("\\"):
        cell = _decoded(cell, pieces)
    if cell is None:
        return None
    try:
        return _READ[kind](cell)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise BadCell from error


def _decoded(cell: str, pieces: dict[int, str]) -> Any:
    try:
        if cell.startswith("\\>"):
            cell = pieces[int(cell[2:])]
        return json.loads(cell[1:])
    except (ValueError, KeyError, RecursionError) as error:
        raise BadCell from error


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    return cell if isinstance(cell, str) else str(cell)


def _as_integer(cell: Any) -> int:
    number = int(cell)
    if isinstance(cell, float) and number != cell:
        raise ValueError
    return number


_READ: dict[str, Callable[[Any], Value]] = {
    "TEXT": _as_text,
    "INTEGER": _as_integer,
    "REAL": float,
}
