"""Students at firms: cohorts, apprentices, placements."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Cohort(Sourced, Model):
    """An apprenticeship class (学徒班) of one kind, with one firm."""

    __tablename__ = "cohort"
    __table_args__ = (
        CheckConstraint(one_of("kind", "现代学徒制", "企业新型学徒制", "订单班"), name="kind"),
        STRICT,
    )

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str | None]
    intake: Mapped[int | None]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))


class Apprentice(Sourced, Model):
    """An apprentice with two dated identities: school roll, and contract with the firm."""

    __tablename__ = "apprentice"
    __table_args__ = (CheckConstraint('"end" >= start', name="order"), STRICT)

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), unique=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    name: Mapped[str]
    student_no: Mapped[str | None]
    class_name: Mapped[str | None]
    phone: Mapped[str | None]
    registered: Mapped[bool | None]
    contract_no: Mapped[str | None]
    contract_signed: Mapped[date | None]
    contract_end: Mapped[date | None]
    agreement_no: Mapped[str | None]
    staff_no: Mapped[str | None]
    position: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date]
    firm_mentor: Mapped[str | None]
    school_mentor: Mapped[str | None]
    pay: Mapped[float | None]
    note: Mapped[str | None]
    guardian_signed: Mapped[bool | None] = mapped_column(sort_order=1)  # these came with 0005
    training_start: Mapped[date | None] = mapped_column(sort_order=1)
    training_end: Mapped[date | None] = mapped_column(sort_order=1)
    subsidy: Mapped[float | None] = mapped_column(sort_order=1)  # yuan, as paid to the firm


class Placement(Sourced, Model):
    """One person, one firm, one period; what the roster wrote of the person stays with it."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("student_id", "firm_id", "start"),
        CheckConstraint('"end" IS NULL OR "end" >= start', name="order"),
        CheckConstraint(one_of("arrangement", "集中", "自主"), name="arrangement"),
        STRICT,
    )

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    name: Mapped[str]
    student_no: Mapped[str | None]
    sex: Mapped[str | None]
    class_name: Mapped[str | None]
    phone: Mapped[str | None]
    position: Mapped[str | None]
    start: Mapped[date] = mapped_column(index=True)
    end: Mapped[date | None]
    arrangement: Mapped[str | None]
    matched: Mapped[bool | None]
    pay: Mapped[float | None]
    reference_pay: Mapped[float | None]
    agreement: Mapped[bool | None]
    consent: Mapped[bool | None]
    insurance: Mapped[bool | None]
    night_shift: Mapped[bool | None]
    firm_supervisor: Mapped[str | None]
    firm_supervisor_phone: Mapped[str | None]
    school_supervisor: Mapped[str | None]
    school_supervisor_no: Mapped[str | None]
    school_supervisor_phone: Mapped[str | None]
    form: Mapped[str | None]
    term: Mapped[str | None]
    weeks: Mapped[float | None]
    content: Mapped[str | None]
    grade: Mapped[str | None]
    cross_province: Mapped[bool | None]
    abroad: Mapped[bool | None]
    insurance_kind: Mapped[str | None]
    policy_no: Mapped[str | None]
    insurance_payer: Mapped[str | None]
    insurance_buyer: Mapped[str | None]
    insurance_date: Mapped[date | None]
    note: Mapped[str | None]
    # What follows came with 0005.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True, sort_order=1)
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), index=True, sort_order=1
    )
    agreement_date: Mapped[date | None] = mapped_column(sort_order=1)
    agreement_kept: Mapped[str | None] = mapped_column(sort_order=1)
    consent_date: Mapped[date | None] = mapped_column(sort_order=1)
    consent_kept: Mapped[str | None] = mapped_column(sort_order=1)
    insurer: Mapped[str | None] = mapped_column(sort_order=1)
    insured_from: Mapped[date | None] = mapped_column(sort_order=1)
    insured_until: Mapped[date | None] = mapped_column(sort_order=1)
    filed: Mapped[bool | None] = mapped_column(sort_order=1)
    filed_date: Mapped[date | None] = mapped_column(sort_order=1)
    intermediary: Mapped[bool | None] = mapped_column(sort_order=1)
    heavy_work: Mapped[bool | None] = mapped_column(sort_order=1)
    overtime: Mapped[bool | None] = mapped_column(sort_order=1)
    fees: Mapped[bool | None] = mapped_column(sort_order=1)
    end_reason: Mapped[str | None] = mapped_column(sort_order=1)
    outcome: Mapped[str | None] = mapped_column(sort_order=1)
    outcome_date: Mapped[date | None] = mapped_column(sort_order=1)


class PlacementEvent(Model):
    """A dated turn within a placement: another post, leave, return. Start and end are its own.

    `before` and `after` are posts; of a leave and a return both are empty.
    """

    __tablename__ = "placement_event"
    __table_args__ = (
        UniqueConstraint("placement_id", "day", "kind"),
        CheckConstraint(one_of("kind", "调岗", "离岗", "返岗"), name="kind"),
        STRICT,
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    day: Mapped[date]
    kind: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str | None]
