"""A roster goes out in parts, comes back through the plan, and who has not returned is known."""

from pathlib import Path

import pytest

from tests.services.books import firm, id_number, placement, student, table
from tests.services.desk import Desk
from tests.services.outgoing.opened import HEADER, column, headings, rows, sheet_of
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import EXIT_REJECTED, EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.outgoing.handing_out import hand_out, handouts, parts, split_by
from xqhz_desktop.services.workbooks.plan import Choices

OTHER = "乙电子有限公司"


@pytest.fixture
def roster(desk: Desk) -> Desk:
    """Three interns at two firms."""
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
            "学生.xlsx": table(*(student(number) for number in (1, 2, 3))),
            "实习.xlsx": table(
                placement(1, FIRM, 实习岗位=None),
                placement(2, FIRM, 实习岗位=None),
                placement(3, OTHER, 实习岗位=None),
            ),
        }
    )
    return desk


def sent(desk: Desk, folder: Path, *fill: str) -> list[Path]:
    """The roster split by firm."""
    return hand_out(desk.office, "placements", "firm", folder, fill)


def type_into(path: Path, heading: str, value: str) -> None:
    """Fill a column of every row, as the one who got the workbook does."""
    sheet = sheet_of(path)
    for cell in column(sheet, heading):
        cell.value = value
    sheet.parent.save(path)


def bring(desk: Desk, path: Path) -> None:
    """Import a workbook that came back."""
    office = desk.office
    apply_import(office, plan_import(office, [path], Task()), Choices(), Task(), backup=False)


def label(name: str) -> str:
    """What the field of a placement is called."""
    return next(field.label for field in split_by("placements") if field.name == name)


def test_each_part_has_its_own_rows_only(roster: Desk, tmp_path: Path) -> None:
    found = {path.name: rows(sheet_of(path)) for path in sent(roster, tmp_path)}
    assert sorted(found) == sorted([f"岗位实习_{OTHER}.xlsx", f"岗位实习_{FIRM}.xlsx"])
    assert [len(lines) for _, lines in sorted(found.items())] == [1, 2]
    assert {line["实习单位"] for line in found[f"岗位实习_{OTHER}.xlsx"]} == {OTHER}


def test_one_class_is_one_part_however_its_rosters_spell_it(desk: Desk, tmp_path: Path) -> None:
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM)),
            "学生.xlsx": table(*(student(number) for number in (1, 2))),
            "实习.xlsx": table(
                placement(1, FIRM, 班级="21数控1班"),
                placement(2, FIRM, 班级="2021级数控技术应用1班"),
                placement(9, FIRM, 班级="外校班"),
            ),
        }
    )
    assert parts(desk.office, "placements", "class_name") == {
        "2021级数控技术应用1班": 2,
        "外校班": 1,
    }


def test_headings_are_locked_and_cells_can_be_filled_and_corrected(
    roster: Desk, tmp_path: Path
) -> None:
    sheet = sheet_of(sent(roster, tmp_path, "position")[0])
    assert sheet.protection.sheet
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=HEADER) for cell in row)
    for heading in (label("position"), "姓名", "结束"):
        assert not any(cell.protection.locked for cell in column(sheet, heading))
    assert all(cell.protection.locked for cell in column(sheet, "序号"))


def test_what_is_to_be_filled_stands_out_and_is_empty(roster: Desk, tmp_path: Path) -> None:
    sheet = sheet_of(sent(roster, tmp_path, "position")[0])
    coloured = {
        heading: {cell.fill.fill_type for cell in column(sheet, heading)} == {"solid"}
        for heading in headings(sheet)
    }
    assert [heading for heading, stands_out in coloured.items() if stands_out] == [
        label("position")
    ]
    assert {cell.value for cell in column(sheet, label("position"))} == {None}


def test_columns_that_say_nothing_do_not_go_out(roster: Desk, tmp_path: Path) -> None:
    seen = headings(sheet_of(sent(roster, tmp_path)[0]))
    assert "实习单位" in seen
    assert not {label("position"), "保单号", "夜班"} & set(seen)


def test_no_number_leaves_whole(roster: Desk, tmp_path: Path) -> None:
    for path in sent(roster, tmp_path):
        cells = [str(cell) for row in sheet_of(path).values for cell in row]
        assert not {id_number(1), id_number(2), id_number(3)} & set(cells)
        assert any("*" in cell for cell in cells)


def test_what_comes_back_is_taken_over_and_is_out_no_longer(roster: Desk, tmp_path: Path) -> None:
    paths = sent(roster, tmp_path, "position")
    type_into(paths[0], label("position"), "装配")
    renamed = paths[0].rename(tmp_path / "王老师填好的.xlsx")
    bring(roster, renamed)
    filled = roster.read("SELECT count(*) FROM placement WHERE position = '装配'")[0][0]
    assert filled == {one.file: one.rows for one in handouts(roster.office)}[paths[0].name]
    (out,) = handouts(roster.office, out_only=True)
    assert out.file == paths[1].name


def test_what_comes_back_as_it_went_is_no_change_but_returned(roster: Desk, tmp_path: Path) -> None:
    kept = 'SELECT id, student_id, firm_id, start, "end", phone, position FROM placement'
    before = roster.read(kept)
    for path in sent(roster, tmp_path):
        bring(roster, path)
    assert roster.read(kept) == before
    assert handouts(roster.office, out_only=True) == []


def test_an_undo_of_the_import_puts_it_out_again(roster: Desk, tmp_path: Path) -> None:
    bring(roster, sent(roster, tmp_path)[0])
    roster.undo()
    assert len(handouts(roster.office, out_only=True)) == 2


def test_what_lies_there_is_never_written_over(roster: Desk, tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in sent(roster, tmp_path)}
    assert not set(sent(roster, tmp_path)) & set(first)
    assert {path: path.read_bytes() for path in first} == first


def test_a_folder_that_cannot_be_written_leaves_nothing(roster: Desk, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    with pytest.raises(UserError, match="没有写成"):
        sent(roster, blocked / "folder")
    assert handouts(roster.office) == []


def test_where_no_row_is_chosen_nothing_goes_out(roster: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        hand_out(roster.office, "placements", "firm", tmp_path, ids=[])
    assert refused.value.code == EXIT_USAGE


def test_a_file_changed_since_it_was_shown_is_not_applied(roster: Desk, tmp_path: Path) -> None:
    path = sent(roster, tmp_path, "position")[0]
    plan = plan_import(roster.office, [path], Task())
    type_into(path, label("position"), "装配")
    with pytest.raises(UserError, match="预览之后改动过") as refused:
        apply_import(roster.office, plan, Choices(), Task(), backup=False)
    assert refused.value.code == EXIT_REJECTED
    assert len(handouts(roster.office, out_only=True)) == 2
