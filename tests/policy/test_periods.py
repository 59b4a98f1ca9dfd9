"""Which years there are, and which of them are judged."""

from datetime import date

import pytest
from policy_facts import agreement, apprentice, booking, placement, stint, teacher

from xqhz_desktop.base.facts import Facts, PartTimer
from xqhz_desktop.policy.periods import (
    calendar_year,
    intake,
    judged_years,
    period_named,
    periods_of,
    school_year,
)

D = date


def names(facts: Facts) -> tuple[list[str], list[str]]:
    years, school_years = periods_of(facts)
    return [one.name for one in years], [one.name for one in school_years]


def test_a_school_year_runs_to_31_august_and_is_looked_at_then() -> None:
    year = school_year(2023)
    assert (year.name, year.label) == ("2023-2024", "2023-2024学年")
    assert (year.first, year.last, year.as_of) == (D(2023, 9, 1), D(2024, 8, 31), D(2024, 8, 31))


def test_a_calendar_year_is_looked_at_on_its_last_day() -> None:
    assert calendar_year(2024).as_of == D(2024, 12, 31)
    assert calendar_year(2024).label == "2024年度"


def test_an_intake_is_called_by_its_year() -> None:
    assert intake(2021).label == "2021级"
    assert intake(2021).first == D(2021, 9, 1)


def test_a_period_is_found_by_its_name() -> None:
    assert period_named("2024") == calendar_year(2024)
    assert period_named("2023-2024") == school_year(2023)


@pytest.mark.parametrize("name", ["", "2023-2025", "2024-2023", "this year"])
def test_a_name_of_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        period_named(name)


def test_every_year_in_which_something_began_is_a_period() -> None:
    facts = Facts(
        placements=(placement(start=D(2025, 2, 1)),),
        apprentices=(apprentice(start=D(2021, 9, 1)),),
        stints=(stint(D(2018, 7, 1), D(2018, 8, 1)),),
        part_timers=(PartTimer(1, D(2020, 3, 1), D(2021, 2, 28)),),
        bookings=(booking((480, 600), day=D(2024, 10, 8)),),
    )
    years, school_years = names(facts)
    assert years == ["2018", "2020", "2021", "2024", "2025"]
    assert school_years == ["2017-2018", "2019-2020", "2021-2022", "2024-2025"]


def test_a_teachers_entry_makes_no_year_and_agreements_only_where_nothing_else_is() -> None:
    old = agreement(start=D(2016, 5, 1))
    assert names(Facts(teachers=(teacher(entry=D(1992, 9, 1)),))) == ([], [])
    assert names(Facts(agreements=(old,))) == (["2016"], ["2015-2016"])
    assert names(Facts(agreements=(old,), placements=(placement(),)))[0] == ["2023"]


def test_the_judged_years_are_those_of_the_bookings() -> None:
    facts = Facts(
        bookings=(booking((480, 600)),),
        placements=(placement(start=D(2025, 2, 1)),),
        stints=(stint(D(2018, 7, 1), D(2018, 8, 1)),),
    )
    assert judged_years(facts) == [calendar_year(2024)]


def test_without_bookings_the_judged_years_are_those_in_which_school_years_began() -> None:
    facts = Facts(placements=(placement(start=D(2025, 2, 1)),))
    assert judged_years(facts) == [calendar_year(2024)]
    assert judged_years(Facts(stints=(stint(D(2018, 7, 1), D(2018, 8, 1)),))) == [
        calendar_year(2018)
    ]
    assert judged_years(Facts()) == []
