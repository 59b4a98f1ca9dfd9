"""How numbers are rounded, and what an indicator carries."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_facts import D, placement, school

from xqhz_desktop.policy.citations import read_targets
from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.indicators.build import share, tidy
from xqhz_desktop.policy.periods import calendar_year, school_year
from xqhz_desktop.policy.settings import Settings


@pytest.mark.parametrize(
    ("top", "bottom", "value"),
    [(1, 3, 0.3333), (2, 3, 0.6667), (1, 32, 0.0313), (3, 32, 0.0938), (5, 5, 1.0), (0, 7, 0.0)],
)
def test_a_rate_is_rounded_half_up_to_four_decimals(top: int, bottom: int, value: float) -> None:
    assert share(top, bottom) == value


def test_an_empty_denominator_gives_nothing() -> None:
    assert share(0, 0) is None


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_rounding_is_that_of_decimal_arithmetic(top: int, bottom: int) -> None:
    exact = (Decimal(top) / bottom).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert share(top, bottom) == float(exact)


def test_whole_numbers_lose_their_point() -> None:
    assert repr(tidy(4678.0)) == "4678"
    assert tidy(0.1 + 0.2) == 0.3


def test_a_rate_carries_its_rows_its_target_and_its_definition() -> None:
    rows = (placement(), placement(id=2, id_number="x", arranged=False))
    of = school(placements=rows)
    of.targets = read_targets()
    rate = compute(of, school_year(2023))["concentrated_rate"]
    assert (rate.value, rate.top, rate.bottom) == (0.5, 1, 2)
    assert (rate.ids, rate.top_ids, rate.register) == ((1, 2), (1,), "placements")
    assert rate.target is not None
    assert (rate.target.reach, rate.target.strive, rate.target.status) == (0.8, 1.0, "plan")
    assert (rate.label, rate.unit, rate.status) == ("集中岗位实习率", "%", "setting")
    assert "只计入分母" in rate.definition


def test_a_definition_says_what_the_school_has_set() -> None:
    of = school(Settings(practice_days=183, practice_years=4, part_time_of="all"))
    indicators = compute(of, calendar_year(2024))
    assert "4年内企业实践不少于183天" in indicators["teachers_practice_rate"].definition
    assert "专任教师与兼职教师之和" in indicators["part_time_share"].definition


def test_a_school_without_records_has_no_rates_and_counts_of_nothing() -> None:
    indicators = compute(school(firms=(), agreements=()), calendar_year(2024))
    for one in indicators.values():
        if one.name != "working_days":
            assert one.value == (None if one.unit == "%" else 0), one.name
    assert indicators["working_days"].value == 262  # every weekday: no holidays are known
    assert D(2024, 1, 1).weekday() == 0
