"""The journal of actions, the sheets that were imported, and the rows that wait for correction."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from xqhz_desktop.store.models.base import STRICT, Model, one_of
from xqhz_desktop.store.types import Json


class Action(Model):
    """One thing that somebody did: who, when, what; its changes can be undone together."""

    __tablename__ = "action"

    at: Mapped[str]  # local time, ISO, to the second
    who: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    summary: Mapped[Any] = mapped_column(Json, nullable=True)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), unique=True)


class Change(Model):
    """One row before and after; written by triggers, so that no write can pass it by.

    `salt` goes into the audit chain's digest of the row. Where a person was erased it is gone,
    before and after are `{}`, and `digest` keeps what the chain needs.
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="something"),
        Index("ix_change_row", "table_name", "row_id"),
        STRICT,
    )

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[str | None]
    after: Mapped[str | None]
    salt: Mapped[bytes | None] = mapped_column(sort_order=1)  # these two came with 0002
    digest: Mapped[str | None] = mapped_column(sort_order=1)


class CurrentAction(Model):
    """The action that the open transaction belongs to; empty between transactions."""

    __tablename__ = "current_action"
    __table_args__ = (CheckConstraint("id = 1", name="single"), STRICT)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))


class Source(Model):
    """A sheet of a workbook as one import read it; `sheet` is empty for a csv."""

    __tablename__ = "source"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    file: Mapped[str]
    sheet: Mapped[str]
    digest: Mapped[str]


class QuarantinedRow(Model):
    """A bad row, kept with all its cells until it is corrected; in no indicator meanwhile.

    `cells` holds every cell as written by column letter, `headings` the headings likewise,
    `values` what could be read by field, `problems` a list of {field, cell, reason, message}.
    """

    __tablename__ = "quarantined_row"
    __table_args__ = (CheckConstraint(one_of("state", "open", "closed"), name="state"), STRICT)

    register: Mapped[str] = mapped_column(index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    source_row: Mapped[int]
    headings: Mapped[Any] = mapped_column(Json, nullable=False)
    cells: Mapped[Any] = mapped_column(Json, nullable=False)
    values: Mapped[Any] = mapped_column(Json, nullable=False)
    problems: Mapped[Any] = mapped_column(Json, nullable=False)
    context: Mapped[Any] = mapped_column(Json, nullable=False)
    fingerprint: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]


class HeadingMapping(Model):
    """What a clerk said a sheet's headings mean, remembered for that shape of sheet."""

    __tablename__ = "heading_mapping"

    shape: Mapped[str] = mapped_column(unique=True)
    register: Mapped[str]
    columns: Mapped[Any] = mapped_column(Json, nullable=False)  # field → heading path


class Word(Model):
    """A word that a clerk added to a list of words, and what it means."""

    __tablename__ = "word"
    __table_args__ = (Index("uq_word_list_written", "list", "written", unique=True), STRICT)

    list: Mapped[str]
    written: Mapped[str]
    meaning: Mapped[str]
