"""Placements and due students as the verbs and lists of internships read them: a query per kind."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from xqhz_desktop.store.models import (
    Batch,
    Due,
    Firm,
    Placement,
    PlacementEvent,
    SchoolClass,
    Student,
)

LEFT, BACK, OTHER_POST = "离岗", "返岗", "调岗"


class Turn(NamedTuple):
    """A dated turn within a placement; `before` and `after` are posts."""

    day: date
    kind: str
    before: str | None
    after: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement with all its columns, its firm's name and its turns in order."""

    values: Mapping[str, Any]
    firm: str
    turns: tuple[Turn, ...] = ()

    @property
    def id(self) -> int:
        """The placement's number."""
        return int(self.values["id"])

    @property
    def name(self) -> str:
        """Who it is about."""
        return str(self.values["name"])

    @property
    def start(self) -> date:
        """The first day."""
        day: date = self.values["start"]
        return day

    @property
    def end(self) -> date | None:
        """The last day; None while it is open."""
        day: date | None = self.values["end"]
        return day

    def holds(self, day: date) -> bool:
        """Whether it stands on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def away(self, day: date) -> bool:
        """Whether the student had left the post by a day and was not back."""
        kinds = [turn.kind for turn in self.turns if turn.day <= day and turn.kind != OTHER_POST]
        return bool(kinds) and kinds[-1] == LEFT

    def post(self, day: date) -> str | None:
        """The post as of a day: what the first later change found there, else the present one."""
        later = (turn for turn in self.turns if turn.kind == OTHER_POST and turn.day > day)
        first = next(later, None)
        now: str | None = self.values["position"]
        return first.before if first else now

    def changed(self, day: date) -> bool:
        """Whether the post or the firm had been changed by a day."""
        moved = self.values["follows_id"] is not None
        return moved or any(turn.kind == OTHER_POST and turn.day <= day for turn in self.turns)


@dataclass(frozen=True, slots=True)
class DueStudent:
    """A student of a batch's list, with what the student's own record says."""

    id: int
    batch: int
    batch_name: str
    batch_end: date | None
    student: int
    name: str
    student_no: str | None
    class_name: str | None
    sex: str | None
    phone: str | None
    exempt: str | None
    exempt_since: date | None


def listed(ids: Iterable[int]) -> Select[Any]:
    """Any number of ids as one parameter."""
    return select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value)


def stays(connection: Connection, *wanted: Any) -> list[Stay]:
    """The placements that fit all conditions, in the order of their start: two queries."""
    turns = _turns(connection, *wanted)
    statement = (
        select(Placement.__table__, Firm.name.label("firm_name"))
        .join(Firm, Firm.id == Placement.firm_id)
        .where(*wanted)
        .order_by(Placement.start, Placement.id)
    )
    return [
        Stay(dict(row), row["firm_name"], tuple(turns.get(row["id"], ())))
        for row in connection.execute(statement).mappings()
    ]


def _turns(connection: Connection, *wanted: Any) -> dict[int, list[Turn]]:
    columns = (PlacementEvent.day, PlacementEvent.kind, PlacementEvent.before)
    statement = (
        select(PlacementEvent.placement_id, *columns, PlacementEvent.after, PlacementEvent.reason)
        .join(Placement, Placement.id == PlacementEvent.placement_id)
        .where(*wanted)
        .order_by(PlacementEvent.day, PlacementEvent.id)
    )
    found: dict[int, list[Turn]] = defaultdict(list)
    rows: Iterable[Any] = connection.execute(statement)
    for row in rows:
        found[row[0]].append(Turn(*row[1:]))
    return found


def by_student(found: Iterable[Stay]) -> dict[int, list[Stay]]:
    """Placements by the student whose they are."""
    grouped: dict[int, list[Stay]] = defaultdict(list)
    for stay in found:
        grouped[stay.values["student_id"]].append(stay)
    return grouped


def due_students(connection: Connection, *wanted: Any) -> list[DueStudent]:
    """The lines of batches' lists that fit all conditions: one query."""
    statement = (
        select(
            Due.id,
            Due.batch_id,
            Batch.name,
            Batch.end,
            Due.student_id,
            Due.name,
            func.coalesce(Due.student_no, Student.student_no),
            func.coalesce(Due.class_name, SchoolClass.name),
            Student.sex,
            Student.phone,
            Due.exempt,
            Due.exempt_since,
        )
        .join(Batch, Batch.id == Due.batch_id)
        .join(Student, Student.id == Due.student_id)
        .outerjoin(SchoolClass, SchoolClass.id == Student.class_id)
        .where(*wanted)
        .order_by(Due.id)
    )
    rows: Iterable[Any] = connection.execute(statement)
    return [DueStudent(*row) for row in rows]
