"""A template is recognised as its register, brings nothing by itself, and takes rows as typed."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.services.books import firm, id_number, student, table
from tests.services.desk import Desk
from tests.services.outgoing.opened import column, headings, kept_as, sheet_of
from tests.services.small_office import FIRM, OTHER
from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.registers.examples import example
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.outgoing.templates import write_template
from xqhz_desktop.services.workbooks.marks import EXAMPLE
from xqhz_desktop.services.workbooks.plan import Choices, Plan

NAMES = [register.name for register in IMPORTED]
HEADER = 2  # under one line that says how to fill it in
EXAMPLE_ROW, FIRST_ROW = 3, 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a template goes."""
    return tmp_path / "模板.xlsx"


def plan_of(desk: Desk, path: Path) -> Plan:
    """What importing the workbook would do."""
    return plan_import(desk.office, [path], Task())


def type_into(path: Path, row: int, values: dict[str, object]) -> None:
    """Type a row: the values by heading, else what the example shows."""
    sheet = sheet_of(path)
    for place, heading in enumerate(headings(sheet, HEADER)[1:], start=2):
        shown = sheet.cell(EXAMPLE_ROW, place).value
        sheet.cell(row, place).value = values.get(heading.strip("*"), shown)
    sheet.parent.save(path)


@pytest.mark.parametrize("register", NAMES)
def test_it_is_known_as_its_register_and_its_example_is_no_row(
    register: str, desk: Desk, path: Path
) -> None:
    write_template(desk.office, register, path)
    plan = plan_of(desk, path)
    assert [(sheet.why, sheet.rows) for sheet in plan.sheets] == [("没有数据行", 0)]
    type_into(path, FIRST_ROW, {"备注": None})
    (sheet,) = plan_of(desk, path).sheets
    assert (sheet.register, sheet.ignored) == (register, [])
    assert sheet.rows == 1  # the row that was typed; the example is none


@pytest.mark.parametrize("register", NAMES)
def test_its_example_stays_none_where_the_first_column_was_taken_away(
    register: str, desk: Desk, path: Path
) -> None:
    write_template(desk.office, register, path)
    sheet = sheet_of(path)
    sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))
    sheet.delete_cols(1)
    sheet.parent.save(path)
    plan = plan_of(desk, path)
    assert not plan.bad
    assert plan.empty


def test_an_example_that_was_typed_over_is_a_record(desk: Desk, path: Path) -> None:
    write_template(desk.office, "students", path)
    type_into(path, EXAMPLE_ROW, {**student(1), "入学时间": date(2021, 9, 1), "联系电话": None})
    assert sheet_of(path).cell(EXAMPLE_ROW, 1).value == EXAMPLE
    assert [row.values["id_number"] for row in plan_of(desk, path).rows["students"]] == [
        id_number(1)
    ]


def test_a_student_typed_under_the_example_is_kept(desk: Desk, path: Path) -> None:
    write_template(desk.office, "students", path)
    type_into(path, FIRST_ROW, {**student(1), "入学时间": date(2021, 9, 1), "联系电话": None})
    apply_import(desk.office, plan_of(desk, path), Choices(), Task(), backup=False)
    assert desk.read("SELECT id_number FROM student") == [(id_number(1),)]


@pytest.mark.parametrize("register", NAMES)
def test_numbers_are_text_and_what_must_be_filled_is_marked(
    register: str, desk: Desk, path: Path
) -> None:
    write_template(desk.office, register, path)
    sheet = sheet_of(path)
    assert sheet.cell(EXAMPLE_ROW, 1).value == EXAMPLE
    fields = {field.label: field for field in REGISTERS[register].stored()}
    for heading in headings(sheet, HEADER)[1:]:
        field = fields[heading.strip("*")]
        assert heading.endswith("*") == bool(field.missing)
        if field.kind.value in ("id_number", "phone", "uscc", "code"):
            kept = kept_as(sheet, column(sheet, heading, HEADER)[0])
            assert kept.number_format == "@"


@pytest.mark.parametrize("register", NAMES)
def test_whatever_must_be_filled_in_is_shown_by_an_example(register: str) -> None:
    for field in REGISTERS[register].stored():
        assert example(field) or not field.missing
        assert example(field) != field.label


def listed(path: Path, heading: str) -> list[str]:
    """The words that the cells under a heading may be chosen from."""
    sheet: Any = sheet_of(path)
    letter = column(sheet, heading, HEADER)[0].column_letter
    rules = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    (rule,) = (one for one in rules if f"{letter}{FIRST_ROW}" in one.sqref)
    if rule.formula1.startswith('"'):
        return list(rule.formula1.strip('"').split(","))
    name, area = rule.formula1.replace("$", "").split("!")
    cells = openpyxl.load_workbook(path)[name.strip("'")][area]
    return [row[0].value for row in cells]


def test_choices_and_links_are_chosen_from_lists(desk: Desk, path: Path) -> None:
    names = [f"第{number}机械有限公司" for number in range(60)]
    desk.bring({"企业.xlsx": table(*(firm(n, name) for n, name in enumerate(names)))})
    write_template(desk.office, "placements", path)
    assert listed(path, "安排方式") == ["集中", "自主"]
    assert listed(path, "三方协议") == ["是", "否"]
    assert sorted(listed(path, "实习单位*")) == sorted(names)  # too long for a rule of its own


def test_no_persons_number_is_in_a_list(desk: Desk, path: Path) -> None:
    desk.bring({"企业.xlsx": table(firm(1, FIRM), firm(2, OTHER)), "a.xlsx": table(student(1))})
    write_template(desk.office, "placements", path)
    for sheet in openpyxl.load_workbook(path):
        assert id_number(1) not in {cell for row in sheet.values for cell in row}


def test_a_file_that_cannot_be_written_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_template(desk.office, "students", tmp_path / "no folder" / "a.xlsx")
    assert refused.value.code == EXIT_NO_SPACE
