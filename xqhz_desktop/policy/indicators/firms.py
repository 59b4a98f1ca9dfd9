"""Indicators of firms: partners, and those with an agreement in force."""

from xqhz_desktop.policy.indicators.build import count
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School


def partner_firms(school: School, period: Period) -> Indicator:
    """合作企业: good rows of the register, whatever the period."""
    return count(school, period, "partner_firms", _partners(school))


def firms_with_valid_agreement(school: School, period: Period) -> Indicator:
    """Partners with an agreement that is signed and in force on the as-of day."""
    ids = (one for one in _partners(school) if school.has_agreement(one, period.as_of))
    return count(school, period, "firms_with_valid_agreement", ids)


def _partners(school: School) -> list[int]:
    return [firm.id for firm in school.facts.firms if school.partner(firm.id)]
