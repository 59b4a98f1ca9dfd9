"""Who is at which firm and post on a day, and a student's whole path."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_

from xqhz_desktop.registers.pinyin import sort_key
from xqhz_desktop.services.internships.stays import OTHER_POST, Stay, stays
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import Placement


@dataclass(frozen=True, slots=True)
class OnRoster:
    """Somebody at a firm on a day; `away` who left the post and is not back."""

    placement: int
    student: int
    name: str
    class_name: str
    firm: str
    post: str
    start: date
    end: date | None
    away: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on a student's path, and the placement that it belongs to."""

    day: date
    what: str
    placement: int


def roster(office: Office, day: date, batch: int | None = None) -> list[OnRoster]:
    """Everybody at a firm on a day, by firm and by sound, at the post of then: two queries."""
    wanted = [Placement.start <= day, or_(Placement.end.is_(None), Placement.end >= day)]
    if batch is not None:
        wanted.append(Placement.batch_id == batch)
    with office.engine.connect() as connection:
        found = stays(connection, *wanted)
    lines = [_line(stay, day) for stay in found]
    return sorted(lines, key=lambda one: (one.firm, sort_key(one.name), one.placement))


def _line(stay: Stay, day: date) -> OnRoster:
    return OnRoster(
        stay.id,
        stay.values["student_id"],
        stay.name,
        stay.values["class_name"] or "",
        stay.firm,
        stay.post(day) or "",
        stay.start,
        stay.end,
        stay.away(day),
    )


def path(office: Office, student: int) -> list[Step]:
    """All that happened to a student at firms, in the order of the days: two queries."""
    with office.engine.connect() as connection:
        found = stays(connection, Placement.student_id == student)
    return [step for stay in found for step in _steps(stay)]


def path_line(steps: list[Step]) -> str:
    """The whole path in one line."""
    return " → ".join(f"{step.day} {step.what}" for step in steps)


def _steps(stay: Stay) -> list[Step]:
    began = "转到" if stay.values["follows_id"] is not None else "到岗"
    first = " ".join(filter(None, (f"{began} {stay.firm}", stay.post(stay.start))))
    steps = [Step(stay.start, first, stay.id)]
    for turn in stay.turns:
        said = f"{turn.kind} {turn.after or ''}".strip() if turn.kind == OTHER_POST else turn.kind
        steps.append(Step(turn.day, said + _why(turn.reason), stay.id))
    if stay.end is not None:
        steps.append(Step(stay.end, "结束" + _why(stay.values["end_reason"]), stay.id))
    if stay.values["outcome_date"] is not None and stay.values["outcome"]:
        steps.append(Step(stay.values["outcome_date"], stay.values["outcome"], stay.id))
    return steps


def _why(reason: str | None) -> str:
    return f"（{reason}）" if reason else ""
