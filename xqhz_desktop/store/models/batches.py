"""Internship batches (批次): who is due, at which firms, and what was done beforehand."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Batch(Sourced, Model):
    """One internship of a school year; whatever belongs to it counts in that year."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint("school_year GLOB '20[0-9][0-9]-20[0-9][0-9]学年'", name="school_year"),
        CheckConstraint(one_of("kind", "岗位实习", "认识实习"), name="kind"),
        CheckConstraint(one_of("form", "集中", "分段", "提前"), name="form"),
        CheckConstraint('"end" IS NULL OR "end" >= start', name="order"),
        STRICT,
    )

    name: Mapped[str] = mapped_column(unique=True)
    school_year: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date | None]
    visits: Mapped[int | None]  # 巡查 that a supervisor owes each month
    note: Mapped[str | None]


class Due(Sourced, Model):
    """A student who is to take part in a batch, or is exempt from it with a reason and date."""

    __tablename__ = "due"
    __table_args__ = (
        UniqueConstraint("batch_id", "student_id"),
        CheckConstraint(one_of("exempt", "升学", "参军", "休学", "免修", "其他"), name="exempt"),
        STRICT,
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str]
    student_no: Mapped[str | None]
    class_name: Mapped[str | None]
    exempt: Mapped[str | None]
    exempt_since: Mapped[date | None]
    note: Mapped[str | None]


class BatchFirm(Sourced, Model):
    """A firm of a batch: looked at beforehand, decided by the party committee, made public."""

    __tablename__ = "batch_firm"
    __table_args__ = (
        UniqueConstraint("batch_id", "firm_id"),
        CheckConstraint("published_until >= published", name="published"),
        STRICT,
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    new: Mapped[bool | None]
    assessed: Mapped[date | None]
    report: Mapped[str | None]  # where the written assessment lies
    decided: Mapped[date | None]
    published: Mapped[date | None]
    published_until: Mapped[date | None]
    note: Mapped[str | None]


class BatchCheck(Sourced, Model):
    """One item of a batch's checklist (八个事先、三个全程、两个及时) as it was done."""

    __tablename__ = "batch_check"
    __table_args__ = (UniqueConstraint("batch_id", "item"), STRICT)

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    item: Mapped[str]
    day: Mapped[date | None]
    who: Mapped[str | None]
    kept: Mapped[str | None]  # where the paper lies
    note: Mapped[str | None]


class Post(Sourced, Model):
    """The posts that a firm offers for a school year, and its staff on the same post."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("firm_id", "school_year", "position"),
        CheckConstraint("school_year GLOB '20[0-9][0-9]-20[0-9][0-9]学年'", name="school_year"),
        STRICT,
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    school_year: Mapped[str]
    position: Mapped[str]
    offered: Mapped[int | None]
    staff: Mapped[int | None]
    note: Mapped[str | None]
