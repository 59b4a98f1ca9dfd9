"""The recovery code: copied by hand, read back however it was typed, slips noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base import recovery

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.builds(lambda _: recovery.fresh(), st.integers())


@given(codes)
def test_a_fresh_code_reads_back_in_five_groups_without_letters_that_are_mistaken(
    code: str,
) -> None:
    assert recovery.read(code) == code
    assert [len(group) for group in code.split("-")] == [5] * 5
    assert set(code) <= {*LETTERS, "-"}


@given(codes)
def test_it_is_understood_as_people_type_it(code: str) -> None:
    assert recovery.read(code.lower().replace("-", " ")) == code
    assert recovery.read(code.replace("-", "")) == code
    assert recovery.read(code.replace("0", "O").replace("1", "l")) == code
    assert recovery.read(f"  {code.replace('1', 'I').replace('-', '－')}\n") == code


@given(codes, st.integers(0, 24), st.sampled_from(LETTERS))
def test_any_one_wrong_letter_is_noticed(code: str, at: int, letter: str) -> None:
    letters = list(code.replace("-", ""))
    same = letters[at] == letter
    letters[at] = letter
    assert (recovery.read("".join(letters)) == code) is same


@given(codes, st.integers(0, 24), st.integers(0, 24))
def test_any_two_exchanged_letters_are_noticed(code: str, one: int, other: int) -> None:
    letters = list(code.replace("-", ""))
    same = letters[one] == letters[other]
    letters[one], letters[other] = letters[other], letters[one]
    assert (recovery.read("".join(letters)) == code) is same


@pytest.mark.parametrize("text", ["", "密码", "U" * 25, "0" * 24, "0" * 26, "𝟘" * 25])
def test_what_is_no_code_is_none(text: str) -> None:
    assert recovery.read(text) is None


def test_no_two_codes_are_alike() -> None:
    assert len({recovery.fresh() for _ in range(200)}) == 200
