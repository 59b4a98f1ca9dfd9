"""Blocks of cells on their way from and to Excel and WPS.

Spreadsheets put tabs between cells, line ends between rows, and quotes around a cell that holds
either. What leaves carries an HTML table beside it, in which long numbers stay text.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.text import fold
from xqhz_desktop.base.times import clock_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.entering import Edit
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import is_personal, masked, masked_if_number
from xqhz_desktop.services.workbooks.markup import read_page

MOST = 200_000  # cells of one block
_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=\t|\r\n|\r|\n|\Z)|([^\t\r\n]*)')
_END = re.compile(r"\t|\r\n|\r|\n|\Z")
# What a spreadsheet would take for a formula; a plain number begins with a sign, too.
_FORMULA = re.compile(r"'*[=+\-@]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FIGURES = (Kind.AMOUNT, Kind.COUNT)
_DATES = (Kind.DATE, Kind.END_DATE)
_TRUE = "\x1f"  # before and between the parts of a cell that says a person's number


@dataclass(frozen=True, slots=True)
class Pasting:
    """What a block would set, from the cell under the cursor on.

    `beyond` columns of the block had no column to go to.
    """

    edits: tuple[Edit, ...] = ()
    rows: int = 0  # known records that it touches
    new: int = 0
    columns: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Copied:
    """A block for other programs, as text and as HTML, and `inside` with its true values."""

    text: str
    html: str
    inside: str


def parse(text: str) -> list[list[str]]:
    """The cells of a block as a spreadsheet puts it on the clipboard, row by row.

    A quote inside a cell is a quote, one around it is none. Raises UserError (2) for a block that
    is too large to be meant.
    """
    rows: list[list[str]] = []
    row: list[str] = []
    place = count = 0
    while place < len(text) or row:
        found = _CELL.match(text, place)
        assert found is not None
        row.append(_unmarked(_content(found)))
        end = _END.match(text, found.end())
        assert end is not None
        place = end.end()
        count += 1
        if count > MOST:
            raise UserError(f"粘贴的内容超过 {MOST:,} 格，请分几次粘贴或用导入。", EXIT_USAGE)
        if end.group() != "\t":
            rows.append(row)
            row = []
    return rows


def tabbed(page: str) -> str:
    """The table of a web page as a spreadsheet would put it on the clipboard as text."""
    if "<t" not in page.lower():
        return ""
    rows = read_page(page).rows
    return "".join("\t".join(_quoted(cell or "") for cell in row) + "\r\n" for row in rows)


def _content(found: re.Match[str]) -> str:
    return found[2] if found[1] is None else found[1].replace('""', '"')


def _unmarked(cell: str) -> str:
    """Without the apostrophe that keeps a text from being a formula."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)


def copied(rows: Sequence[Sequence[str]], fields: Sequence[Field] = ()) -> tuple[str, str]:
    """A block as tab-separated text and as HTML, for Excel and WPS.

    Where `fields` are given, amounts and dates are numbers and dates there; all else is text, so
    that 18 digits stay whole. Nothing becomes a formula.
    """
    lines = ("\t".join(map(_written, row)) + "\r\n" for row in rows)
    return "".join(lines), _table(rows, fields)


def copy(
    office: Office,
    register: str,
    ids: Sequence[int],
    fields: Sequence[str],
    typed: Mapping[tuple[int, str], str],
) -> Copied:
    """The cells of records as they are shown and as they are.

    `typed` says what stands in those that were refused. Numbers of persons leave the program
    shortened unless they are unmasked, and inside it only a column of the same kind takes them.
    """
    declared = [REGISTERS[register].field(name) for name in fields]
    shown = [
        [typed.get((number, name), texts[name]) for name in fields]
        for number, texts in tables.by_id(office, register, ids)
    ]
    true = inside(office, register, ids, fields)
    if not office.unmasked:
        today = office.now().date()
        shown = [
            _each(declared, row, lambda one, cell: masked_if_number(one, cell, today))
            for row in shown
        ]
        true = [_each(declared, row, lambda one, cell: _guarded(one, cell, today)) for row in true]
    return Copied(*copied(shown, declared), copied(true)[0])


def _each(
    fields: Sequence[Field], row: Sequence[str], make: Callable[[Field, str], str]
) -> list[str]:
    return [make(field, cell) for field, cell in zip(fields, row, strict=True)]


def _guarded(field: Field, cell: str, today: date) -> str:
    """A hidden number with what it is and how it is shown: only its like takes it whole."""
    shown = masked(field, cell, today)
    return cell if shown == cell else _TRUE + _TRUE.join((_personal_kind(field), cell, shown))


def _personal_kind(field: Field) -> str:
    """Of which kind a person's number is; a student is shown by the ID number."""
    kind = Kind.ID_NUMBER if field.link == "students" else field.kind
    return kind.name if is_personal(field) else ""


def _fitting(field: Field, cell: str) -> str:
    """A hidden number whole where the column is for its like, elsewhere as it was shown."""
    if not cell.startswith(_TRUE) or cell.count(_TRUE) != 3:
        return cell
    kind, true, shown = cell[1:].split(_TRUE)
    return true if kind == _personal_kind(field) else shown


def _written(cell: str) -> str:
    return _quoted("'" + cell if _is_formula(cell) else cell)


def _quoted(safe: str) -> str:
    if re.search(r"[\t\r\n]", safe) or safe.startswith('"'):
        return '"' + safe.replace('"', '""') + '"'
    return safe


def _table(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> str:
    body = "".join(
        "<tr>" + "".join(_cell(cell, fields[at : at + 1]) for at, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        '<html><head><meta charset="utf-8"><style>'
        'td{white-space:pre;mso-number-format:"\\@"}'
        'td.number{mso-number-format:General}td.date{mso-number-format:"yyyy\\-mm\\-dd"}'
        "br{mso-data-placement:same-cell}</style></head>"
        f"<body><table>{body}</table></body></html>"
    )


def _cell(cell: str, field: Sequence[Field]) -> str:
    kind = field[0].kind if field else None
    plain = cell.replace(",", "") if kind in _FIGURES else cell
    if kind in _FIGURES and _NUMBER.fullmatch(plain):
        return f'<td class="number">{plain}</td>'
    if kind in _DATES and re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return f'<td class="date">{cell}</td>'
    shown = html.escape(cell).replace("\r\n", "\n").replace("\n", "<br>")
    return f"<td>{shown}</td>"


def inside(
    office: Office, register: str, ids: Sequence[int], fields: Sequence[str]
) -> list[list[str]]:
    """True values of cells for a copy that stays in the program, whatever is masked on screen."""
    declared = [REGISTERS[register].field(name) for name in fields]
    return [
        [_exact(field, values[field.name]) for field in declared]
        for values in tables.read_values(office, register, ids)
    ]


def _exact(field: Field, value: object) -> str:
    """A value as it can be typed again to the last digit."""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if field.kind is Kind.TIMES and isinstance(value, str):
        return clock_text(value)
    return tables.show(field, value)


def paste(
    register: str,
    ids: Sequence[int],
    fields: Sequence[str],
    at_row: int,
    at_field: int,
    text: str,
    *,
    onto: tuple[int, int] = (1, 1),
) -> Pasting:
    """What a pasted block sets: `ids` and `fields` as the view shows them, from a cell on.

    Rows beyond the last one are new. A single cell fills the selection (`onto`: rows, columns); a
    block is repeated where the selection is a multiple of it. A first line of headings is passed
    over, and so are empty lines beyond the last row.
    """
    declared = [REGISTERS[register].field(name) for name in fields]
    block = _spread(_without_headings(parse(text), declared[at_field:]), onto)
    edits: list[Edit] = []
    new = 0
    for down, row in enumerate(block):
        number = at_row + down
        if number >= len(ids) and not any(cell.strip() for cell in row):
            continue
        new += number >= len(ids)
        record = ids[number] if number < len(ids) else None
        cells = zip(declared[at_field:], row, strict=False)
        edits += [
            Edit(record, one.name, _fitting(one, cell), 0 if record else new) for one, cell in cells
        ]
    width = max(map(len, block), default=0)
    rows = min(len(block), max(0, len(ids) - at_row))
    beyond = max(0, width - len(fields[at_field:]))
    return Pasting(tuple(edits), rows, new, width - beyond, beyond)


def _without_headings(block: list[list[str]], fields: Sequence[Field]) -> list[list[str]]:
    if len(block) < 2 or not block[0]:
        return block
    heads = zip(block[0], fields, strict=False)
    named = all(fold(cell) in _headings(field) for cell, field in heads)
    return block[1:] if named else block


def _headings(field: Field) -> set[str]:
    return {fold(name) for name in (field.label, *field.aliases.split())}


def _spread(block: list[list[str]], onto: tuple[int, int]) -> list[list[str]]:
    """The block as often as the selection holds it whole."""
    height, width = len(block), max(map(len, block), default=0)
    if not width or onto[0] % height or onto[1] % width:
        return block
    across = [row * (onto[1] // width) if len(row) == width else row for row in block]
    return across * (onto[0] // height)
