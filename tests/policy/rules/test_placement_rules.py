"""The rules of one placement, on both sides of their edges."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from policy_facts import D, agreement, firm, found, id_number, placement, school

from xqhz_desktop.policy.rules import check, check_placement
from xqhz_desktop.policy.settings import Settings

START = D(2023, 9, 1)
SELF = {"firm": 2, "arranged": False}
OUTSIDE = (firm(), firm(id=2, name="沂川乙餐馆", key="沂川乙餐馆", partner=False))


def broken(rule: str, **changes: object) -> bool:
    return bool(found(rule, placements=(placement(**changes),)))


def test_a_good_placement_breaks_no_rule() -> None:
    assert check(school(placements=(placement(),))) == []


@pytest.mark.parametrize(
    ("born", "under"),
    [
        (D(2007, 9, 1), False),
        (D(2007, 9, 2), True),
        (D(2007, 8, 31), False),
        (D(2008, 2, 29), True),
    ],
)
def test_the_sixteenth_birthday_on_the_first_day_is_legal(born: date, under: bool) -> None:
    assert broken("under_16", id_number=id_number(born)) is under


def test_one_born_on_29_february_is_sixteen_on_29_february() -> None:
    leap = id_number(D(2008, 2, 29))
    assert broken("under_16", id_number=leap, start=D(2024, 2, 28))
    assert not broken("under_16", id_number=leap, start=D(2024, 2, 29))


def test_a_child_is_named_in_red_with_the_days_that_lack_and_without_an_id_number() -> None:
    number = id_number(D(2007, 9, 21))
    (one,) = found("under_16", placements=(placement(id_number=number),))
    assert (one.severity, one.status, one.register, one.record) == ("red", "law", "placements", 1)
    assert (one.period_kind, one.period) == ("school_year", "2023-2024")
    assert one.message == "入岗时未满16周岁（距16周岁还差20天），请立即停止该实习安排。"
    assert "第十六条第（二）项" in one.article
    assert number not in repr(one)


def test_an_id_number_that_is_none_says_nothing_of_age() -> None:
    assert not broken("under_16", id_number="")


@pytest.mark.parametrize(
    ("start", "intake", "first"),
    [
        (D(2022, 8, 31), 2021, True),
        (D(2022, 9, 1), 2021, False),
        (D(2022, 1, 3), 2021, True),
        (D(2022, 1, 3), None, False),
    ],
)
def test_the_first_year_ends_on_31_august_after_entry(
    start: date, intake: int | None, first: bool
) -> None:
    assert broken("first_year", start=start, intake=intake) is first


@pytest.mark.parametrize(
    ("rule", "field", "wrong"),
    [
        ("no_agreement", "agreement", False),
        ("no_insurance", "insurance", False),
        ("night_shift", "night_shift", True),
        ("no_consent", "consent", False),
    ],
)
def test_only_a_plain_answer_breaks_a_rule_and_unknown_does_not(
    rule: str, field: str, wrong: bool
) -> None:
    assert broken(rule, **{field: wrong})
    assert not broken(rule, **{field: not wrong})
    assert not broken(rule, **{field: None})


@pytest.mark.parametrize(
    ("pay", "wage", "below"),
    [
        (2400, 3000, False),
        (2399.99, 3000, True),
        (0, 3000, True),
        (2000.8, 2501, False),
        (2000.79, 2501, True),
        (2000.8, 2501.01, True),
        (None, 3000, False),
        (1000, None, False),
    ],
)
def test_exactly_80_percent_of_the_wage_is_enough(
    pay: float | None, wage: float | None, below: bool
) -> None:
    assert broken("pay_below_80pct", pay=pay, reference_pay=wage) is below


def test_the_share_of_pay_is_a_setting_and_is_named() -> None:
    rows = (placement(pay=2400),)
    (one,) = found("pay_below_80pct", Settings(pay_share=Fraction(9, 10)), placements=rows)
    assert one.message == "实发报酬2400元/月，低于同岗位工资3000元/月的90%，请与企业核定。"


def test_a_minors_missing_consent_is_red_and_an_adults_amber() -> None:
    young = placement(consent=False)
    adult = placement(consent=False, id_number=id_number(D(2005, 9, 1)))
    assert found("no_consent", placements=(young,))[0].severity == "red"
    assert found("no_consent", placements=(adult,))[0].severity == "amber"


def test_consent_is_asked_of_the_self_placed_only_while_minors() -> None:
    adult = id_number(D(2005, 9, 1))
    assert not broken("no_consent", consent=False, arranged=False, id_number=adult)
    assert broken("no_consent", consent=False, arranged=False)


def test_before_2022_consent_was_asked_of_minors_only() -> None:
    old = {"consent": False, "start": D(2021, 9, 1), "intake": 2019}
    assert broken("no_consent", **old, id_number=id_number(D(2004, 3, 1)))
    assert not broken("no_consent", **old, id_number=id_number(D(2002, 3, 1)))


@pytest.mark.parametrize("word", ["某某酒吧", "网吧收银", "歌厅服务员"])
def test_a_barred_venue_is_known_by_the_firm_or_the_post(word: str) -> None:
    assert broken("barred_venue", position=word)
    assert found("barred_venue", firms=(firm(name=word),), placements=(placement(),))
    assert not broken("barred_venue", position="网络管理员")


def test_an_agreement_must_be_signed_and_in_force_on_the_first_day() -> None:
    def valid(**changes: object) -> bool:
        facts = {"agreements": (agreement(**changes),), "placements": (placement(),)}
        return not found("firm_without_valid_agreement", **facts)

    assert valid(signed=START, start=START)
    assert not valid(signed=D(2023, 9, 2), start=START)
    assert not valid(start=D(2023, 9, 2))
    assert valid(end=START)
    assert not valid(end=D(2023, 8, 31))
    assert not valid(signed=None)


def test_a_firm_in_no_row_of_the_register_is_no_partner() -> None:
    rows = (placement(**SELF),)
    (one,) = found("firm_not_a_partner", firms=OUTSIDE, placements=rows)
    assert one.severity == "hint"
    assert "沂川乙餐馆" in one.message
    assert not found("firm_without_valid_agreement", firms=OUTSIDE, placements=rows)


@pytest.mark.parametrize("arranged", [True, None])
def test_a_firm_that_the_school_chose_weighs_more_than_a_self_found_one(
    arranged: bool | None,
) -> None:
    rows = (placement(firm=2, arranged=arranged),)
    assert found("firm_not_a_partner", firms=OUTSIDE, placements=rows)[0].severity == "amber"
    (one,) = found("firm_without_valid_agreement", agreements=(), placements=(placement(),))
    assert one.severity == "amber"
    own = (placement(arranged=False),)
    (one,) = found("firm_without_valid_agreement", agreements=(), placements=own)
    assert one.severity == "hint"


def test_a_firm_whose_own_row_waits_for_correction_gives_no_finding() -> None:
    crowd = tuple(placement(id=n, id_number=str(n), firm=2) for n in range(30))
    known = replace(OUTSIDE[1], key="甲")
    waiting = {
        "by key": {"firms": (known,), "quarantined_firm_keys": frozenset({"甲"})},
        "by row": {"firms": (replace(known, partner=True, staff=10, quarantined=True),)},
    }
    for facts in waiting.values():
        rules = {one.rule for one in check(school(placements=crowd, **facts))}
        assert not rules & {
            "firm_not_a_partner",
            "firm_without_valid_agreement",
            "firm_over_10pct",
            "firm_staff_unknown",
        }


def test_a_placement_without_an_end_is_a_hint() -> None:
    (one,) = found("placement_without_end", placements=(placement(end=None),))
    assert (one.severity, one.message) == ("hint", "在岗，结束日期未填，请在实习结束后补填。")


def test_quarantined_rows_are_held_to_the_rules_that_need_no_bad_cell() -> None:
    bad = placement(
        id=77, quarantined=True, end=None, agreement=False, firm=0, id_number="", consent=None
    )
    (one,) = check(school(quarantined_placements=(bad,)))
    assert (one.rule, one.record, one.quarantined) == ("no_agreement", 77, True)


def test_one_placement_can_be_judged_before_it_is_kept() -> None:
    wrong = placement(agreement=False, night_shift=True)
    assert {one.rule for one in check_placement(school(), wrong)} == {
        "no_agreement",
        "night_shift",
    }
