"""The first rows of a sheet as a clerk is shown them, and the headings that he says they have."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.base.identity import mask_id, mask_phone
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.workbooks.headings import assign
from xqhz_desktop.services.workbooks.layout import Layout
from xqhz_desktop.services.workbooks.paths import paths_of, shape_of, unique_keys
from xqhz_desktop.services.workbooks.plan import SheetPlan
from xqhz_desktop.services.workbooks.reading import Sheet
from xqhz_desktop.services.workbooks.rows import column_letter, shown

_ROWS = 12  # shown of a sheet in which no header was found
_DATA = 5  # rows shown under a header
_DEEP = 80  # rows of a sheet that are kept at most
_WIDE = 120  # columns
_ID, _PHONE = re.compile(r"\d{17}[\dXx]"), re.compile(r"(?<!\d)1\d{10}(?!\d)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column under the header that was said: its letter, heading, and what tells it again."""

    letter: str
    text: str
    key: str


def take_head(planned: SheetPlan, sheet: Sheet, layout: Layout | None) -> None:
    """Keep the first rows of a sheet beside its plan, and where its header and data stand."""
    if layout is not None:
        planned.header, planned.first = layout.header, layout.data[:_DATA]
    deep = max(planned.first, default=_ROWS - 1) + 1
    planned.head = [
        ["" if cell is None else shown(cell) for cell in row[:_WIDE]]
        for row in sheet.rows[: min(deep, _DEEP)]
    ]
    planned.merges = [one for one in sheet.merges if one[0] < _DEEP]


def headings_at(planned: SheetPlan, header: Sequence[int]) -> list[Heading]:
    """The columns of a sheet, were its header in these rows (from 0), blank ones left out."""
    paths = _paths(planned, header)
    keys = unique_keys(paths)
    return [
        Heading(column_letter(at), "/".join(level for level in path if level), keys[at])
        for at, path in enumerate(paths)
        if any(path)
    ]


def shape_at(planned: SheetPlan, header: Sequence[int]) -> str:
    """What sheets have in common whose header is the same as the one in these rows."""
    return shape_of(_paths(planned, header))


def guessed(planned: SheetPlan, header: Sequence[int], register: str) -> dict[str, str]:
    """Field → column letter as the headings in these rows are understood."""
    taken = assign(REGISTERS[register], _paths(planned, header))
    return {field: column_letter(place) for field, (place, _) in taken.items()}


def lacking(register: str, fields: Iterable[str]) -> list[str]:
    """What a sheet of the register cannot be read without: labels, one of a group joined by 或."""
    said, declared = set(fields), REGISTERS[register]
    return [
        "或".join(declared.field(name).label for name in group)
        for group in declared.needs
        if not said.intersection(group)
    ]


def data_after(planned: SheetPlan, header: Sequence[int]) -> list[int]:
    """The rows (from 0) that are shown under a header."""
    if planned.first and tuple(header) == planned.header:
        return planned.first
    first = max(header) + 1
    return list(range(first, min(first + _DATA, len(planned.head))))


def cell_at(planned: SheetPlan, row: int, column: int) -> str:
    """A cell of the first rows as it is written."""
    line = planned.head[row] if row < len(planned.head) else []
    return line[column] if column < len(line) else ""


def as_seen(text: str, field: Field | None, today: date) -> str:
    """A cell as it may be seen: numbers of persons shortened, whatever column they stand in."""
    if field is not None and is_personal(field):
        return masked(field, text, today)
    text = _ID.sub(lambda found: mask_id(found[0], today), text)
    return _PHONE.sub(lambda found: mask_phone(found[0]), text)


def _paths(planned: SheetPlan, header: Sequence[int]) -> list[tuple[str, ...]]:
    """The headings level by level, read as the recognised ones are."""
    top, levels = min(header), len(header)
    rows = [[cell or None for cell in row] for row in planned.head]
    if top + levels > len(rows):
        return []
    return paths_of(Sheet(planned.sheet, rows, planned.merges, False, True), top, levels)  # type: ignore[arg-type]
