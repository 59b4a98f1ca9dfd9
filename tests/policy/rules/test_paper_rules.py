"""Papers signed before the start, insurance that covers the days, filing beforehand."""

from datetime import date, timedelta

import pytest
from policy_facts import D, found, id_number, placement, school

from xqhz_desktop.policy.results import Finding
from xqhz_desktop.policy.rules import check

START, END = D(2023, 9, 1), D(2024, 6, 30)
DAY = timedelta(1)


def finding(rule: str, **changes: object) -> Finding | None:
    """What the rule finds of one placement."""
    return next(iter(found(rule, placements=(placement(**changes),))), None)


@pytest.mark.parametrize(
    ("rule", "field"),
    [("agreement_after_start", "agreement_date"), ("consent_after_start", "consent_date")],
)
@pytest.mark.parametrize(("signed", "late"), [(START, False), (START + DAY, True), (None, False)])
def test_a_paper_signed_on_the_first_day_is_in_time(
    rule: str, field: str, signed: date | None, late: bool
) -> None:
    assert (finding(rule, **{field: signed}) is not None) is late


def test_late_consent_is_red_of_a_minor_and_amber_of_others() -> None:
    minor = {"consent_date": START + DAY, "id_number": id_number(D(2006, 9, 1))}
    of_minor = finding("consent_after_start", **minor)
    adult = finding(
        "consent_after_start",
        consent_date=START + DAY,
        id_number=id_number(START.replace(year=2005)),
    )
    assert of_minor is not None
    assert of_minor.severity == "red"
    assert adult is not None
    assert adult.severity == "amber"
    assert (
        finding(
            "consent_after_start",
            arranged=False,
            consent_date=START + DAY,
            id_number=id_number(D(2005, 1, 1)),
        )
        is None
    )


@pytest.mark.parametrize(
    ("first", "last", "gap"),
    [
        (START, END, False),
        (START + DAY, END, True),
        (START, END - DAY, True),
        (None, END, False),
        (START, None, False),
    ],
)
def test_insurance_covers_the_first_and_the_last_day(
    first: date | None, last: date | None, gap: bool
) -> None:
    one = finding("insurance_gap", insured_from=first, insured_until=last)
    assert (one is not None) is gap


@pytest.mark.parametrize(("today", "gap"), [(END, False), (END + DAY, True)])
def test_one_still_there_is_insured_through_today(today: date, gap: bool) -> None:
    of = school(placements=(placement(end=None, insured_from=START, insured_until=END),))
    of.today = today
    assert any(one.rule == "insurance_gap" for one in check(of)) is gap


@pytest.mark.parametrize(
    ("payer", "wrong"),
    [
        ("学校", False),
        ("企业", False),
        ("学校（学生实习专项经费）", False),
        ("", False),
        ("学生", True),
        ("学生本人", True),
        ("学校、家长各半", True),
        ("学校和学生", True),
    ],
)
def test_no_part_of_the_insurance_is_paid_by_the_student(payer: str, wrong: bool) -> None:
    assert (finding("insurance_paid_by_student", payer=payer) is not None) is wrong


@pytest.mark.parametrize("rule", ["intermediary", "heavy_work", "fees", "overtime"])
@pytest.mark.parametrize(("said", "wrong"), [(True, True), (False, False), (None, False)])
def test_only_a_plain_yes_is_a_breach(rule: str, said: bool | None, wrong: bool) -> None:
    assert (finding(rule, **{rule: said}) is not None) is wrong


@pytest.mark.parametrize(
    ("rule", "severity"),
    [("intermediary", "red"), ("heavy_work", "red"), ("fees", "red"), ("overtime", "amber")],
)
def test_each_has_its_weight(rule: str, severity: str) -> None:
    one = finding(rule, **{rule: True})
    assert one is not None
    assert one.severity == severity


@pytest.mark.parametrize("what", ["overtime", "night_shift", "cross_province", "abroad"])
@pytest.mark.parametrize(
    ("filed", "day", "wrong"),
    [
        (True, START, False),
        (True, START + DAY, True),
        (True, None, False),
        (False, None, True),
        (None, None, True),
    ],
)
def test_what_is_filed_by_the_first_day_is_no_breach(
    what: str, filed: bool | None, day: date | None, wrong: bool
) -> None:
    rule = {"cross_province": "away_unfiled", "abroad": "away_unfiled"}.get(what, what)
    one = finding(rule, **{what: True}, filed=filed, filed_date=day)
    assert (one is not None) is wrong


def test_whether_it_was_filed_may_be_unknown_and_is_then_a_hint() -> None:
    unknown = finding("away_unfiled", abroad=True)
    no = finding("away_unfiled", abroad=True, filed=False)
    assert unknown is not None
    assert (unknown.severity, "未填" in unknown.message) == ("hint", True)
    assert no is not None
    assert (no.severity, no.status) == ("amber", "second_hand")
    assert finding("away_unfiled", cross_province=False, abroad=None, filed=False) is None
