"""How each due student of a batch stands on a day; whom it is counted from, by batch and class.

A placement counts for the batch that it names, as for the indicator 实习落实率; one that names
none counts for no batch. The present one speaks, else the next, else the last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from xqhz_desktop.registers.words import BATCH_ITEMS
from xqhz_desktop.services.internships.stays import (
    DueStudent,
    Stay,
    by_student,
    due_students,
    stays,
)
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import Batch, BatchCheck, BatchFirm, Due, Firm, Placement

# In the order in which somebody has to look at them.
NOT_PLACED, UNSIGNED, SIGNED, ON_POST, CHANGED, AWAY, ENDED, EXEMPT = STATES = (
    "未落实", "待签协议", "已签协议", "在岗", "已变动", "已离岗", "已结束", "不参加",
)  # fmt: skip
_UNPLACED = (NOT_PLACED, EXEMPT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A due student on a day: the state, and the placement that it is told by."""

    due: DueStudent
    state: str
    stay: Stay | None
    day: date

    @property
    def post(self) -> str:
        """The post as of the day."""
        return (self.stay.post(self.day) or "") if self.stay else ""

    @property
    def firm(self) -> str:
        """Where the student is, is to be, or was."""
        return self.stay.firm if self.stay else ""


@dataclass(frozen=True, slots=True)
class Rate:
    """落实率 of a batch or a class: placed of those who are due, the exempt left out."""

    label: str
    placed: int
    due: int
    exempt: int

    @property
    def share(self) -> float | None:
        """placed / due; None where nobody is due."""
        return self.placed / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Check:
    """One of the things to be seen to, and when it was; `id` is None as long as it is not."""

    item: str
    id: int | None
    day: date | None = None
    who: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm of a batch's list: whether it was decided and made public, and how many are there."""

    id: int
    name: str
    decided: date | None
    published: date | None
    students: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch on a day: everybody on its list, the rates, the checklist, its firms."""

    id: int
    name: str
    school_year: str
    kind: str
    start: date
    end: date | None
    day: date
    standings: tuple[Standing, ...]
    checks: tuple[Check, ...]
    firms: tuple[FirmLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many are in each state, in the order of the states."""
        counted = Counter(one.state for one in self.standings)
        return {state: counted[state] for state in STATES}

    @property
    def rate(self) -> Rate:
        """落实率 of the whole batch."""
        return _rate(self.name, self.standings)

    @property
    def by_class(self) -> list[Rate]:
        """落实率 of each class, the lowest first."""
        groups: dict[str, list[Standing]] = defaultdict(list)
        for one in self.standings:
            groups[one.due.class_name or "班级未填"].append(one)
        rates = [_rate(name, group) for name, group in groups.items()]
        return sorted(rates, key=lambda one: (1 if one.share is None else one.share, one.label))


def batches(office: Office) -> list[tuple[int, str]]:
    """(id, name) of every batch, the latest first."""
    with office.engine.connect() as connection:
        statement = select(Batch.id, Batch.name).order_by(Batch.start.desc(), Batch.id.desc())
        return [(row[0], row[1]) for row in connection.execute(statement)]


def batch_view(office: Office, batch: int, day: date) -> BatchView | None:
    """A batch as of a day; None where there is no such one. The queries are always as many."""
    with office.engine.connect() as connection:
        row = connection.execute(select(Batch.__table__).where(Batch.id == batch)).first()
        if row is None:
            return None
        found = _standings(connection, batch, day)
        there = Counter(
            one.stay.values["firm_id"] for one in found if one.stay and one.stay.holds(day)
        )
        return BatchView(
            row.id, row.name, row.school_year, row.kind, row.start, row.end, day, tuple(found),
            _checks(connection, batch), _firms(connection, batch, there),
        )  # fmt: skip


def not_placed(office: Office, day: date) -> list[Standing]:
    """应实习未落实单位: everybody who is due in a batch under way or ahead and has no firm."""
    with office.engine.connect() as connection:
        wanted = or_(Batch.end.is_(None), Batch.end >= day)
        dues = due_students(connection, wanted)
        theirs = by_student(stays(connection, Placement.student_id.in_(select(Due.student_id))))
    found = (_standing(one, theirs.get(one.student, []), day) for one in dues)
    return [one for one in found if one.state == NOT_PLACED]


def _standings(connection: Connection, batch: int, day: date) -> list[Standing]:
    dues = due_students(connection, Due.batch_id == batch)
    students = select(Due.student_id).where(Due.batch_id == batch)
    theirs = by_student(stays(connection, Placement.student_id.in_(students)))
    return [_standing(one, theirs.get(one.student, []), day) for one in dues]


def _standing(due: DueStudent, theirs: list[Stay], day: date) -> Standing:
    stay = _speaking([one for one in theirs if one.values["batch_id"] == due.batch], day)
    if due.exempt and (due.exempt_since is None or due.exempt_since <= day):
        return Standing(due, EXEMPT, stay, day)
    return Standing(due, NOT_PLACED if stay is None else _state(stay, day), stay, day)


def _speaking(own: list[Stay], day: date) -> Stay | None:
    """The placement that stands on the day, else the next one, else the last one."""
    now = [one for one in own if one.holds(day)]
    ahead = [one for one in own if one.start > day]
    return now[-1] if now else ahead[0] if ahead else own[-1] if own else None


def _state(stay: Stay, day: date) -> str:
    if stay.start > day:
        return SIGNED if stay.values["agreement"] else UNSIGNED
    if stay.end is not None and stay.end < day:
        return ENDED
    if stay.away(day):
        return AWAY
    return CHANGED if stay.changed(day) else ON_POST


def _rate(label: str, group: Iterable[Standing]) -> Rate:
    states = Counter(one.state for one in group)
    due = states.total() - states[EXEMPT]
    return Rate(label, due - states[NOT_PLACED], due, states[EXEMPT])


def _checks(connection: Connection, batch: int) -> tuple[Check, ...]:
    statement = select(BatchCheck.__table__).where(BatchCheck.batch_id == batch)
    done = {row.item: row for row in connection.execute(statement)}
    return tuple(
        Check(item, row.id, row.day, row.who or "", row.kept or "")
        if (row := done.get(item))
        else Check(item, None)
        for item in BATCH_ITEMS
    )


def _firms(connection: Connection, batch: int, there: Counter[int]) -> tuple[FirmLine, ...]:
    statement = (
        select(BatchFirm.id, Firm.name, BatchFirm.decided, BatchFirm.published, Firm.id)
        .join(Firm, Firm.id == BatchFirm.firm_id)
        .where(BatchFirm.batch_id == batch)
        .order_by(BatchFirm.id)
    )
    return tuple(
        FirmLine(row[0], row[1], row[2], row[3], there[row[4]])
        for row in connection.execute(statement)
    )
