"""Making the plan of an import: every sheet read, every row compared, nothing written."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from xqhz_desktop.base.errors import Problem, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.services.records import all_records
from xqhz_desktop.services.workbooks import cells, waiting
from xqhz_desktop.services.workbooks.comparing import Comparer, Comparison, shown_value
from xqhz_desktop.services.workbooks.evidence import add_by_words
from xqhz_desktop.services.workbooks.firm_names import FirmNames, accepted_codes
from xqhz_desktop.services.workbooks.heads import take_head
from xqhz_desktop.services.workbooks.known import records_behind
from xqhz_desktop.services.workbooks.layout import Layout, find_layout
from xqhz_desktop.services.workbooks.marks import HANDOUT, LISTS_SHEET, WAITING, letter_of
from xqhz_desktop.services.workbooks.people import resolve_masked
from xqhz_desktop.services.workbooks.plan import (
    Absent,
    BadRow,
    Clearing,
    Conflict,
    Fate,
    Plan,
    Row,
    SheetPlan,
)
from xqhz_desktop.services.workbooks.reading import (
    Sheet,
    Workbook,
    WorkbookReader,
    find_workbooks,
    shown_name,
)
from xqhz_desktop.services.workbooks.rows import (
    SheetReader,
    SheetRows,
    cells_of,
    column_number,
    fingerprint,
    headings_of,
    letters_of,
    sentence,
)
from xqhz_desktop.services.workbooks.school_name import name_in
from xqhz_desktop.store.models import HeadingMapping, Source, Word

Key = tuple[Any, ...]
# Why a row waits that only needs what another sheet brings.
_HOMELESS = (frozenset({"unknown_base"}), frozenset({"masked_person"}))


def make_plan(engine: Engine, paths: Sequence[Path], task: Task) -> Plan:
    """The plan of importing files and folders.

    Raises UserError where nothing could be read, Cancelled when the task was cancelled.
    """
    with engine.connect() as connection:
        return Planner(connection).make(paths, task)


class Planner:
    """Holds what one plan needs while it is made."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.plan = Plan()
        self.good: dict[str, list[Row]] = defaultdict(list)
        self.firms = FirmNames(connection)
        self.waiting = waiting.read_open(connection)
        self.remembered = {
            row.shape: (row.register, row.columns)
            for row in connection.execute(
                select(HeadingMapping.shape, HeadingMapping.register, HeadingMapping.columns)
            )
        }
        self.accepted = accepted_codes(connection)
        self.words: cells.Words = {
            (row.list, fold(row.written).upper()): row.meaning
            for row in connection.execute(select(Word.list, Word.written, Word.meaning))
        }

    def make(self, paths: Sequence[Path], task: Task) -> Plan:
        """The plan of importing the workbooks."""
        files, passed_over = find_workbooks(paths)
        self.plan.passed_over = sorted(shown_name(path) for path in passed_over)
        self._read_all(files, task)
        return self.finish(task)

    def finish(self, task: Task) -> Plan:
        """Compare all that was read; the plan as it is shown."""
        for place, register in enumerate(IMPORTED):
            task.step(place, len(IMPORTED), f"比对{register.label}")
            self._compare(register)
        waiting.mark_known(self.waiting, self.plan)
        self._count()
        return self.plan

    # ------------------------------------------------------------ reading

    def _read_all(self, files: list[Path], task: Task) -> None:
        with WorkbookReader(task) as reader:
            for done, path in enumerate(files):
                task.step(done, len(files), f"读取 {shown_name(path)}")
                try:
                    workbook = reader.read(path)
                except UserError as error:
                    self.plan.unreadable.append((shown_name(path), error.message))
                    continue
                self.plan.digests[path] = workbook.digest
                self._take(workbook)

    def _take(self, workbook: Workbook) -> None:
        for place, sheet in enumerate(workbook.sheets):
            if sheet.visible or sheet.name != LISTS_SHEET:
                self._take_sheet(workbook, sheet)
            workbook.sheets[place] = Sheet(sheet.name, [], [], False, True)  # its cells may go

    def _take_sheet(self, workbook: Workbook, sheet: Sheet) -> None:
        layout = find_layout(sheet, self.remembered)
        planned = SheetPlan(workbook.file, sheet.name, workbook.digest, None)
        self.plan.sheets.append(planned)
        take_head(planned, sheet, layout)
        if layout is None or not layout.data:
            planned.why = "没有认出表头" if layout is None else "没有数据行"
            return
        planned.said = layout.shape in self.remembered
        add_by_words(sheet, layout)
        self.take_table(planned, sheet, layout)

    def take_table(self, planned: SheetPlan, sheet: Sheet, layout: Layout) -> None:
        """Read the rows of a table; the last sheet of the plan is its own."""
        place = len(self.plan.sheets) - 1
        records = records_behind(self.connection, layout)
        read = SheetReader(sheet, layout, place, self.words, self.accepted, records).read()
        planned.register, planned.label = layout.register.name, layout.register.label
        planned.rows = len(layout.data)
        planned.warnings, planned.ignored = read.warnings, layout.ignored
        planned.shape = layout.shape
        planned.headings, planned.letters = headings_of(layout), letters_of(layout)
        planned.school = name_in(layout.above)
        planned.columns = {
            "/".join(level for level in layout.paths[column] if level): layout.register.field(
                name
            ).label
            for name, column in layout.columns.items()
            if column < len(layout.paths)
        }
        for bad in read.bad:
            self._quarantine(bad)
        self._know_again(planned, layout.register, read)
        if read.context.class_teacher or layout.register.name == "students":
            for row in read.good:
                row.context = read.context
        self.good[layout.register.name] += read.good

    def _know_again(self, planned: SheetPlan, register: Register, read: SheetRows) -> None:
        """What the program itself sent out: rows handed back, parts of a roster handed out."""
        if letter := letter_of(planned.headings, WAITING):
            column = column_number(letter)
            repeated = waiting.close_numbered(self.waiting, register, read.good, column, self.plan)
            for row in repeated:
                read.good.remove(row)
                self._spoil(register, row, register.identity[0], "duplicate_row")
        if letter := letter_of(planned.headings, HANDOUT):
            column = column_number(letter)
            cells = (row.raw[column] for row in read.good if row.raw and column < len(row.raw))
            self.plan.returned |= {int(cell) for cell in map(str, cells) if cell.isdecimal()}

    def _quarantine(self, bad: BadRow) -> None:
        self.plan.bad.append(bad)
        self.plan.sheets[bad.sheet].problems += bad.problems

    def _spoil(self, register: Register, row: Row, name: str, reason: str) -> None:
        """A row that reads well but cannot stand: a repeat, an unknown base."""
        sheet = self.plan.sheets[row.sheet]
        address = f"{sheet.letters.get(name, 'A')}{row.row}"
        problem = Problem(row.row, address, reason, sentence(register.field(name), row.row, reason))
        values = {n: cells.plain(v) for n, v in row.values.items() if v is not None}
        parts = (f"{n}={v}" for n, v in sorted(values.items()))
        mark = fingerprint(register.name, (*parts, reason))
        self._quarantine(
            BadRow(
                row.sheet,
                row.row,
                register.name,
                sheet.headings,
                cells_of(row.raw or []),
                values,
                [problem],
                (name,),
                mark,
                {"columns": sheet.letters},
            )
        )

    # ------------------------------------------------------------ comparing

    def _compare(self, register: Register) -> None:
        rows = self.good[register.name]
        self._prepare(register, rows)
        comparer = Comparer(register, self.firms)
        unique = self._unique(register, comparer, [row for row in rows if row.values])
        for row in rows:
            row.raw = None
        self._come_home(register, comparer, unique)
        if not unique:
            return
        records = all_records(self.connection, register)
        result = comparer.compare(unique, records)
        if register.name == "firms":
            self.firms.add((row.values, row.record) for row in unique.values())
        kept = [row for row in unique.values() if row.fate is not Fate.SAME]
        for row in kept:
            if row.fate in (Fate.NEW, Fate.NEAR):
                comparer.fill_blanks(row)
        self.plan.rows[register.name] = kept
        waiting.close_corrected(self.waiting, register, list(unique.values()), self.plan)
        self._note(register, comparer, result)

    def _prepare(self, register: Register, rows: list[Row]) -> None:
        """Resolve what a row must find before it can be compared; spoil what cannot be found."""
        for row, name, reason in self._not_found(register, rows):
            self._spoil(register, row, name, reason)
            row.values = {}

    def _not_found(self, register: Register, rows: list[Row]) -> list[tuple[Row, str, str]]:
        """Rows whose base or person nobody knows; the others get the key that the records have."""
        lost: list[tuple[Row, str, str]] = []
        bases = self._bases() if register.name == "bookings" and rows else {}
        for row in rows if register.name == "bookings" else ():
            code = bases.get(fold(row.values["base"]).upper())
            if code is None:
                lost.append((row, "base", "unknown_base"))
            else:
                row.values["base"] = code
        if register.name == "placements":
            self._leave_unknown_batches(register, rows)
        masked = resolve_masked(self.connection, register, rows, self.good["students"])
        return lost + [(row, name, "masked_person") for row, name in masked]

    def _leave_unknown_batches(self, register: Register, rows: list[Row]) -> None:
        """A batch is begun by the office: the cell of a row that names another counts as blank."""
        naming = [row for row in rows if row.values.get("batch")]
        records = all_records(self.connection, REGISTERS["batches"]) if naming else []
        known = {record["name"] for record in records}
        for row in (row for row in naming if row.values["batch"] not in known):
            row.values["batch"] = None
            sheet = self.plan.sheets[row.sheet]
            said = sentence(register.field("batch"), row.row, "unknown_batch")
            address = f"{sheet.letters.get('batch', 'A')}{row.row}"
            sheet.warnings.append(Problem(row.row, address, "unknown_batch", said))

    def _bases(self) -> dict[str, str]:
        """Name or code → code, of the bases known and coming."""
        records = all_records(self.connection, REGISTERS["bases"])
        records += [row.values for row in self.good["bases"]]
        found = {fold(record["name"]).upper(): record["code"] for record in records}
        return found | {fold(record["code"]).upper(): record["code"] for record in records}

    def _unique(self, register: Register, comparer: Comparer, rows: list[Row]) -> dict[Key, Row]:
        """One row a record: repeats in a workbook wait, those of other workbooks are one row."""
        first: dict[Key, Row] = {}
        for row in rows:
            key = comparer.key(row.values)
            if key not in first:
                first[key] = row
                continue
            earlier = first[key]
            same_file = self._file(earlier) == self._file(row)
            if same_file and register.name != "courses":
                self._spoil(register, row, register.identity[0], "duplicate_row")
            else:
                self.plan.sheets[row.sheet].same += 1
                self._merge(register, comparer, earlier, row)
        return first

    def _file(self, row: Row) -> str:
        return self.plan.sheets[row.sheet].file

    def _merge(self, register: Register, comparer: Comparer, first: Row, other: Row) -> None:
        """The first row is kept, its blanks filled; what differs is a conflict to be seen."""
        for name, value in other.values.items():
            mine = first.values.get(name)
            if value is None or name in ("note", "cancelled", "occurrence"):
                continue
            if mine is None:
                first.values[name] = value
            elif mine != value and not comparer.means_same(name, value, mine):
                self.plan.conflicts.append(
                    Conflict(
                        register.label,
                        first.label,
                        register.field(name).label,
                        shown_value(mine),
                        shown_value(value),
                        self._address(first),
                        self._address(other),
                        first,
                        name,
                        value,
                    )
                )

    def _address(self, row: Row) -> str:
        sheet = self.plan.sheets[row.sheet]
        return " / ".join(part for part in (sheet.file, sheet.sheet, f"第 {row.row} 行") if part)

    def _come_home(self, register: Register, comparer: Comparer, rows: dict[Key, Row]) -> None:
        """A row that waited for its base or its person goes home once they are there."""
        waited = [
            (row, Row(-1, row.address[2], waiting.typed(register, row.values)))
            for row in self.waiting
            if row.register == register.name and row.reasons in _HOMELESS
        ]
        lost = {id(row) for row, *_ in self._not_found(register, [row for _, row in waited])}
        home: set[int] = set()
        for old, row in waited:
            if id(row) in lost:
                continue
            row.sheet = self._old_sheet(register, old.address)
            first = rows.setdefault(comparer.key(row.values), row)
            self.plan.closes.append(old.id)
            if first is row:
                home.add(id(row))
            elif id(first) in home and self._file(first) == self._file(row):
                self._spoil(register, row, register.identity[0], "duplicate_row")
                self.plan.bad[-1].cells, self.plan.bad[-1].headings = old.cells, old.headings

    def _old_sheet(self, register: Register, address: tuple[str, str, int]) -> int:
        file, sheet, _ = address
        for place, planned in enumerate(self.plan.sheets):
            if (planned.file, planned.sheet) == (file, sheet):
                return place
        self.plan.sheets.append(SheetPlan(file, sheet, "", register.name, register.label))
        return len(self.plan.sheets) - 1

    # ------------------------------------------------------------ what to show

    def _note(self, register: Register, comparer: Comparer, result: Comparison) -> None:
        sources = {
            row.id: (row.file, row.sheet)
            for row in self.connection.execute(select(Source.id, Source.file, Source.sheet))
        }
        moved = []
        for row, record in result.same:
            sheet = self.plan.sheets[row.sheet]
            if (*sources.get(record["_source"], ("", "")), record["_row"]) != (
                sheet.file,
                sheet.sheet,
                row.row,
            ):
                moved.append((record["id"], row.sheet, row.row))
        self.plan.confirmed[register.name] = moved
        read = {(sheet.file, sheet.sheet) for sheet in self.plan.sheets if sheet.register}
        for record in result.absent:
            place = sources.get(record["_source"])
            if place in read and place is not None and not comparer.is_provisional(record):
                label = str(record.get("name") or record.get("code") or record.get("user") or "")
                self.plan.absent.append(Absent(register.label, record["id"], label, *place))
        for name, ids in result.blanks.items():
            label = register.field(name).label
            self.plan.clearings.append(Clearing(register.name, name, label, tuple(ids)))
        for row, _ in result.same:
            self.plan.sheets[row.sheet].same += 1

    def _count(self) -> None:
        for rows in self.plan.rows.values():
            for row in rows:
                sheet = self.plan.sheets[row.sheet]
                sheet.new += row.fate is Fate.NEW
                sheet.changed += row.fate is Fate.CHANGED
                sheet.near += row.fate is Fate.NEAR
        bad: dict[int, int] = defaultdict(int)
        for spoiled in self.plan.bad:
            bad[spoiled.sheet] += 1
        for place, sheet in enumerate(self.plan.sheets):
            sheet.valid = sheet.rows - bad[place]
