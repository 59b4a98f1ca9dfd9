"""The facts of students at firms: placements, batches and what belongs to them, one query a kind.

Rows of a batch of 认识实习 are none of these: the rules and numbers of 岗位实习 are not theirs.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, func, literal, or_, select, type_coerce
from sqlalchemy.types import NullType

from xqhz_desktop.base import facts
from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.text import firm_key
from xqhz_desktop.store.models import (
    Batch,
    BatchFirm,
    Due,
    Mentorship,
    Placement,
    PlacementEvent,
    Post,
    QuarantinedRow,
    SchoolClass,
    Student,
    Visit,
)
from xqhz_desktop.store.types import Day, Flag

_POST_INTERNSHIP = "岗位实习"
_FLAGS = (
    "matched", "pay", "reference_pay", "agreement", "insurance", "night_shift", "consent",
    "cross_province", "abroad", "filed", "intermediary", "heavy_work", "overtime", "fees",
)  # fmt: skip
_DATES = ("agreement_date", "consent_date", "insured_from", "insured_until", "filed_date")


def _year(column: Any) -> Any:
    """A school year as the rules name it, without its last word."""
    return func.coalesce(func.replace(column, "学年", ""), "")


_OF_A_PLACEMENT: tuple[Any, ...] = (
    Placement.id,
    Placement.student_id,
    Student.id_number,
    Placement.firm_id,
    Placement.start,
    Placement.end,
    Placement.arrangement == "集中",
    Placement.matched,
    Placement.pay,
    Placement.reference_pay,
    Placement.agreement,
    Placement.insurance,
    Placement.night_shift,
    Placement.class_name,
    Placement.consent,
    func.coalesce(Placement.position, ""),
    func.coalesce(Placement.school_supervisor, ""),
    func.coalesce(Placement.firm_supervisor, ""),
    literal(False),
    Placement.batch_id,
    _year(Batch.school_year),
    Placement.agreement_date,
    Placement.consent_date,
    Placement.insured_from,
    Placement.insured_until,
    func.coalesce(Placement.insurance_payer, ""),
    Placement.cross_province,
    Placement.abroad,
    Placement.filed,
    Placement.filed_date,
    Placement.intermediary,
    Placement.heavy_work,
    Placement.overtime,
    Placement.fees,
    func.coalesce(Placement.grade, ""),
    func.coalesce(Placement.outcome, ""),
    SchoolClass.intake,
)  # in the order of facts.Placement, and the class where the year of entry stands
_CLASS_AT = 13


def placements(connection: Connection, intake_of: Any) -> tuple[facts.Placement, ...]:
    """Every placement of post internship; the year of entry is that of the roster's class.

    They are most of a school's rows: read as the file holds them, and turned column by column.
    """
    wanted = [type_coerce(column, NullType()) for column in _OF_A_PLACEMENT]
    statement = (
        select(*wanted)
        .join(Student, Student.id == Placement.student_id)
        .outerjoin(SchoolClass, SchoolClass.id == Student.class_id)
        .outerjoin(Batch, Batch.id == Placement.batch_id)
        .where(or_(Batch.id.is_(None), Batch.kind == _POST_INTERNSHIP))
    )
    columns = list(zip(*connection.execute(statement).all(), strict=True))
    if not columns:
        return ()
    read = map(_turned, _OF_A_PLACEMENT, columns)
    *known, entered = read
    known[_CLASS_AT] = _intakes(known[_CLASS_AT], entered, intake_of)
    return tuple(map(facts.Placement, *known))


def _turned(column: Any, values: Sequence[Any]) -> Sequence[Any]:
    """A column's values as what they mean; the few that there are, each once."""
    if isinstance(column.type, (Day, Flag, Boolean)):
        turn = date.fromisoformat if isinstance(column.type, Day) else bool
        meant = {value: None if value is None else turn(value) for value in set(values)}
        return [meant[value] for value in values]
    return values


def _intakes(
    classes: Sequence[str | None], entered: Sequence[int | None], intake_of: Any
) -> list[int | None]:
    """The years of entry: as the roster's class says, else as the student register does."""
    said = {name: intake_of(name or "") for name in set(classes)}
    return [said[name] or year for name, year in zip(classes, entered, strict=True)]


def waiting_placements(
    connection: Connection, firms: tuple[facts.Firm, ...], intake_of: Any
) -> tuple[facts.Placement, ...]:
    """Waiting roster rows whose person and start can be read: checked, marked, never counted."""
    by_key = {firm.key: firm.id for firm in firms}
    waiting = select(QuarantinedRow.id, QuarantinedRow.values).where(
        QuarantinedRow.register == "placements", QuarantinedRow.state == "open"
    )
    return tuple(
        _waiting(number, values, by_key, intake_of)
        for number, values in connection.execute(waiting)
        if values.get("student") and values.get("start")
    )


def _waiting(
    number: int, values: dict[str, Any], by_key: dict[str, int], intake_of: Any
) -> facts.Placement:
    start = read_date(values["start"])
    assert start is not None
    said: dict[str, Any] = {name: values.get(name) for name in _FLAGS}
    said |= {name: read_date(values.get(name)) for name in _DATES}
    return facts.Placement(
        id=number,
        student=0,
        id_number=values["student"],
        firm=by_key.get(firm_key(values.get("firm") or ""), 0),
        start=start,
        end=read_date(values.get("end")),
        arranged={"集中": True, "自主": False}.get(values.get("arrangement") or ""),
        intake=intake_of(values.get("class_name") or ""),
        payer=values.get("insurance_payer") or "",
        quarantined=True,
        **said,
    )


def batches(connection: Connection) -> tuple[facts.Batch, ...]:
    """The batches of post internship."""
    statement = select(Batch.id, Batch.name, _year(Batch.school_year), Batch.start, Batch.end)
    return _all(connection, facts.Batch, statement.where(Batch.kind == _POST_INTERNSHIP))


def dues(connection: Connection) -> tuple[facts.Due, ...]:
    """Who is to take part in a batch of post internship."""
    statement = select(Due.id, Due.batch_id, Due.student_id, Due.exempt.is_not(None))
    ours = statement.join(Batch, Batch.id == Due.batch_id).where(Batch.kind == _POST_INTERNSHIP)
    return _all(connection, facts.Due, ours)


def batch_firms(connection: Connection) -> tuple[facts.BatchFirm, ...]:
    """The firms on the lists of those batches."""
    statement = select(
        BatchFirm.id,
        BatchFirm.batch_id,
        BatchFirm.firm_id,
        BatchFirm.new,
        BatchFirm.assessed,
        func.coalesce(BatchFirm.report, ""),
        BatchFirm.decided,
        BatchFirm.published,
    ).join(Batch, Batch.id == BatchFirm.batch_id)
    return _all(connection, facts.BatchFirm, statement.where(Batch.kind == _POST_INTERNSHIP))


def posts(connection: Connection) -> tuple[facts.Post, ...]:
    """The posts of firms, with the staff on them."""
    columns = (Post.id, Post.firm_id, _year(Post.school_year), Post.position, Post.staff)
    return _all(connection, facts.Post, select(*columns))


def turns(connection: Connection) -> tuple[facts.Turn, ...]:
    """The changes of post, in the order of their days."""
    event = PlacementEvent
    before, after = func.coalesce(event.before, ""), func.coalesce(event.after, "")
    statement = select(event.placement_id, event.day, before, after)
    changed = statement.where(event.kind == "调岗").order_by(event.day, event.id)
    return _all(connection, facts.Turn, changed)


def inspections(connection: Connection) -> tuple[facts.Inspection, ...]:
    """Every 巡查."""
    statement = select(Visit.id, Visit.student_id, Visit.day).where(Visit.kind == "巡查")
    return _all(connection, facts.Inspection, statement)


def mentorships(connection: Connection) -> tuple[facts.Mentorship, ...]:
    """The mentors of apprentices, with their dates."""
    one = Mentorship
    number = func.coalesce(one.mentor_no, "")
    columns = (one.id, one.student_id, one.side, one.mentor, number, one.start, one.end)
    return _all(connection, facts.Mentorship, select(*columns))


def _all(connection: Connection, kind: Any, statement: Any) -> tuple[Any, ...]:
    return tuple(kind(*row) for row in connection.execute(statement))
