"""Scans and photos that belong to records; the files lie beside the database, by their hash."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from xqhz_desktop.store.models.base import STRICT, Model


class Attachment(Model):
    """One file of one record; the same content is kept once, however often it is referred to."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size >= 0", name="size"),
        CheckConstraint("name <> ''", name="named"),
        Index("ix_attachment_record", "table_name", "row_id"),
        STRICT,
    )

    table_name: Mapped[str]
    row_id: Mapped[int]
    name: Mapped[str]  # as people see it, made safe
    sha256: Mapped[str]
    size: Mapped[int]  # bytes
    added: Mapped[str]  # local time, ISO, to the second
    note: Mapped[str | None]
