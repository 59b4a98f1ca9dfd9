"""Firms, the names they go and went by, their states, contacts and agreements."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class Firm(Sourced, Model):
    """A firm; a partner once the firm register has it, before that only a name in a roster."""

    __tablename__ = "firm"
    __table_args__ = (
        CheckConstraint("partner = 0 OR uscc IS NOT NULL", name="partner_has_uscc"),
        CheckConstraint("uscc IS NULL OR length(uscc) = 18", name="uscc"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("staff IS NULL OR staff >= 0", name="staff"),
        STRICT,
    )

    name: Mapped[str] = mapped_column(index=True)
    uscc: Mapped[str | None] = mapped_column(unique=True)
    uscc_note: Mapped[str | None]  # why a code that fails its check was accepted
    partner: Mapped[bool]
    nature: Mapped[str | None]
    industry: Mapped[str | None]
    district: Mapped[str | None]
    staff: Mapped[int | None]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    majors: Mapped[str | None]
    forms: Mapped[str | None]
    former_name: Mapped[str | None]
    address: Mapped[str | None]
    note: Mapped[str | None]


class FirmName(Model):
    """A name that finds a firm: its own, a former one (曾用名) or a spelling in a workbook."""

    __tablename__ = "firm_name"
    __table_args__ = (
        CheckConstraint(one_of("kind", "current", "former", "spelling"), name="kind"),
        Index("uq_firm_name_firm_id_key", "firm_id", "key", unique=True),
        STRICT,
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    until: Mapped[date | None]


class FirmStatus(Model):
    """What a firm was to the school from a day on, and why."""

    __tablename__ = "firm_status"
    __table_args__ = (
        CheckConstraint(
            one_of("status", "洽谈", "合作中", "暂停", "终止", "注销", "失信"), name="status"
        ),
        STRICT,
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    status: Mapped[str]
    since: Mapped[date]
    reason: Mapped[str | None]


class Contact(Sourced, Model):
    """A further person of a firm to call; one of them answers for safety."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("uq_contact_safety", "firm_id", unique=True, sqlite_where=text("safety = 1")),
        STRICT,
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    name: Mapped[str]
    role: Mapped[str | None]
    phone: Mapped[str | None]
    safety: Mapped[bool]


class Agreement(Sourced, Model):
    """A cooperation agreement with a firm, dated."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint('"end" >= start', name="order"),
        CheckConstraint("length(code) > 0", name="code"),
        STRICT,
    )

    code: Mapped[str] = mapped_column(unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    signed: Mapped[date | None]
    start: Mapped[date]
    end: Mapped[date]
    content: Mapped[str | None]
    owner: Mapped[str | None]
    note: Mapped[str | None]
    # What follows came with 0005: a renewal or an amendment leaves the older text readable.
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("agreement.id"), index=True, sort_order=1
    )
    sealed: Mapped[bool | None] = mapped_column(sort_order=1)
    kept: Mapped[str | None] = mapped_column(sort_order=1)
