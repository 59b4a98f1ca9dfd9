"""The school's numbers: indicators, findings and clashes, computed anew when records change."""

from functools import cached_property

from sqlalchemy import select

from xqhz_desktop.policy import indicators, rules
from xqhz_desktop.policy.citations import read_rules
from xqhz_desktop.policy.periods import judged_years, periods_of
from xqhz_desktop.policy.results import Finding, Indicator, Period
from xqhz_desktop.policy.school import School
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.remedies import Decisions, open_ones, read_decisions
from xqhz_desktop.services.settings import read_targets, school_settings
from xqhz_desktop.services.workbooks.context import intake_of
from xqhz_desktop.store.facts import read_facts
from xqhz_desktop.store.models import SCHOOL_NAME, Setting


class Numbers:
    """All numbers of one moment; each is computed when first asked for."""

    def __init__(self, school: School, decisions: Decisions | None = None) -> None:
        """`school` holds the facts of that moment, `decisions` what was decided about findings."""
        self.school = school
        self.decisions = decisions or {}
        self._indicators: dict[Period, dict[str, Indicator]] = {}
        self._breakdowns: dict[Period, dict[str, list[Indicator]]] = {}

    @cached_property
    def periods(self) -> list[Period]:
        """Every year and school year in which there are records, the newest first."""
        years, school_years = periods_of(self.school.facts)
        return sorted((*years, *school_years), key=lambda period: period.last, reverse=True)

    def current(self, kind: str) -> Period:
        """The newest period of that kind that is told of whole: bookings, rosters and all.

        Raises ValueError where there are no records.
        """
        judged = judged_years(self.school.facts)
        last = max((one.last for one in judged), default=None)
        same = [one for one in self.periods if one.kind == kind]
        whole = [one for one in same if last is None or one.first <= last]
        return max(whole, key=lambda one: one.last)

    def indicators(self, period: Period) -> dict[str, Indicator]:
        """The period's indicators by name."""
        if period not in self._indicators:
            self._indicators[period] = indicators.compute(self.school, period)
        return self._indicators[period]

    def breakdowns(self, period: Period) -> dict[str, list[Indicator]]:
        """The period's indicators that fall into parts, by name."""
        if period not in self._breakdowns:
            self._breakdowns[period] = indicators.breakdowns(self.school, period)
        return self._breakdowns[period]

    @cached_property
    def findings(self) -> list[Finding]:
        """Every finding, red first."""
        return rules.check(self.school)

    @cached_property
    def open_findings(self) -> list[Finding]:
        """Those that were neither explained nor put right, red first."""
        return open_ones(self.findings, self.decisions)

    @cached_property
    def double_bookings(self) -> dict[str, list[tuple[int, int]]]:
        """Ids of each two bookings that clash, by calendar year."""
        years, _ = periods_of(self.school.facts)
        return {year.name: rules.double_bookings(self.school, int(year.name)) for year in years}

    @property
    def quarantined(self) -> dict[str, int]:
        """Open waiting rows by register; they are in no number."""
        return self.school.facts.quarantined_rows

    def as_json(self) -> dict[str, object]:
        """The indicators of every period as plain values."""
        return indicators.as_json(self.school)


def numbers(office: Office) -> Numbers:
    """The numbers of the records as they stand."""
    with office.engine.connect() as connection:
        return Numbers(
            School(
                read_facts(connection, intake_of),
                school_settings(connection),
                read_targets(connection),
                read_rules(),
                today=office.now().date(),
            ),
            read_decisions(connection),
        )


def school_name(office: Office) -> str:
    """The school's name from the settings; empty until it is known."""
    with office.engine.connect() as connection:
        return str(
            connection.execute(
                select(Setting.value).where(Setting.name == SCHOOL_NAME)
            ).scalar_one_or_none()
            or ""
        )
