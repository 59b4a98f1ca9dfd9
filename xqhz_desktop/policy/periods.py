"""The years at which the school is looked at, and which of them have records."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from xqhz_desktop.base.facts import Facts
from xqhz_desktop.base.period import school_year_days, school_year_start, year_days
from xqhz_desktop.policy.results import Period


def calendar_year(year: int) -> Period:
    """The calendar year, looked at on 31 December."""
    return Period("year", str(year), *year_days(year))


def school_year(first_year: int) -> Period:
    """The school year that begins on 1 September of `first_year`, looked at on 31 August."""
    name = f"{first_year}-{first_year + 1}"
    return Period("school_year", name, *school_year_days(first_year))


def intake(year: int) -> Period:
    """The intake of a year, from its first September to the third summer after it."""
    first, _ = school_year_days(year)
    return Period("intake", str(year), first, school_year_days(year + 2)[1])


def period_named(name: str) -> Period:
    """The period of "2024" or "2023-2024". Raises ValueError for any other text."""
    first, hyphen, second = name.partition("-")
    if not hyphen:
        return calendar_year(int(first))
    if int(second) != int(first) + 1:
        raise ValueError(name)
    return school_year(int(first))


def periods_of(facts: Facts) -> tuple[list[Period], list[Period]]:
    """Every calendar year and every school year in which something recorded began.

    A placement's school year is its batch's. A teacher's entry long ago makes no year;
    agreements do only where nothing else is recorded.
    """
    days = list(_days(facts)) or [agreement.start for agreement in facts.agreements]
    years = sorted({day.year for day in days})
    placed = _placed(facts)
    others = _days(replace(facts, placements=())) if placed else days
    school_years = sorted(placed | {school_year_start(day) for day in others})
    return [calendar_year(year) for year in years], [school_year(year) for year in school_years]


def _placed(facts: Facts) -> set[int]:
    """The years in which the school years of placements begin."""
    return {int(name[:4]) for name in {row.school_year for row in facts.placements}}


def _days(facts: Facts) -> Iterable[date]:
    for rows in (facts.placements, facts.apprentices, facts.stints, facts.part_timers):
        yield from (row.start for row in rows)
    yield from (booking.day for booking in facts.bookings)


def judged_years(facts: Facts) -> list[Period]:
    """The calendar years for whose last day teachers and apprentices are held to the rules.

    They are the years of the one register that is kept by calendar year, the bookings; without
    it those in which a school year with placements began, else those in which anything began.
    Years that only an old stint or a half-run placement reaches into are judged by nobody.
    """
    years = {booking.day.year for booking in facts.bookings}
    years = years or _placed(facts)
    return [calendar_year(year) for year in sorted(years)] or periods_of(facts)[0]
