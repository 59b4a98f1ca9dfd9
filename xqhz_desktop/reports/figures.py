"""What a chart shows, as frozen values; `drawing.draw` turns them into ink on screen and paper."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One run of values, one for each category; None where nothing is known."""

    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A dashed line across the chart, with its words: 目标 80%."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side, upright or lying; `last_year` is the pale twin of a single series.

    Values of unit "%" are shares in 0..1 and are written as percentages.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    targets: tuple[TargetLine, ...] = ()
    last_year: Values = ()
    lying: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over ordered categories, usually years."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    targets: tuple[TargetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Bars whose parts add up; the sum stands at the end of each."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    lying: bool = False


Figure = BarChart | LineChart | StackedBars


def percent(share: float, places: int = 1) -> str:
    """A share in 0..1 as a percentage, rounded half-up: 78.3%, 80.0%."""
    step = Decimal(1).scaleb(-places)
    return f"{(Decimal(str(share)) * 100).quantize(step, ROUND_HALF_UP):,f}%"


def brief(share: float) -> str:
    """A share that is a goal or a grid line, without a decimal that says nothing: 80%."""
    return percent(share).replace(".0%", "%")


def written(value: float, unit: str) -> str:
    """A value as the reader sees it on a mark: 78.3%, 1,204, 4,580.5."""
    if unit == "%":
        return percent(value)
    number = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number:,f}".removesuffix(".0")


def is_empty(figure: Figure) -> bool:
    """Whether there is no value at all to draw."""
    return not any(value is not None for series in figure.series for value in series.values)
