"""The plan of an import: what would be written, and why each bad row would wait. Writes nothing."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from xqhz_desktop.base.errors import Problem


class Fate(Enum):
    """What an import does with a row; the value is what the reader sees."""

    NEW = "新增"
    CHANGED = "变更"
    NEAR = "疑为同一条"
    SAME = "相同"
    QUARANTINED = "待更正"


@dataclass(slots=True)
class Row:
    """A data row as read: values by stored field, None where the cell says nothing.

    A link's value is the key of the record it refers to. `record` is the record that it is
    (CHANGED, SAME) or may be (NEAR); `changes` are (field, old, new) as shown.
    """

    sheet: int  # place in Plan.sheets
    row: int  # as Excel counts
    values: dict[str, Any]
    fate: Fate = Fate.NEW
    record: int | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    writes: dict[str, Any] = field(default_factory=dict)  # what a CHANGED row writes
    label: str = ""  # what names the row for the reader (姓名 · 企业), never an ID number
    context: Any = None  # what the sheet says of the row beyond its cells
    raw: list[Any] | None = None  # its cells as read, until it is compared


@dataclass(slots=True)
class BadRow:
    """A row that waits for correction, with every cell as written."""

    sheet: int
    row: int
    register: str
    headings: dict[str, str]  # by column letter
    cells: dict[str, str]  # by column letter
    values: dict[str, Any]  # what could be read, as JSON can hold it
    problems: list[Problem]
    fields: tuple[str, ...]  # the bad fields
    fingerprint: str
    context: dict[str, Any]
    known: bool = False  # the same row already waits


@dataclass(slots=True)
class SheetPlan:
    """What one sheet brings; `register` is None where no register was recognised."""

    file: str
    sheet: str
    digest: str
    register: str | None
    label: str = ""  # the register's Chinese name
    rows: int = 0
    valid: int = 0
    new: int = 0
    changed: int = 0
    near: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)  # heading as written → field label
    headings: dict[str, str] = field(default_factory=dict)  # by column letter
    letters: dict[str, str] = field(default_factory=dict)  # field → column letter
    ignored: list[str] = field(default_factory=list)  # headings that no field took
    shape: str = ""
    school: str | None = None  # the school that its title or unit line names
    why: str = ""  # why nothing was recognised, for the reader
    said: bool = False  # read so because a clerk said what its headings mean
    head: list[list[str]] = field(default_factory=list)  # its first rows as written
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # of these rows
    header: tuple[int, ...] = ()  # rows of its header, from 0
    first: list[int] = field(default_factory=list)  # rows of its first records, from 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows of one import that give one record different values; the first is kept."""

    register: str
    label: str
    field: str
    kept: str
    other: str
    kept_at: str  # 文件 / 表 / 第 N 行
    other_at: str
    row: Row
    name: str  # the field's name in row.values
    value: Any  # what the other row says


@dataclass(frozen=True, slots=True)
class Absent:
    """A record that an earlier version of the sheet had and this one has not; it stays."""

    register: str
    record: int
    label: str
    file: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Clearing:
    """A column whose blank cells could clear known values, by one tick that names its count."""

    register: str
    field: str
    label: str
    records: tuple[int, ...]


@dataclass(slots=True)
class Plan:
    """All that an import would do, shown before anything is written."""

    sheets: list[SheetPlan] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)  # by register: not SAME
    confirmed: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)  # id, sheet, row
    bad: list[BadRow] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)  # quarantined rows that a good row corrects
    conflicts: list[Conflict] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    clearings: list[Clearing] = field(default_factory=list)
    returned: set[int] = field(default_factory=set)  # handouts that come back with it
    digests: dict[Path, str] = field(default_factory=dict)  # what was read, by file
    unreadable: list[tuple[str, str]] = field(default_factory=list)  # (file, one sentence)
    passed_over: list[str] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """How many rows have that fate."""
        if fate is Fate.QUARANTINED:
            return len(self.bad)
        if fate is Fate.SAME:
            return sum(sheet.same for sheet in self.sheets)
        return sum(row.fate is fate for rows in self.rows.values() for row in rows)

    @property
    def empty(self) -> bool:
        """Whether applying it would change nothing."""
        rows = any(self.rows.values()) or any(self.confirmed.values())
        news = self.closes or self.returned or any(not bad.known for bad in self.bad)
        return not (rows or news)


@dataclass(slots=True)
class Choices:
    """What the clerk ticked in a shown plan; by default nothing."""

    same_record: set[tuple[str, int, int]] = field(default_factory=set)  # register, sheet, row
    clear: set[tuple[str, str]] = field(default_factory=set)  # register, field
    take_other: set[int] = field(default_factory=set)  # conflicts, by place in Plan.conflicts
