"""All compliance rules: one function each, named as the rule; red findings come first.

A rule warns and names its article; it never blocks a record. Its words, weight and article are
data (db/rules.toml) and reach the functions' cases only here.
"""

from collections.abc import Iterable, Iterator

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.policy.indicators.bases import clashes, held
from xqhz_desktop.policy.periods import calendar_year
from xqhz_desktop.policy.results import SEVERITY_ORDER, Finding
from xqhz_desktop.policy.rules import (
    apprentices,
    batches,
    blanks,
    others,
    papers,
    placements,
    posts,
    school_years,
    teachers,
)
from xqhz_desktop.policy.rules.case import Case, PlacementRule, SchoolRule, weigh
from xqhz_desktop.policy.school import School

PLACEMENT_RULES: tuple[PlacementRule, ...] = (
    placements.under_16,
    placements.first_year,
    placements.no_agreement,
    papers.agreement_after_start,
    placements.barred_venue,
    placements.intermediary,
    placements.heavy_work,
    placements.fees,
    placements.no_consent,
    papers.consent_after_start,
    placements.no_insurance,
    papers.insurance_gap,
    papers.insurance_paid_by_student,
    placements.night_shift,
    placements.overtime,
    placements.pay_below_80pct,
    papers.away_unfiled,
    papers.firm_not_on_list,
    placements.firm_not_a_partner,
    placements.firm_without_valid_agreement,
    placements.placement_without_end,
)

SCHOOL_RULES: tuple[SchoolRule, ...] = (
    apprentices.apprentice_under_16,
    apprentices.apprentice_first_year,
    apprentices.under_16_labour_contract,
    apprentices.guardian_not_signed,
    blanks.agreement_unknown,
    blanks.no_school_supervisor,
    blanks.no_firm_supervisor,
    blanks.insurance_unknown,
    blanks.consent_unknown,
    batches.batch_without_list,
    batches.new_firm_not_assessed,
    batches.firm_list_not_public,
    school_years.firm_over_10pct,
    posts.post_over_20pct,
    school_years.shorter_than_180_days,
    school_years.firm_staff_unknown,
    posts.post_staff_unknown,
    teachers.teacher_under_180_days,
    teachers.teacher_entry_unknown,
    apprentices.apprentice_without_dual_identity,
    apprentices.short_labour_contract,
    apprentices.apprentice_without_mentors,
    apprentices.mentor_over_load,
    others.major_practice_below_50pct,
    others.agreement_under_3_years,
    others.double_booking,
)
ORDER = {rule.__name__: place for place, rule in enumerate((*PLACEMENT_RULES, *SCHOOL_RULES))}


def check(school: School) -> list[Finding]:
    """Every finding of the school under its rules: red first, then by rule and period.

    Quarantined placements are held to those rules that need no bad cell, and marked.
    """
    facts = school.facts
    placed = (*facts.placements, *facts.quarantined_placements)
    findings = _of_school(school)
    for rule in PLACEMENT_RULES:
        cases = [(rule.__name__, case) for one in placed if (case := rule(school, one))]
        findings += _weighed(school, cases)
    return sorted(findings, key=_order)


def check_placement(school: School, placement: Placement) -> list[Finding]:
    """The findings of one placement alone, whether or not it is among the school's facts."""
    cases = ((rule.__name__, rule(school, placement)) for rule in PLACEMENT_RULES)
    return list(_weighed(school, ((name, case) for name, case in cases if case)))


def _of_school(school: School) -> list[Finding]:
    cases = ((rule.__name__, case) for rule in SCHOOL_RULES for case in rule(school))
    return list(_weighed(school, cases))


def _weighed(school: School, cases: Iterable[tuple[str, Case]]) -> Iterator[Finding]:
    for name, case in cases:
        rule = school.rules.get(name)
        finding = weigh(rule, case) if rule else None
        if finding:
            yield finding


def _order(finding: Finding) -> tuple[int, int, str, int]:
    weight = SEVERITY_ORDER[finding.severity]
    return weight, ORDER[finding.rule], finding.period, finding.record


def double_bookings(school: School, year: int) -> list[tuple[int, int]]:
    """Ids of each two bookings of the calendar year that clash."""
    return [(one.id, two.id) for one, two in clashes(held(school, calendar_year(year)))]
