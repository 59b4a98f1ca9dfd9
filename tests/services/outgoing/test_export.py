"""What is seen goes out as a workbook, and comes back as nothing changed, whatever it left out."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from tests.services.books import (
    agreement,
    apprentice,
    base,
    booking,
    course,
    firm,
    id_number,
    part_timer,
    placement,
    stint,
    student,
    table,
    teacher,
)
from tests.services.conftest import NOW
from tests.services.desk import Books, Desk, counts
from tests.services.outgoing.opened import column, headings, kept_as, rows, sheet_of
from tests.services.small_office import FIRM, OTHER
from xqhz_desktop.base.errors import EXIT_NO_SPACE, Cancelled, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services import tables
from xqhz_desktop.services.importing import plan_import
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.export import (
    Seen,
    export_register,
    publish_register,
    publishable,
)
from xqhz_desktop.services.workbooks.plan import Plan

TODAY = NOW.date()
NAMES = [register.name for register in IMPORTED]
FORMULAS = ["=1+1", "+86", "-5人", "@他", '=HYPERLINK("x")', "<r><t>x</t></r>", "_x0041_"]
PHONE = "13900120021"
SCHOOL: Books = {
    "01企业.xlsx": table(
        firm(1, FIRM, 职工人数=120, 联系电话=PHONE, 地址="某路1号", 备注="=1+1"),
        firm(2, OTHER, 联系人="王二"),
    ),
    "02学生.xlsx": table(
        *(
            student(n, 联系电话=f"1390012{n:04}", 监护人="王父", 备注=text)
            for n, text in enumerate(FORMULAS, start=1)
        )
    ),
    "03实习.xlsx": table(
        placement(1, FIRM, 联系电话=PHONE, 三方协议="是", 备注=f"电话 {PHONE}"),
        placement(2, "乙电子有限责任公司", 实发报酬=2800.5, 夜班="否"),
        placement(3, OTHER, 实习岗位=f"装配（{id_number(3)}）"),
    ),
    "04学徒.xlsx": table(apprentice(4, FIRM), apprentice(5, FIRM, 月工资=3100)),
    "05教师.xlsx": table(teacher(1, 身份证号=id_number(900)), teacher(2, 联系电话=PHONE)),
    "06兼职.xlsx": table(part_timer(800), part_timer(801, 课酬=80)),
    "07实践.xlsx": table(stint(1, FIRM), stint(2, OTHER), stint(1, FIRM, "2024-07-01")),
    "08基地.xlsx": table(base(1, "数控实训室"), base(2, "钳工实训室", 面积=120.5)),
    "09排期.xlsx": table(booking("数控实训室"), booking("JD02", times="8:00-10:00", 备注="取消")),
    "10课程.xlsx": table(
        course("机械基础"), course("数控编程"), course("数控编程", 30, 10), course("实训", 56, 56)
    ),
    "11协议.xlsx": table(agreement("XY1", FIRM), agreement("XY2", OTHER, 备注="-")),
}


@pytest.fixture(scope="module")
def desk(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with rows in every register; no test here changes a record."""
    root = tmp_path_factory.mktemp("exports") / "office"
    copytree(empty_school, root)
    with Office.open(DataFolder(root), "测试", lambda: NOW) as office:
        desk = Desk(office)
        desk.bring(SCHOOL)
        yield desk


def out(desk: Desk, path: Path, register: str, reason: str | None = None, **seen: object) -> int:
    """Export a register; what is not said is all of it."""
    shown = Seen(**seen)  # type: ignore[arg-type]
    return export_register(desk.office, register, path, TODAY, reason=reason, seen=shown)


def back(desk: Desk, folder: Path) -> Plan:
    """What importing all workbooks of the folder would do."""
    return plan_import(desk.office, [folder], Task())


def nothing_changed(plan: Plan, rows: int) -> None:
    """Every row is the same as its record, and no other row was read."""
    assert [bad.problems for bad in plan.bad] == []
    assert counts(plan) == {"新增": 0, "变更": 0, "疑为同一条": 0, "相同": rows, "待更正": 0}
    assert [*plan.closes, *plan.conflicts, *plan.clearings] == []
    assert [(sheet.why, sheet.ignored) for sheet in plan.sheets] == [("", [])] * len(plan.sheets)


@pytest.mark.parametrize("reason", [None, "办实习保险"])
def test_every_register_comes_back_as_nothing_changed(
    reason: str | None, desk: Desk, tmp_path: Path
) -> None:
    written = sum(out(desk, tmp_path / f"{name}.xlsx", name, reason) for name in NAMES)
    plan = back(desk, tmp_path)
    assert sorted(str(sheet.register) for sheet in plan.sheets) == sorted(NAMES)
    nothing_changed(plan, written)


def some_columns(register: str) -> list[list[str]]:
    """The columns of a register in thirds, each from right to left; and each half."""
    names = [field.name for field in tables.shown_fields(register)]
    thirds = [names[at::3][::-1] for at in range(3)]
    return [*thirds, names[: len(names) // 2], names[len(names) // 2 :]]


@pytest.mark.parametrize("reason", [None, "办实习保险"])
def test_so_does_a_sheet_that_shows_some_columns_in_another_order(
    reason: str | None, desk: Desk, tmp_path: Path
) -> None:
    for name in NAMES:
        for at, columns in enumerate(some_columns(name)):
            folder = tmp_path / str(at)
            folder.mkdir(exist_ok=True)
            out(desk, folder / f"{name}.xlsx", name, reason, columns=columns)
    for folder in tmp_path.iterdir():
        nothing_changed(back(desk, folder), sum(tables.count(desk.office, one) for one in NAMES))


def test_so_does_one_with_a_single_column(desk: Desk, tmp_path: Path) -> None:
    written = 0
    for name in NAMES:
        for field in REGISTERS[name].stored():
            if field.name in ("note", "phone", "pay", "owner"):
                path = tmp_path / f"{name}-{field.name}.xlsx"
                written += out(desk, path, name, columns=[field.name])
    nothing_changed(back(desk, tmp_path), written)


def test_rows_order_and_columns_are_those_that_are_seen(desk: Desk, tmp_path: Path) -> None:
    ids = tables.ids(desk.office, "students", ("name", True))[:3]
    seen = ["name", "class", "student_no"]
    assert out(desk, tmp_path / "a.xlsx", "students", ids=ids, columns=seen) == 3
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert headings(sheet) == ["序号", "姓名", "班级", "学号"]
    wanted = [row["name"] for row in tables.rows(desk.office, "students", ids)]
    assert [row["姓名"] for row in rows(sheet)] == wanted
    nothing_changed(back(desk, tmp_path), 3)


def test_days_and_numbers_are_real_and_long_numbers_are_text(desk: Desk, tmp_path: Path) -> None:
    out(desk, tmp_path / "a.xlsx", "placements", "办实习保险")
    sheet = sheet_of(tmp_path / "a.xlsx")
    row = next(row for row in rows(sheet) if row["实发报酬"] == 2800.5)
    assert row["开始"] == datetime(2023, 9, 1)
    assert row["身份证号"] == id_number(2)
    assert column(sheet, "身份证号")[0].number_format == "@"
    assert column(sheet, "开始")[0].number_format == "yyyy-mm-dd"


def test_no_number_leaves_whole_without_a_reason(desk: Desk, tmp_path: Path) -> None:
    for name in NAMES:
        out(desk, tmp_path / f"{name}.xlsx", name)
        said = {str(cell) for row in sheet_of(tmp_path / f"{name}.xlsx").values for cell in row}
        assert not said & {*(id_number(n) for n in range(1, 8)), id_number(900), PHONE}


def test_it_is_laid_out_as_the_office_prints_it(desk: Desk, tmp_path: Path) -> None:
    out(desk, tmp_path / "a.xlsx", "placements")
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert str(sheet["A1"].value).endswith("岗位实习台账")
    assert sheet["A2"].value == "填报日期：2025年3月1日"
    total, signed = [*sheet.iter_rows()][-2:]
    assert [cell.value for cell in total][:2] == ["合计", "3 条"]
    at = headings(sheet).index("实发报酬")
    assert total[at].value == 3000 + 2800.5 + 3000
    assert str(signed[0].value).split("：")[0] == "制表人"
    assert {"审核人", "日期"} <= {word.strip("　：") for word in str(signed[0].value).split("　")}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "D4"


def test_which_record_a_row_is_stands_beside_it_unseen_and_unprinted(
    desk: Desk, tmp_path: Path
) -> None:
    out(desk, tmp_path / "a.xlsx", "courses")
    sheet = sheet_of(tmp_path / "a.xlsx")
    last = sheet.max_column
    assert str(sheet.cell(3, last).value).startswith("台账编号")
    assert kept_as(sheet, sheet.cell(3, last)).hidden
    printed = str(sheet.print_area).replace("$", "").split(":")[-1]
    assert sheet[printed].column == last - 1
    assert sheet.auto_filter.ref.split(":")[-1] == sheet.cell(sheet.max_row - 2, last).coordinate


def test_what_looks_like_a_formula_stays_the_text_it_was(desk: Desk, tmp_path: Path) -> None:
    out(desk, tmp_path / "a.xlsx", "students")
    sheet = sheet_of(tmp_path / "a.xlsx")
    notes = column(sheet, "备注")[: len(FORMULAS)]
    assert [cell.value.replace("_x005F_", "_") for cell in notes] == FORMULAS  # its own escape
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert all(cell.quotePrefix for cell in notes if cell.value[0] in "=+-@")
    nothing_changed(back(desk, tmp_path), len(FORMULAS))


def typed(path: Path, heading: str, row: int, value: object) -> None:
    """Type into the n-th row under a heading, and save."""
    sheet = sheet_of(path)
    column(sheet, heading)[row].value = value
    sheet.parent.save(path)


def test_what_was_typed_into_an_export_changes_that_record_only(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    out(desk, path, "placements", columns=["name", "position"])
    typed(path, "实习岗位", 1, "质检")
    plan = back(desk, tmp_path)
    (row,) = plan.rows["placements"]
    assert row.changes == (("实习岗位", "钳工", "质检"),)
    assert row.record == tables.ids(desk.office, "placements")[1]
    assert counts(plan)["相同"] == 2


def test_a_row_typed_over_with_somebody_else_is_not_that_record(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    out(desk, path, "placements", columns=["name", "student", "position"])
    typed(path, "姓名", 0, "赵新")
    typed(path, "身份证号", 0, id_number(77))
    plan = back(desk, tmp_path)
    assert counts(plan) == {"新增": 0, "变更": 0, "疑为同一条": 0, "相同": 2, "待更正": 1}
    assert {problem.reason for problem in plan.bad[0].problems} == {"missing_firm", "missing_date"}


def test_one_that_was_saved_as_csv_comes_back_alike(desk: Desk, tmp_path: Path) -> None:
    written = 0
    for name in NAMES:
        written += out(desk, tmp_path / f"{name}.xlsx", name)
        lines = sheet_of(tmp_path / f"{name}.xlsx").values
        with (tmp_path / f"{name}.csv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([[as_csv(cell) for cell in line] for line in lines])
        (tmp_path / f"{name}.xlsx").unlink()
    nothing_changed(back(desk, tmp_path), written)


def as_csv(cell: object) -> object:
    """A cell as Excel writes it into a csv."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell).replace("_x005F_", "_")


def test_another_office_reads_it_as_any_other_workbook(
    desk: Desk, empty_school: Path, tmp_path: Path
) -> None:
    out(desk, tmp_path / "a.xlsx", "students", "上报")
    copytree(empty_school, tmp_path / "office")
    with Office.open(DataFolder(tmp_path / "office"), "测试", lambda: NOW) as office:
        office.record("export", "另一条链")
        plan = plan_import(office, [tmp_path / "a.xlsx"], Task())
    assert counts(plan)["新增"] == len(FORMULAS)


# ---------------------------------------------------------------- 公示名单


def test_what_is_published_holds_no_number_and_no_address(desk: Desk, tmp_path: Path) -> None:
    barred = [*(id_number(n) for n in range(1, 8)), id_number(900), PHONE, "*", "某路1号"]
    for name in (one for one in NAMES if publishable(one)):
        path = tmp_path / f"{name}.xlsx"
        assert publish_register(desk.office, name, path) == tables.count(desk.office, name)
        for sheet in openpyxl.load_workbook(path):
            said = "".join(str(cell) for row in sheet.values for cell in row)
            assert not [one for one in barred if one in said]
            assert not any(one.hidden for one in sheet.column_dimensions.values())


def test_a_published_list_names_who_goes_where(desk: Desk, tmp_path: Path) -> None:
    ids = tables.ids(desk.office, "placements")[1:]
    publish_register(desk.office, "placements", tmp_path / "a.xlsx", seen=Seen(ids))
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert str(sheet["A1"].value).endswith("岗位实习公示名单")
    assert [row["姓名"] for row in rows(sheet)] == ["王三", "王四"]
    assert [row["实习岗位"] for row in rows(sheet)] == ["钳工", "装配（…）"]
    assert "盖章" in str([*sheet.values][-1][0])


def test_a_published_list_that_is_imported_brings_nothing(desk: Desk, tmp_path: Path) -> None:
    publish_register(desk.office, "placements", tmp_path / "a.xlsx")
    plan = back(desk, tmp_path)
    assert plan.empty
    assert not plan.bad


@pytest.mark.parametrize("register", list(REGISTERS))
def test_no_field_of_a_number_an_address_or_a_birthday_is_public(register: str) -> None:
    kinds = {field.kind.value for field in publishable(register)}
    assert not kinds & {"id_number", "phone", "code", "amount"}
    assert not {field.name for field in publishable(register)} & {
        "address",
        "student",
        "birthday",
        "note",
        "guardian_name",
        "nation",
        "place",
    }


# ---------------------------------------------------------------- whole or not at all


def test_where_it_cannot_be_written_nothing_is_left(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UserError) as refused:
        out(desk, tmp_path / "a.xlsx", "students")
    assert refused.value.code == EXIT_NO_SPACE
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_one_that_is_cancelled_leaves_the_file_that_was_there(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"before")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        export_register(desk.office, "students", tmp_path / "a.xlsx", date(2025, 3, 1), task=task)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("a.xlsx", b"before")
    ]
