"""A report is a flat list of blocks that know nothing of the paper they are printed on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from xqhz_desktop.reports.figures import Figure

Align = Literal["left", "right", "decimal", "center"]
State = Literal["good", "warn", "bad", "plain"]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    title: str
    subtitle: str
    school: str
    period: str
    day: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings with their pages."""

    title: str = "目录"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a chapter on a new page."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark: what a figure leaves out, or where it comes from."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; without `width_mm` it is as wide as its text needs."""

    label: str
    align: Align = "left"
    width_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a caption.

    `groups` are the indexes of rows above which a light rule stands, `strong` those set in bold
    (a total). `landscape` turns the page; None turns it where many columns need the room.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Rows
    note: str = ""
    groups: frozenset[int] = field(default=frozenset())
    strong: frozenset[int] = field(default=frozenset())
    landscape: bool | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its caption below; it may give a fifth of its height to fit on a page."""

    caption: str
    figure: Figure
    height_mm: float = 56.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One key number: its value large, target and last year small.

    `done` is the value as a part of the bar's length 0..1, `ticks` the targets on it.
    """

    label: str
    value: str
    lines: tuple[str, ...] = ()
    state: State = "plain"
    state_word: str = ""
    done: float | None = None
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyIndicators:
    """Cards, side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Large:
    """One line that is copied by hand: as large as the paper is wide, in a box."""

    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines on which each of these roles signs, with the day."""

    roles: tuple[str, ...]


Block = (
    Cover
    | Contents
    | Heading
    | Paragraph
    | Note
    | PageBreak
    | Table
    | Chart
    | KeyIndicators
    | Large
    | Signatures
)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: what the running head and the file's properties say, and its blocks."""

    title: str
    school: str
    period: str
    printed_on: date
    blocks: tuple[Block, ...]


def every(rows: Rows, step: int = 5) -> frozenset[int]:
    """The indexes that part a long list into groups of `step`, for the eye."""
    return frozenset(range(step, len(rows), step))


def where_changes(rows: Rows, column: int = 0) -> frozenset[int]:
    """The indexes at which the text of a column differs from the row above."""
    return frozenset(i for i in range(1, len(rows)) if rows[i][column] != rows[i - 1][column])
