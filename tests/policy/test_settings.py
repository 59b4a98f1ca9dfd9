"""The school's settings: read from plain values, refused where they make no sense."""

from fractions import Fraction

import pytest

from xqhz_desktop.policy.settings import DEFAULTS, Settings, settings_from


def test_without_values_the_defaults_hold() -> None:
    assert settings_from({}) == DEFAULTS


@pytest.mark.parametrize("text", [0.8, "0.8", "4/5", "80%", " 80% "])
def test_a_share_may_be_written_in_several_ways(text: object) -> None:
    assert settings_from({"pay_share": text}).pay_share == Fraction(4, 5)


def test_values_replace_only_their_own_setting() -> None:
    changed = settings_from({"practice_days": "183", "part_time_of": "all"})
    assert changed == Settings(practice_days=183, part_time_of="all")


@pytest.mark.parametrize(
    "values",
    [
        {"unheard_of": 1},
        {"practice_days": 0},
        {"practice_days": "half"},
        {"pay_share": "0"},
        {"pay_share": "120%"},
        {"rates_of": "some"},
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        settings_from(values)
