"""All indicators of a period: one function each, named as the indicator."""

from collections.abc import Callable, Iterable

from xqhz_desktop.policy.indicators import (
    apprentices,
    bases,
    care,
    firms,
    internships,
    plans,
    teachers,
)
from xqhz_desktop.policy.periods import periods_of
from xqhz_desktop.policy.results import Indicator, Period
from xqhz_desktop.policy.school import School, grouped

WHOLE: tuple[Callable[[School, Period], Indicator], ...] = (
    internships.internship_rows,
    internships.internship_students,
    internships.concentrated_students,
    internships.concentrated_rate,
    internships.matched_students,
    internships.matched_rate,
    care.placement_rate,
    care.agreement_rate,
    care.consent_rate,
    care.insurance_rate,
    care.inspection_rate,
    care.pass_rate,
    care.retained_rate,
    care.employed_rate,
    teachers.fulltime_teachers,
    teachers.professional_teachers,
    teachers.teachers_practice_180_days,
    teachers.teachers_practice_rate,
    teachers.teachers_practice_month_rate,
    teachers.dual_qualified,
    teachers.dual_share_of_fulltime,
    teachers.dual_qualified_professional,
    teachers.dual_share_of_professional,
    teachers.part_time_teachers,
    teachers.part_time_share,
    apprentices.apprentices_in_training,
    apprentices.apprentices_dual_identity,
    apprentices.dual_identity_rate,
    firms.partner_firms,
    firms.firms_with_valid_agreement,
    bases.bookings,
    bases.booked_hours,
    bases.working_days,
    bases.utilisation_overall,
    bases.double_booking_pairs,
    bases.cancelled_rows,
)
BROKEN_DOWN: tuple[Callable[[School, Period], list[Indicator]], ...] = (
    bases.booked_hours_by_function,
    bases.booked_hours_by_audience,
    bases.booked_hours_by_function_and_audience,
    bases.utilisation_by_base,
)


def compute(school: School, period: Period) -> dict[str, Indicator]:
    """Every indicator of the period that is one number, by name."""
    return {each.__name__: each(school, period) for each in WHOLE}


def breakdowns(school: School, period: Period) -> dict[str, list[Indicator]]:
    """Every indicator of the period that falls into parts, by name."""
    return {each.__name__: each(school, period) for each in BROKEN_DOWN}


def as_json(school: School) -> dict[str, object]:
    """The indicators of every period in which there are records, as plain values.

    {"by_school_year": {"2022-2023": …}, "by_year": {"2022": …}, "practice_share": {"2020级": …}}
    """
    years, school_years = periods_of(school.facts)
    return {
        "by_school_year": {period.name: _values(school, period) for period in school_years},
        "by_year": {period.name: _values(school, period) for period in years},
        "practice_share": _practice_shares(school),
    }


def _values(school: School, period: Period) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, one in compute(school, period).items():
        values[name] = one.value
    for name, ones in breakdowns(school, period).items():
        values[name] = nested(ones)
    return values


def nested(indicators: Iterable[Indicator]) -> dict[str, object]:
    """Values of a breakdown by part, and by subpart where it has two keys."""
    groups = grouped(indicators, lambda one: one.part)
    return {
        part: {one.subpart: one.value for one in ones} if ones[0].subpart else ones[0].value
        for part, ones in groups.items()
    }


def _practice_shares(school: School) -> dict[str, object]:
    groups = grouped(plans.practice_share(school), lambda one: one.period.label)
    return {
        label: {
            "overall": _shares(ones)[""],
            "by_major": {part: share for part, share in _shares(ones).items() if part},
        }
        for label, ones in groups.items()
    }


def _shares(ones: Iterable[Indicator]) -> dict[str, object]:
    return {
        one.part: {"total": one.bottom, "practice": one.top, "share": one.value} for one in ones
    }
