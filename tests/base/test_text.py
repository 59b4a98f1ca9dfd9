"""Text of cells: what means nothing is dropped, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base import text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("甲 机械\n有限公司", "甲机械有限公司"), ("　甲　", "甲"), ("甲\xa0乙", "甲乙"),
        ("‎甲‏", "甲"), ("\ufeff甲", "甲"), ("'2021001", "2021001"), ("ＡＢ１２", "AB12"),
        ("甲（滨河）公司", "甲(滨河)公司"), (2021001.0, "2021001"), (3, "3"), (2.5, "2.5"),
        (None, ""), (True, "是"),
    ],
)  # fmt: skip
def test_white_space_and_width_mean_nothing(written: object, folded: str) -> None:
    assert text.fold(written) == folded


@given(st.text("甲乙（）()·、０９09ＡＺaz 　\t\n\xa0,.-"))
def test_folding_twice_is_folding_once(written: str) -> None:
    once = text.fold(written)
    assert text.fold(once) == once


@pytest.mark.parametrize("dot", "·•．・.‧")
def test_the_dot_of_a_minority_name_may_be_any(dot: str) -> None:
    assert text.person_name(f"木拉提{dot}阿不都") == "木拉提·阿不都"


def test_rare_characters_stay_as_they_are() -> None:
    assert text.person_name("马䶮") == "马䶮"
    assert text.person_name("刘𬭊") == "刘𬭊"


@pytest.mark.parametrize(
    "spelling",
    [
        "甲（滨河）机械有限责任公司",
        "甲(滨河)机械有限公司",
        "甲 （滨河）机械有限公司",
        "甲（滨河）机械\n有限公司",
    ],
)
def test_a_firm_is_found_under_its_spellings(spelling: str) -> None:
    assert text.firm_key(spelling) == text.firm_key("甲（滨河）机械有限公司")


@pytest.mark.parametrize(
    "twin", ["甲机械科技有限公司", "甲机械股份有限公司", "乙机械有限公司", "甲机械"]
)
def test_near_twins_are_different_firms(twin: str) -> None:
    assert text.firm_key(twin) != text.firm_key("甲机械有限公司")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3,200", 3200.0), ("2200元/月", 2200.0), ("３２００", 3200.0), ("月薪2600元", 2600.0),
        ("约30人", 30.0), ("1.2万", 12000.0), ("2600.50", 2600.5), ("面议", None), ("", None),
    ],
)  # fmt: skip
def test_an_amount_is_the_first_number_of_the_text(written: str, number: float | None) -> None:
    assert text.first_number(text.fold(written)) == number


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("154-0000-1111", "15400001111"), ("154 0000 1111", "15400001111"),
        (15400001111.0, "15400001111"), ("１５４００００１１１１", "15400001111"),
        ("15400001111/16900002222", "15400001111/16900002222"),
        ("15400001111、16900002222", "15400001111/16900002222"), ("154****1111", "154****1111"),
        ("0535-6001234", "05356001234"), ("无", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_phone_is_its_digits(written: object, phone: str) -> None:
    assert text.phone(written) == phone


@pytest.mark.parametrize("written", ["", "—", "-", "/", "无"])
def test_a_dash_says_nothing(written: str) -> None:
    assert text.is_blank(text.fold(written))


@pytest.mark.parametrize("written", ["0", "否", "未签", "无锡"])
def test_a_word_says_something(written: str) -> None:
    assert not text.is_blank(text.fold(written))


def test_only_stars_in_a_row_are_a_mask() -> None:
    assert text.is_masked("3706************34")
    assert not text.is_masked("*姓名")
