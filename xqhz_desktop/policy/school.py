"""The facts as the indicators and rules ask for them: with settings, and grouped once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from xqhz_desktop.base.facts import (
    Agreement,
    Batch,
    Booking,
    Facts,
    Firm,
    Placement,
    Stint,
    Teacher,
    Turn,
)
from xqhz_desktop.base.period import Span, holds, union_days
from xqhz_desktop.policy.calendar import working_days
from xqhz_desktop.policy.citations import Rule
from xqhz_desktop.policy.results import Period, Target
from xqhz_desktop.policy.settings import DEFAULTS, Settings

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)
Month = tuple[int, int]
_PROFESSIONAL = frozenset({"专业课教师", "实习指导教师"})


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Rows by key, in their order."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


@dataclass
class School:
    """One school's facts, read once, with what it has set; everything else is derived.

    The facts must not change while the School is in use: groupings are made once.
    """

    facts: Facts
    settings: Settings = DEFAULTS
    targets: Sequence[Target] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    today: date | None = None  # None: whatever has an end has ended
    _amounts: dict[Hashable, dict[int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def firms(self) -> dict[int, Firm]:
        """Firms by id."""
        return {firm.id: firm for firm in self.facts.firms}

    @cached_property
    def _agreements(self) -> dict[int, list[Agreement]]:
        return grouped(self.facts.agreements, lambda row: row.firm)

    @cached_property
    def _stints(self) -> dict[int, list[Stint]]:
        return grouped((row for row in self.facts.stints if row.passed), lambda row: row.teacher)

    @cached_property
    def batches(self) -> dict[int, Batch]:
        """Batches by id."""
        return {batch.id: batch for batch in self.facts.batches}

    @cached_property
    def turns(self) -> dict[int, list[Turn]]:
        """The changes of post by placement, in the order of their days."""
        return grouped(self.facts.turns, lambda turn: turn.placement)

    @cached_property
    def listed(self) -> dict[int, set[int]]:
        """The firms on the list of each batch that has one."""
        lists = grouped(self.facts.batch_firms, lambda row: row.batch)
        return {batch: {row.firm for row in rows} for batch, rows in lists.items()}

    @cached_property
    def first_days(self) -> dict[tuple[int, int], date]:
        """The first day on which anybody of a batch was at a firm, by batch and firm."""
        found: dict[tuple[int, int], date] = {}
        for row in self._in_order:
            if row.batch is not None:
                found.setdefault((row.batch, row.firm), row.start)
        return found

    @cached_property
    def _in_order(self) -> list[Placement]:
        return sorted(self.facts.placements, key=lambda row: (row.start, row.id))

    @cached_property
    def _placements(self) -> dict[Month, list[Placement]]:
        return grouped(self._in_order, lambda row: (row.start.year, row.start.month))

    @cached_property
    def _of_school_years(self) -> dict[str, list[Placement]]:
        return grouped(self._in_order, lambda row: row.school_year)

    @cached_property
    def _bookings(self) -> dict[Month, list[Booking]]:
        return grouped(self.facts.bookings, lambda row: (row.day.year, row.day.month))

    def placements(self, period: Period) -> list[Placement]:
        """The placements of the period, by start, then as recorded.

        Of a calendar year they are those that start in it; of a school year, those whose batch
        carries it, and of no batch those that start in it.
        """
        if period.kind == "school_year":
            return self._of_school_years.get(period.name, [])
        return [row for month in _months(period) for row in self._placements.get(month, ())]

    def bookings(self, period: Period) -> list[Booking]:
        """The bookings of the period, cancelled ones included."""
        return [row for month in _months(period) for row in self._bookings.get(month, ())]

    def ended(self, end: date | None) -> bool:
        """Whether what ends so has ended: it goes on through its last day, and with none."""
        return end is not None and (self.today is None or end < self.today)

    def partner(self, firm: int) -> Firm | None:
        """The firm where it is a partner whose own row is good, else None."""
        found = self.firms.get(firm)
        return found if found and found.partner and not found.quarantined else None

    def outsider(self, firm: int) -> Firm | None:
        """The firm where it is surely no partner: not one whose own row waits for correction."""
        found = self.firms.get(firm)
        if found is None or found.partner or found.quarantined:
            return None
        return None if found.key in self.facts.quarantined_firm_keys else found

    def has_agreement(self, firm: int, day: date) -> bool:
        """Whether the firm has an agreement that was signed by `day` and is in force then."""
        return any(
            row.signed is not None and row.signed <= day and holds(row.start, row.end, day)
            for row in self._agreements.get(firm, ())
        )

    def fulltime(self, day: date) -> list[Teacher]:
        """The full-time teachers in service on `day`; one whose entry is unknown has always been.

        Who leaves on `day` is no longer counted.
        """
        return [
            row
            for row in self.facts.teachers
            if (row.entry is None or row.entry <= day) and (row.left is None or row.left > day)
        ]

    def professional(self, day: date) -> list[Teacher]:
        """Of the full-time teachers on `day` those of major courses and practical training."""
        return [row for row in self.fulltime(day) if is_professional(row)]

    def practice_window(self, period: Period) -> Span:
        """The years (five unless set) that end with the period."""
        after = period.last + timedelta(1)
        return after.replace(year=after.year - self.settings.practice_years), period.last

    def practice_days(self, window: Span) -> dict[int, int]:
        """Distinct days of passed practice within the window, by teacher's id."""
        return self.once(("practice", window), lambda: self._practised(window))

    def _practised(self, window: Span) -> dict[int, int]:
        return {
            row.id: union_days(
                ((stint.start, stint.end) for stint in self._stints.get(row.id, ())), *window
            )
            for row in self.facts.teachers
        }

    def once(self, key: Hashable, count: Callable[[], dict[int, int]]) -> dict[int, int]:
        """Amounts by record that several indicators ask for, counted at the first asking."""
        if key not in self._amounts:
            self._amounts[key] = count()
        return self._amounts[key]

    def working_days(self, period: Period) -> frozenset[date]:
        """The working days of the period."""
        return working_days(period.first, period.last, self.facts.day_types)


def is_professional(teacher: Teacher) -> bool:
    """Whether a teacher is one of 专业课教师 (含实习指导教师)."""
    return teacher.category in _PROFESSIONAL


def _months(period: Period) -> list[Month]:
    first, last = period.first, period.last
    steps = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(step // 12, step % 12 + 1) for step in steps]
