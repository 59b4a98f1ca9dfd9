"""Partners, and those with an agreement in force."""

import pytest
from policy_facts import D, agreement, firm, school

from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.periods import calendar_year

YEAR = calendar_year(2023)


def test_partners_are_the_good_rows_of_the_register() -> None:
    firms = (firm(id=1), firm(id=2, partner=False), firm(id=3, quarantined=True))
    assert compute(school(firms=firms), YEAR)["partner_firms"].ids == (1,)


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"signed": D(2023, 12, 31)}, True),
        ({"signed": D(2024, 1, 1)}, False),
        ({"signed": None}, False),
        ({"start": D(2023, 12, 31)}, True),
        ({"start": D(2024, 1, 1)}, False),
        ({"end": D(2023, 12, 31)}, True),
        ({"end": D(2023, 12, 30)}, False),
        ({"firm": 2}, False),
    ],
)
def test_an_agreement_is_valid_when_signed_and_within_its_term(
    changes: dict[str, object], valid: bool
) -> None:
    got = compute(school(agreements=(agreement(**changes),)), YEAR)
    assert got["firms_with_valid_agreement"].value == int(valid)


def test_a_firm_with_two_agreements_counts_once() -> None:
    got = compute(school(agreements=(agreement(), agreement(id=2))), YEAR)
    assert got["firms_with_valid_agreement"].value == 1
