"""The corpus of hostile files: each is made by a function into a folder, and says what to expect.

A file is refused with a sentence that has certain words, or it is tamed: read without harm, its
odd rows waiting. Nothing here was taken from elsewhere.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from tests.services.books import Cells, Table, table

Make = Callable[[Path], object]
_SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
RELATED = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file to make: its name, its maker, the words of its refusal (None: it is tamed)."""

    file: str
    make: Make
    refusal: str | None
    students: int  # how many its rows bring, where it is tamed


FILES: dict[str, Hostile] = {}


def refused(file: str, words: str) -> Callable[[Make], Make]:
    """Registers a maker whose file is refused with these words."""
    return lambda make: _register(Hostile(file, make, words, 0))


def tamed(file: str, students: int = 0) -> Callable[[Make], Make]:
    """Registers a maker whose file is read, and brings so many students."""
    return lambda make: _register(Hostile(file, make, None, students))


def _register(one: Hostile) -> Make:
    name = getattr(one.make, "__name__", one.file)
    assert name not in FILES
    FILES[name] = one
    return one.make


# ------------------------------------------------------------------ workbooks by hand


def parts(
    sheet: str, strings: str = "", sheet_target: str = "worksheets/sheet1.xml"
) -> dict[str, str]:
    """The parts of the smallest .xlsx whose one sheet has this XML."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = relations(("rId1", "worksheet", sheet_target), ("rId2", "sharedStrings", _STRINGS))
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet1.xml": sheet,
        f"xl/{_STRINGS}": strings or f'<sst xmlns="{MAIN}"/>',
    }


_STRINGS = "sharedStrings.xml"


def relations(*links: tuple[str, str, str]) -> str:
    """A part of relations: (id, kind, target) each."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def sheet(*rows: str, before: str = "", behind: str = "") -> str:
    """The XML of a sheet with these rows."""
    data = "".join(rows)
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{behind}</worksheet>'


def row(number: int, *cells: str) -> str:
    """One row of cells that are given as XML, from column A on."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place: str, content: str) -> str:
    """A cell with its text in it, as XML."""
    return f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'


def rows_of(*people: Cells) -> list[str]:
    """The header and rows of people, as XML."""
    lines = table(*people)
    return [
        row(number, *(text(f"{chr(65 + at)}{number}", str(cell)) for at, cell in enumerate(line)))
        for number, line in enumerate(lines, 1)
    ]


def pack(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def stream(path: Path, members: Mapping[str, str], big: str, chunks: Iterable[str]) -> Path:
    """A zip of these members and of a big one, which is written piece by piece."""
    pack(path, members)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(big, "w") as part,
    ):
        for chunk in chunks:
            part.write(chunk.encode())
    return path


# ------------------------------------------------------------------ workbooks as others write them


def book(path: Path, rows: Table) -> Path:
    """A workbook whose texts are kept as texts, whatever they begin with."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, plain) as made:
        place = made.add_worksheet()
        for number, line in enumerate(rows):
            place.write_row(number, 0, line)
    return path


def csv(path: Path, rows: Table, encoding: str = "utf-8") -> Path:
    """Comma separated text."""
    lines = [",".join("" if cell is None else str(cell) for cell in line) for line in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path
