"""Blocks from and to Excel and WPS: nothing lost, no formula, new rows where it runs over."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.books import id_number, name
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.services.entry.clipboard import copied, parse, paste
from xqhz_desktop.services.entry.editing import Edit, set_cells

CELLS = st.text(st.sampled_from("甲乙1 =+-@'\"\t\r\n,*<&;0"), max_size=8)
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)
FIELDS = ("student_no", "name", "id_number", "entry", "phone", "note")


class Table(HTMLParser):
    """Reads the cells of an HTML table as a spreadsheet would: (style's class, text)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, a line break inside one."""
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append((dict(attrs).get("class") or "", ""))
            self.inside = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """What stands between cells is nothing."""
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self.inside:
            kind, text = self.rows[-1][-1]
            self.rows[-1][-1] = (kind, text + data)


@given(BLOCKS)
def test_a_block_that_was_copied_comes_back_the_same(block: list[list[str]]) -> None:
    assert parse(copied(block)[0]) == block


@given(BLOCKS)
def test_no_cell_that_leaves_is_a_formula(block: list[list[str]]) -> None:
    for line in parse(re.sub("'(?==|\\+|-|@|')", "`", copied(block)[0])):
        assert not any(re.match(r"[=@]|[+-](?!\d+(\.\d+)?$)", cell) for cell in line)


@given(BLOCKS)
def test_the_table_beside_it_has_the_same_cells_as_text(block: list[list[str]]) -> None:
    text = copied(block)[1]
    assert 'td{white-space:pre;mso-number-format:"\\@"}' in text
    read = [[re.sub("\r\n?", "\n", cell) for _, cell in row] for row in Table(text).rows]
    assert read == [[re.sub("\r\n?", "\n", cell) for cell in row] for row in block]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("甲", [["甲"]]),
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t乙\n丙\t\n", [["甲", "乙"], ["丙", ""]]),
        ("甲\r乙\r", [["甲"], ["乙"]]),
        ('"第一行\n第二行"\t乙\r\n', [["第一行\n第二行", "乙"]]),
        ('"他说""好"""\t1\r\n', [['他说"好"', "1"]]),
        ('5"显示器\t"未完\r\n', [['5"显示器', '"未完']]),
        ('"甲"乙\t丙', [['"甲"乙', "丙"]]),
        ("\t\r\n", [["", ""]]),
        ("\r\n", [[""]]),
        ("'=1+1\t'甲\t-5", [["=1+1", "'甲", "-5"]]),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text: str, rows: list[list[str]]) -> None:
    assert parse(text) == rows


def test_a_block_without_end_is_refused() -> None:
    with pytest.raises(UserError) as error:
        parse("\t" * (clipboard.MOST + 1))
    assert error.value.code == EXIT_USAGE


def test_quotes_that_never_close_take_no_time() -> None:
    assert len(parse('"甲\n' * 50_000)) == 50_000


def test_amounts_and_dates_are_numbers_and_dates_elsewhere() -> None:
    fields = [REGISTERS["placements"].field(one) for one in ("student", "pay", "start", "name")]
    row = [id_number(1), "3,200.5", "2025-09-01", "=王"]
    assert Table(copied([row], fields)[1]).rows == [
        [("", id_number(1)), ("number", "3200.5"), ("date", "2025-09-01"), ("", "=王")]
    ]


# ------------------------------------------------------------ pasting


def test_a_block_goes_down_and_right_from_the_cursor_and_runs_over() -> None:
    made = paste("students", [11, 12], FIELDS, 1, 1, "王一\tA\n王二\tB\n王三\tC\n")
    assert made.edits == (
        Edit(12, "name", "王一"),
        Edit(12, "id_number", "A"),
        Edit(None, "name", "王二", 1),
        Edit(None, "id_number", "B", 1),
        Edit(None, "name", "王三", 2),
        Edit(None, "id_number", "C", 2),
    )
    assert (made.rows, made.new, made.beyond) == (1, 2, 0)


def test_columns_beyond_the_last_one_are_counted() -> None:
    made = paste("students", [11], FIELDS, 0, 5, "甲\t乙\t丙")
    assert (made.edits, made.beyond) == ((Edit(11, "note", "甲"),), 2)


def test_empty_lines_below_the_last_row_make_no_rows() -> None:
    made = paste("students", [11], FIELDS, 0, 1, "王一\n\n \n王二\n")
    assert (made.rows, made.new) == (1, 1)


def test_a_line_of_headings_is_passed_over() -> None:
    made = paste("students", [11], FIELDS, 0, 0, "学号\t学生姓名\n1\t王一\n")
    assert made.edits == (Edit(11, "student_no", "1"), Edit(11, "name", "王一"))


@pytest.mark.parametrize(
    ("text", "onto", "count"), [("甲", (3, 2), 6), ("甲\n乙", (4, 1), 4), ("甲\n乙", (3, 1), 2)]
)
def test_a_block_fills_a_selection_that_holds_it_whole(
    text: str, onto: tuple[int, int], count: int
) -> None:
    assert len(paste("students", [1, 2, 3, 4], FIELDS, 0, 4, text, onto=onto).edits) == count


def test_a_pasted_block_is_one_action_and_one_undo(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = desk.dump()
    ids = tables.ids(desk.office, "students")
    text = "汉族\t2025-09-01\n汉族\t无\n汉族\t不知道\n回族\t9.1\n"
    fields = ("nation", "entry", "name", "id_number")
    made = paste("students", ids, fields, 0, 0, text)
    more = [Edit(None, "name", "王新", 1), Edit(None, "id_number", id_number(80), 1)]
    edited = set_cells(desk.office, "students", [*made.edits, *more])
    assert [(one.row, one.field) for one in edited.problems] == [(ids[2], "entry")]
    assert len(edited.ids) == 4
    desk.undo()
    assert desk.dump() == before


def test_a_copy_inside_the_program_carries_true_values(desk: Desk) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, "placements")
    (row,) = clipboard.inside(desk.office, "placements", ids[:1], ("student", "pay", "name"))
    assert row == [id_number(1), "3000", name(1)]
    (row,) = clipboard.inside(
        desk.office, "bookings", tables.ids(desk.office, "bookings")[:1], ("times",)
    )
    assert row == ["8:00-10:00"]


@pytest.mark.parametrize("register", list(REGISTERS))
def test_what_was_copied_inside_and_pasted_over_itself_is_no_change(
    desk: Desk, register: str
) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, register)
    fields = [field.name for field in tables.shown_fields(register)]
    block = clipboard.inside(desk.office, register, ids, fields)
    made = paste(register, ids, fields, 0, 0, copied(block)[0])
    edited = set_cells(desk.office, register, made.edits)
    assert (edited.problems, edited.ids) == ((), ())


@pytest.mark.parametrize(
    ("field", "whole"),
    [("id_number", True), ("note", False), ("phone", False), ("sex", False)],
)
def test_a_hidden_number_goes_whole_only_into_a_column_of_its_kind(
    desk: Desk, field: str, whole: bool
) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, "students")[:1]
    made = clipboard.copy(desk.office, "students", ids, ["id_number"], {})
    (edit,) = paste("students", [2], (field,), 0, 0, made.inside).edits
    (shown,) = parse(made.text)
    assert edit.text == (true(desk, ids, "id_number") if whole else shown[0])
    assert "***" in shown[0]


def test_a_hidden_number_finds_the_student_it_is_and_a_phone_only_phones(desk: Desk) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, "students")[:1]
    made = clipboard.copy(desk.office, "students", ids, ["id_number"], {})
    (edit,) = paste("placements", [2], ("student",), 0, 0, made.inside).edits
    assert edit.text == true(desk, ids, "id_number")
    typed = {(ids[0], "phone"): "13912340021", (ids[0], "id_number"): "不清楚"}
    made = clipboard.copy(desk.office, "students", ids, ["phone", "id_number"], typed)
    assert made.text == "139****0021\t不清楚\r\n"


def test_unmasked_numbers_are_pasted_as_they_are_seen(desk: Desk) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, "students")[:1]
    desk.office.unmasked = True
    made = clipboard.copy(desk.office, "students", ids, ["id_number"], {})
    (edit,) = paste("students", [2], ("note",), 0, 0, made.inside).edits
    assert edit.text == true(desk, ids, "id_number")


def true(desk: Desk, ids: list[int], field: str) -> str:
    """What the record says, whatever is shown."""
    return clipboard.inside(desk.office, "students", ids, [field])[0][0]
