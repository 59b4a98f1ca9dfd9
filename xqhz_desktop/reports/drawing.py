"""One way of drawing charts, for the screen and for paper; imported late, matplotlib is heavy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Sheet

from xqhz_desktop.reports.figures import (
    BarChart,
    Figure,
    LineChart,
    Series,
    StackedBars,
    is_empty,
    written,
)
from xqhz_desktop.reports.pen import LIGHT, Palette, Pen, drawable, pen_for

_HATCHES: Final = ("", "////", "....", "xxxx", "\\\\\\\\")
_MARKERS: Final = ("o", "s", "^", "D", "v")
_BAR: Final = 0.62
_EDGE: Final = 2.0


def draw(figure: Figure, sheet: Sheet, palette: Palette = LIGHT, size: float = 8.0) -> None:
    """Draw a chart over the whole of a matplotlib figure; `size` is the type size in points.

    A figure without any value says so instead of standing empty.
    """
    axes: Axes = sheet.add_subplot(facecolor="none")
    pen = pen_for(axes, palette, size)
    if is_empty(figure):
        pen.nothing()
        return
    match figure:
        case BarChart():
            _bars(pen, figure)
        case LineChart():
            _lines(pen, figure)
        case StackedBars():
            _stacks(pen, figure)
    _fit(sheet, axes)


def _fit(sheet: Sheet, axes: Axes) -> None:
    """Make the axes as large as their labels leave room.

    matplotlib's own layout engines measure every label four times and draw twice on saving.
    """
    outer = axes.get_tightbbox(FigureCanvasAgg(sheet).get_renderer())  # type: ignore[no-untyped-call]
    inner, whole = axes.get_window_extent(), sheet.bbox
    if outer is None:
        return
    left, right = inner.x0 - outer.x0 + _EDGE, outer.x1 - inner.x1 + _EDGE
    below, above = inner.y0 - outer.y0 + _EDGE, outer.y1 - inner.y1 + _EDGE
    axes.set_position(
        (
            left / whole.width,
            below / whole.height,
            max(0.2, 1 - (left + right) / whole.width),
            max(0.2, 1 - (below + above) / whole.height),
        )
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as pixels for the screen: 4 bytes each, red, green, blue, opacity."""

    width: int
    height: int
    pixels: bytes


def picture(figure: Figure, width: int, height: int, dpi: float, palette: Palette) -> Picture:
    """The chart in `width` × `height` physical pixels, drawn as on paper at this resolution."""
    sheet = Sheet(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=palette.surface)
    draw(figure, sheet, palette, size=9.0)
    canvas = FigureCanvasAgg(sheet)
    canvas.draw()  # type: ignore[no-untyped-call]
    wide, high = canvas.get_width_height()
    return Picture(wide, high, bytes(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]


def _numbers(series: Series) -> list[float]:
    return [0.0 if value is None else float(value) for value in series.values]


def _fill(pen: Pen, bars: BarContainer, place: int) -> None:
    hatch = _HATCHES[place % len(_HATCHES)]
    for bar in bars.patches:
        bar.set(hatch=hatch, edgecolor=pen.palette.surface, linewidth=0.4)
        bar.set_hatch_linewidth(0.7)


def _bars(pen: Pen, chart: BarChart) -> None:
    runs = [*chart.series]
    if chart.last_year:
        runs.append(Series("上年", chart.last_year))
    thick = _BAR / len(runs) if len(runs) > 1 else _BAR * 0.8
    for place, run in enumerate(runs):
        pale = bool(chart.last_year) and place == len(runs) - 1
        shift = (place - (len(runs) - 1) / 2) * thick
        spots = [number + shift for number in range(len(chart.categories))]
        lay = pen.axes.barh if chart.lying else pen.axes.bar
        colour = pen.palette.pale if pale else pen.colour(place)
        bars = lay(spots, _numbers(run), thick * 0.94, color=colour, label=drawable(run.label))
        if not pale:
            _fill(pen, bars, place)
            _bar_labels(pen, chart, run, spots)
    _finish_bars(pen, chart, runs)


def _bar_labels(pen: Pen, chart: BarChart, run: Series, spots: Sequence[float]) -> None:
    for spot, value in zip(spots, run.values, strict=True):
        text = "—" if value is None else written(value, chart.unit)
        x, y = (value or 0, spot) if chart.lying else (spot, value or 0)
        pen.label(x, y, text, "right" if chart.lying else "up")


def _finish_bars(pen: Pen, chart: BarChart, runs: Sequence[Series]) -> None:
    highest = [value for run in runs for value in run.values if value is not None]
    highest += [target.value for target in chart.targets]
    pen.categories(chart.categories, lying=chart.lying)
    pen.frame(max(highest), chart.unit, lying=chart.lying)
    pen.slots(len(chart.categories), lying=chart.lying)
    pen.targets(chart.targets, lying=chart.lying)
    if len(runs) > 1:
        pen.legend(len(runs))


def _lines(pen: Pen, chart: LineChart) -> None:
    spots = list(range(len(chart.categories)))
    for place, run in enumerate(chart.series):
        values = [float("nan") if value is None else float(value) for value in run.values]
        pen.axes.plot(
            spots,
            values,
            color=pen.colour(place),
            marker=_MARKERS[place % len(_MARKERS)],
            markersize=4.5,
            linewidth=1.8,
            linestyle=("-", "--", "-.", ":", (0, (1, 1)))[place % 5],
            label=drawable(run.label),
        )
    highest = [value for run in chart.series for value in run.values if value is not None]
    highest += [target.value for target in chart.targets]
    for spot in spots:
        _point_labels(pen, chart, spot)
    pen.categories(chart.categories, lying=False)
    pen.frame(max(highest), chart.unit, lying=False)
    # The target's words stand left of the first mark, the names of lines right of the last.
    pen.axes.set_xlim(-0.5 - 0.06 * len(spots), len(spots) - 0.5)
    pen.targets(chart.targets, inside=True)
    if len(chart.series) > 1:
        _line_names(pen, chart, max(highest) * 0.09)


def _point_labels(pen: Pen, chart: LineChart, spot: int) -> None:
    """The lowest of several values is written below its mark, the others above."""
    known = [run.values[spot] for run in chart.series]
    values = sorted(value for value in known if value is not None)
    for number, value in enumerate(values):
        below = number == 0 and len(values) > 1
        pen.label(spot, value, written(value, chart.unit), "down" if below else "up")


def _line_names(pen: Pen, chart: LineChart, gap: float) -> None:
    """Each line is named at its end; names keep a line's height apart."""
    ends = []
    for place, run in enumerate(chart.series):
        last = max((n for n, value in enumerate(run.values) if value is not None), default=None)
        if last is not None:
            ends.append((run.values[last] or 0.0, last, place))
    lowest = float("-inf")
    for value, last, place in sorted(ends):
        lowest = max(lowest + gap, value)
        pen.name(last, lowest, chart.series[place].label, pen.colour(place))


def _stacks(pen: Pen, chart: StackedBars) -> None:
    spots = list(range(len(chart.categories)))
    sums = [0.0] * len(spots)
    for place, run in enumerate(chart.series):
        values = _numbers(run)
        name, colour = drawable(run.label), pen.colour(place)
        if chart.lying:
            bars = pen.axes.barh(spots, values, _BAR, left=sums, color=colour, label=name)
        else:
            bars = pen.axes.bar(spots, values, _BAR, bottom=sums, color=colour, label=name)
        _fill(pen, bars, place)
        sums = [one + other for one, other in zip(sums, values, strict=True)]
    for spot, total in zip(spots, sums, strict=True):
        x, y = (total, spot) if chart.lying else (spot, total)
        pen.label(x, y, written(total, chart.unit), "right" if chart.lying else "up")
    pen.categories(chart.categories, lying=chart.lying)
    pen.frame(max(sums), chart.unit, lying=chart.lying)
    pen.slots(len(spots), lying=chart.lying)
    if len(chart.series) > 1:
        pen.legend(len(chart.series))
