"""What a chart is drawn with: its colours, its font, and how words stand beside marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final, Literal

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator

from xqhz_desktop.base.paths import resources
from xqhz_desktop.reports.figures import TargetLine, brief, written

FAMILY: Final = ("Noto Sans SC", "Noto Serif SC", "Xqhz Fallback SC")
_FILES: Final = ("NotoSansSC-Regular", "NotoSerifSC-Regular", "XqhzFallbackSC-Regular")


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
def register_fonts() -> None:
    """Make the project's fonts known to matplotlib, once."""
    for name in _FILES:
        font_manager.fontManager.addfont(resources() / "fonts" / f"{name}.ttf")


@cache
def _letters() -> frozenset[int]:
    register_fonts()
    paths = (resources() / "fonts" / f"{name}.ttf" for name in _FILES)
    return frozenset().union(*(font_manager.get_font(path).get_charmap() for path in paths))


def drawable(text: str) -> str:
    """The text with 〔U+XXXXX〕 in the place of what no font of ours has; $ stays a $."""
    known = _letters()
    return "".join(
        letter if letter == "\n" or ord(letter) in known else f"〔U+{ord(letter):04X}〕"
        for letter in text
    ).replace("$", r"\$")


@dataclass(frozen=True, slots=True)
class Pen:
    """The axes and how to write and colour on them."""

    axes: Axes
    palette: Palette
    font: FontProperties

    def nothing(self) -> None:
        """Say that there is nothing to draw."""
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
        """The colour of the series at this place."""
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
        """Write the categories along their axis; lying bars begin at the top."""
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
        """Name the series above the chart, hatches included, in one row."""
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


def pen_for(axes: Axes, palette: Palette, size: float) -> Pen:
    """The pen for these axes; `size` is the type size in points."""
    register_fonts()
    return Pen(axes, palette, FontProperties(family=list(FAMILY), size=size))


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
