"""The end of the book: lists of names, masked, and what each indicator means."""

from xqhz_desktop.policy.results import STATUS_WORDS
from xqhz_desktop.policy.yearbook import Listing, YearBookData
from xqhz_desktop.reports.blocks import Block, Column, Heading, Note, Table, every
from xqhz_desktop.reports.yearbook import words


def lists(data: YearBookData) -> list[Block]:
    """附录一 名单: the lists as they were handed in."""
    if not data.appendix:
        return []
    blocks: list[Block] = [
        Heading(1, "附录一　名单"),
        Note("身份证号、电话已按规定遮盖。"),
    ]
    for listing in data.appendix:
        blocks += [Heading(2, listing.caption), _table(listing)]
    return blocks


def _table(listing: Listing) -> Table:
    columns = tuple(
        Column(head, "decimal" if place in listing.figures else "left")
        for place, head in enumerate(listing.heads)
    )
    rows = listing.rows
    return Table(listing.caption, columns, rows, listing.note, groups=every(rows))


def definitions(data: YearBookData) -> list[Block]:
    """附录二 指标说明: each indicator's meaning, source, and whether it is law or a setting."""
    shares = {one.name: one for one in data.practice_shares if not one.part}
    ones = {**data.indicators, **shares}
    rows = tuple(
        (one.label, one.definition, one.source, STATUS_WORDS[one.status]) for one in ones.values()
    )
    columns = (
        Column("指标", width_mm=32),
        Column("定义", width_mm=62),
        Column("依据", width_mm=44),
        Column("性质", width_mm=22),
    )
    return [
        Heading(1, "附录二　指标说明"),
        Note("“学校设定”表示口径由学校确定，不是法规条文。"),
        Table("指标定义与依据", columns, rows, groups=frozenset(range(1, len(rows)))),
        *_targets(data),
    ]


def _targets(data: YearBookData) -> list[Block]:
    goals = [(one.label, one.target) for one in data.indicators.values() if one.target]
    rows = tuple(
        (
            label,
            words.goal(goal),
            f"{goal.from_year}年起",
            goal.source,
            STATUS_WORDS[goal.status],
        )
        for label, goal in goals
    )
    if not rows:
        return []
    columns = (
        Column("指标"),
        Column("达标值", "right"),
        Column("执行时间"),
        Column("依据"),
        Column("性质"),
    )
    return [Table("达标值与依据", columns, rows)]
