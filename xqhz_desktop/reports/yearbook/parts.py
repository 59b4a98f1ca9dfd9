"""Parts that every chapter is put together from: tables of indicators, charts, tallies."""

from collections.abc import Iterable, Mapping, Sequence

from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.policy.yearbook import Part, YearBookData
from xqhz_desktop.reports.blocks import Block, Chart, Column, Note, Table
from xqhz_desktop.reports.figures import (
    BarChart,
    Figure,
    LineChart,
    Series,
    StackedBars,
    TargetLine,
    brief,
    percent,
    written,
)
from xqhz_desktop.reports.yearbook import words

_COLUMNS = (
    Column("指标"),
    Column("单位", "center"),
    Column("本期", "decimal"),
    Column("上期", "decimal"),
    Column("增减", "decimal"),
    Column("分子 / 分母", "right"),
    Column("达标值", "right"),
    Column("结果", "center"),
)
_ALWAYS = 3
_MOST_LYING = 15


def indicator_table(
    data: YearBookData, caption: str, names: Sequence[str], *registers: str
) -> Table:
    """The named indicators of this year beside last year and target; names unknown are left out."""
    ones = [data.indicators[name] for name in names if name in data.indicators]
    remarks = (words.why_none(ones), words.waiting(data.quarantined, *registers))
    rows = [_row(one, data.last_year.get(one.name)) for one in ones]
    kept = [
        place
        for place in range(len(_COLUMNS))
        if place < _ALWAYS or any(row[place] != words.NONE for row in rows)
    ]
    return Table(
        caption,
        tuple(_COLUMNS[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        note="".join((*_points(ones), *remarks)),
    )


def _points(ones: Iterable[Indicator]) -> list[str]:
    return ["比例的增减为百分点。"] if any(one.unit == "%" for one in ones) else []


def _row(one: Indicator, last: Indicator | None) -> tuple[str, ...]:
    return (
        one.label,
        one.unit,
        words.figure(one),
        words.figure(last),
        words.change(one, last),
        words.fraction(one) or words.NONE,
        words.goal(one.target),
        words.verdict(one),
    )


def trend_chart(
    data: YearBookData, caption: str, names: Sequence[str], *registers: str
) -> list[Block]:
    """The named indicators over the years as lines; nothing with fewer than two years."""
    years = [year for year in data.trend if any(name in year for name in names)]
    if len(years) < 2:
        return []
    shown = [name for name in names if any(name in year for year in years)]
    first = {name: next(year[name] for year in years if name in year) for name in shown}
    lines = tuple(
        Series(first[name].label, tuple(_value(year.get(name)) for year in years)) for name in shown
    )
    goals = {target_line(data.indicators.get(name)) for name in shown} - {None}
    targets = tuple(one for one in goals if one is not None) if len(goals) == 1 else ()
    labels = tuple(_period(year, shown) for year in years)
    figure = LineChart(labels, lines, first[shown[0]].unit, targets)
    return [chart(data, caption, figure, *registers)]


def _value(one: Indicator | None) -> float | None:
    return None if one is None else one.value


def _period(year: Mapping[str, Indicator], names: Iterable[str]) -> str:
    return next(year[name].period.name for name in names if name in year)


def target_line(one: Indicator | None) -> TargetLine | None:
    """The dashed line of an indicator's target."""
    if one is None or one.target is None:
        return None
    return TargetLine(f"达标值{brief(one.target.reach)}", one.target.reach)


def chart(
    data: YearBookData, caption: str, figure: Figure, *registers: str, height_mm: float = 56.0
) -> Chart:
    """A chart with the rows that wait for correction named below."""
    return Chart(caption, figure, height_mm, words.waiting(data.quarantined, *registers))


def tally_chart(
    data: YearBookData, caption: str, key: str, unit: str, label: str, within: str = ""
) -> list[Block]:
    """A tally as bars: upright where few, else lying; those `within` beside the whole."""
    parts = data.tallies.get(key, ())[:_MOST_LYING]
    if not parts:
        return []
    series = [Series(label, tuple(part.value for part in parts))]
    if within and any(part.within is not None for part in parts):
        series.append(Series(within, tuple(part.within for part in parts)))
    lying = len(parts) > 8 or max(len(part.label) for part in parts) > 12
    figure = BarChart(tuple(part.label for part in parts), tuple(series), unit, lying=lying)
    return [chart(data, caption, figure, height_mm=_height(len(parts) * len(series), lying))]


def _height(bars: int, lying: bool) -> float:
    return max(50.0, min(150.0, 16.0 + 6.0 * bars)) if lying else 56.0


def tally_table(
    data: YearBookData, caption: str, key: str, what: str, label: str, within: str = ""
) -> list[Block]:
    """A tally as a table with its sum, and the share of those `within`."""
    parts = data.tallies.get(key, ())
    if not parts:
        return []
    whole = Part("合计", sum(part.value for part in parts), sum(part.within or 0 for part in parts))
    rows = tuple(_tally_row(part, whole, within) for part in (*parts, whole))
    columns = [Column(what), Column(label, "decimal"), Column("占比", "decimal")]
    if within:
        columns += [Column(within, "decimal"), Column(f"{within}占比", "decimal")]
    last = frozenset({len(parts)})
    return [Table(caption, tuple(columns), rows, groups=last, strong=last)]


def _tally_row(part: Part, whole: Part, within: str) -> tuple[str, ...]:
    row = (part.label, written(part.value, ""), _share(part.value, whole.value))
    if not within:
        return row
    if part.within is None:
        return (*row, words.NONE, words.NONE)
    return (*row, written(part.within, ""), _share(part.within, part.value))


def _share(value: float, whole: float) -> str:
    return percent(round(value / whole, 4)) if whole else words.NONE


def stacked(ones: Iterable[Indicator], unit: str) -> StackedBars:
    """A breakdown with two keys as stacked bars: part below, subpart as colour."""
    known = list(ones)
    parts = tuple(dict.fromkeys(one.part for one in known))
    subparts = tuple(dict.fromkeys(one.subpart for one in known))
    values = {(one.part, one.subpart): one.value for one in known}
    series = tuple(
        Series(sub, tuple(values.get((part, sub)) for part in parts)) for sub in subparts
    )
    return StackedBars(parts, series, unit)


def notes(*texts: str) -> list[Block]:
    """The remarks that say something."""
    return [Note(text) for text in texts if text]
