"""How a person is told from all others in whatever somebody has written."""

import pytest

from xqhz_desktop.services.privacy.person import GONE, Person

ME = Person(
    "student",
    frozenset({"王一", "王远山"}),
    frozenset({"37130020060301077X", "15477001234", "88123456"}),
    frozenset({"20210077"}),
    frozenset({"王一鸣"}),
)


@pytest.mark.parametrize(
    "said",
    [
        "家长王远山来电",
        "电话154-7700-1234",
        "154 7700 1234",
        "１５４７７００１２３４",
        "身份证37130020060301077x",
        "371300 20060301 077X",
        "座机88123456",
        "0539-88123456转",
        "王一鸣和王一",
    ],
)
def test_a_text_speaks_of_the_person(said: str) -> None:
    assert ME.in_text(said)
    assert not ME.in_text(ME.struck(said, nullable=False) or "")


@pytest.mark.parametrize("said", ["王一鸣", "881234567", "电话15477001235", "王 一", "远山", ""])
def test_a_text_speaks_of_somebody_else(said: str) -> None:
    assert not ME.in_text(said)


def test_what_stands_beside_the_person_stays() -> None:
    assert ME.struck("王一鸣和王一同桌", nullable=True) == f"王一鸣和{GONE}同桌"
    assert ME.struck("王一", nullable=True) is None
    assert ME.struck("王一", nullable=False) == GONE


def test_a_column_of_names_holds_whole_names() -> None:
    assert ME.in_value("booking", "owner", "李二、王一")
    assert not ME.in_value("booking", "owner", "王一心")


def test_a_name_of_a_thing_is_not_a_person() -> None:
    assert not ME.in_value("firm", "name", "王一汽修店")
    assert not ME.in_value("placement", "position", "王一刀工位")
    assert ME.in_value("placement", "note", "王一刀工位")


def test_a_student_number_counts_only_where_student_numbers_stand() -> None:
    assert ME.in_value("placement", "student_no", "20210077")
    assert not ME.in_value("placement", "note", "20210077")
    assert not ME.in_value("agreement", "code", "20210077")


def test_every_text_in_lists_and_dicts_is_struck() -> None:
    said = {"A": "王一", "B": ["电话15477001234", 3], "C": {"D": "别人"}}
    assert ME.in_any(said)
    struck = ME.struck_all(said)
    assert struck == {"A": GONE, "B": [f"电话{GONE}", 3], "C": {"D": "别人"}}
    assert not ME.in_any(struck)
