"""One way of drawing charts, for the screen and for paper; imported late, matplotlib is heavy."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final, Literal

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Sheet
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator

from xqhz_desktop.base.paths import resources
from xqhz_desktop.reports.figures import (
    BarChart,
    Figure,
    LineChart,
    Series,
    StackedBars,
    TargetLine,
    brief,
    is_empty,
    written,
)

FAMILY: Final = ("Noto Sans SC", "Noto Serif SC", "Xqhz Fallback SC")
_FILES: Final = ("NotoSansSC-Regular", "NotoSerifSC-Regular", "XqhzFallbackSC-Regular")
_HATCHES: Final = ("", "////", "....", "xxxx", "\\\\\\\\")
_MARKERS: Final = ("o", "s", "^", "D", "v")
_BAR: Final = 0.62
_EDGE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart on one kind of ground."""

    text: str
    second: str
    grid: str
    surface: str
    target: str
    pale: str
    series: tuple[str, ...] = ("#1A5FB4", "#E08A00", "#2E9E83", "#B54A8C", "#7A8794")


LIGHT: Final = Palette("#1B2430", "#4B5768", "#DDE2E9", "#FFFFFF", "#9A5B00", "#B8CFEC")
DARK: Final = Palette(
    "#E8ECF1",
    "#B4BECB",
    "#323843",
    "#1E2228",
    "#E6B066",
    "#34527A",
    ("#7FB2F0", "#E6B066", "#6CC9A8", "#D98BBB", "#9AA6B2"),
)


@cache
def _register_fonts() -> None:
    for name in _FILES:
        font_manager.fontManager.addfont(resources() / "fonts" / f"{name}.ttf")


@cache
def _letters() -> frozenset[int]:
    _register_fonts()
    paths = (resources() / "fonts" / f"{name}.ttf" for name in _FILES)
    return frozenset().union(*(font_manager.get_font(path).get_charmap() for path in paths))


def drawable(text: str) -> str:
    """The text with 〔U+XXXXX〕 in the place of what no font of ours has; $ stays a $."""
    known = _letters()
    return "".join(
        letter if letter == "\n" or ord(letter) in known else f"〔U+{ord(letter):04X}〕"
        for letter in text
    ).replace("$", r"\$")


def draw(figure: Figure, sheet: Sheet, palette: Palette = LIGHT, size: float = 8.0) -> None:
    """Draw a chart over the whole of a matplotlib figure; `size` is the type size in points.

    A figure without any value says so instead of standing empty.
    """
    _register_fonts()
    axes: Axes = sheet.add_subplot()
    pen = _Pen(axes, palette, FontProperties(family=list(FAMILY), size=size))
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


@dataclass(frozen=True, slots=True)
class _Pen:
    """The axes and how to write and colour on them."""

    axes: Axes
    palette: Palette
    font: FontProperties

    def nothing(self) -> None:
        self.axes.set_axis_off()
        self.axes.text(
            0.5,
            0.5,
            drawable("本期没有可以统计的记录。"),
            ha="center",
            va="center",
            font=self.font,
            color=self.palette.second,
            transform=self.axes.transAxes,
        )

    def colour(self, place: int) -> str:
        return self.palette.series[place % len(self.palette.series)]

    def label(
        self,
        x: float,
        y: float,
        text: str,
        side: Literal["up", "down", "right"],
    ) -> None:
        """Write beside a mark; its ground keeps it legible on lines."""
        shift = {"up": (0, 3.5), "down": (0, -5), "right": (4, 0)}[side]
        self.axes.annotate(
            drawable(text),
            (x, y),
            xytext=shift,
            textcoords="offset points",
            ha="left" if side == "right" else "center",
            va={"up": "bottom", "down": "top", "right": "center"}[side],
            font=self.font,
            color=self.palette.text,
            bbox={"boxstyle": "square,pad=0.1", "fc": self.palette.surface, "ec": "none"},
            zorder=6,
        )

    def name(self, x: float, y: float, text: str, colour: str) -> None:
        """Write a line's name at its end, in its colour."""
        self.axes.annotate(
            drawable(text),
            (x, y),
            xytext=(16, 0),
            textcoords="offset points",
            va="center",
            font=self.font,
            color=colour,
            bbox={"boxstyle": "square,pad=0.1", "fc": self.palette.surface, "ec": "none"},
            zorder=6,
            annotation_clip=False,
        )

    def categories(self, names: Sequence[str], *, lying: bool) -> None:
        places = range(len(names))
        shown = [drawable(_two_lines(name, len(names), lying)) for name in names]
        if lying:
            self.axes.set_yticks(places, shown, font=self.font, color=self.palette.second)
        else:
            self.axes.set_xticks(places, shown, font=self.font, color=self.palette.second)

    def slots(self, many: int, *, lying: bool) -> None:
        """Few bars stand with white at both sides rather than grow fat."""
        white = 0.5 + max(0, 5 - many) * 0.25
        ends = (-white, many - 1 + white)
        if lying:
            self.axes.set_ylim(ends[::-1])
        else:
            self.axes.set_xlim(ends)

    def frame(self, top: float, unit: str, *, lying: bool) -> None:
        """No frame, a light grid across the bars, zero on the axis, room for labels."""
        axes = self.axes
        axes.spines[:].set_visible(False)
        axes.spines["left" if lying else "bottom"].set(visible=True, color=self.palette.second)
        axes.tick_params(length=0, pad=4)
        axis = axes.xaxis if lying else axes.yaxis
        axis.set_major_locator(MaxNLocator(6, integer=unit != "%", steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, unit)))
        axes.grid(axis="x" if lying else "y", color=self.palette.grid, linewidth=0.6)
        axes.set_axisbelow(True)
        (axes.set_xlim if lying else axes.set_ylim)(0, top * (1.14 if lying else 1.16) or 1)
        for tick in axis.get_major_ticks():
            for text in (tick.label1, tick.label2):
                text.set(font=self.font, color=self.palette.second)
        if unit != "%":
            self._unit(unit, lying=lying)

    def _unit(self, unit: str, *, lying: bool) -> None:
        place = (1.0, 0.0) if lying else (0.0, 1.0)
        self.axes.annotate(
            drawable(unit),
            place,
            xycoords="axes fraction",
            xytext=(2, -5) if lying else (-6, 3),
            textcoords="offset points",
            ha="left" if lying else "right",
            va="top" if lying else "bottom",
            font=self.font,
            color=self.palette.second,
        )

    def targets(
        self, targets: Sequence[TargetLine], *, lying: bool = False, inside: bool = False
    ) -> None:
        """Dashed lines with their words: above, right of, or `inside` at the left of the chart."""
        axes, colour = self.axes, self.palette.target
        for target in targets:
            if lying:
                axes.axvline(target.value, color=colour, linewidth=1, linestyle=(0, (5, 3)))
                at, align, shift = (target.value, 1.0), ("center", "bottom"), (0, 1)
                coordinates = ("data", "axes fraction")
            else:
                axes.axhline(target.value, color=colour, linewidth=1, linestyle=(0, (5, 3)))
                at, align, shift = (1.0, target.value), ("left", "center"), (3, 0)
                coordinates = ("axes fraction", "data")
            if inside:
                at, align, shift = (0.0, target.value), ("left", "bottom"), (2, 2)
            axes.annotate(
                drawable(target.label),
                at,
                xycoords=coordinates,
                xytext=shift,
                textcoords="offset points",
                ha=align[0],
                va=align[1],
                font=self.font,
                color=colour,
                annotation_clip=False,
            )

    def legend(self, columns: int) -> None:
        self.axes.legend(
            loc="lower right",
            bbox_to_anchor=(1, 1.0),
            ncols=columns,
            prop=self.font,
            labelcolor=self.palette.second,
            frameon=False,
            handlelength=1.6,
            columnspacing=1.4,
            borderaxespad=0.2,
        )


def _tick(value: float, unit: str) -> str:
    return brief(round(value, 4)) if unit == "%" else written(round(value, 4), unit)


def _two_lines(name: str, many: int, lying: bool) -> str:
    """A long name under an upright bar stands on two lines or three."""
    most = max(3, 48 // max(many, 1))  # characters that fit under one bar
    wide = sum(0.55 if letter.isascii() else 1 for letter in name)
    if lying or wide <= most:
        return name
    lines = min(3, ceil(wide / most))
    step = ceil(len(name) / lines)
    return "\n".join(name[start : start + step] for start in range(0, len(name), step))


def _numbers(series: Series) -> list[float]:
    return [0.0 if value is None else float(value) for value in series.values]


def _fill(pen: _Pen, bars: BarContainer, place: int) -> None:
    hatch = _HATCHES[place % len(_HATCHES)]
    for bar in bars.patches:
        bar.set(hatch=hatch, edgecolor=pen.palette.surface, linewidth=0.4)
        bar.set_hatch_linewidth(0.7)


def _bars(pen: _Pen, chart: BarChart) -> None:
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


def _bar_labels(pen: _Pen, chart: BarChart, run: Series, spots: Sequence[float]) -> None:
    for spot, value in zip(spots, run.values, strict=True):
        text = "—" if value is None else written(value, chart.unit)
        x, y = (value or 0, spot) if chart.lying else (spot, value or 0)
        pen.label(x, y, text, "right" if chart.lying else "up")


def _finish_bars(pen: _Pen, chart: BarChart, runs: Sequence[Series]) -> None:
    highest = [value for run in runs for value in run.values if value is not None]
    highest += [target.value for target in chart.targets]
    pen.categories(chart.categories, lying=chart.lying)
    pen.frame(max(highest), chart.unit, lying=chart.lying)
    pen.slots(len(chart.categories), lying=chart.lying)
    pen.targets(chart.targets, lying=chart.lying)
    if len(runs) > 1:
        pen.legend(len(runs))


def _lines(pen: _Pen, chart: LineChart) -> None:
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


def _point_labels(pen: _Pen, chart: LineChart, spot: int) -> None:
    """The lowest of several values is written below its mark, the others above."""
    known = [run.values[spot] for run in chart.series]
    values = sorted(value for value in known if value is not None)
    for number, value in enumerate(values):
        below = number == 0 and len(values) > 1
        pen.label(spot, value, written(value, chart.unit), "down" if below else "up")


def _line_names(pen: _Pen, chart: LineChart, gap: float) -> None:
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


def _stacks(pen: _Pen, chart: StackedBars) -> None:
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
