"""The seed lists: complete, dated, and honest about what is law."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from xqhz_desktop.policy.citations import Rule, RuleText, read_rules, target_of
from xqhz_desktop.policy.indicators import BROKEN_DOWN, WHOLE
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.results import SEVERITY_ORDER, Status, Target
from xqhz_desktop.policy.rules import PLACEMENT_RULES, SCHOOL_RULES
from xqhz_desktop.policy.settings import Settings

D = date
INDICATORS = {each.__name__ for each in (*WHOLE, *BROKEN_DOWN)} | {"practice_share"}


def texts(rules: Mapping[str, Rule]) -> list[RuleText]:
    return [text for rule in rules.values() for text in rule.texts]


def test_every_rule_has_a_function_and_every_function_a_rule(rules: Mapping[str, Rule]) -> None:
    functions = [rule.__name__ for rule in (*PLACEMENT_RULES, *SCHOOL_RULES)]
    assert len(set(functions)) == len(functions)
    assert set(functions) == set(rules)


def test_every_indicator_has_a_definition_and_every_definition_an_indicator() -> None:
    assert set(DEFINITIONS) == INDICATORS


def test_every_target_is_one_of_an_indicator(targets: Sequence[Target]) -> None:
    assert {target.indicator for target in targets} <= INDICATORS


def test_only_known_words_stand_in_the_lists(
    rules: Mapping[str, Rule], targets: Sequence[Target]
) -> None:
    statuses = {text.status for text in texts(rules)} | {target.status for target in targets}
    assert statuses <= set(get_args(Status))
    severities = {text.severity for text in texts(rules) if text.severity}
    severities |= {one for text in texts(rules) for one in text.cases.values()}
    assert severities <= set(SEVERITY_ORDER)
    settings = {rule.setting for rule in rules.values() if rule.setting}
    assert settings <= {field.name for field in fields(Settings)}


def test_the_texts_of_a_rule_follow_one_another(rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        days = [text.since or date.min for text in rule.texts]
        assert days == sorted(set(days)), rule.name


def test_article_numbers_stand_only_where_they_were_checked(rules: Mapping[str, Rule]) -> None:
    numbered = {name for name, rule in rules.items() if "条" in rule.texts[-1].article}
    assert numbered == {
        "under_16",
        "first_year",
        "barred_venue",
        "intermediary",
        "heavy_work",
        "pay_below_80pct",
        "apprentice_under_16",
        "apprentice_first_year",
        "under_16_labour_contract",
        "teacher_under_180_days",
    }


@pytest.mark.parametrize(
    "name",
    [
        "shorter_than_180_days",
        "teacher_under_180_days",
        "firm_not_a_partner",
        "firm_without_valid_agreement",
        "apprentice_without_dual_identity",
        "agreement_under_3_years",
    ],
)
def test_what_the_school_measures_itself_is_not_shown_as_law(
    rules: Mapping[str, Rule], name: str
) -> None:
    assert {text.status for text in rules[name].texts} == {"setting"}


def test_the_regulation_of_2021_holds_from_its_first_day_and_the_older_one_before(
    rules: Mapping[str, Rule],
) -> None:
    rule = rules["under_16"]
    new, old = rule.at(D(2022, 1, 1)), rule.at(D(2021, 12, 31))
    assert new is not None
    assert "2021" in new.article
    assert old is not None
    assert "2016" in old.article
    assert old.status == "second_hand"
    assert rule.at(D(2016, 4, 10)) is None


def test_a_rule_without_a_first_day_has_always_held(rules: Mapping[str, Rule]) -> None:
    assert rules["firm_not_a_partner"].at(date.min) is not None


@pytest.mark.parametrize(
    ("year", "reach"), [(2018, None), (2019, 0.6), (2021, 0.6), (2022, 0.7), (2030, 0.7)]
)
def test_the_latest_target_not_begun_after_the_year_holds(
    targets: Sequence[Target], year: int, reach: float | None
) -> None:
    target = target_of(targets, "dual_share_of_fulltime", year)
    assert (target.reach if target else None) == reach


def test_a_rule_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[[rule]]\nname = "a"\nlabel = "甲"\nregister = "firms"\n[[rule.text]]\n'
        'since = 2020-05-01\nstatus = "law"\narticle = "第一条"\ncases = { minor = "red" }\n',
        "utf-8",
    )
    text = RuleText(D(2020, 5, 1), "第一条", "law", None, {"minor": "red"})
    assert read_rules(path) == {"a": Rule("a", "甲", "firms", (text,))}
