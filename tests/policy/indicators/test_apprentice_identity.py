"""Apprentices in training, and which of them have both identities."""

from datetime import date

import pytest
from policy_facts import D, apprentice, school

from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.indicators.apprentices import has_dual_identity
from xqhz_desktop.policy.periods import calendar_year, school_year

DAY = D(2023, 12, 31)


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        (D(2023, 12, 31), D(2024, 6, 30), 1),
        (D(2022, 9, 1), D(2023, 12, 31), 1),
        (D(2024, 1, 1), D(2024, 6, 30), 0),
        (D(2022, 9, 1), D(2023, 12, 30), 0),
    ],
)
def test_one_is_in_training_from_the_first_day_to_the_last(
    start: date, end: date, value: int
) -> None:
    got = compute(school(apprentices=(apprentice(start=start, end=end),)), calendar_year(2023))
    assert got["apprentices_in_training"].value == value


@pytest.mark.parametrize(
    ("changes", "dual"),
    [
        ({}, True),
        ({"registered": False}, False),
        ({"registered": None}, False),
        ({"contract": None}, False),
        ({"contract_signed": DAY}, True),
        ({"contract_signed": D(2024, 1, 1)}, False),
        ({"contract_signed": None}, False),
        ({"contract_end": DAY}, True),
        ({"contract_end": D(2023, 12, 30)}, False),
        ({"contract_end": None}, False),
    ],
)
def test_both_identities_must_hold_on_the_day(changes: dict[str, object], dual: bool) -> None:
    assert has_dual_identity(apprentice(**changes), DAY) is dual


def test_the_rate_is_among_those_in_training_on_the_as_of_day() -> None:
    rows = (apprentice(id=1), apprentice(id=2, contract=None), apprentice(id=3, end=D(2023, 9, 1)))
    of = school(apprentices=rows)
    rate = compute(of, calendar_year(2023))["dual_identity_rate"]
    assert (rate.value, rate.top_ids, rate.ids) == (0.5, (1,), (1, 2))
    assert compute(of, school_year(2023))["dual_identity_rate"].value is None
