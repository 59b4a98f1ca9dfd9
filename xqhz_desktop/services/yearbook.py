"""Gathering what a year book prints: numbers, tallies, findings with names, masked lists."""

from dataclasses import replace
from datetime import date
from typing import Any

from xqhz_desktop.policy.indicators.plans import practice_share
from xqhz_desktop.policy.periods import calendar_year, school_year
from xqhz_desktop.policy.results import Finding, Indicator, Period
from xqhz_desktop.policy.yearbook import Listing, Part, YearBookData
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.numbers import Numbers, numbers, school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import masked
from xqhz_desktop.services.quarantine import waiting
from xqhz_desktop.services.remedies import Decision, State, of
from xqhz_desktop.services.tallies import by_attribute, hours_by_month, practice_days, tally

Values = dict[int, dict[str, Any]]

_TREND = 5  # years
_LISTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("firms", "合作企业名单", ("name", "uscc", "nature", "district", "staff", "contact", "phone")),
    (
        "placements",
        "岗位实习学生名单",
        ("name", "student", "class_name", "firm", "position", "start", "end", "arrangement"),
    ),
    (
        "apprentices",
        "学徒名单",
        ("name", "student", "cohort", "firm", "start", "end", "firm_mentor", "school_mentor"),
    ),
    ("teachers", "专任教师名单", ("staff_no", "name", "category", "title", "dual", "dual_since")),
    ("stints", "教师企业实践名单", ("teacher", "name", "firm", "start", "end", "form", "result")),
)


def gather(office: Office, period: Period, today: date) -> YearBookData:
    """Everything the year book of a period prints; `today` is the day of printing.

    Lists hold the rows behind the period's indicators, ID numbers and phones masked.
    """
    found = numbers(office)
    values = {name: _values(office, name) for name in ("firms", "students", "apprentices", "bases")}
    findings = tuple(
        _with_decision(finding, of(finding, found.decisions))
        for finding in found.findings
        if _belongs(finding, period)
    )
    before = _before(period)
    return YearBookData(
        school=school_name(office) or "本校",
        period=period,
        printed_on=today,
        indicators=found.indicators(period),
        last_year=found.indicators(before),
        trend=_trend(found, period),
        breakdowns=found.breakdowns(period),
        last_breakdowns=found.breakdowns(before),
        practice_shares=_practice_shares(found, period),
        tallies=_tallies(office, found, period, values),
        findings=findings,
        names=_names(office, findings),
        base_names={str(row["code"]): str(row["name"]) for row in values["bases"].values()},
        quarantined=found.quarantined,
        appendix=_lists(office, found, period, today),
    )


def _values(office: Office, register: str) -> Values:
    ids = tables.ids(office, register)
    return {row["id"]: row for row in tables.read_values(office, register, ids)}


def _before(period: Period) -> Period:
    """The period of the same kind one year earlier."""
    first = period.first.year - 1
    return calendar_year(first) if period.kind == "year" else school_year(first)


def _trend(found: Numbers, period: Period) -> tuple[dict[str, Indicator], ...]:
    same = [one for one in found.periods if one.kind == period.kind and one.last <= period.last]
    return tuple(found.indicators(one) for one in sorted(same, key=lambda p: p.last)[-_TREND:])


def _practice_shares(found: Numbers, period: Period) -> tuple[Indicator, ...]:
    """Those of the three intakes at school in the period."""
    year = period.last.year if period.kind == "year" else period.first.year
    shares = practice_share(found.school)
    return tuple(one for one in shares if year - 2 <= int(one.period.name) <= year)


def _with_decision(finding: Finding, decided: Decision) -> Finding:
    """A finding whose words say, too, that it was explained or put right."""
    if decided.state is State.OPEN:
        return finding
    said = f"{decided.state}：{decided.reason}" if decided.reason else str(decided.state)
    return replace(finding, message=f"{finding.message}（{said}）")


def _belongs(finding: Finding, period: Period) -> bool:
    """Whether a finding is one of the period's: its own, or of a year that lies in it."""
    if finding.period_kind == period.kind:
        return finding.period == period.name
    if finding.period_kind == "intake":
        return period.first.year - 2 <= int(finding.period) <= period.first.year
    if finding.period_kind == "school_year":
        return int(finding.period[:4]) in (period.first.year - 1, period.first.year)
    return int(finding.period) == period.first.year


def _tallies(
    office: Office, found: Numbers, period: Period, values: dict[str, Values]
) -> dict[str, tuple[Part, ...]]:
    school = found.school
    placements = school.placements(period)
    rows = tables.read_values(office, "placements", [row.id for row in placements])
    placed = {row["id"]: row for row in rows}
    majors = {row["id_number"]: row["major"] for row in values["students"].values()}
    partners = [firm for firm in school.facts.firms if firm.partner]
    training = [one for one in school.facts.apprentices if one.start <= period.as_of <= one.end]
    identified = set(found.indicators(period)["dual_identity_rate"].top_ids)
    ends = [a.end for a in school.facts.agreements if a.start <= period.as_of <= a.end]
    return {
        "firms_by_industry": tally(partners, by_attribute(values["firms"], "industry")),
        "firms_by_nature": tally(partners, by_attribute(values["firms"], "nature")),
        "agreements_by_end_year": tuple(
            sorted(tally(ends, lambda day: f"{day.year}年"), key=lambda part: part.label)
        ),
        "placements_by_major": tally(
            placements, lambda row: majors.get(row.id_number), lambda row: row.arranged is True
        ),
        "placements_by_firm": tally(
            placements, by_attribute(placed, "firm"), lambda row: row.arranged is True
        ),
        "apprentices_by_cohort": tally(
            training,
            by_attribute(values["apprentices"], "cohort"),
            lambda row: row.id in identified,
        ),
        "teachers_by_category": tally(
            school.fulltime(period.as_of),
            lambda row: row.category,
            lambda row: row.dual and row.dual_since is not None and row.dual_since <= period.as_of,
        ),
        "practice_days": practice_days(school, period),
        "hours_by_month": hours_by_month(school, period),
    }


def _names(office: Office, findings: tuple[Finding, ...]) -> dict[tuple[str, int], str]:
    """How each finding's record is called on paper."""
    named: dict[tuple[str, int], str] = {}
    by_register: dict[str, set[int]] = {}
    for finding in findings:
        register = "quarantine" if finding.quarantined else finding.register
        by_register.setdefault(register, set()).add(finding.record)
    for register, ids in by_register.items():
        if register == "quarantine":
            rows = waiting(office, frozenset(ids))
            named |= {(register, row.id): f"{row.what}（待更正）" for row in rows}
        elif register in REGISTERS and register != "courses":
            for values in tables.read_values(office, register, sorted(ids)):
                named[(register, values["id"])] = _name(values)
    return named


def _name(values: dict[str, Any]) -> str:
    name = values.get("name") or values.get("base") or values.get("code")
    beside = values.get("class_name") or values.get("cohort") or values.get("staff_no")
    if values.get("day"):
        beside = f"{values['day']:%Y-%m-%d}"
    return f"{name}（{beside}）" if beside else str(name or "")


def _lists(office: Office, found: Numbers, period: Period, today: date) -> tuple[Listing, ...]:
    behind = {
        "firms": found.indicators(period)["partner_firms"].ids,
        "placements": tuple(row.id for row in found.school.placements(period)),
        "apprentices": found.indicators(period)["apprentices_in_training"].ids,
        "teachers": found.indicators(period)["fulltime_teachers"].ids,
        "stints": tuple(
            row.id
            for row in found.school.facts.stints
            if row.start <= period.last and row.end >= period.first
        ),
    }
    listings = (
        _listing(office, register, caption, fields, behind[register], today)
        for register, caption, fields in _LISTED
    )
    return tuple(listing for listing in listings if listing.rows)


def _listing(
    office: Office,
    register: str,
    caption: str,
    names: tuple[str, ...],
    ids: tuple[int, ...],
    today: date,
) -> Listing:
    fields = [REGISTERS[register].field(name) for name in names]
    figures = frozenset(
        place
        for place, field in enumerate(fields, start=1)
        if field.kind in (Kind.COUNT, Kind.AMOUNT)
    )
    rows = tuple(
        (
            str(number),
            *(masked(f, tables.show(f, values[f.name]), today) for f in fields),
        )
        for number, values in enumerate(tables.read_values(office, register, ids), start=1)
    )
    return Listing(caption, ("序号", *(field.label for field in fields)), rows, figures)
