"""Students and rates of post internship."""

from policy_facts import D, id_number, placement, school

from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.periods import calendar_year, school_year
from xqhz_desktop.policy.settings import Settings

YEAR = school_year(2023)
A, B, C = (id_number(serial=serial) for serial in (1, 2, 3))


def test_the_row_with_the_latest_start_decides_for_a_student() -> None:
    rows = (
        placement(id=1, id_number=A, start=D(2024, 3, 1), arranged=False, matched=False),
        placement(id=2, id_number=A, start=D(2023, 9, 1)),
        placement(id=3, id_number=B),
    )
    got = compute(school(placements=rows), YEAR)
    assert got["internship_rows"].value == 3
    assert got["internship_students"].value == 2
    assert got["internship_students"].ids == (1, 3)
    assert got["concentrated_students"].ids == (3,)
    assert got["matched_rate"].value == 0.5


def test_of_two_rows_that_start_on_one_day_the_later_recorded_decides() -> None:
    rows = (placement(id=2, id_number=A, arranged=False), placement(id=1, id_number=A))
    assert compute(school(placements=rows), YEAR)["concentrated_rate"].value == 0


def test_unknown_stands_in_the_denominator_only() -> None:
    rows = (
        placement(id=1, id_number=A),
        placement(id=2, id_number=B, arranged=None, matched=None),
        placement(id=3, id_number=C, arranged=False),
    )
    assert compute(school(placements=rows), YEAR)["concentrated_rate"].value == 0.3333
    known = compute(school(Settings(rates_of="known"), placements=rows), YEAR)
    assert known["concentrated_rate"].value == 0.5
    assert known["internship_students"].value == 3


def test_the_start_decides_the_year_and_the_end_does_not() -> None:
    rows = (
        placement(id=1, id_number=A, start=D(2023, 8, 31), end=D(2024, 8, 31)),
        placement(id=2, id_number=B, start=D(2023, 9, 1), end=None),
        placement(id=3, id_number=C, start=D(2024, 8, 31), end=D(2025, 6, 30)),
    )
    of = school(placements=rows)
    assert compute(of, YEAR)["internship_rows"].ids == (2, 3)
    assert compute(of, school_year(2022))["internship_rows"].ids == (1,)
    assert compute(of, calendar_year(2023))["internship_rows"].ids == (1, 2)


def test_quarantined_rows_are_in_no_indicator() -> None:
    of = school(quarantined_placements=(placement(quarantined=True),))
    assert compute(of, YEAR)["internship_students"].value == 0
