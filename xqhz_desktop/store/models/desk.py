"""What the clerks put aside for later, and what they sent out and wait for."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model


class PutOff(Model):
    """A line of the workbench that nobody wants to see before a day."""

    __tablename__ = "put_off"

    line: Mapped[str] = mapped_column(unique=True)
    until: Mapped[date]


class Handout(Model):
    """A workbook of some rows of a register that was sent out to be filled in."""

    __tablename__ = "handout"
    __table_args__ = (
        CheckConstraint("rows > 0", name="rows"),
        STRICT,
    )

    register: Mapped[str]
    field: Mapped[str]  # by what the register was split, and whose part it is
    value: Mapped[str]
    file: Mapped[str] = mapped_column(index=True)
    rows: Mapped[int]
    sent: Mapped[date]
    returned: Mapped[date | None]
