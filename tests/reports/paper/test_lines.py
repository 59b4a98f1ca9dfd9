"""Lines break where Chinese lines may, and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.reports.paper.lines import CLOSING, OPENING, atoms, break_lines

TEXT = st.text(alphabet="校企合作岗位实习，。；：、（）《》“”！？%8.5aB𬭊 ", max_size=200)


def ems(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def test_short_text_stays_one_line() -> None:
    assert break_lines("合作企业", 10, ems) == ["合作企业"]


def test_no_text_is_one_empty_line() -> None:
    assert break_lines("", 10, ems) == [""]


def test_a_full_stop_never_begins_a_line() -> None:
    assert break_lines("一二三四五。六七", 5, ems) == ["一二三四", "五。六七"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert break_lines("一二三四（五）", 5, ems) == ["一二三四", "（五）"]


def test_a_number_with_its_percent_sign_stays_whole() -> None:
    assert break_lines("集中率为78.3%以上", 5.5, ems) == ["集中率为", "78.3%以上"]


def test_a_word_longer_than_a_line_is_broken_and_kept() -> None:
    assert break_lines("A" * 25, 5, ems) == ["A" * 10, "A" * 10, "A" * 5]


def test_a_written_line_break_holds() -> None:
    assert break_lines("甲\n乙", 9, ems) == ["甲", "乙"]


def test_the_first_line_is_shorter_by_the_indent() -> None:
    assert break_lines("一二三四五六", 4, ems, indent=2) == ["一二", "三四五六"]


@given(TEXT)
def test_atoms_joined_are_the_text(text: str) -> None:
    assert "".join(atoms(text)) == text


@given(TEXT, st.integers(4, 30))
def test_nothing_is_lost_but_white_space(text: str, width: int) -> None:
    lines = break_lines(text, width, ems)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXT, st.integers(4, 30))
def test_no_line_is_wider_than_the_room(text: str, width: int) -> None:
    assert all(ems(line) <= width for line in break_lines(text, width, ems))


@given(TEXT, st.integers(6, 30))
def test_marks_keep_to_their_side_wherever_they_can(text: str, width: int) -> None:
    if any(ems(atom) > width for atom in atoms(text)):
        return
    lines = [line.strip() for line in break_lines(text, width, ems)]
    for line, following in pairwise(lines):
        spaced = f"{line}\0{following}"
        if line and following and _adjacent(text, spaced):
            assert following[0] not in CLOSING
            assert line[-1] not in OPENING


def _adjacent(text: str, spaced: str) -> bool:
    """Whether the two lines met in the text without white space between them."""
    return spaced.replace("\0", "") in text
