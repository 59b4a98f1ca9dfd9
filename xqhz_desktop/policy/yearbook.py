"""What a year book is made from: flat values that a service gathers, nothing computed here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xqhz_desktop.policy.results import Finding, Indicator, Period


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a tally: a major with its 66 students, of whom 52 were placed by the school."""

    label: str
    value: float
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of persons or records for the appendix, each cell as it is printed, masked already.

    `figures` are the places of the columns whose numbers are aligned at the point.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearBookData:
    """Everything that one year book prints.

    `indicators` and `last_year` are by name, as `policy.indicators.compute` gives them;
    `breakdowns` as `policy.indicators.breakdowns` gives them. `trend` holds the indicators of
    several years, the oldest first, this year last. `practice_shares` are those of all intakes
    that matter for the year. `quarantined` counts open rows by register. `names` says how a
    record of a finding is called on paper (never with an ID number), by register and id; that
    of a row that waits for correction by "quarantine" and id.

    `tallies` may hold, each left out where it is missing:
    firms_by_industry, firms_by_nature, agreements_by_end_year ·
    placements_by_major, placements_by_firm (both within: placed by the school) ·
    apprentices_by_cohort (within: both identities) ·
    teachers_by_category (within: dual-qualified) · practice_days (bands of days) ·
    hours_by_month.
    """

    school: str
    period: Period
    printed_on: date
    indicators: Mapping[str, Indicator]
    last_year: Mapping[str, Indicator] = field(default_factory=dict)
    trend: tuple[Mapping[str, Indicator], ...] = ()
    breakdowns: Mapping[str, list[Indicator]] = field(default_factory=dict)
    last_breakdowns: Mapping[str, list[Indicator]] = field(default_factory=dict)
    practice_shares: tuple[Indicator, ...] = ()
    tallies: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    names: Mapping[tuple[str, int], str] = field(default_factory=dict)
    base_names: Mapping[str, str] = field(default_factory=dict)
    quarantined: Mapping[str, int] = field(default_factory=dict)
    appendix: tuple[Listing, ...] = ()
