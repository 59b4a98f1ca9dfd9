"""What happens while students are at firms: visits, incidents, and what was done about findings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Visit(Sourced, Model):
    """The office called on a firm (走访), or a supervisor saw a student at the post (巡查).

    Of a student who is erased the visit stays, as the supervisor's; what is typed names one.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(one_of("kind", "走访", "巡查"), name="kind"),
        CheckConstraint(one_of("state", "正常", "异常"), name="state"),
        STRICT,
    )

    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str | None]
    visitor: Mapped[str]
    visitor_no: Mapped[str | None]
    way: Mapped[str | None]  # on the spot, by phone, by video
    state: Mapped[str | None]
    remark: Mapped[str | None]
    followed: Mapped[str | None]


class Incident(Sourced, Model):
    """An accident, a call or a complaint, and whatever followed."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint(one_of("kind", "事故", "来电", "投诉"), name="kind"),
        CheckConstraint("closed >= day", name="order"),
        STRICT,
    )

    day: Mapped[date] = mapped_column(index=True)
    time: Mapped[str | None]
    kind: Mapped[str]
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    name: Mapped[str | None]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    place: Mapped[str | None]
    what: Mapped[str]
    injury: Mapped[str | None]
    hospital: Mapped[str | None]
    guardian_told: Mapped[str | None]  # when and by whom, as written
    school_told: Mapped[str | None]
    authority_told: Mapped[str | None]
    claim_no: Mapped[str | None]
    claim_paid: Mapped[float | None]  # yuan
    followed: Mapped[str | None]
    handler: Mapped[str | None]
    closed: Mapped[date | None]


class Remedy(Model):
    """What was decided about a finding: overridden with a reason, or put right by a day.

    The finding is told by its rule, the row that it is about and its period ("" for none).
    """

    __tablename__ = "remedy"
    __table_args__ = (
        UniqueConstraint("rule", "table_name", "row_id", "period"),
        CheckConstraint("reason <> ''", name="reason"),
        STRICT,
    )

    rule: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[int]
    period: Mapped[str]
    reason: Mapped[str | None]  # why the rule does not hold here
    measure: Mapped[str | None]
    responsible: Mapped[str | None]
    due: Mapped[date | None]
    done: Mapped[date | None]
