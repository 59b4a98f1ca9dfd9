"""The school itself: settings, targets, calendar, departments, majors, classes, students."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of
from xqhz_desktop.store.types import Json

SCHOOL_NAME = "school_name"  # the setting that holds it
VIEW = "view:"  # begins the names of settings that hold somebody's saved view of a register


class Setting(Model):
    """A setting of the school: its name, thresholds, doubtful definitions."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(Json, nullable=False)


class TargetRow(Model):
    """A dated target of an indicator: 达标值, 力争值 and the source that says so."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("indicator", "from_year"),
        CheckConstraint(one_of("status", "law", "second_hand", "plan", "setting"), name="status"),
        STRICT,
    )

    indicator: Mapped[str]
    from_year: Mapped[int]
    reach: Mapped[float]
    strive: Mapped[float | None]
    source: Mapped[str]
    status: Mapped[str]


class CalendarDay(Model):
    """A day that is not what its weekday says: a holiday, or a weekend worked (调休)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    name: Mapped[str]


class SchoolTerm(Model):
    """A term or vacation of the school calendar."""

    __tablename__ = "school_term"
    __table_args__ = (CheckConstraint("last >= first", name="order"), STRICT)

    name: Mapped[str] = mapped_column(unique=True)
    first: Mapped[date]
    last: Mapped[date]
    teaching: Mapped[bool]


class Department(Sourced, Model):
    """A department (专业部) and its head."""

    __tablename__ = "department"

    name: Mapped[str] = mapped_column(unique=True)
    head: Mapped[str | None]


class Major(Sourced, Model):
    """A major (专业) with its code in the national catalogue where known."""

    __tablename__ = "major"

    name: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str | None]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))


class SchoolClass(Sourced, Model):
    """A class of one intake and major, with its class teacher (班主任)."""

    __tablename__ = "school_class"

    name: Mapped[str] = mapped_column(unique=True)
    intake: Mapped[int | None]
    major_id: Mapped[int | None] = mapped_column(ForeignKey("major.id"))
    class_teacher: Mapped[str | None]


class Student(Sourced, Model):
    """A student; provisional while only a roster knows the person."""

    __tablename__ = "student"
    __table_args__ = (
        CheckConstraint("length(id_number) = 18", name="id_number"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint(one_of("sex", "男", "女"), name="sex"),
        STRICT,
    )

    id_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    student_no: Mapped[str | None] = mapped_column(index=True)
    sex: Mapped[str | None]
    nation: Mapped[str | None]
    birthday: Mapped[date | None]
    major_id: Mapped[int | None] = mapped_column(ForeignKey("major.id"))
    major_code: Mapped[str | None]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    entry: Mapped[date | None]
    registered: Mapped[bool | None]
    phone: Mapped[str | None]
    guardian_name: Mapped[str | None]
    guardian_relation: Mapped[str | None]
    guardian_phone: Mapped[str | None]
    note: Mapped[str | None]
    provisional: Mapped[bool] = mapped_column(index=True)


class Guardian(Sourced, Model):
    """A further guardian (监护人) of a student: the first thing needed on a bad day."""

    __tablename__ = "guardian"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str]
    relation: Mapped[str | None]
    phone: Mapped[str | None]
