"""Where a sheet's table stands: header rows, data rows, and all that is neither."""

import random
import time

import pytest

from xqhz_desktop.services.workbooks.layout import Layout, find_layout
from xqhz_desktop.services.workbooks.paths import shape_of
from xqhz_desktop.services.workbooks.reading import Cell, Sheet

HEAD = "序号|姓名|身份证号|班级|实习单位|开始日期|结束日期|三方协议|备注"
ONE = "1|赵国栋|370600200401011234|21数控1班|甲机械有限公司|2023.9.1|2024.6.30|是"
TWO = "2|钱雨桐|370600200402021234|21数控1班|乙电子有限公司|2023.9.1|2024.6.30|是|已核"
SIX = "6|孙思涵|370600200403031234|21数控2班|甲机械有限公司|2023.9.1|2024.6.30|否"
ROWS = (ONE, TWO, SIX)
Merge = tuple[int, int, int, int]


def cells(line: str) -> list[Cell]:
    """A row said as 甲|乙||丁; numbers of a few digits are numbers."""
    return [float(c) if c.isdigit() and len(c) < 5 else c or None for c in line.split("|")]


def sheet(*lines: str, name: str = "", merges: tuple[Merge, ...] = ()) -> Sheet:
    return Sheet(name, [cells(line) for line in lines], list(merges), False, True)


def layout(*lines: str, merges: tuple[Merge, ...] = ()) -> Layout:
    found = find_layout(sheet(*lines, merges=merges), {})
    assert found is not None
    return found


def records(*lines: str, merges: tuple[Merge, ...] = ()) -> list[int]:
    """Numbers of the data rows, as Excel counts them."""
    return [row + 1 for row in layout(*lines, merges=merges).data]


def test_a_table_without_any_title_begins_in_the_first_row() -> None:
    found = layout(HEAD, *ROWS)
    assert (found.register.name, found.header, found.data) == ("placements", (0,), [1, 2, 3])


def test_a_roster_may_name_its_firm_in_the_title_only() -> None:
    head, row = HEAD.replace("实习单位", "实习岗位"), ONE.replace("甲机械有限公司", "操作工")
    found = layout("实习单位：甲机械有限公司（盖章）", f"{head}|校内指导教师", f"{row}||何志强")
    assert (found.register.name, "firm" in found.columns) == ("placements", False)


def test_titles_and_unit_lines_above_are_kept_as_context() -> None:
    found = layout("附件3", "2023学年实习名册", "填报单位：滨河中专||日期：2024年3月", HEAD, *ROWS)
    assert found.header == (3,)
    assert found.above == ["附件3", "2023学年实习名册", "填报单位：滨河中专", "日期：2024年3月"]


@pytest.mark.parametrize("width", [1, 4, 9])
def test_a_merged_title_is_no_level_of_the_header(width: int) -> None:
    found = layout("实习学生名册", HEAD, *ROWS, merges=((0, 0, 0, width - 1),))
    assert found.header == (1,)


def test_a_table_may_begin_anywhere() -> None:
    found = layout("", "", "||2023学年", "", *(f"||{line}" for line in (HEAD, *ROWS)))
    assert (found.header, found.columns["name"], found.data) == ((4,), 3, [5, 6, 7])


GROUPS = "序号|学生|||实习|||三方协议|备注"
LEVELS = "|姓名|身份证号|班级|单位|起|止"


def test_merged_captions_hold_for_the_columns_and_rows_they_span() -> None:
    merges = ((0, 1, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0), (0, 7, 1, 7), (0, 8, 1, 8))
    found = layout(GROUPS, LEVELS, *ROWS, merges=merges)
    assert found.header == (0, 1)
    assert found.paths[5] == ("实习", "起")
    assert found.paths[7] == ("三方协议",)
    assert (found.columns["start"], found.columns["end"], found.columns["agreement"]) == (5, 6, 7)


def test_captions_without_merged_cells_hold_for_the_columns_to_their_right() -> None:
    found = layout(GROUPS, LEVELS, *ROWS)
    assert found.header == (0, 1)
    assert found.paths[6] == ("实习", "止")


def test_three_levels_are_read_together() -> None:
    merges = ((0, 1, 0, 6), (1, 1, 1, 3), (1, 4, 1, 4), (1, 5, 1, 6))
    top = "序号|岗位实习情况||||||三方协议|备注"
    middle = "|学生|||单位|时间|"
    bottom = "|姓名|身份证号|班级|名称|起|止"
    found = layout(top, middle, bottom, *ROWS, merges=merges)
    assert found.header == (0, 1, 2)
    assert found.paths[5] == ("岗位实习情况", "时间", "起")
    assert len(found.data) == 3


@pytest.mark.parametrize(
    "line",
    [
        "栏次|1|2|3|4|5|6|7|8",
        "甲|乙|1|2|3|4|5|6|7",
        "(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)",
        "XH|XSXM|SFZJH|BJMC|SXQYMC|SXKSRQ|SXJSRQ|SFQDSFXY|BZ",
        "xh|xsxm|sfzjh|bjmc|sxqymc|sxksrq|sxjsrq|sfqdsfxy|bz",
    ],
)
def test_a_row_of_column_numbers_or_field_codes_is_no_record(line: str) -> None:
    assert records(HEAD, line, *ROWS) == [3, 4, 5]


@pytest.mark.parametrize(
    "total",
    [
        "合计||3", "合  计|共3人", "总计：3人", "小计|3", "人数合计：3人", "共 3 人", "共计3人",
        "以上共3人", "总人数：3", "本页小计|共3条", "合 计 3 家", "|合计|3", "合计||3|3|3|3|3|3|3",
        "实践教学比例|||||52.3%", "占比：|||||52.3%", "平均|||||2600",
    ],
)  # fmt: skip
def test_a_total_is_no_record(total: str) -> None:
    assert records(HEAD, ONE, TWO, total, SIX, total) == [2, 3, 5]


@pytest.mark.parametrize(
    "note",
    [
        "注：1.本表一式两份。", "备注：实习单位填全称", "说明：没有发生的不填。",
        "填表说明：见附件",
        "制表人：卫晓燕||||审核人：沈国华", "制表：卫晓燕||审核：沈国华||校长：", "填表人签字：",
        "单位负责人：|||填表人：|||报出日期：2024年3月1日", "（加盖公章）|||2024年3月20日",
        "经办人：小何", "2024年3月20日", "第1页 共3页", "1.实习单位填营业执照上的全称。",
        "以上信息经本人核对无误，如有不实，由本人承担一切后果，特此说明并签字确认。",
        "班主任签字：|||系部意见：", "打印日期：2024-03-20", "*为必填项", "联系电话：0535-6001234",
    ],
)  # fmt: skip
def test_a_note_or_a_line_of_signatures_is_no_record(note: str) -> None:
    assert records(HEAD, ONE, TWO, SIX, "", note) == [2, 3, 4]
    assert records(HEAD, ONE, TWO, SIX, note) == [2, 3, 4]


def test_a_header_may_come_again_and_again() -> None:
    assert records(HEAD, ONE, HEAD, TWO, "", HEAD, SIX) == [2, 4, 7]


def test_pages_pasted_one_below_another_are_one_table() -> None:
    foot = "制表：卫晓燕||审核：沈国华"
    first = ("实习学生名册", HEAD, ONE, TWO, "本页小计|2", foot, "")
    second = ("实习学生名册（续表）", "填报单位：滨河中专||第2页 共2页", HEAD, SIX, "总计|3", foot)
    assert records(*first, *second) == [3, 4, 11]


def test_a_header_of_two_rows_that_comes_again_is_no_record() -> None:
    assert records(GROUPS, LEVELS, ONE, TWO, GROUPS, LEVELS, SIX) == [3, 4, 7]


@pytest.mark.parametrize(
    "line", ["21数控1班", "班级：21数控1班", "21数控1班（共2人）", "一、数控专业"]
)
@pytest.mark.parametrize("merged", [True, False])
def test_a_line_over_the_rows_of_a_class_is_no_record(line: str, merged: bool) -> None:
    merges: tuple[Merge, ...] = ((1, 0, 1, 8), (4, 0, 4, 8)) if merged else ()
    assert records(HEAD, line, ONE, TWO, line, SIX, merges=merges) == [3, 4, 6]


def test_blank_rows_are_passed_over() -> None:
    assert records(HEAD, "", ONE, "", "", TWO, "||||||||", SIX) == [3, 6, 8]


def test_a_row_with_little_in_it_is_a_record_all_the_same() -> None:
    bare = "3|李海生|370600200404041234"
    nameless = "4||370600200405051234||甲机械有限公司"
    assert records(HEAD, ONE, bare, nameless, TWO) == [2, 3, 4, 5]


def test_a_second_table_beside_is_left_out() -> None:
    beside = ("||序号|单位|人数", "||1|甲机械有限公司|2", "||2|乙电子有限公司|1", "||3|丙|0")
    wide = [a + "|" * (8 - a.count("|")) + b for a, b in zip((HEAD, *ROWS), beside, strict=True)]
    found = layout(*wide)
    assert found.data == [1, 2, 3]
    assert max(found.columns.values()) == 8


def test_a_small_table_on_the_left_does_not_hide_the_register() -> None:
    small = ("年级|人数", "2021级|3", "2022级|0", "")
    found = layout(*(f"{a}{'|' * (3 - a.count('|'))}{b}" for a, b in
                     zip(small, (HEAD, *ROWS), strict=True)))  # fmt: skip
    assert (found.register.name, found.columns["number"], found.data) == (
        "placements",
        3,
        [1, 2, 3],
    )


@pytest.mark.parametrize("gap", ["", "各单位人数统计"])
def test_a_second_table_below_is_left_out(gap: str) -> None:
    below = ("实习单位|人数|班级", "甲机械有限公司|2|21数控1班", "乙电子有限公司|1|21数控1班")
    assert records(HEAD, *ROWS, "", gap, *(f"|{line}" for line in below)) == [2, 3, 4]


def test_vertically_merged_cells_hold_for_every_row() -> None:
    lines = (HEAD, ONE, TWO.replace("乙电子有限公司", ""), SIX)
    page = sheet(*lines, merges=((1, 4, 2, 4),))
    found = find_layout(page, {})
    assert found is not None
    assert [page.rows[row][4] for row in found.data[:2]] == ["甲机械有限公司"] * 2


def test_a_mapping_that_a_clerk_corrected_is_remembered_for_that_shape() -> None:
    head = "姓名|身份证号|班级|实习单位|开始日期|结束日期|去向情况"
    page = sheet(head, "赵国栋|370600200401011234|21数控1班|甲机械有限公司|2023.9.1|2024.6.30|集中")
    first = find_layout(page, {})
    assert first is not None
    remembered = {shape_of(first.paths): ("placements", {"arrangement": "去向情况"})}
    again = find_layout(page, remembered)
    assert again is not None
    assert again.columns["arrangement"] == 6


def test_columns_that_no_field_took_are_named() -> None:
    found = layout(f"{HEAD}|准考证号|学籍辅号", *ROWS)
    assert found.ignored == ["准考证号", "学籍辅号"]


@pytest.mark.parametrize("lines", [(), ("",), ("标题",), (HEAD.split("|")[0],), ("姓名|班级",)])
def test_a_sheet_without_a_register_has_no_layout(lines: tuple[str, ...]) -> None:
    assert find_layout(sheet(*lines), {}) is None


def test_a_header_without_rows_is_an_empty_register() -> None:
    assert layout("实习学生名册", HEAD).data == []


def test_a_long_sheet_is_laid_out_in_a_moment() -> None:
    rng = random.Random(1)
    rows = [cells(rng.choice(ROWS)) for _ in range(50_000)]
    page = Sheet("", [cells(HEAD), *rows], [], False, True)
    begun = time.process_time()
    found = find_layout(page, {})
    taken = time.process_time() - begun
    assert found is not None
    assert len(found.data) == 50_000
    assert taken < 0.75  # some 0.15 seconds of work; machines differ
