"""Teachers, part-time teachers, practice stints, certificates and teaching plans."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Teacher(Sourced, Model):
    """A full-time teacher; provisional while only a practice sheet knows the staff number."""

    __tablename__ = "teacher"
    __table_args__ = (
        CheckConstraint("length(staff_no) > 0", name="staff_no"),
        CheckConstraint("id_number IS NULL OR length(id_number) = 18", name="id_number"),
        CheckConstraint(
            one_of("category", "专业课教师", "实习指导教师", "公共基础课教师"), name="category"
        ),
        STRICT,
    )

    staff_no: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[str | None]
    id_number: Mapped[str | None]
    birthday: Mapped[date | None]
    education: Mapped[str | None]
    title: Mapped[str | None]
    category: Mapped[str | None]
    major: Mapped[str | None]
    entry: Mapped[date | None]
    dual: Mapped[bool | None]
    dual_since: Mapped[date | None]
    dual_level: Mapped[str | None]
    state: Mapped[str | None]
    left: Mapped[date | None]
    phone: Mapped[str | None]
    note: Mapped[str | None]
    provisional: Mapped[bool]


class PartTimer(Sourced, Model):
    """A part-time teacher from industry, with the term of appointment."""

    __tablename__ = "part_timer"
    __table_args__ = (
        CheckConstraint('"end" >= start', name="order"),
        CheckConstraint("length(id_number) = 18", name="id_number"),
        STRICT,
    )

    id_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[str | None]
    unit: Mapped[str | None]
    title: Mapped[str | None]
    course: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date]
    weekly_hours: Mapped[float | None]
    pay: Mapped[float | None]
    phone: Mapped[str | None]
    note: Mapped[str | None]


class Stint(Sourced, Model):
    """One stretch of a teacher's practice at a firm; its days follow from its dates."""

    __tablename__ = "stint"
    __table_args__ = (
        UniqueConstraint("teacher_id", "start", "end"),
        CheckConstraint('"end" >= start', name="order"),
        STRICT,
    )

    teacher_id: Mapped[int] = mapped_column(ForeignKey("teacher.id"))
    name: Mapped[str | None]
    major: Mapped[str | None]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    position: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date]
    form: Mapped[str | None]
    result: Mapped[str | None]
    note: Mapped[str | None]


class Certificate(Sourced, Model):
    """A certificate of a teacher or of a student, with its end where it has one."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("(teacher_id IS NULL) <> (student_id IS NULL)", name="holder"),
        STRICT,
    )

    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teacher.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str]
    level: Mapped[str | None]
    number: Mapped[str | None]
    issued: Mapped[date | None]
    expires: Mapped[date | None]


class Course(Sourced, Model):
    """One course of a teaching plan (intake × major); hours are class hours (学时)."""

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("intake", "major_id", "name", "occurrence"),
        CheckConstraint("abs(total - theory - practice) < 0.01", name="hours_add_up"),
        STRICT,
    )

    intake: Mapped[int]
    major_id: Mapped[int] = mapped_column(ForeignKey("major.id"), index=True)
    category: Mapped[str | None]
    name: Mapped[str]
    occurrence: Mapped[int]  # 1, 2, … where a plan lists a course more than once
    total: Mapped[float]
    theory: Mapped[float]
    practice: Mapped[float]
    credits: Mapped[float | None]
    exam: Mapped[str | None]
    note: Mapped[str | None]
