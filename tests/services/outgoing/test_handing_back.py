"""Rows that wait come back as the clerk's own sheet, and go home when they are corrected there."""

from pathlib import Path

import openpyxl
import pytest

from tests.services.books import (
    Table,
    apprentice,
    firm,
    id_number,
    placement,
    student,
    table,
    wrong,
)
from tests.services.desk import Books, Desk
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access.audit import entries
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.outgoing.handing_back import hand_back
from xqhz_desktop.services.quarantine import waiting
from xqhz_desktop.services.workbooks.marks import WAITING, WHY
from xqhz_desktop.services.workbooks.plan import Choices

BAD = student(2, 身份证号=wrong(id_number(2)), 备注="=1+1")
BOOKS: Books = {
    "企业.xlsx": table(firm(1, FIRM)),
    "学生.xlsx": {"一班": table(student(1), BAD, above=("学生名册",))},
    "实习.xlsx": table(placement(1, FIRM), placement(3, FIRM, 实习开始日期="某日")),
}
TWO_LEVELS: Table = [
    ["序号", "学号", "姓名", "身份证号", "实习", "实习", "实习"],
    [None, None, None, None, "实习单位名称", "开始日期", "结束日期"],
    [1, "20210004", "王四", id_number(4), FIRM, "2025-03-01", "2024-03-01"],
    [2, "20210005", "王五", id_number(5), FIRM, "2025-03-01", "2025-08-31"],
]


@pytest.fixture
def returned(desk: Desk, tmp_path: Path) -> Path:
    """The workbook of what waits after an import of three workbooks."""
    desk.bring(BOOKS)
    hand_back(desk.office, tmp_path / "待更正.xlsx", "更正")
    return tmp_path / "待更正.xlsx"


def correct(path: Path, sheet: str, heading: str, value: str) -> None:
    """Write the right value under a heading of a sheet that has one row, and save."""
    book = openpyxl.load_workbook(path)
    for cells in book[sheet].iter_cols():
        if heading in [cell.value for cell in cells]:
            cells[-1].value = value
    book.save(path)


def bring(desk: Desk, path: Path) -> None:
    """Import the file as it lies there."""
    office = desk.office
    apply_import(office, plan_import(office, [path], Task()), Choices(), Task(), backup=False)


def test_the_sheet_has_the_clerks_own_headings_and_the_reasons(returned: Path) -> None:
    book = openpyxl.load_workbook(returned)
    assert book.sheetnames == ["一班", "实习"]
    heads, row = book["一班"].iter_rows(values_only=True)
    assert list(heads) == [*BAD, WHY, WAITING]
    assert list(row)[:-2] == [str(value) for value in BAD.values()]
    assert "身份证号" in str(row[-2])


def test_only_the_bad_cell_is_coloured_and_nothing_is_a_formula(returned: Path) -> None:
    sheet = openpyxl.load_workbook(returned)["一班"]
    coloured = [cell.value for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFC7CE"]
    assert coloured == [BAD["身份证号"]]
    assert {cell.data_type for cell in sheet[2]} == {"s"}


def test_corrected_in_excel_and_imported_again_nothing_waits(desk: Desk, returned: Path) -> None:
    correct(returned, "一班", "身份证号", id_number(2))
    bring(desk, returned)
    assert [row.register for row in waiting(desk.office)] == ["placements"]
    correct(returned, "实习", "实习开始日期", "2024-03-01")
    bring(desk, returned)
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM placement") == 2


def test_imported_again_as_it_is_the_same_rows_wait(desk: Desk, returned: Path) -> None:
    before = [row.message for row in waiting(desk.office)]
    bring(desk, returned)
    assert len(waiting(desk.office)) == len(before) == 2


def test_headings_of_two_levels_come_back_and_are_known_again(desk: Desk, tmp_path: Path) -> None:
    desk.bring({"企业.xlsx": table(firm(1, FIRM)), "实习.xlsx": TWO_LEVELS})
    path = tmp_path / "back.xlsx"
    assert hand_back(desk.office, path, "更正") == 1
    correct(path, "实习", "结束日期", "2025-08-31")
    bring(desk, path)
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM placement") == 2


def test_what_only_the_title_said_stands_in_a_column_of_its_own(desk: Desk, tmp_path: Path) -> None:
    rows = [apprentice(1, FIRM), apprentice(2, FIRM, 身份证号=wrong(id_number(2)))]
    plain = [{k: v for k, v in row.items() if k not in ("企业名称", "合作企业")} for row in rows]
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM)),
            "学徒.xlsx": table(*plain, above=(f"{FIRM}现代学徒制学徒名册",)),
        }
    )
    path = tmp_path / "back.xlsx"
    hand_back(desk.office, path, "更正", "apprentices")
    (sheet,) = openpyxl.load_workbook(path)
    assert FIRM in [cell.value for cell in sheet[2]]


def test_only_one_register_is_handed_back_where_that_is_asked(desk: Desk, tmp_path: Path) -> None:
    desk.bring(BOOKS)
    assert hand_back(desk.office, tmp_path / "a.xlsx", "更正", "placements") == 1
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["实习"]


def test_whole_numbers_leave_with_a_reason_and_are_recorded(desk: Desk, tmp_path: Path) -> None:
    desk.bring(BOOKS)
    with pytest.raises(UserError) as refused:
        hand_back(desk.office, tmp_path / "a.xlsx", "")
    assert refused.value.code == EXIT_USAGE
    hand_back(desk.office, tmp_path / "a.xlsx", "发班主任更正")
    assert "发班主任更正" in entries(desk.office, 1)[0].title


def test_where_nothing_waits_there_is_nothing_to_hand_back(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有待更正"):
        hand_back(desk.office, tmp_path / "a.xlsx", "更正")
    assert list(tmp_path.glob("*.xlsx*")) == []
