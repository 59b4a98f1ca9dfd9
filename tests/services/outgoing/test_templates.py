"""A template is recognised as its register, brings nothing by itself, and takes rows as typed."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.books import id_number, student
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.outgoing.templates import EXAMPLE, write_template
from xqhz_desktop.services.workbooks.plan import Choices

REGISTERS = [register.name for register in IMPORTED]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a template goes."""
    return tmp_path / "模板.xlsx"


@pytest.mark.parametrize("register", REGISTERS)
def test_it_is_known_as_its_register_and_its_example_is_no_row(
    register: str, desk: Desk, path: Path
) -> None:
    write_template(register, path)
    type_over(path, {})
    plan = plan_import(desk.office, [path], Task())
    (sheet,) = plan.sheets
    assert (sheet.register, sheet.ignored) == (register, [])
    assert sheet.rows == 1  # the row that was typed; the example is none


def type_over(path: Path, values: dict[str, object]) -> None:
    """Type one row under the example: the values by heading, else what the example shows."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for column in sheet.iter_cols(min_col=2):
        column[0].offset(row=2).value = values.get(str(column[0].value), column[1].value)
    sheet["A3"] = 1
    book.save(path)


def test_a_student_typed_under_the_example_is_kept(desk: Desk, path: Path) -> None:
    write_template("students", path)
    type_over(path, {**student(1), "入学时间": date(2021, 9, 1), "联系电话": None})
    apply_import(
        desk.office, plan_import(desk.office, [path], Task()), Choices(), Task(), backup=False
    )
    assert desk.read("SELECT id_number FROM student") == [(id_number(1),)]


@pytest.mark.parametrize("register", REGISTERS)
def test_numbers_are_text_choices_are_lists_and_the_example_says_so(
    register: str, path: Path
) -> None:
    write_template(register, path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet["A2"].value == EXAMPLE
    for column in sheet.iter_cols(min_col=2):
        if column[0].value in ("身份证号", "联系电话", "统一社会信用代码"):
            letter = column[0].column_letter
            assert sheet.column_dimensions[letter].number_format == "@"
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    if register in ("placements", "apprentices", "bookings"):
        assert lists


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_template("students", tmp_path / "no folder" / "a.xlsx")
    assert refused.value.code == EXIT_NO_SPACE
