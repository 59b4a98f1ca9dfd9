"""Training bases and their bookings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, Sourced, one_of


class TrainingBase(Sourced, Model):
    """A training base (实训基地) and its seats (工位)."""

    __tablename__ = "base"
    __table_args__ = (
        CheckConstraint("length(code) > 0", name="code"),
        CheckConstraint("seats IS NULL OR seats >= 0", name="seats"),
        STRICT,
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int | None]
    area: Mapped[float | None]
    major: Mapped[str | None]
    owner: Mapped[str | None]
    note: Mapped[str | None]


class Booking(Sourced, Model):
    """One use of a base on one day; `times` are minutes from midnight, "480-720,810-1050"."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("length(times) > 2", name="times"),
        CheckConstraint(
            one_of("function", "技能实训", "技能培训", "技能鉴定", "技能大赛"), name="function"
        ),
        CheckConstraint(one_of("audience", "在校学生", "企业职工", "城乡劳动者"), name="audience"),
        Index(
            "uq_booking_all",
            "base_id",
            "day",
            "times",
            *(
                text(f"coalesce({column}, '')")
                for column in ("user", "audience", "function", "people", "content", "owner")
            ),
            unique=True,
        ),
        STRICT,
    )

    day: Mapped[date] = mapped_column(index=True)
    times: Mapped[str]
    base_id: Mapped[int] = mapped_column(ForeignKey("base.id"))
    user: Mapped[str | None]
    audience: Mapped[str | None]
    function: Mapped[str | None]
    people: Mapped[int | None]
    content: Mapped[str | None]
    owner: Mapped[str | None]
    note: Mapped[str | None]
    cancelled: Mapped[bool]
