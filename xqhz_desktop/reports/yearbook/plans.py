"""The chapter on teaching plans: the share of practice, by intake and major."""

from itertools import groupby

from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Column, Heading, Paragraph, Table
from xqhz_desktop.reports.figures import BarChart, Series, written
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import chart, target_line


def latest_share(data: YearBookData) -> Indicator | None:
    """The share of practice of the youngest intake, over all majors."""
    wholes = [one for one in data.practice_shares if not one.part]
    return max(wholes, key=lambda one: one.period.name, default=None)


def plans(data: YearBookData) -> list[Block]:
    """教学计划与实践教学: the share of each intake, of each major in it, those below the target."""
    blocks: list[Block] = [Heading(1, "八、教学计划与实践教学"), Paragraph(_text(data))]
    wholes = [one for one in data.practice_shares if not one.part]
    if len(wholes) > 1:
        blocks.append(_chart(data, "各年级实践教学比例", wholes, by_intake=True))
    for label, ones in groupby(data.practice_shares, key=lambda one: one.period.label):
        blocks += _intake(data, label, list(ones))
    return blocks


def _text(data: YearBookData) -> str:
    whole = latest_share(data)
    if whole is None:
        return "本期没有可以统计的教学进程表。"
    low = [one for one in data.practice_shares if one.part and words.verdict(one) == "未达标"]
    named = "、".join(f"{one.period.label}{one.part}（{words.value(one)}）" for one in low)
    rest = f"未达标的专业有：{named}。" if low else "各年级各专业均已达标。"
    return (
        f"{whole.period.label}实践教学{written(whole.top or 0, '')}学时，"
        f"总学时{written(whole.bottom or 0, '')}学时，实践教学比例{words.value(whole)}"
        f"{words.against_target(whole)}。{rest if whole.target else ''}"
    )


def _chart(data: YearBookData, caption: str, ones: list[Indicator], *, by_intake: bool) -> Block:
    line = target_line(ones[0])
    figure = BarChart(
        tuple(one.period.label if by_intake else one.part for one in ones),
        (Series("实践教学比例", tuple(one.value for one in ones)),),
        "%",
        (line,) if line else (),
    )
    return chart(data, caption, figure, "courses")


def _intake(data: YearBookData, label: str, ones: list[Indicator]) -> list[Block]:
    majors = [one for one in ones if one.part]
    if not majors:
        return []
    return [
        Heading(2, f"{label}"),
        _chart(data, f"{label}各专业实践教学比例", majors, by_intake=False),
        _table(data, label, [*majors, *(one for one in ones if not one.part)]),
    ]


def _table(data: YearBookData, label: str, ones: list[Indicator]) -> Table:
    rows = tuple(
        (
            one.part or "合计",
            written(one.bottom or 0, ""),
            written(one.top or 0, ""),
            words.figure(one),
            words.goal(one.target),
            words.verdict(one),
        )
        for one in ones
    )
    columns = (
        Column("专业"),
        Column("总学时", "decimal"),
        Column("实践学时", "decimal"),
        Column("实践教学比例", "decimal"),
        Column("达标值", "right"),
        Column("结果", "center"),
    )
    last = frozenset({len(rows) - 1}) if not ones[-1].part else frozenset()
    note = words.waiting(data.quarantined, "courses")
    return Table(f"{label}各专业实践教学比例", columns, rows, note, groups=last, strong=last)
