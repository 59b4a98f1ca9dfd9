"""Indicators of apprentices as of a day: in training, and with both identities."""

from datetime import date

from xqhz_desktop.base.facts import Apprentice
from xqhz_desktop.base.period import holds
from xqhz_desktop.policy.indicators.build import count, rate
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School


def in_training(school: School, day: date) -> list[Apprentice]:
    """The apprentices between 入岗 and 期满 on `day`."""
    return [row for row in school.facts.apprentices if holds(row.start, row.end, day)]


def has_dual_identity(apprentice: Apprentice, day: date) -> bool:
    """Whether one is on the school's roll and under a numbered labour contract on `day`.

    The school's own reading of 双重身份; an unknown date is none.
    """
    contract = apprentice.contract_end is not None and bool(apprentice.contract)
    held = holds(apprentice.contract_signed, apprentice.contract_end, day)
    return apprentice.registered is True and contract and held


def apprentices_in_training(school: School, period: Period) -> Indicator:
    """在培学徒 on the as-of day."""
    ids = (row.id for row in in_training(school, period.as_of))
    return count(school, period, "apprentices_in_training", ids)


def apprentices_dual_identity(school: School, period: Period) -> Indicator:
    """在培学徒 with both identities on the as-of day."""
    return count(school, period, "apprentices_dual_identity", _dual(school, period))


def dual_identity_rate(school: School, period: Period) -> Indicator:
    """The share of those among 在培学徒."""
    ids = (row.id for row in in_training(school, period.as_of))
    return rate(school, period, "dual_identity_rate", _dual(school, period), ids)


def _dual(school: School, period: Period) -> list[int]:
    rows = in_training(school, period.as_of)
    return [row.id for row in rows if has_dual_identity(row, period.as_of)]
