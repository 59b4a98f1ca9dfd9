"""Charts say what they mean: labels, targets, last year, zero, hatches."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure as Sheet

from xqhz_desktop.reports.drawing import draw, picture
from xqhz_desktop.reports.figures import (
    BarChart,
    Figure,
    LineChart,
    Series,
    StackedBars,
    TargetLine,
    brief,
    is_empty,
    percent,
    written,
)
from xqhz_desktop.reports.pen import DARK, LIGHT, Palette, drawable

MAJORS = ("数控技术应用", "机电技术应用", "幼儿保育")
BARS = BarChart(
    MAJORS,
    (Series("本年", (0.5, None, 0.62)),),
    "%",
    (TargetLine("目标80%", 0.8),),
    last_year=(0.4, 0.5, None),
)
LINES = LineChart(
    ("2022", "2023", "2024"),
    (Series("集中率", (0.69, 0.73, 0.78)), Series("对口率", (0.87, None, 0.91))),
    "%",
    (TargetLine("目标80%", 0.8),),
)
STACKS = StackedBars(
    ("实训", "培训"), (Series("学生", (2000, 300)), Series("职工", (200, None))), "小时"
)
LYING = BarChart(MAJORS, (Series("学生", (66, 12, 1204)),), "人", lying=True)
EMPTY = LineChart(("2024",), (Series("集中率", (None,)),), "%")


def drawn(figure: Figure) -> Sheet:
    sheet = Sheet(figsize=(6, 2.4))
    draw(figure, sheet)
    return sheet


def words(figure: Figure) -> set[str]:
    sheet = drawn(figure)
    axes = sheet.axes[0]
    labels = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    return {label.get_text() for label in labels}


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.7828, "%", "78.3%"),
        (0.7825, "%", "78.3%"),
        (0.8, "%", "80.0%"),
        (1204, "人", "1,204"),
        (4580.5, "小时", "4,580.5"),
    ],
)
def test_values_are_written_rounded_half_up(value: float, unit: str, text: str) -> None:
    assert written(value, unit) == text


def test_a_goal_has_no_decimal_that_says_nothing() -> None:
    assert [brief(0.8), brief(0.125), percent(0.8)] == ["80%", "12.5%", "80.0%"]


def test_every_bar_of_this_year_is_labelled_and_the_unknown_is_a_dash() -> None:
    assert {"50.0%", "62.0%", "—"} <= words(BARS)


def test_last_year_stands_beside_without_labels() -> None:
    assert not {"40.0%"} & words(BARS)


def test_the_target_is_a_labelled_dashed_line() -> None:
    axes = drawn(BARS).axes[0]
    assert "目标80%" in words(BARS)
    assert [line.get_linestyle() for line in axes.lines] == ["--"]


def test_lines_are_named_at_their_ends_in_their_colour() -> None:
    axes = drawn(LINES).axes[0]
    named = {text.get_text(): text.get_color() for text in axes.texts}
    assert named["集中率"] == LIGHT.series[0]
    assert named["对口率"] == LIGHT.series[1]
    assert axes.get_legend() is None


def test_stacks_carry_their_sums() -> None:
    assert {"2,200", "300"} <= words(STACKS)


@pytest.mark.parametrize("figure", [BARS, LINES, STACKS, LYING])
def test_zero_is_on_the_axis(figure: Figure) -> None:
    axes = drawn(figure).axes[0]
    low, _ = axes.get_xlim() if figure is LYING else axes.get_ylim()
    assert low == 0


@pytest.mark.parametrize("figure", [BARS, LINES, STACKS, LYING, EMPTY])
def test_nothing_sticks_out_of_the_picture(figure: Figure) -> None:
    sheet = drawn(figure)
    outer = sheet.axes[0].get_tightbbox()
    assert outer is not None
    assert outer.x0 >= 0
    assert outer.y0 >= 0
    assert outer.x1 <= sheet.bbox.width + 1
    assert outer.y1 <= sheet.bbox.height + 1


def test_series_differ_by_hatch_as_well_as_by_colour() -> None:
    axes = drawn(STACKS).axes[0]
    kinds = {(bar.get_facecolor(), bar.get_hatch()) for bar in axes.patches}
    assert len({hatch for _, hatch in kinds}) == 2


def test_a_chart_without_values_says_so() -> None:
    assert is_empty(EMPTY)
    assert words(EMPTY) >= {"本期没有可以统计的记录。"}


def test_a_character_without_glyph_is_named_and_a_dollar_is_no_formula() -> None:
    assert drawable("𡋾\U00032000") == "𡋾〔U+32000〕"
    assert drawable("5$") == r"5\$"


def test_rare_characters_are_drawn_without_a_warning(tmp_path: Path) -> None:
    drawn(BarChart(("𬭊䶮", "𡋾𠮷"), (Series("人", (1, 2)),), "人")).savefig(tmp_path / "a.pdf")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_picture_for_the_screen_has_the_size_asked_for(palette: Palette) -> None:
    shown = picture(BARS, 640, 300, 96.0, palette)
    assert (shown.width, shown.height) == (640, 300)
    assert len(shown.pixels) == 640 * 300 * 4
