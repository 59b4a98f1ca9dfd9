"""Working days follow the week but for the days that are named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.policy.calendar import working_days

D = date
DAYS = st.dates(D(2024, 1, 1), D(2024, 3, 31))


def test_a_plain_week_has_five_working_days() -> None:
    week = working_days(D(2024, 3, 4), D(2024, 3, 10), {})
    assert week == {D(2024, 3, day) for day in range(4, 9)}


def test_a_holiday_rests_and_a_day_in_its_stead_works() -> None:
    exceptions = {D(2024, 3, 4): False, D(2024, 3, 10): True}
    days = working_days(D(2024, 3, 4), D(2024, 3, 10), exceptions)
    assert D(2024, 3, 4) not in days
    assert D(2024, 3, 10) in days


@given(DAYS, DAYS, st.dictionaries(DAYS, st.booleans()))
def test_it_is_what_going_day_by_day_gives(
    first: date, last: date, exceptions: dict[date, bool]
) -> None:
    slow, day = set(), first
    while day <= last:
        if exceptions[day] if day in exceptions else day.isoweekday() <= 5:
            slow.add(day)
        day += timedelta(1)
    assert working_days(first, last, exceptions) == slow
