"""A batch's list of who is due, filled from classes and majors."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.internships.doing import KIND
from xqhz_desktop.services.internships.stays import listed
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.linking import next_id
from xqhz_desktop.store.bulk import columns_of, insert_columns
from xqhz_desktop.store.models import Batch, Due, Major, SchoolClass, Student


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that may be due: its students, and how many of them the batch's list has already."""

    id: int
    name: str
    major: str
    intake: int | None
    students: int
    listed: int


def classes(office: Office, batch: int) -> list[ClassLine]:
    """All classes that have students, the newest last: what a batch's list may be filled from."""
    statement = (
        select(SchoolClass.id, SchoolClass.name, Major.name, SchoolClass.intake, Student.id, Due.id)
        .join(Student, Student.class_id == SchoolClass.id)
        .outerjoin(Major, Major.id == SchoolClass.major_id)
        .outerjoin(Due, (Due.student_id == Student.id) & (Due.batch_id == batch))
        .order_by(SchoolClass.intake, SchoolClass.name)
    )
    found: dict[int, list[Any]] = {}
    with office.engine.connect() as connection:
        for number, name, major, intake, _, due in connection.execute(statement):
            line = found.setdefault(number, [number, name, major or "", intake, 0, 0])
            line[4] += 1
            line[5] += due is not None
    return [ClassLine(*line) for line in found.values()]


def due_from_classes(
    office: Office, batch: int, classes: Collection[int] = (), majors: Collection[int] = ()
) -> Changes:
    """Put every student of the classes, or of the majors' classes, on a batch's list: one action.

    Who is on it already stays as entered, exempt or not. Raises UserError: there is no such batch,
    nobody is new (2), not permitted (4, 9).
    """
    with office.engine.connect() as connection:
        called = connection.execute(select(Batch.name).where(Batch.id == batch)).scalar()
        new = _new(connection, batch, classes, majors)
    if called is None:
        raise UserError("这个实习批次已经不在了，请刷新后再选。", EXIT_USAGE)
    if not new:
        raise UserError("这些班级没有可以加入的学生：没有学生，或都已在名单里。", EXIT_USAGE)
    with office.acting(KIND, f"应实习学生：{called} 加入 {len(new):,} 人") as (connection, action):
        first = next_id(connection, Due.__tablename__)
        rows = [row | {"id": first + at, "batch_id": batch} for at, row in enumerate(new)]
        insert_columns(connection, Due, columns_of(rows))
    return Changes(action, {"dues": len(new)})


def _new(
    connection: Connection, batch: int, classes: Collection[int], majors: Collection[int]
) -> list[dict[str, Any]]:
    """The students who are not on the list yet, as its rows."""
    there = select(Due.student_id).where(Due.batch_id == batch)
    statement = (
        select(Student.id, Student.name, Student.student_no, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == Student.class_id)
        .where(
            or_(SchoolClass.id.in_(listed(classes)), SchoolClass.major_id.in_(listed(majors))),
            Student.id.not_in(there),
        )
        .order_by(SchoolClass.name, Student.student_no, Student.id)
    )
    names = ("student_id", "name", "student_no", "class_name")
    return [dict(zip(names, row, strict=True)) for row in connection.execute(statement)]
