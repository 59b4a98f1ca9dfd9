"""A clerk's day by the command line: find, what waits, templates, rosters out and back."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command_line import FIRM, Here, write
from tests.services.books import id_number, placement, table


def test_a_person_is_found_by_name_by_sound_and_by_number(filled: Here) -> None:
    for text in ("王二", "we", id_number(1)[-5:]):
        answer = filled("find", text)
        assert (answer.code, "王二" in answer.out) == (0, True)
        assert id_number(1) not in answer.out
    assert "没有找到" in filled("find", "李", "不存在").out


def test_a_row_that_waits_is_found_and_marked(filled: Here) -> None:
    assert "待更正" in filled("find", "王三").out


def test_what_waits_is_listed(filled: Here) -> None:
    answer = filled("todo")
    assert answer.code == 0
    assert "待更正的行" in answer.out


def test_a_template_is_written(here: Here, tmp_path: Path) -> None:
    assert here("template", "students", "-o", tmp_path / "a.xlsx").code == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["学生"]


def test_what_waits_is_handed_back_with_a_reason(filled: Here, tmp_path: Path) -> None:
    target = tmp_path / "back.xlsx"
    assert filled("hand-back", "-o", target, "--reason", " ").code == 2
    assert filled("hand-back", "-o", target, "--reason", "更正").code == 0
    assert target.exists()


def test_a_roster_goes_out_and_comes_back(filled: Here, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    answer = filled(
        "hand-out", "placements", "--by", "实习单位", "-o", folder, "--fill", "实习岗位"
    )
    assert answer.code == 0, answer.err
    paths = [Path(line) for line in answer.out.splitlines()]
    assert len(filled("hand-out").out.splitlines()) == len(paths) == 2
    assert filled("import", paths[0], "--yes").code == 0
    assert len(filled("hand-out").out.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("placements",), ("placements", "--by", "无此字段", "-o", "x")]
)
def test_a_handing_out_that_says_too_little_is_one_sentence(
    filled: Here, arguments: tuple[str, ...]
) -> None:
    answer = filled("hand-out", *arguments)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)


def test_twins_of_a_firm_are_listed_and_merged(filled: Here, tmp_path: Path) -> None:
    twin = FIRM.replace("有限公司", "厂")
    write(tmp_path / "more.xlsx", table(placement(5, twin)))
    assert filled("import", tmp_path / "more.xlsx", "--yes").code == 0
    (line,) = filled("merge-firms").out.splitlines()
    assert FIRM in line
    assert twin in line
    kept, gone = line.split()[0], line.split()[3]
    half = filled("merge-firms", kept)
    assert (half.code, "缺少第二个编号" in half.err) == (2, True)
    assert "没有合并" in filled("merge-firms", kept, gone).out
    assert filled("merge-firms", kept, gone, "--yes").code == 0
    assert filled("merge-firms").out == ""
    assert filled("undo").code == 0
    assert len(filled("merge-firms").out.splitlines()) == 1


def test_a_published_list_names_people_without_their_numbers(filled: Here, tmp_path: Path) -> None:
    target = tmp_path / "公示.xlsx"
    answer = filled("export", "students", "-o", target, "--public")
    assert (answer.code, "已导出" in answer.out) == (0, True)
    said = [str(cell) for row in openpyxl.load_workbook(target).active.values for cell in row]
    assert "王二" in said
    assert not any(id_number(1)[-4:] in one for one in said)


def test_nothing_is_both_published_and_unmasked(filled: Here, tmp_path: Path) -> None:
    both = ("--public", "--unmasked", "上报")
    with pytest.raises(SystemExit) as ended:
        filled("export", "students", "-o", tmp_path / "a.xlsx", *both)
    assert ended.value.code == 2
    assert not list(tmp_path.glob("a.xlsx*"))
