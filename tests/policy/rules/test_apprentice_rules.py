"""The rules of apprentices."""

from datetime import date

import pytest
from policy_facts import D, apprentice, booking, found, id_number, school

from xqhz_desktop.policy.rules import check

YEARS = {"bookings": (booking((480, 600), day=D(2023, 5, 8)),)}


def broken(rule: str, **changes: object) -> bool:
    return bool(found(rule, apprentices=(apprentice(**changes),), **YEARS))


def test_a_good_apprentice_breaks_no_rule() -> None:
    assert check(school(apprentices=(apprentice(),), **YEARS)) == []


@pytest.mark.parametrize(("born", "under"), [(D(2006, 9, 1), False), (D(2006, 9, 2), True)])
def test_the_sixteenth_birthday_on_the_first_day_is_legal(born: date, under: bool) -> None:
    number = id_number(born)
    assert broken("apprentice_under_16", id_number=number) is under
    assert broken("under_16_labour_contract", id_number=number) is under


def test_a_labour_contract_is_judged_by_the_day_on_which_it_was_signed() -> None:
    number = id_number(D(2006, 9, 2))
    late, never = {"contract_signed": D(2022, 9, 2)}, {"contract": None}
    assert not broken("under_16_labour_contract", id_number=number, **late)
    assert not broken("under_16_labour_contract", id_number=number, **never)


def test_an_apprentice_in_the_first_year_is_red() -> None:
    (one,) = found("apprentice_first_year", apprentices=(apprentice(intake=2022),))
    assert one.severity == "red"
    assert not broken("apprentice_first_year")
    assert not broken("apprentice_first_year", intake=None)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"registered": False}, "学籍未注册"),
        ({"registered": None}, "学籍状态未填"),
        ({"contract": None}, "没有劳动合同编号"),
        ({"contract_end": D(2023, 8, 31)}, "劳动合同不在有效期内"),
    ],
)
def test_a_lacking_identity_is_named_for_the_calendar_year(
    changes: dict[str, object], says: str
) -> None:
    rows = (apprentice(**changes),)
    (one,) = found("apprentice_without_dual_identity", apprentices=rows, **YEARS)
    assert (one.period_kind, one.period, one.status) == ("year", "2023", "setting")
    assert one.message == f"截至2023年底{says}，不具有双重身份，请补办。"


def test_who_has_left_by_the_end_of_the_year_is_not_judged() -> None:
    gone = {"contract": None, "end": D(2023, 12, 30)}
    assert not broken("apprentice_without_dual_identity", **gone)


@pytest.mark.parametrize(
    ("kind", "end", "short"),
    [
        ("企业新型学徒制", D(2023, 8, 31), False),
        ("企业新型学徒制", D(2023, 8, 30), True),
        ("现代学徒制", D(2023, 8, 30), False),
        ("企业新型学徒制", None, False),
    ],
)
def test_an_enterprise_apprentices_contract_lasts_a_year(
    kind: str, end: date | None, short: bool
) -> None:
    assert broken("short_labour_contract", kind=kind, contract_end=end) is short


def test_the_missing_mentors_are_named() -> None:
    rows = (apprentice(firm_mentor="", school_mentor=""),)
    (one,) = found("apprentice_without_mentors", apprentices=rows)
    assert (one.message, one.status) == ("学徒的企业师傅、学校导师未填，请补填。", "plan")
    assert not broken("apprentice_without_mentors")
