"""What each row is to the records: new, changed, the same, or perhaps the same."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.registers.words import blank_meaning
from xqhz_desktop.services.records import EXTRA, PROVISIONAL
from xqhz_desktop.services.workbooks.cells import MASKED
from xqhz_desktop.services.workbooks.firm_names import FirmNames
from xqhz_desktop.services.workbooks.plan import Fate, Row

Key = tuple[Any, ...]
Record = dict[str, Any]


def shown_value(value: Any) -> str:
    """A value as the plan shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(slots=True)
class Comparison:
    """What comparing one register's rows found."""

    same: list[tuple[Row, Record]] = field(default_factory=list)
    absent: list[Record] = field(default_factory=list)
    blanks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


class Comparer:
    """Compares the rows of one register with its records."""

    def __init__(self, register: Register, firms: FirmNames) -> None:
        """`firms` finds the firms that rows name."""
        self.register = register
        self.firms = firms
        self.identity = (*register.identity, *(("occurrence",) * (register.name == "courses")))
        self._parts = [(name, self._part(name)) for name in self.identity]
        self._blanks: Record = {
            declared.name: blank_meaning(declared.words)
            for declared in register.fields
            if declared.kind is Kind.FLAG and blank_meaning(declared.words) is not None
        } | {"cancelled": False}
        self._near = [(name, self._part(name)) for name in register.near]

    def _part(self, name: str) -> Callable[[Any], Any]:
        declared = next((f for f in self.register.fields if f.name == name), None)
        if declared and declared.kind is Kind.LINK and declared.link == "firms":
            return lambda value: None if value is None else self.firms.reference(value)
        if declared and declared.kind in (Kind.TEXT, Kind.NAME):
            return lambda value: None if value is None else fold(value).upper()
        return lambda value: value

    def key(self, values: Record) -> Key:
        """What makes two rows the same record."""
        return tuple(part(values.get(name)) for name, part in self._parts)

    def _near_key(self, values: Record) -> Key | None:
        parts = tuple(part(values.get(name)) for name, part in self._near)
        return None if not parts or None in parts else parts

    def compare(self, rows: dict[Key, Row], records: list[Record]) -> Comparison:
        """Give each row its fate; records that no row confirms are left over."""
        result = Comparison()
        known = {self.key(record): record for record in records}
        by_reference = {f"#{record['id']}": record for record in records}
        unmatched = []
        matched: set[int] = set()
        for key, row in rows.items():
            record = known.get(key) or self._by_name(row, by_reference)
            if record is None:
                unmatched.append(row)
                continue
            matched.add(record["id"])
            self._against(row, record, result)
        result.absent = [record for record in records if record["id"] not in matched]
        if unmatched:
            self._find_near(unmatched, result.absent)
        return result

    def _by_name(self, row: Row, by_reference: dict[str, Record]) -> Record | None:
        """A partner row finds the firm that rosters already named."""
        if self.register.name != "firms":
            return None
        record = by_reference.get(self.firms.reference(row.values["name"]))
        return record if record and not record["_partner"] else None

    def _against(self, row: Row, record: Record, result: Comparison) -> None:
        row.record = record["id"]
        if self.is_provisional(record):
            row.fate = Fate.NEW
            return
        self._differences(row, record, result)
        row.fate = Fate.CHANGED if row.writes else Fate.SAME
        if row.fate is Fate.SAME:
            result.same.append((row, record))

    def is_provisional(self, record: Record) -> bool:
        """Whether only another register's rows have made the record known."""
        if self.register.name not in PROVISIONAL:
            return False
        name, value = PROVISIONAL[self.register.name]
        return bool(record["_" + name]) is value

    def _differences(self, row: Row, record: Record, result: Comparison) -> None:
        changes = []
        for name, value in row.values.items():
            old = record.get(name)
            if value is None:
                if old is not None and name not in EXTRA.get(self.register.name, ()):
                    result.blanks[name].append(record["id"])
            elif value != old and not self.means_same(name, value, old):
                row.writes[name] = value
                if name not in EXTRA.get(self.register.name, ()):
                    label = self.register.field(name).label
                    changes.append((label, shown_value(old), shown_value(value)))
        row.changes = tuple(changes)

    def means_same(self, name: str, value: Any, old: Any) -> bool:
        """Whether two values mean the same however they are spelled."""
        if isinstance(value, str) and value.startswith(MASKED):
            return True
        if not isinstance(value, str) or not isinstance(old, str):
            return False
        if fold(value) == fold(old):
            return True
        declared = next((f for f in self.register.fields if f.name == name), None)
        if declared and declared.link == "firms":
            return self.firms.reference(value) == self.firms.reference(old)
        return False

    def _find_near(self, rows: list[Row], records: list[Record]) -> None:
        """A new row that differs from one left-over record only in a date, a count or a number."""
        near: dict[Key, list[Record]] = defaultdict(list)
        for record in records:
            if not self.is_provisional(record) and (key := self._near_key(record)):
                near[key].append(record)
        coming: dict[Key, list[Row]] = defaultdict(list)
        for row in rows:
            if key := self._near_key(row.values):
                coming[key].append(row)
        for key, found in coming.items():
            if len(found) == 1 and len(near.get(key, ())) == 1:
                self._offer(found[0], near[key][0])

    def _offer(self, row: Row, record: Record) -> None:
        row.fate, row.record = Fate.NEAR, record["id"]
        self._differences(row, record, Comparison())

    def fill_blanks(self, row: Row) -> None:
        """In a new record a blank that means no is no (夜班, 是否双师型)."""
        for name, meaning in self._blanks.items():
            if row.values.get(name, ...) is None:
                row.values[name] = meaning
