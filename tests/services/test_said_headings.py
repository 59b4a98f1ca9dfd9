"""What a clerk says of a sheet's headings: read so at once, remembered, and forgotten again."""

from typing import Any

import pytest

from tests.services.books import id_number, name, uscc
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.importing import forget_headings, remember_headings
from xqhz_desktop.services.workbooks.heads import (
    as_seen,
    cell_at,
    data_after,
    guessed,
    headings_at,
    lacking,
)
from xqhz_desktop.services.workbooks.plan import SheetPlan

FIRM = "甲机械有限公司"
# Two lines of titles, then headings that no register knows.
STRANGE = [["对接情况"], ["沂川市", None, "2024"], ["乙方", "乙方号", "乙方", "人"]]


def strange(number: int, *more: str) -> dict[str, list[list[Any]]]:
    """A workbook whose headings nobody knows."""
    return {"表.xlsx": [*STRANGE, [FIRM, uscc(number), "民营", "35"], *more]}


def sheet_of(desk: Desk, books: dict[str, Any]) -> SheetPlan:
    """The plan of its one sheet."""
    (sheet,) = desk.plan(books).sheets
    return sheet


def test_a_sheet_that_is_not_recognised_shows_its_first_rows(desk: Desk) -> None:
    sheet = sheet_of(desk, strange(1))
    assert sheet.register is None
    assert sheet.head[3] == [FIRM, uscc(1), "民营", "35"]


def test_a_sheet_is_read_as_a_clerk_says_and_so_is_the_next_of_its_make(desk: Desk) -> None:
    sheet = sheet_of(desk, strange(1))
    assert [one.letter for one in headings_at(sheet, (2,))] == ["A", "B", "C", "D"]
    said = {"name": "A", "uscc": "B", "nature": "C", "staff": "D"}
    remember_headings(desk.office, sheet, "firms", said, (2,))
    read = sheet_of(desk, strange(1))
    assert (read.register, read.rows, read.valid, read.header) == ("firms", 1, 1, (2,))
    assert read.said
    desk.bring({"另一张.xlsx": [*STRANGE[1:], [FIRM, uscc(1), "国有", "36"]]})
    assert desk.read("SELECT name, nature, staff FROM firm") == [(FIRM, "国有", 36)]


def test_of_two_columns_with_one_heading_each_is_what_was_said_of_it(desk: Desk) -> None:
    sheet = sheet_of(desk, strange(1))
    remember_headings(desk.office, sheet, "firms", {"nature": "A", "uscc": "B", "name": "C"}, (2,))
    (row,) = desk.plan(strange(1)).rows["firms"]
    assert (row.values["name"], row.values["nature"]) == ("民营", FIRM)


def test_what_was_said_is_forgotten_on_request_and_by_undo(desk: Desk) -> None:
    sheet = sheet_of(desk, strange(1))
    remember_headings(desk.office, sheet, "firms", {"name": "A", "uscc": "B"}, (2,))
    forget_headings(desk.office, sheet_of(desk, strange(1)))
    assert sheet_of(desk, strange(1)).register is None
    desk.undo()
    assert sheet_of(desk, strange(1)).register == "firms"


def test_without_what_a_register_needs_nothing_is_remembered(desk: Desk) -> None:
    sheet = sheet_of(desk, strange(1))
    assert lacking("firms", ["name"]) == ["统一社会信用代码"]
    with pytest.raises(UserError, match="统一社会信用代码") as refused:
        remember_headings(desk.office, sheet, "firms", {"name": "A"}, (2,))
    assert refused.value.code == EXIT_USAGE
    assert desk.read("SELECT * FROM heading_mapping") == []


def test_headings_over_two_rows_are_said_together(desk: Desk) -> None:
    rows = [["丁方", "丁方", "戊"], ["甲", "乙", "丙"], [FIRM, uscc(1), "民营"]]
    sheet = sheet_of(desk, {"表.xlsx": rows})
    assert [one.text for one in headings_at(sheet, (0, 1))] == ["丁方/甲", "丁方/乙", "戊/丙"]
    remember_headings(desk.office, sheet, "firms", {"name": "A", "uscc": "B"}, (0, 1))
    assert sheet_of(desk, {"表.xlsx": rows}).header == (0, 1)


def test_a_recognised_sheet_shows_the_first_records_under_its_headings(desk: Desk) -> None:
    rows = [
        ["学生名册"],
        ["学号", "姓名", "身份证号", "班级"],
        ["2021", name(1), id_number(1), "1班"],
    ]
    sheet = sheet_of(desk, {"表.xlsx": rows})
    assert (sheet.header, sheet.first) == ((1,), [2])
    assert data_after(sheet, sheet.header) == [2]
    assert cell_at(sheet, 2, 1) == name(1)
    assert guessed(sheet, sheet.header, "students")["id_number"] == "C"


def test_numbers_of_persons_are_shortened_whatever_column_they_stand_in(desk: Desk) -> None:
    day = desk.office.now().date()
    seen = as_seen(f"{name(1)} {id_number(1)} 家长13912340021", None, day)
    assert id_number(1) not in seen
    assert seen.endswith("家长139****0021")
    assert as_seen(uscc(1), None, day) == uscc(1)
