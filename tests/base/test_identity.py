"""Identity numbers: what is one, what it says, and how it is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base import identity

TODAY = date(2024, 6, 30)
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number(born: date, serial: int = 123, area: str = "371300") -> str:
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + str((12 - rest) % 11).replace("10", "X")


def uscc(body: str) -> str:
    total = sum(LETTERS.index(letter) * 3**place for place, letter in enumerate(body))
    return body + LETTERS[-total % 31]


IDS = st.builds(id_number, st.dates(date(1940, 1, 1), date(2020, 12, 31)), st.integers(0, 999))
USCCS = st.builds(uscc, st.text(LETTERS, min_size=17, max_size=17))


@given(IDS)
def test_a_rightly_made_id_number_has_no_problem(number: str) -> None:
    assert identity.id_problem(number) is None


@given(IDS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_wrong_character_is_found(number: str, place: int, letter: str) -> None:
    changed = number[:place] + letter + number[place + 1 :]
    assert (identity.id_problem(changed) is None) == (changed == number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "371300050101123",
        "37130020080230123X",
        "371300200813011234",
        "３７１３００２００８０１０１１２３４",
        "371300********1234",
        id_number(date(2008, 1, 1)) + "0",
    ],
)
def test_what_is_no_id_number_is_told_so(text: str) -> None:
    assert identity.id_problem(text) == "id_check_digit"


def test_an_impossible_birth_date_is_a_problem_even_with_a_right_check_digit() -> None:
    body = "37130020070229123"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    assert identity.id_problem(body + "10X98765432"[rest]) == "id_check_digit"


@given(st.dates(date(1940, 1, 1), date(2020, 12, 31)), st.integers(0, 999))
def test_birthday_and_sex_are_read_from_the_number(born: date, serial: int) -> None:
    number = id_number(born, serial)
    assert identity.birthday(number) == born
    assert identity.sex(number) == ("男" if serial % 2 else "女")


@pytest.mark.parametrize("text", ["", "371300", "371300********1234"])
def test_what_is_no_id_number_has_no_birthday_and_no_sex(text: str) -> None:
    with pytest.raises(ValueError, match="not an ID number"):
        identity.birthday(text)
    with pytest.raises(ValueError, match="not an ID number"):
        identity.sex(text)


def test_an_adult_keeps_the_area_and_a_minor_only_the_last_four() -> None:
    assert identity.mask_id("371300200606301234", TODAY) == "371300********1234"
    assert identity.mask_id("371300200607011234", TODAY) == "**************1234"


@given(st.text("0123456789X*中", max_size=17))
def test_what_is_no_id_number_shows_at_most_its_last_four(text: str) -> None:
    shown = identity.mask_id(text, TODAY)
    assert shown == "" if not text else shown.startswith("***")
    kept = shown.lstrip("*")
    assert text.endswith(kept)
    assert len(kept) <= 4


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13912340021", "139****0021"),
        ("13912340021/15412340022", "139****0021/154****0022"),
        ("139****0021", "139****0021"),
        ("0539812345", "053***2345"),
        ("053981234", "*******34"),
        ("8123456", "*****56"),
        ("12", "***"),
        ("", ""),
    ],
)
def test_a_phone_number_is_masked_in_the_middle(phone: str, shown: str) -> None:
    assert identity.mask_phone(phone) == shown


@given(USCCS)
def test_a_rightly_made_uscc_has_no_problem(code: str) -> None:
    assert identity.uscc_problem(code) is None


@given(USCCS, st.integers(0, 17), st.sampled_from(LETTERS + "IOSVZ中?"))
def test_any_one_wrong_letter_of_a_uscc_is_found(code: str, place: int, letter: str) -> None:
    changed = code[:place] + letter + code[place + 1 :]
    expected = None if changed == code else "uscc_check_digit"
    assert identity.uscc_problem(changed) == expected


@pytest.mark.parametrize("code", ["", "91371300MA3D2F1G7", "91371300MA3D2F1G7XX"])
def test_a_uscc_is_eighteen_characters_long(code: str) -> None:
    assert identity.uscc_problem(code) == "uscc_length"
