"""What typed cells would do to a register, checked whole before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.references import Reference, Refused
from xqhz_desktop.services.entry.typed_cells import MASKED, TypedCells
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.records import model_of, select_records
from xqhz_desktop.store.models import SchoolClass, Student, Teacher

_CHUNK = 900  # ids in one IN (…)
_NAMING = ("name", "code", "user", "firm", "base")
HOURS = ("total", "theory", "practice")
# What a row takes from the person it is linked to, where nothing else is typed.
_FROM_PERSON: dict[str, Any] = {
    "students": select(
        Student.id,
        Student.name,
        Student.student_no,
        Student.sex,
        SchoolClass.name.label("class_name"),
    ).outerjoin(SchoolClass, SchoolClass.id == Student.class_id),
    "teachers": select(Teacher.id, Teacher.name),
}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell as typed: `row` is the record's id; None for a new row, told apart by `new`.

    `picked` is the id of the record that was chosen among a link's candidates.
    """

    row: int | None
    field: str
    text: str
    new: int = 0
    picked: int | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell was not written, or what to look at, as one sentence.

    `missing` is what could be registered on the spot, so that the cell can be taken then.
    """

    row: int | None
    new: int
    field: str
    reason: str
    missing: str = ""


@dataclass(slots=True)
class Line:
    """One row of the table with what is to be written to it; `before` is empty for a new one."""

    row: int | None
    new: int
    before: Record
    values: Record = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)  # fields that were read well, changed or not
    said: set[str] = field(default_factory=set)  # fields that something is wrong with
    gone: bool = False  # a record that is not there, or a new row that cannot be written
    settled: bool = False  # takes over a record that only other registers' rows had made known

    @property
    def is_new(self) -> bool:
        """Whether there is no record yet."""
        return self.row is None

    def after(self) -> Record:
        """The row as it would stand, links as labels."""
        return self.before | {name: plain(value) for name, value in self.values.items()}


def plain(value: Any) -> Any:
    """A value as the table shows links: by their label."""
    return value.label if isinstance(value, Reference) else value


def called(record: Record) -> str:
    """What names a record for the reader, never by a number of a person."""
    return next((str(record[name]) for name in _NAMING if record.get(name)), "")


def column_of(declared: Field) -> str:
    """The column that keeps a field."""
    return declared.name + "_id" * (declared.kind is Kind.LINK)


@cache
def required(register: str) -> frozenset[str]:
    """The fields without which there is no record of the register."""
    table = model_of(register).__table__
    return frozenset(
        one.name
        for one in REGISTERS[register].stored()
        if one.missing or not table.c[column_of(one)].nullable
    )


def read_records(
    connection: Connection, register: Register, ids: Sequence[int]
) -> dict[int, Record]:
    """Records by id: every field as the table reads it, each link's id beside its label."""
    statement = _reading(register.name)
    found: dict[int, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        for row in connection.execute(statement, {"ids": chunk}):
            found[row.id] = dict(row._mapping)
    return found


@cache
def _reading(register: str) -> Select[Any]:
    """The statement that reads records by `ids`, built once: that takes longer than to run it."""
    model: Any = model_of(register)
    links = [one for one in REGISTERS[register].stored() if one.kind is Kind.LINK]
    columns = [getattr(model, column_of(one)) for one in links]
    statement = select_records(REGISTERS[register], labels=True).add_columns(*columns)
    return statement.where(model.id.in_(bindparam("ids", expanding=True)))


class Entry:
    """Typed cells of one register on their way into it."""

    def __init__(
        self, connection: Connection, register: Register, today: date, *, make_missing: bool
    ) -> None:
        """`make_missing` takes links to what nobody has registered yet, to be made then."""
        self.connection = connection
        self.register = register
        self.today = today
        self.make_missing = make_missing
        self.cells = TypedCells(connection, register, today)
        self.fields = {one.name: one for one in register.stored()}
        self.lines: list[Line] = []
        self.problems: list[Wrong] = []
        self.warnings: list[Wrong] = []
        self.required = required(register.name)

    # ------------------------------------------------------------ reading what was typed

    def take(self, edits: Iterable[Edit]) -> None:
        """Read the cells; bad ones become problems, what says nothing new is left out.

        Raises KeyError for a field that the register does not keep.
        """
        edits = list(edits)
        rows = dict.fromkeys(edit.row for edit in edits if edit.row is not None)
        known = read_records(self.connection, self.register, list(rows))
        self._look_up(edits)
        lines: dict[tuple[int | None, int], Line] = {}
        for edit in edits:
            key = (edit.row, 0 if edit.row is not None else edit.new)
            if key not in lines:
                before = known.get(edit.row) if edit.row is not None else {}
                lines[key] = Line(*key, before or {}, gone=before is None)
            self._take(lines[key], self.fields[edit.field], edit)
        self.lines = list(lines.values())

    def _look_up(self, edits: list[Edit]) -> None:
        """What many cells of a link mean is asked of the database at once."""
        texts: dict[str, set[str]] = defaultdict(set)
        for edit in edits if len(edits) > 1 else ():
            if self.fields[edit.field].kind is Kind.LINK and edit.picked is None:
                texts[edit.field].add(edit.text)
        for name, typed in texts.items():
            self.cells.look_up(self.fields[name], typed)

    def _take(self, line: Line, declared: Field, edit: Edit) -> None:
        if line.gone:
            self.wrong(line, declared.name, "这一行已经不在了，请刷新后再改。")
            return
        line.values.pop(declared.name, None)
        line.typed.add(declared.name)
        if self._is_as_shown(line, declared, edit):
            return
        value = self.cells.read(declared, edit.text, edit.picked)
        if value is MASKED:
            self._take_masked(line, declared, edit.text)
        elif isinstance(value, Refused):
            self._refuse(line, declared, value)
        elif value is None:
            self._take_blank(line, declared)
        elif not _is_known(line, declared, value):
            line.values[declared.name] = value

    def _is_as_shown(self, line: Line, declared: Field, edit: Edit) -> bool:
        """Whether the cell was left as the screen shows it, shortened or whole."""
        if line.is_new or edit.picked is not None:
            return False
        shown = tables.show(declared, line.before[declared.name])
        return edit.text in (shown, masked(declared, shown, self.today))

    def _take_masked(self, line: Line, declared: Field, typed: str) -> None:
        """A shortened number is no change; where it is another's, that is said."""
        said = f"“{declared.label}”是遮盖过的号码，没有改动；要改请填写完整号码。"
        if line.is_new and declared.name in self.required:
            self.wrong(line, declared.name, f"“{declared.label}”被遮盖，请填写完整号码。")
        else:
            self.warn(line, declared.name, said)

    def _refuse(self, line: Line, declared: Field, refused: Refused) -> None:
        if self.make_missing and refused.missing:
            key = refused.missing
            line.values[declared.name] = Reference(None, key, key)
        else:
            self.wrong(line, declared.name, refused.reason, refused.missing)

    def _take_blank(self, line: Line, declared: Field) -> None:
        if self.register.name == "courses" and declared.name in HOURS:
            line.values[declared.name] = 0.0
        elif line.is_new or line.before[declared.name] is None:
            return
        elif declared.name in self.required:
            self.wrong(line, declared.name, f"“{declared.label}”不能为空，请填写。")
        else:
            line.values[declared.name] = None

    # ------------------------------------------------------------ new rows

    def complete(self) -> None:
        """What a row says of a person follows where it is linked to somebody new."""
        for declared in self.fields.values():
            if declared.link in _FROM_PERSON:
                self._fill_from_persons(declared)

    def _fill_from_persons(self, declared: Field) -> None:
        linked = [
            (line, value.id)
            for line in self.lines
            if isinstance(value := line.values.get(declared.name), Reference)
        ]
        ids = sorted({number for _, number in linked if number is not None})
        persons = self._persons(_FROM_PERSON[declared.link], ids)
        for line, number in linked:
            for name, said in persons.get(number, {}).items():
                asked = line.is_new or name not in line.typed
                if asked and name in self.fields and said is not None and name not in line.said:
                    line.values.setdefault(name, said)

    def _persons(self, statement: Any, ids: list[int]) -> dict[int | None, Record]:
        number = statement.selected_columns["id"]
        found: dict[int | None, Record] = {}
        for start in range(0, len(ids), _CHUNK):
            wanted = number.in_(ids[start : start + _CHUNK])
            for row in self.connection.execute(statement.where(wanted)).mappings():
                found[row["id"]] = {name: said for name, said in row.items() if name != "id"}
        return found

    def require(self) -> None:
        """A new row has all that its register demands, or says what it lacks."""
        for line in self.lines:
            if not line.is_new or not (line.values or line.said):
                continue
            lacking = [n for n in self.fields if n in self.required and n not in line.values]
            for name in lacking:
                if name not in line.said:
                    self.wrong(line, name, f"“{self.fields[name].label}”未填，请填写。")
            line.gone = bool(lacking)

    # ------------------------------------------------------------ what is said

    def wrong(self, line: Line, name: str, reason: str, missing: str = "") -> None:
        """A cell that is not written; a value that it had been given goes."""
        line.values.pop(name, None)
        line.typed.discard(name)
        line.said.add(name)
        self.problems.append(Wrong(line.row, line.new, name, reason, missing))

    def warn(self, line: Line, name: str, reason: str) -> None:
        """Something to look at; the cell is written."""
        self.warnings.append(Wrong(line.row, line.new, name, reason))

    def forget_the_same(self) -> None:
        """What followed from other cells and comes out as it was is nothing to be written."""
        for line in self.lines:
            for name in [n for n, value in line.values.items() if self._is_same(line, n, value)]:
                del line.values[name]

    def _is_same(self, line: Line, name: str, value: Any) -> bool:
        if name in self.fields:
            return _is_known(line, self.fields[name], value)
        return name in line.before and bool(line.before[name] == value)

    def ready(self) -> list[Line]:
        """The rows that have something to be written."""
        return [line for line in self.lines if line.values and not line.gone]


def _is_known(line: Line, declared: Field, value: Any) -> bool:
    if line.is_new:
        return False
    if isinstance(value, Reference):
        return bool(line.before[column_of(declared)] == value.id)
    return bool(line.before[declared.name] == value)


def may_be_repeated(declared: Field) -> bool:
    """Whether a title may say the value: numbers of persons are named, never repeated."""
    return not is_personal(declared)
