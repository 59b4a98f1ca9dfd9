"""The facts that the rules ask for: one query per kind, read into flat frozen values."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from xqhz_desktop.base import facts
from xqhz_desktop.base.text import firm_key
from xqhz_desktop.base.times import spans_of
from xqhz_desktop.store.models import (
    Agreement,
    Apprentice,
    Booking,
    CalendarDay,
    Cohort,
    Course,
    Firm,
    Major,
    PartTimer,
    QuarantinedRow,
    SchoolClass,
    Stint,
    Student,
    Teacher,
    TrainingBase,
)
from xqhz_desktop.store.training_facts import (
    batch_firms,
    batches,
    dues,
    inspections,
    mentorships,
    placements,
    posts,
    turns,
    waiting_placements,
)


def read_facts(connection: Connection, intake_of: Any) -> facts.Facts:
    """Everything the rules know of the school, read in one transaction.

    `intake_of` reads the year of entry from a class as a roster writes it.
    """
    waiting = _waiting(connection)
    keys = frozenset(
        firm_key(values["name"]) for values in waiting.get("firms", ()) if values.get("name")
    )
    firms = _firms(connection, keys)
    return facts.Facts(
        firms=firms,
        agreements=_rows(
            connection,
            facts.Agreement,
            Agreement.id,
            Agreement.firm_id,
            Agreement.signed,
            Agreement.start,
            Agreement.end,
        ),
        placements=placements(connection, intake_of),
        apprentices=_apprentices(connection, intake_of),
        teachers=_teachers(connection),
        part_timers=_rows(
            connection, facts.PartTimer, PartTimer.id, PartTimer.start, PartTimer.end
        ),
        stints=tuple(
            facts.Stint(row[0], row[1], row[2], row[3], "不合格" not in (row[4] or ""))
            for row in connection.execute(
                select(Stint.id, Stint.teacher_id, Stint.start, Stint.end, Stint.result)
            )
        ),
        bases=_rows(
            connection,
            facts.Base,
            TrainingBase.id,
            TrainingBase.code,
            TrainingBase.name,
            TrainingBase.seats,
        ),
        bookings=_bookings(connection),
        courses=tuple(
            facts.Course(*row)
            for row in connection.execute(
                select(Course.id, Course.intake, Major.name, Course.total, Course.practice).join(
                    Major, Major.id == Course.major_id
                )
            )
        ),
        batches=batches(connection),
        dues=dues(connection),
        batch_firms=batch_firms(connection),
        posts=posts(connection),
        turns=turns(connection),
        inspections=inspections(connection),
        mentorships=mentorships(connection),
        day_types={
            row.day: row.works
            for row in connection.execute(select(CalendarDay.day, CalendarDay.works))
        },
        quarantined_firm_keys=keys,
        quarantined_placements=waiting_placements(connection, firms, intake_of),
        quarantined_rows={name: len(rows) for name, rows in waiting.items()},
    )


def _read(connection: Connection, statement: Any) -> Iterator[Any]:
    return iter(connection.execute(statement))


def _rows(connection: Connection, kind: Any, *columns: Any) -> tuple[Any, ...]:
    return tuple(kind(*row) for row in connection.execute(select(*columns)))


def _waiting(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for register, values in connection.execute(
        select(QuarantinedRow.register, QuarantinedRow.values).where(QuarantinedRow.state == "open")
    ):
        found.setdefault(register, []).append(values)
    return found


def _firms(connection: Connection, quarantined: frozenset[str]) -> tuple[facts.Firm, ...]:
    rows = connection.execute(select(Firm.id, Firm.name, Firm.partner, Firm.staff))
    return tuple(
        facts.Firm(
            row.id,
            row.name,
            key := firm_key(row.name),
            row.partner,
            row.staff,
            not row.partner and key in quarantined,
        )
        for row in rows
    )


def _apprentices(connection: Connection, intake_of: Any) -> tuple[facts.Apprentice, ...]:
    statement = (
        select(
            Apprentice.id,
            Apprentice.student_id,
            Student.id_number,
            Apprentice.cohort_id,
            func.coalesce(Cohort.kind, ""),
            Apprentice.start,
            Apprentice.end,
            Apprentice.registered,
            Apprentice.contract_no,
            Apprentice.contract_signed,
            Apprentice.contract_end,
            Apprentice.class_name,
            func.coalesce(SchoolClass.intake, Cohort.intake),
            func.coalesce(Apprentice.firm_mentor, ""),
            func.coalesce(Apprentice.school_mentor, ""),
            Apprentice.firm_id,
            func.coalesce(Apprentice.agreement_no, ""),
            Apprentice.guardian_signed,
        )
        .join(Student, Student.id == Apprentice.student_id)
        .outerjoin(Cohort, Cohort.id == Apprentice.cohort_id)
        .outerjoin(SchoolClass, SchoolClass.id == Student.class_id)
    )
    apprentice: Any = facts.Apprentice  # a row is wider than a type checker follows
    return tuple(
        apprentice(
            *row[:11],
            intake_of(row[11] or "") or row[12],
            *row[13:],
        )
        for row in _read(connection, statement)
    )


def _teachers(connection: Connection) -> tuple[facts.Teacher, ...]:
    statement = select(
        Teacher.id,
        Teacher.staff_no,
        Teacher.name,
        Teacher.category,
        Teacher.entry,
        Teacher.left,
        func.coalesce(Teacher.dual, 0),
        Teacher.dual_since,
    ).where(Teacher.provisional.is_(False))
    teacher: Any = facts.Teacher  # a row is wider than a type checker follows
    return tuple(
        teacher(*row[:6], dual=bool(row[6]), dual_since=row[7])
        for row in _read(connection, statement)
    )


def _bookings(connection: Connection) -> tuple[facts.Booking, ...]:
    statement = select(
        Booking.id,
        Booking.base_id,
        Booking.day,
        Booking.times,
        Booking.function,
        Booking.audience,
        Booking.cancelled,
        Booking.people,
    )
    return tuple(
        facts.Booking(row[0], row[1], row[2], spans_of(row[3]), *row[4:])
        for row in _read(connection, statement)
    )
