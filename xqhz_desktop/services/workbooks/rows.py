"""From a recognised sheet to rows: cells read column by column, then each row checked whole."""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xqhz_desktop.base.errors import Problem
from xqhz_desktop.base.text import fold, written
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.workbooks import cells, checks
from xqhz_desktop.services.workbooks.cells import Bad, Doubt
from xqhz_desktop.services.workbooks.context import Context, read_context
from xqhz_desktop.services.workbooks.draft import Column, Draft
from xqhz_desktop.services.workbooks.known import Record, fill
from xqhz_desktop.services.workbooks.layout import Layout
from xqhz_desktop.services.workbooks.plan import BadRow, Row
from xqhz_desktop.services.workbooks.reading import Cell, Sheet

_FROM_ELSEWHERE = ("start", "end", "firm")  # from a period in one cell, or from the title
_NAMING = ("name", "firm", "code", "unit", "user", "base", "cohort")


@dataclass(slots=True)
class SheetRows:
    """What a sheet holds: good rows, bad rows and warnings."""

    context: Context
    good: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def column_letter(column: int) -> str:
    """The letter of a column counted from 0, as Excel shows it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column, counted from 0, that Excel shows by letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class SheetReader:
    """Reads one recognised sheet; holds the columns while its rows are checked."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        place: int,
        words: cells.Words,
        accepted: Container[str] = (),
        records: Mapping[int, Record] | None = None,
    ) -> None:
        """`place` is the sheet's place in the plan; `words` are the clerk's own.

        `accepted` are the codes of firms that stand although their check fails; `records` those
        that the rows of a sheet of our own say they are.
        """
        self.sheet, self.layout, self.place, self.words = sheet, layout, place, words
        self.accepted = accepted
        self.records = records or {}
        self.register = layout.register
        self.numbers = layout.data
        # A sheet of our own says all in its rows.
        own = layout.marked is not None
        self.context = Context() if own else read_context(layout.above, sheet.name)
        self.draft = Draft(layout.register, self.context, len(layout.data))
        self.raw = self._turned()

    def read(self) -> SheetRows:
        """All rows, good and bad, with their warnings."""
        for declared in self.register.fields:
            if declared.name in self.layout.columns:
                self.draft.columns[declared.name] = self._read_column(declared)
        self._spread_periods()
        self._fill_own()
        self._apply_context()
        self._require()
        checks.check_rows(self.draft)
        return self._rows()

    # ------------------------------------------------------------ columns

    def _turned(self) -> list[tuple[Cell, ...]]:
        """The data rows as columns, short rows filled up."""
        width = max([*self.layout.columns.values(), self.layout.marked or 0]) + 1
        rows = [self.sheet.rows[number] for number in self.numbers]
        for row in rows:
            if len(row) < width:
                row.extend([None] * (width - len(row)))
        return list(zip(*rows, strict=False))

    def _read_column(self, declared: Field) -> Column:
        read = cells.reader(
            declared,
            date1904=self.sheet.date1904,
            year=self.context.year,
            words=self.words,
            accepted=self.accepted,
        )
        raw = self.raw[self.layout.columns[declared.name]]
        known: dict[Cell, Any] = {cell: read(cell) for cell in set(raw)}
        values = [known[cell] for cell in raw]
        if any(isinstance(value, (Bad, Doubt)) for value in known.values()):
            self._note_faults(declared.name, values)
        return values

    def _note_faults(self, name: str, values: Column) -> None:
        for place, value in enumerate(values):
            if isinstance(value, Bad):
                self.draft.fault(place, name, value.reason)
                values[place] = None
            elif isinstance(value, Doubt):
                self.draft.doubt(place, name, value.reason)
                values[place] = None

    def _spread_periods(self) -> None:
        """A period in one cell is the start and the end of its row."""
        for period, start, end in (
            ("period", "start", "end"),
            ("contract_period", "contract_signed", "contract_end"),
        ):
            if period in self.draft.columns:
                pairs = [pair or (None, None) for pair in self.draft.columns.pop(period)]
                for name, side in ((start, 0), (end, 1)):
                    if name not in self.draft.columns:
                        self.draft.columns[name] = [pair[side] for pair in pairs]
                        self.layout.columns.setdefault(name, self.layout.columns[period])

    def _fill_own(self) -> None:
        """Rows of our own export know what their sheet does not show."""
        if self.layout.marked is not None:
            marks = [self.sheet.rows[number][self.layout.marked] for number in self.numbers]
            fill(self.draft, [*self.draft.columns], marks, self.records)

    def _apply_context(self) -> None:
        """Where no column says it, the title or the sheet's name does."""
        by_register: dict[str, dict[str, Any]] = {
            "apprentices": {"cohort": self.context.cohort, "firm": self.context.firm},
            "courses": {"intake": self.context.intake, "major": self.context.major},
            "placements": {"class_name": self.context.class_name, "firm": self.context.firm},
            "students": {
                "class": self.context.class_name,
                "major": self.context.titled_major,
            },
        }
        for name, value in by_register.get(self.register.name, {}).items():
            if value is not None and name not in self.draft.columns:
                self.draft.columns[name] = [value] * len(self.numbers)

    def _require(self) -> None:
        """A blank in a key column makes the row bad; one in an expected column is warned of."""
        for declared in self.register.fields:
            values = self.draft.columns.get(declared.name)
            if values is None and declared.missing and declared.name in _FROM_ELSEWHERE:
                values = self.draft.columns[declared.name] = [None] * len(self.numbers)
            if values is None or None not in values:
                continue
            for place, value in enumerate(values):
                if value is not None or self.draft.has_said(place, declared.name):
                    continue
                if declared.missing:
                    self.draft.fault(place, declared.name, declared.missing)
                elif declared.expected and declared.name in self.layout.columns:
                    self.draft.doubt(place, declared.name, "missing_cell")

    # ------------------------------------------------------------ rows

    def _rows(self) -> SheetRows:
        result = SheetRows(self.context)
        names = [f.name for f in self.register.fields if f.stored and f.name in self.draft.columns]
        names += [n for n in ("cancelled", "occurrence") if n in self.draft.columns]
        naming = [self.draft.columns[n] for n in _NAMING if n in names][:2]
        series = zip(*(self.draft.columns[name] for name in names), strict=True)
        for place, values in enumerate(series):
            row = dict(zip(names, values, strict=True))
            if place in self.draft.faults:
                result.bad.append(self._bad_row(place, row))
                continue
            label = " · ".join(str(column[place] or "") for column in naming)
            number = self.numbers[place]
            result.good.append(
                Row(self.place, number + 1, row, label=label, raw=self.sheet.rows[number])
            )
        result.warnings = [
            self.problem(place, name, reason)
            for place, name, reason in sorted(self.draft.doubts)
            if place not in self.draft.faults
        ]
        return result

    def problem(self, place: int, name: str, reason: str) -> Problem:
        """A problem with its address and one sentence."""
        row = self.numbers[place] + 1
        column = self.layout.columns.get(name)
        address = f"{column_letter(column)}{row}" if column is not None else f"A{row}"
        return Problem(row, address, reason, sentence(self.register.field(name), row, reason))

    def _bad_row(self, place: int, values: dict[str, Any]) -> BadRow:
        number = self.numbers[place]
        row = self.sheet.rows[number]
        problems = [self.problem(place, name, reason) for name, reason in self.draft.faults[place]]
        return BadRow(
            self.place,
            number + 1,
            self.register.name,
            headings_of(self.layout),
            cells_of(row),
            {name: cells.plain(value) for name, value in values.items() if value is not None},
            problems,
            tuple(name for name, _ in self.draft.faults[place]),
            fingerprint(self.register.name, self._mapped(row)),
            {"columns": letters_of(self.layout)},
        )

    def _mapped(self, row: list[Cell]) -> Iterable[str]:
        for name, column in sorted(self.layout.columns.items()):
            if name not in ("number", "note", "week") and column < len(row):
                yield f"{name}={fold(row[column])}"


def headings_of(layout: Layout) -> dict[str, str]:
    """The headings of a sheet by column letter."""
    return {
        column_letter(column): "/".join(level for level in path if level)
        for column, path in enumerate(layout.paths)
        if any(path)
    }


def letters_of(layout: Layout) -> dict[str, str]:
    """The column letter of each field."""
    return {name: column_letter(column) for name, column in layout.columns.items()}


def cells_of(row: list[Cell]) -> dict[str, str]:
    """All cells of a row as written, by column letter."""
    return {column_letter(c): shown(cell) for c, cell in enumerate(row) if cell is not None}


def shown(cell: Cell) -> str:
    """A cell as its workbook shows it."""
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return written(cell)


def fingerprint(register: str, parts: Iterable[str]) -> str:
    """What makes a bad row the same bad row when it comes again."""
    return hashlib.sha256("\n".join((register, *parts)).encode()).hexdigest()[:32]


def sentence(declared: Field, row: int, reason: str) -> str:
    """One sentence for a bad or doubtful cell: where, what, and what to do."""
    if reason.startswith("missing_") and reason != "missing_cell":
        return f"第 {row} 行“{declared.label}”未填，请补填后重新导入。"
    if reason == "missing_cell":
        return f"第 {row} 行“{declared.label}”未填。"
    said = cells.MESSAGES.get(reason) or checks.MESSAGES[reason]
    return f"第 {row} 行“{declared.label}”：{said}。"
