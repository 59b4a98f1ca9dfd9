"""What the board shows of one period: its numbers beside the targets and the year before."""

from dataclasses import dataclass, replace

from xqhz_desktop.policy.indicators.plans import practice_share
from xqhz_desktop.policy.periods import judged_years
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.reports.figures import (
    BarChart,
    Figure,
    LineChart,
    Series,
    StackedBars,
    TargetLine,
)
from xqhz_desktop.services.numbers import Numbers
from xqhz_desktop.ui.words import share_text

# The indicators that have a card, with the name that fits it.
CARDS: dict[str, str] = {
    "concentrated_rate": "集中岗位实习率",
    "dual_share_of_fulltime": "双师型占专任教师",
    "teachers_practice_rate": "企业实践达标率",
    "practice_share": "实践教学比例",
    "part_time_share": "兼职教师占比",
    "dual_identity_rate": "学徒双重身份率",
}
_TREND = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with that of the year before; parts of a breakdown stand under their whole."""

    indicator: Indicator
    before: Indicator | None

    @property
    def name(self) -> str:
        """What the reader sees: the label, and the part."""
        parts = (self.indicator.part, self.indicator.subpart)
        return " · ".join((self.indicator.label, *(part for part in parts if part)))


@dataclass(frozen=True, slots=True)
class BoardData:
    """The board of one period; `figures` are (title, hint, figure, the indicator behind it)."""

    periods: tuple[Period, ...]
    period: Period
    lines: tuple[Line, ...]
    figures: tuple[tuple[str, str, Figure, Indicator], ...]
    waiting: int

    def line(self, name: str) -> Line | None:
        """The whole of the indicator of that name; of intakes the newest."""
        found = [one for one in self.lines if one.indicator.name == name and not one.indicator.part]
        return found[-1] if found else None


def first_period(numbers: Numbers) -> Period | None:
    """The year that the board begins with: the last whose state is judged."""
    if not numbers.periods:
        return None
    judged = judged_years(numbers.school.facts)
    return judged[-1] if judged and judged[-1] in numbers.periods else numbers.periods[0]


def board_data(numbers: Numbers, period: Period) -> BoardData:
    """Everything that the board shows of a period; for the computing thread."""
    before = _before(numbers, period)
    lines = (*_whole(numbers, period, before), *_plans(numbers, period))
    bases = _base_names(numbers)
    parts = tuple(
        Line(replace(one, part=bases.get(one.part, one.part)), None)
        for ones in numbers.breakdowns(period).values()
        for one in ones
    )
    return BoardData(
        tuple(numbers.periods),
        period,
        (*lines, *parts),
        tuple(_figures(numbers, period, before)),
        sum(numbers.quarantined.values()),
    )


def _before(numbers: Numbers, period: Period) -> Period | None:
    same = [one for one in numbers.periods if one.kind == period.kind and one.last < period.last]
    return same[0] if same else None


def _whole(numbers: Numbers, period: Period, before: Period | None) -> tuple[Line, ...]:
    last = numbers.indicators(before) if before else {}
    found = numbers.indicators(period)
    return tuple(Line(one, last.get(name)) for name, one in found.items())


def _plans(numbers: Numbers, period: Period) -> tuple[Line, ...]:
    """Practice shares of the intakes that had entered by then, each beside the one before."""
    made: list[Line] = []
    known: dict[tuple[str, str], Indicator] = {}
    for one in practice_share(numbers.school):
        if one.period.first > period.last:
            continue
        year = int(one.period.name)
        before = known.get((f"{year - 1}", one.part))
        known[one.period.name, one.part] = one
        words = f"{one.label}（{one.period.label}）"
        made.append(Line(replace(one, label=words), before))
    return tuple(made)


def _figures(
    numbers: Numbers, period: Period, before: Period | None
) -> list[tuple[str, str, Figure, Indicator]]:
    years = [one for one in numbers.periods if one.kind == period.kind and one.last <= period.last]
    years = years[:_TREND][::-1]
    names = _base_names(numbers)
    rate = numbers.indicators(period)["concentrated_rate"]
    dual = numbers.indicators(period)["dual_share_of_fulltime"]
    hours = numbers.indicators(period)["booked_hours"]
    used = numbers.indicators(period)["utilisation_overall"]
    span = "各学年" if period.kind == "school_year" else "各年度"
    return [
        ("集中岗位实习率", span, _trend(numbers, years, "concentrated_rate"), rate),
        ("基地使用：功能 × 对象", "小时", _hours(numbers, period), hours),
        (
            "双师型教师占专任教师比例",
            span,
            _trend(numbers, years, "dual_share_of_fulltime"),
            dual,
        ),
        ("各基地利用率", "工作日 8 小时", _bases(numbers, period, before, names), used),
    ]


def _trend(numbers: Numbers, years: list[Period], name: str) -> LineChart:
    found = [(one, numbers.indicators(one)[name]) for one in years]
    told = [(one, rate) for one, rate in found if rate.value is not None]
    series = Series(CARDS[name], tuple(_number(rate) for _, rate in told))
    target = told[-1][1].target if told else None
    lines = (TargetLine(f"目标 {share_text(target.reach)}", target.reach),) if target else ()
    return LineChart(tuple(one.name for one, _ in told), (series,), "%", lines)


def _base_names(numbers: Numbers) -> dict[str, str]:
    return {base.code: base.name for base in numbers.school.facts.bases}


def _number(one: Indicator) -> float | None:
    return None if one.value is None else float(one.value)


def _hours(numbers: Numbers, period: Period) -> StackedBars:
    ones = numbers.breakdowns(period)["booked_hours_by_function_and_audience"]
    functions = tuple(dict.fromkeys(one.part for one in ones))
    audiences = tuple(dict.fromkeys(one.subpart for one in ones))
    value = {(one.part, one.subpart): _number(one) for one in ones}
    series = tuple(
        Series(name, tuple(value.get((part, name)) for part in functions)) for name in audiences
    )
    return StackedBars(functions, series, "小时")


def _bases(
    numbers: Numbers, period: Period, before: Period | None, called: dict[str, str]
) -> BarChart:
    ones = sorted(
        numbers.breakdowns(period)["utilisation_by_base"], key=lambda one: -(one.value or 0)
    )[:10]
    last = numbers.breakdowns(before)["utilisation_by_base"] if before else []
    known = {one.part: _number(one) for one in last}
    names = tuple(one.part for one in ones)
    return BarChart(
        tuple(called.get(name, name) for name in names),
        (Series("利用率", tuple(_number(one) for one in ones)),),
        "%",
        last_year=tuple(known.get(name) for name in names) if before else (),
    )
