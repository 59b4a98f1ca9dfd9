"""The year book says the numbers, the targets and what is left out."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from invented_year import indicator

from xqhz_desktop.policy.periods import school_year
from xqhz_desktop.policy.results import Indicator, Target
from xqhz_desktop.reports.blocks import (
    Block,
    Chart,
    Heading,
    KeyIndicators,
    Note,
    Paragraph,
    Report,
    Table,
)
from xqhz_desktop.reports.yearbook import YearBookData, words, year_book
from xqhz_desktop.reports.yearbook.compliance import by_rule

Book = Callable[..., YearBookData]
YEAR = school_year(2023)
GOAL = Target("concentrated_rate", 2019, 0.8, 1.0, "本市计划", "plan")


def rate(value: float | None, target: Target | None = GOAL) -> Indicator:
    one = indicator("concentrated_rate", YEAR, value)
    return replace(one, target=target)


def tables(report: Report) -> dict[str, Table]:
    return {block.caption: block for block in report.blocks if isinstance(block, Table)}


def said(blocks: tuple[Block, ...]) -> str:
    """Everything that the blocks say, in their order."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Note():
                parts.append(block.text)
            case Table():
                parts += [block.caption, block.note, *(cell for row in block.rows for cell in row)]
            case Chart():
                parts += [block.caption, block.note]
            case KeyIndicators():
                parts += [each for card in block.cards for each in (card.label, card.value)]
            case _:
                pass
    return "\n".join(parts)


def test_chapters_stand_in_the_order_of_the_registers(book: Book) -> None:
    report = year_book(book())
    titles = [
        block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1
    ]
    assert titles == [
        "一、关键指标",
        "二、合作企业与协议",
        "三、岗位实习",
        "四、学徒制",
        "五、师资",
        "六、教师企业实践",
        "七、实训基地共享",
        "八、教学计划与实践教学",
        "九、合规检查",
        "附录一　名单",
        "附录二　指标说明",
    ]


def test_every_indicator_stands_in_the_book_with_its_value(book: Book) -> None:
    data = book()
    text = said(year_book(data).blocks)
    for one in data.indicators.values():
        assert one.label in text
        assert words.figure(one) in text


def test_the_interns_sentence_carries_the_numbers(book: Book) -> None:
    text = said(year_book(book()).blocks)
    assert "本期共有岗位实习学生617人，较上年增加31人。" in text
    assert "其中学校集中安排483人，集中岗位实习率78.3%" in text
    assert "距达标值80%还差1.7个百分点" in text


def test_the_calendar_year_is_named_as_such(book: Book) -> None:
    report = year_book(book(by_calendar=True))
    assert report.period == "2024年度"
    assert "2024年1月1日至2024年12月31日" in said(report.blocks)


def test_rows_that_wait_for_correction_are_named_beside_the_figures(book: Book) -> None:
    report = year_book(book())
    assert "另有3行待更正未计入。" in tables(report)["岗位实习主要指标"].note
    assert "待更正" not in tables(report)["师资主要指标"].note
    first = next(block for block in report.blocks if isinstance(block, Note))
    assert "另有4行待更正未计入。" in first.text


def test_a_value_without_denominator_is_a_dash_with_its_reason(book: Book) -> None:
    data = book()
    nothing = indicator("dual_identity_rate", data.period, None, 0, 0)
    report = year_book(replace(data, indicators={**data.indicators, "dual_identity_rate": nothing}))
    table = tables(report)["学徒制主要指标"]
    assert table.rows[-1][2] == "—"
    assert "学徒双重身份率的分母为0" in table.note
    assert "双重身份率—" in said(report.blocks)


def test_an_empty_school_gives_a_whole_book(book: Book) -> None:
    full = book()
    data = YearBookData(full.school, full.period, full.printed_on, indicators={})
    text = said(year_book(data).blocks)
    assert "本期检查未发现问题。" in text
    assert "本期没有可以统计的教学进程表。" in text


def test_findings_are_counted_by_rule_red_first(book: Book) -> None:
    table = tables(year_book(book()))["检查结果汇总"]
    assert [row[:4] for row in table.rows] == [
        ("红线", "未满16周岁", "3", "1"),
        ("警示", "实习报酬低于80%", "12", "1"),
        ("提示", "实习单位不是合作企业", "30", "1"),
    ]
    assert "第十六条" in table.rows[0][4]
    assert [row[5] for row in table.rows] == ["法规条文", "法规条文", "学校设定"]


def test_every_finding_is_listed_by_name(book: Book) -> None:
    data = book()
    lists = tables(year_book(data))
    assert len(lists["实习单位不是合作企业"].rows) == 30
    assert lists["未满16周岁"].rows[0][2] == "李䶮（2022级）"
    assert lists["未满16周岁"].rows[0][3].endswith("（待更正）")
    assert len(by_rule(data.findings)) == 3


def test_definitions_say_whether_they_are_law_or_setting(book: Book) -> None:
    data = book()
    table = tables(year_book(data))["指标定义与依据"]
    states = {row[0]: row[3] for row in table.rows}
    assert states["岗位实习学生"] == "学校设定"
    assert states["双师型教师占专任教师比例"] == "市级计划"
    assert set(states) >= {one.label for one in data.indicators.values()}


def test_lists_of_persons_come_masked_and_are_printed_as_they_came(book: Book) -> None:
    report = year_book(book(rows=20))
    assert tables(report)["岗位实习学生名单"].rows[0][8] == "371300********1234"
    assert not re.search(r"\d{17}[\dX]", said(report.blocks))


def test_majors_below_the_target_are_named(book: Book) -> None:
    assert "2023级数控技术应用（48.3%）" in said(year_book(book()).blocks)


@pytest.mark.parametrize(
    ("now", "last", "text"),
    [
        (0.7828, 0.731, "，较上年提高5.2个百分点"),
        (0.7, 0.75, "，较上年下降5.0个百分点"),
        (0.7, 0.7, "，与上年持平"),
        (0.7, None, ""),
        (None, 0.7, ""),
    ],
)
def test_a_rate_is_compared_in_points(now: float | None, last: float | None, text: str) -> None:
    assert words.against_last_year(rate(now), rate(last)) == text


def test_a_count_is_compared_in_its_unit() -> None:
    now, last = (indicator("partner_firms", YEAR, count) for count in (1176, 1188))
    assert words.against_last_year(now, last) == "，较上年减少12家"
    assert words.change(now, last) == "-12"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "，已达到力争值100%"),
        (0.8, "，已达到达标值80%（力争值100%）"),
        (0.7828, "，距达标值80%还差1.7个百分点"),
        (None, ""),
    ],
)
def test_the_distance_to_the_target_is_said(value: float | None, text: str) -> None:
    assert words.against_target(rate(value)) == text


def test_rounding_never_turns_a_missed_target_into_a_reached_one() -> None:
    assert words.figure(rate(0.7997)) == "79.97%"
    assert words.against_target(rate(0.7997)) == "，距达标值80%还差0.03个百分点"
    assert words.verdict(rate(0.7997)) == "未达标"
    assert words.figure(rate(0.8)) == "80.0%"
