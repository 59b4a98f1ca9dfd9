"""What the clerks put aside or sent out, and how each of them left the desk."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model
from xqhz_desktop.store.types import Json


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


class Draft(Model):
    """A form that somebody has begun and not saved: no record yet, so the journal passes it by."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("who", "form"), STRICT)

    who: Mapped[str]
    form: Mapped[str]
    at: Mapped[str]  # local time, ISO, to the second
    content: Mapped[Any] = mapped_column(Json, nullable=False)


class Layout(Model):
    """How somebody has the columns of a register; nobody's record, so without a journal."""

    __tablename__ = "layout"
    __table_args__ = (UniqueConstraint("who", "register"), STRICT)

    who: Mapped[str]
    register: Mapped[str]
    content: Mapped[Any] = mapped_column(Json, nullable=False)
