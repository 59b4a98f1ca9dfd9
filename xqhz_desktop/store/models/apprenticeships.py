"""How apprenticeships are lived: recruitment, alternation, mentors, reviews, breaks."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Recruitment(Sourced, Model):
    """How many a firm and a major plan to take together in a year (招生招工一体化)."""

    __tablename__ = "recruitment"
    __table_args__ = (UniqueConstraint("year", "major_id", "firm_id", "cohort_id"), STRICT)

    year: Mapped[int]
    major_id: Mapped[int] = mapped_column(ForeignKey("major.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    planned: Mapped[int]
    note: Mapped[str | None]


class Alternation(Sourced, Model):
    """A stretch of a cohort or one group of it: at school or at the firm (工学交替)."""

    __tablename__ = "alternation"
    __table_args__ = (
        UniqueConstraint("cohort_id", "group_name", "first"),
        CheckConstraint(one_of("place", "学校", "企业"), name="place"),
        CheckConstraint("last >= first", name="order"),
        STRICT,
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    group_name: Mapped[str]  # "全班" where the cohort is not divided
    first: Mapped[date]
    last: Mapped[date]
    place: Mapped[str]
    stage: Mapped[str | None]  # what is learnt, at which post
    note: Mapped[str | None]


class Mentorship(Sourced, Model):
    """A mentor of an apprentice for a time; a change ends one and begins another."""

    __tablename__ = "mentorship"
    __table_args__ = (
        UniqueConstraint("student_id", "side", "mentor", "start"),
        CheckConstraint(one_of("side", "企业师傅", "学校导师"), name="side"),
        CheckConstraint('"end" IS NULL OR "end" >= start', name="order"),
        STRICT,
    )

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    name: Mapped[str]
    side: Mapped[str]
    mentor: Mapped[str]
    mentor_no: Mapped[str | None]
    phone: Mapped[str | None]
    qualification: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date | None]
    reason: Mapped[str | None]  # why it ended


class Review(Sourced, Model):
    """How an apprentice was judged at the end of a stage."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("student_id", "stage"), STRICT)

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    name: Mapped[str]
    stage: Mapped[str]
    day: Mapped[date]
    school_score: Mapped[float | None]
    firm_score: Mapped[float | None]
    grade: Mapped[str | None]
    comment: Mapped[str | None]
    reviewer: Mapped[str | None]


class ApprenticeEvent(Sourced, Model):
    """A break of an apprentice's way, dated, with its reason; nobody is deleted."""

    __tablename__ = "apprentice_event"
    __table_args__ = (
        CheckConstraint(
            one_of("kind", "请假", "中断", "恢复", "转出", "退出", "结业"), name="kind"
        ),
        STRICT,
    )

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str]
    day: Mapped[date]
    kind: Mapped[str]
    until: Mapped[date | None]
    reason: Mapped[str]
