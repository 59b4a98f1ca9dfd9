"""Rows that wait come back as the clerk's own sheet, and go home when they are corrected there."""

from pathlib import Path

import openpyxl
import pytest
import xlwt

from tests.services.books import (
    Table,
    apprentice,
    base,
    booking,
    firm,
    id_number,
    placement,
    student,
    table,
    uscc,
    wrong,
)
from tests.services.desk import Books, Desk
from tests.services.small_office import FIRM, OTHER
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access.audit import entries
from xqhz_desktop.services.importing import apply_import, plan_import, remember_headings
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
    assert list(heads) == [*BAD, WAITING, WHY]
    assert list(row)[:-2] == [str(value) for value in BAD.values()]
    assert str(row[-1]).startswith("“身份证号”")  # which row it was there says nothing here


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


def test_rows_that_wait_for_others_wait_on_where_they_come_back_untouched(
    desk: Desk, tmp_path: Path
) -> None:
    twice = [booking("数控实训室"), booking("数控实训室"), booking("没有的实训室")]
    desk.bring({"基地.xlsx": table(base(1, "数控实训室")), "排期.xlsx": table(*twice)})
    hand_back(desk.office, tmp_path / "back.xlsx", "更正")
    bring(desk, tmp_path / "back.xlsx")
    assert len(waiting(desk.office)) == 2
    assert desk.one("SELECT count(*) FROM booking") == 1


def test_a_repeated_row_that_was_changed_is_a_record_of_its_own(desk: Desk, tmp_path: Path) -> None:
    twice = [booking("数控实训室"), booking("数控实训室")]
    desk.bring({"基地.xlsx": table(base(1, "数控实训室")), "排期.xlsx": table(*twice)})
    hand_back(desk.office, tmp_path / "back.xlsx", "更正")
    correct(tmp_path / "back.xlsx", "排期", "节次/时间", "3-4节")
    bring(desk, tmp_path / "back.xlsx")
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM booking") == 2


@pytest.mark.parametrize("kind", ["csv", "xls"])
def test_rows_of_old_kinds_of_files_are_handed_back_alike(
    kind: str, desk: Desk, tmp_path: Path
) -> None:
    lines = table(student(1), student(2, 身份证号=wrong(id_number(2))), above=("学生名册",))
    source = tmp_path / f"学生.{kind}"
    if kind == "csv":
        source.write_text("\n".join(",".join(map(str, line)) for line in lines), "gb18030")
    else:
        as_xls(lines, source)
    bring(desk, source)
    hand_back(desk.office, tmp_path / "back.xlsx", "更正")
    sheet = "学生" if kind == "csv" else "名册"
    correct(tmp_path / "back.xlsx", sheet, "身份证号", id_number(2))
    bring(desk, tmp_path / "back.xlsx")
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM student") == 2


def as_xls(lines: Table, path: Path) -> None:
    """A workbook as Excel 2003 wrote it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for at, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write(at, place, cell)
    book.save(str(path))


def test_a_sheet_whose_headings_a_clerk_explained_is_known_when_it_comes_back(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [["甲列", "乙列", "丙列"], [FIRM, uscc(1), "民营"], [OTHER, wrong_uscc(2), "民营"]]
    sheet = desk.plan({"企业.xlsx": rows}).sheets[0]
    said = {"name": "A", "uscc": "B", "nature": "C"}
    remember_headings(desk.office, sheet, "firms", said, (0,))
    desk.bring({"企业.xlsx": rows})
    hand_back(desk.office, tmp_path / "back.xlsx", "更正")
    correct(tmp_path / "back.xlsx", "企业", "乙列", uscc(2))
    bring(desk, tmp_path / "back.xlsx")
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM firm WHERE partner") == 2


def wrong_uscc(number: int) -> str:
    """A code that fails its check."""
    code = uscc(number)
    return code[:-1] + ("1" if code[-1] != "1" else "2")


def test_headings_of_two_levels_come_back_and_are_known_again(desk: Desk, tmp_path: Path) -> None:
    desk.bring({"企业.xlsx": table(firm(1, FIRM)), "实习.xlsx": TWO_LEVELS})
    path = tmp_path / "back.xlsx"
    assert hand_back(desk.office, path, "更正") == 1
    correct(path, "实习", "结束日期", "2025-08-31")
    bring(desk, path)
    assert waiting(desk.office) == []
    assert desk.one("SELECT count(*) FROM placement") == 2


def test_captions_stand_over_their_columns_and_a_slash_is_no_level(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [[*row, "是" if at == 2 else "三方/协议"] for at, row in enumerate(TWO_LEVELS)]
    rows[0][-1], rows[1][-1] = "三方/协议", None
    desk.bring({"企业.xlsx": table(firm(1, FIRM)), "实习.xlsx": rows})
    hand_back(desk.office, tmp_path / "back.xlsx", "更正")
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx")["实习"]
    assert "E1:G1" in {str(one) for one in sheet.merged_cells.ranges}
    assert [cell.value for cell in sheet[1]][4:8] == ["实习", None, None, "三方/协议"]


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
