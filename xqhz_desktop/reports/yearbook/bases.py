"""The chapter on shared training bases: hours by function and audience, use of each base."""

from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Column, Heading, Paragraph, Table, every
from xqhz_desktop.reports.figures import BarChart, Series, TargetLine, percent, written
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import (
    chart,
    indicator_table,
    stacked,
    tally_chart,
    trend_chart,
)

_NAMES = (
    "bookings",
    "booked_hours",
    "cancelled_rows",
    "double_booking_pairs",
    "working_days",
    "utilisation_overall",
)


def bases(data: YearBookData) -> list[Block]:
    """实训基地共享: bookings, hours, by function and audience, use of each base."""
    now, last = data.indicators, data.last_year
    hours, use = now.get("booked_hours"), now.get("utilisation_overall")
    text = (
        f"本期实训基地使用{words.value(now.get('bookings'))}，"
        f"共{words.value(hours)}{words.against_last_year(hours, last.get('booked_hours'))}；"
        f"工作日利用率{words.value(use)}"
        f"{words.against_last_year(use, last.get('utilisation_overall'))}。{_audiences(data)}"
    )
    return [
        Heading(1, "七、实训基地共享"),
        Paragraph(text),
        indicator_table(data, "实训基地共享主要指标", _NAMES, "bookings", "bases"),
        *trend_chart(data, "实训基地利用率", ("utilisation_overall",), "bookings"),
        *_by_function(data),
        *_twins(data, "按对象分的使用时长", "booked_hours_by_audience"),
        *tally_chart(data, "各月使用时长", "hours_by_month", "小时", "使用时长"),
        *_by_base(data),
    ]


def _audiences(data: YearBookData) -> str:
    ones = data.breakdowns.get("booked_hours_by_audience", [])
    total = sum(one.value or 0 for one in ones)
    if not total:
        return ""
    parts = [
        f"{one.part}{words.value(one)}（占{percent(round((one.value or 0) / total, 4))}）"
        for one in ones
    ]
    return f"按服务对象分：{'，'.join(parts)}。"


def _by_function(data: YearBookData) -> list[Block]:
    ones = data.breakdowns.get("booked_hours_by_function_and_audience", [])
    if not ones:
        return []
    caption = "使用时长：功能与对象"
    return [
        Heading(2, "功能与对象"),
        chart(data, caption, stacked(ones, "小时"), "bookings"),
        _cross_table(f"{caption}（小时）", ones),
    ]


def _cross_table(caption: str, ones: list[Indicator]) -> Table:
    parts = list(dict.fromkeys(one.part for one in ones))
    subparts = list(dict.fromkeys(one.subpart for one in ones))
    values = {(one.part, one.subpart): one.value or 0 for one in ones}
    rows = [[values.get((part, sub), 0) for sub in subparts] for part in parts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    texts = tuple(
        (name, *(written(cell, "") for cell in (*row, sum(row))))
        for name, row in zip((*parts, "合计"), rows, strict=True)
    )
    columns = (Column("功能"), *(Column(sub, "decimal") for sub in subparts))
    last = frozenset({len(parts)})
    return Table(caption, (*columns, Column("合计", "decimal")), texts, groups=last, strong=last)


def _twins(data: YearBookData, caption: str, name: str) -> list[Block]:
    ones = data.breakdowns.get(name, [])
    if not ones:
        return []
    before = {one.part: one.value for one in data.last_breakdowns.get(name, [])}
    figure = BarChart(
        tuple(one.part for one in ones),
        (Series("本期", tuple(one.value for one in ones)),),
        ones[0].unit,
        last_year=tuple(before.get(one.part) for one in ones) if before else (),
    )
    return [chart(data, caption, figure, "bookings")]


def _by_base(data: YearBookData) -> list[Block]:
    ones = data.breakdowns.get("utilisation_by_base", [])
    if not ones:
        return []
    overall = data.indicators.get("utilisation_overall")
    mean = (
        (TargetLine(f"平均{words.value(overall)}", overall.value),)
        if overall is not None and overall.value is not None
        else ()
    )
    most = sorted(ones, key=lambda one: -(one.value or 0))
    names = tuple(data.base_names.get(one.part, one.part) for one in most)
    series = (Series("利用率", tuple(one.value for one in most)),)
    figure = BarChart(names, series, "%", mean, lying=True)
    height = max(50.0, min(190.0, 16.0 + 6.0 * len(most)))
    return [
        Heading(2, "各基地利用率"),
        chart(data, "各基地利用率", figure, "bookings", height_mm=height),
        _base_table(data, most),
    ]


def _base_table(data: YearBookData, ones: list[Indicator]) -> Table:
    before = {one.part: one for one in data.last_breakdowns.get("utilisation_by_base", [])}
    rows = tuple(
        (
            one.part,
            data.base_names.get(one.part, one.part),
            written(one.top or 0, ""),
            written(one.bottom or 0, ""),
            words.figure(one),
            words.figure(before.get(one.part)),
        )
        for one in ones
    )
    columns = (
        Column("基地编号"),
        Column("基地名称"),
        Column("占用时长（小时）", "decimal"),
        Column("可用时长（小时）", "decimal"),
        Column("利用率", "decimal"),
        Column("上期利用率", "decimal"),
    )
    note = words.waiting(data.quarantined, "bookings", "bases")
    return Table("各基地利用率", columns, rows, note, groups=every(rows))
