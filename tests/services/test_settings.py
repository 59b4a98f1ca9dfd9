"""The school's own settings: set by what people write, refused in a sentence, taken back."""

import dataclasses
from fractions import Fraction

import pytest

from tests.services.desk import Desk
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.policy.citations import target_of
from xqhz_desktop.policy.settings import DEFAULTS, Settings
from xqhz_desktop.services.history import actions, undo
from xqhz_desktop.services.numbers import numbers, school_name
from xqhz_desktop.services.settings import (
    Threshold,
    set_school_name,
    set_target,
    set_threshold,
    thresholds,
)


def named(desk: Desk, name: str) -> Threshold:
    """One threshold as it stands."""
    return next(one for one in thresholds(desk.office) if one.name == name)


def test_every_setting_has_its_words_value_and_source(desk: Desk) -> None:
    shown = thresholds(desk.office)
    assert [one.name for one in shown] == [one.name for one in dataclasses.fields(Settings)]
    assert all(one.label and one.source and one.text for one in shown)
    assert not any(one.own for one in shown)
    assert {one.name: one.value for one in shown} == dataclasses.asdict(DEFAULTS)


@pytest.mark.parametrize(
    ("name", "text", "value", "shown"),
    [
        ("practice_days", "183", 183, "183 天"),
        ("practice_days", "１８３ 天", 183, "183 天"),
        ("pay_share", "75%", Fraction(3, 4), "75%"),
        ("pay_share", "７５％", Fraction(3, 4), "75%"),
        ("pay_share", "0.755", Fraction(151, 200), "75.5%"),
        ("part_time_of", "专任教师与兼职教师", "all", "专任教师与兼职教师"),
    ],
)
def test_a_value_may_be_written_as_people_write_it(
    desk: Desk, name: str, text: str, value: object, shown: str
) -> None:
    changes = set_threshold(desk.office, name, text)
    assert changes
    assert (named(desk, name).value, named(desk, name).text) == (value, shown)
    assert getattr(numbers(desk.office).school.settings, name) == value


def test_the_schools_own_value_is_no_law_and_says_what_it_replaced(desk: Desk) -> None:
    assert named(desk, "pay_share").status == "law"
    set_threshold(desk.office, "pay_share", "75%")
    own = named(desk, "pay_share")
    assert (own.status, own.own) == ("setting", True)
    assert own.source.startswith("学校设定，原为 80%：")
    set_threshold(desk.office, "pay_share", "80%")
    assert named(desk, "pay_share").status == "law"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("practice_days", ""),
        ("practice_days", "0"),
        ("practice_days", "-5"),
        ("practice_days", "半年"),
        ("practice_days", "12.5"),
        ("practice_days", "99999999999"),
        ("pay_share", "0%"),
        ("pay_share", "101%"),
        ("pay_share", "1/0"),
        ("pay_share", "nan"),
        ("part_time_of", "学生"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(desk: Desk, name: str, text: str) -> None:
    before = len(actions(desk.office))
    with pytest.raises(UserError, match="请"):
        set_threshold(desk.office, name, text)
    assert named(desk, name).value == getattr(DEFAULTS, name)
    assert len(actions(desk.office)) == before


def test_the_same_value_again_is_no_action(desk: Desk) -> None:
    before = len(actions(desk.office))
    assert not set_threshold(desk.office, "pay_share", "0.8")
    assert not set_target(desk.office, "concentrated_rate", 2019, "80%", "100%")
    assert len(actions(desk.office)) == before


def test_a_change_stands_in_the_history_and_can_be_taken_back(desk: Desk) -> None:
    set_threshold(desk.office, "pay_share", "75%")
    assert actions(desk.office)[0].title == "设置“实习报酬不低于同岗位工资的”：80% → 75%"
    undo(desk.office)
    assert named(desk, "pay_share").text == "80%"


def test_the_school_is_named_and_renamed(desk: Desk) -> None:
    set_school_name(desk.office, " 沂川职专 ")
    assert school_name(desk.office) == "沂川职专"
    assert not set_school_name(desk.office, "沂川职专")
    set_school_name(desk.office, "沂川市工业中等专业学校")
    undo(desk.office)
    assert school_name(desk.office) == "沂川职专"


@pytest.mark.parametrize("name", ["", "　", "校" * 61, "沂川\n职专", "沂川\x00职专"])
def test_what_is_no_name_is_refused_in_a_sentence(desk: Desk, name: str) -> None:
    with pytest.raises(UserError, match="学校名称"):
        set_school_name(desk.office, name)
    assert school_name(desk.office) == ""


@pytest.mark.parametrize("reach", ["85%", "85", "0.85", "８５％"])
def test_a_target_is_set_for_its_year_and_becomes_the_schools_own(desk: Desk, reach: str) -> None:
    set_target(desk.office, "concentrated_rate", 2019, reach, "100%")
    target = target_of(numbers(desk.office).school.targets, "concentrated_rate", 2024)
    assert target is not None
    assert (target.reach, target.strive, target.status) == (0.85, 1.0, "setting")
    assert target.source.startswith("学校设定，不同于本市校企合作工作计划")
    set_target(desk.office, "concentrated_rate", 2019, "80%", "100%")
    back = target_of(numbers(desk.office).school.targets, "concentrated_rate", 2024)
    assert back is not None
    assert back.status == "plan"


def test_a_target_of_a_later_year_leaves_the_earlier_years_alone(desk: Desk) -> None:
    set_target(desk.office, "dual_share_of_fulltime", 2026, "75%")
    targets = numbers(desk.office).school.targets
    held = [target_of(targets, "dual_share_of_fulltime", year) for year in (2021, 2025, 2026)]
    assert [one.reach for one in held if one] == [0.6, 0.7, 0.75]


@pytest.mark.parametrize(
    ("reach", "strive"),
    [("", ""), ("八成", ""), ("0", ""), ("120%", ""), ("90%", "80%"), ("1/0", ""), ("inf", "")],
)
def test_a_target_that_makes_no_sense_is_refused(desk: Desk, reach: str, strive: str) -> None:
    with pytest.raises(UserError):
        set_target(desk.office, "concentrated_rate", 2019, reach, strive)
    target = target_of(numbers(desk.office).school.targets, "concentrated_rate", 2024)
    assert target is not None
    assert target.reach == 0.8
