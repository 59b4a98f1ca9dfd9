"""Who may do what, and the chain that shows whether the history was tampered with."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, one_of


class User(Model):
    """Somebody who works with the records; one who left stays, and may do nothing any more."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint(one_of("role", "admin", "clerk", "viewer"), name="role"),
        CheckConstraint("active IN (0, 1)", name="active"),
        STRICT,
    )

    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    active: Mapped[bool]


class AuditEntry(Model):
    """One link of the audit chain; triggers let nobody delete it or change more than blank it.

    `digest` is the salted digest of what the entry says, `chain` that of the chain so far.
    A blanked entry has neither title nor salt; its digest stays, and with it the chain.
    """

    __tablename__ = "audit_entry"

    at: Mapped[str]  # local time, ISO, to the second
    who: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), unique=True)
    changes: Mapped[str | None]  # the digest of the action's changes
    salt: Mapped[str | None]  # 16 random bytes in hexadecimal
    digest: Mapped[str]
    chain: Mapped[str]
