"""Whatever is typed: a cell is taken or refused with a sentence, and an undo leaves no trace."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.books import id_number, masked, name, uscc
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.words import choices
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.audit import verify
from xqhz_desktop.services.entry.editing import Edit, Edited, set_cells
from xqhz_desktop.services.office import Office

Cell = tuple[int | None, str, str, int]  # place of the row, field, text, which new row

ROWS = [None, None, None, 0, 1, 2, 999]  # new rows, and rows by their place; one that is not there
ODD = [
    *("", " ", "无", "—", "甲", "'甲", "=1+1", "%_", "-3", "∞", "1e400", "9" * 400, "是", "昨天"),
    *("a\x00b", "\ud800", "𬭊", "甲\n乙", id_number(1), masked(id_number(1)), "139****0021"),
]
PERSONS = [id_number(1), id_number(2), id_number(77), name(2), "20210001", masked(id_number(1))]
LIKELY: dict[Kind, list[str]] = {
    Kind.NAME: [name(1), name(2), "王新"],
    Kind.CODE: ["XY1", "XY2", "XY9", "T001", "T777", "JD01", "20210001", "660102"],
    Kind.ID_NUMBER: [id_number(1), id_number(2), id_number(77), masked(id_number(1))],
    Kind.USCC: [uscc(1), uscc(2), uscc(77)],
    Kind.PHONE: ["13900000021", "139****0021"],
    Kind.DATE: ["20240301", "9.1", "2023-09-01", "2023-07-01", "2月30日"],
    Kind.END_DATE: ["20240301", "2024-05-31", "2023-07-30", "2019.1.1"],
    Kind.AMOUNT: ["40", "60.5", "3000元"],
    Kind.COUNT: ["38", "40人"],
    Kind.TIMES: ["1-2节", "3-4节", "8:30-9:10"],
    Kind.CHOICE: ["男", "集中", "zz"],
    Kind.FLAG: ["是", "否", "√", "未签"],
    Kind.TEXT: ["甲", "2021级", FIRM, "机械基础", "数控实训室"],
}
BATCH = "2024-2025学年第一批"
YEARS = ["2024", "2024-2025", "2024—25学年", "2024-2025学年", "2024-2026", "2024-25-26", "明年"]
LINKS = {
    "students": PERSONS,
    "teachers": ["T001", "T002", "T777", name(501)],
    "firms": [FIRM, OTHER, "丙新公司", uscc(1)],
    "bases": ["JD01", "数控实训室"],
    "majors": ["数控技术应用", "新专业"],
    "classes": ["2021级数控技术应用1班", "2024级新1班"],
    "cohorts": ["2021级数控学徒班", "2024级订单班"],
    "batches": [BATCH, "没有的批次"],
}


@pytest.fixture(scope="module")
def school(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small office; each example leaves it as it was."""
    root = tmp_path_factory.mktemp("typed") / "office"
    shutil.copytree(empty_school, root)
    with Office.open(DataFolder(root), "测试", lambda: NOW) as office:
        desk = Desk(office)
        desk.bring(OFFICE)
        batch = {"name": BATCH, "school_year": "2024", "kind": "岗位实习", "start": "2024-09-01"}
        set_cells(office, "batches", [Edit(None, name, text) for name, text in batch.items()])
        yield desk


def texts(field: Field) -> st.SearchStrategy[str]:
    """What people type into a field, and now and then what nobody should."""
    likely = LINKS[field.link] if field.link else LIKELY[field.kind]
    if field.kind is Kind.CHOICE:
        likely = [*choices(field.words), *likely]
    if field.name == "school_year":
        likely = YEARS
    return st.sampled_from(likely * 4 + ODD)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, list[Cell]]:
    """A register and cells of it: single ones, and now and then a whole row."""
    register = draw(st.sampled_from(list(REGISTERS)))
    fields = REGISTERS[register].stored()
    cells: list[Cell] = []
    for _ in range(draw(st.integers(0, 8))):
        field = draw(st.sampled_from(fields))
        row = draw(st.sampled_from(ROWS))
        cells.append((row, field.name, draw(texts(field)), draw(st.integers(1, 2))))
    for _ in range(draw(st.integers(0, 2))):
        row, new = draw(st.sampled_from(ROWS)), draw(st.integers(1, 3))
        cells += [(row, field.name, draw(texts(field)), new) for field in fields]
    return register, cells


def type_in(desk: Desk, register: str, cells: list[Cell], *, make_missing: bool) -> Edited:
    """Type the cells into the rows that stand there."""
    rows = dict(enumerate(tables.ids(desk.office, register)))
    edits = [
        Edit(None if place is None else rows.get(place, 999_999), field, text, new)
        for place, field, text, new in cells
    ]
    return set_cells(desk.office, register, edits, make_missing=make_missing)


@settings(max_examples=80)
@given(blocks(), st.booleans())
def test_anything_typed_is_taken_or_refused_and_can_be_undone(
    school: Desk, block: tuple[str, list[Cell]], make_missing: bool
) -> None:
    before = school.dump()
    edited = type_in(school, *block, make_missing=make_missing)
    for said in (*edited.problems, *edited.warnings):
        assert said.reason.endswith("。")
        assert not any(id_number(number) in said.reason for number in (1, 2, 77))
    if edited.changes:
        assert school.read("PRAGMA foreign_key_check") == []
        assert len(edited.ids) == len({*edited.ids})
        school.undo(edited.changes.action)
    assert school.dump() == before


@settings(max_examples=30)
@given(blocks())
def test_what_was_taken_is_the_same_when_typed_again(
    school: Desk, block: tuple[str, list[Cell]]
) -> None:
    register, cells = block
    cells = [cell for cell in cells if cell[0] is not None]
    edited = type_in(school, register, cells, make_missing=False)
    again = type_in(school, register, cells, make_missing=False)
    assert not again.changes
    assert [one.reason for one in again.problems] == [one.reason for one in edited.problems]
    if edited.changes:
        school.undo(edited.changes.action)


def test_the_chain_is_whole_after_all_that(school: Desk) -> None:
    assert verify(school.office).whole
