"""A workbook holds exactly what was put into it, is whole or not there, and calculates nothing."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.services.outgoing.book import HEAD, TITLE, Book, new_book

# XML has no place for halves of letters, and the readers put none into a record.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TRICKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM",
    "\t=1",
    "\r=1",
    "<r><t>x</t></r>",
    "_x000D_",
    " a ",
    "a\nb",
    "&<>\"'",
]
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e14, 1e14).map(lambda one: round(one, 4))


def write(path: Path, rows: list[list[object]]) -> None:
    """A workbook of one sheet with these rows."""
    with new_book(path) as book:
        page = book.sheet("表")
        for at, row in enumerate(rows):
            page.write(at, row)  # type: ignore[arg-type]


def read(path: Path) -> list[list[object]]:
    """What its first sheet holds, as the import reads it."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS | st.sampled_from(TRICKS), min_size=1, max_size=20))
def test_every_text_comes_back_to_the_letter(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    write(path, [["开头", *texts, "末尾"]])
    assert read(path) == [["开头", *texts, "末尾"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_every_number_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[float]
) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    write(path, [[*numbers]])
    assert read(path) == [numbers]


def test_no_cell_is_a_formula_and_excel_keeps_it_from_becoming_one(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [[*TRICKS]])
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    cells = next(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows())
    assert [cell.quotePrefix for cell in cells[:6]] == [True] * 6
    assert {cell.number_format for cell in cells} == {"@"}


def test_days_are_days_and_those_before_excels_calendar_are_texts(tmp_path: Path) -> None:
    days = [date(2024, 2, 29), date(1900, 3, 1), date(1900, 2, 28)]
    write(tmp_path / "a.xlsx", [[*days]])
    assert read(tmp_path / "a.xlsx") == [[date(2024, 2, 29), date(1900, 3, 1), "1900-02-28"]]


def test_sheets_get_names_that_excel_takes_each_its_own(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.xlsx") as book:
        for name in ("一班/二班", "一班?二班", "一班 二班", "", "长" * 40):
            book.sheet(name).write(0, ["x"])
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names[:4] == ["一班 二班", "一班 二班2", "一班 二班3", "表"]
    assert all(len(name) <= 31 for name in names)


def write_and_fail(path: Path) -> None:
    """Begin a workbook, and come upon a bug of our own."""
    with new_book(path) as book:
        book.sheet("表").write(0, ["x"])
        raise ZeroDivisionError


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"before")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(tmp_path / "a.xlsx")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.xlsx", b"before")]


@pytest.mark.parametrize("folder", [True, False])
def test_what_a_power_loss_left_beside_it_does_not_matter(folder: bool, tmp_path: Path) -> None:
    left = tmp_path / "a.xlsx.partial"
    left.mkdir() if folder else left.touch()
    write(tmp_path / "a.xlsx", [["x"]])
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="工作簿没有写成") as refused:
        write(tmp_path / "没有" / "a.xlsx", [["x"]])
    assert refused.value.code == EXIT_NO_SPACE


def laid_out(book: Book, columns: int) -> None:
    """A sheet of that many columns with a title, headings and one row."""
    page = book.sheet("表")
    page.columns([20] * columns)
    page.line(0, "标题", TITLE)
    page.heading(1, ["列"] * columns)
    page.write(2, ["x"] * columns, [book.style(HEAD)] * columns)
    page.set_up((1, 1), 2, 2)


@pytest.mark.parametrize(("columns", "pages"), [(5, 1), (9, 1), (10, 2), (30, 4)])
def test_a_wide_sheet_is_printed_on_pages_side_by_side(
    columns: int, pages: int, tmp_path: Path
) -> None:
    with new_book(tmp_path / "a.xlsx") as book:
        laid_out(book, columns)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.print_title_cols == ("$A:$B" if pages > 1 else None)
    (title,) = sheet.merged_cells.ranges
    assert title.max_col == (columns if pages == 1 else 6)  # where it is seen at once
