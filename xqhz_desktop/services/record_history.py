"""What happened to one record: who changed what and when, each field from what to what."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.history import ActionLine, Wanted, actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import masked
from xqhz_desktop.services.records import LINK_LABELS, columns_of, model_of
from xqhz_desktop.store.models import Change

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A field as it was and as it became, as texts; one is empty where there was nothing."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Event:
    """One action upon a record: `made` and `gone` say that it came or went with it."""

    action: ActionLine
    steps: tuple[Step, ...]
    made: bool = False
    gone: bool = False


def record_history(office: Office, register: str, record: int) -> list[Event]:
    """All that was done to a record, the latest first; numbers of persons as they may be seen.

    What was emptied when a person was erased has no steps. The queries are as many whatever was
    done.
    """
    table = model_of(register).__tablename__
    statement = select(Change.action_id, Change.before, Change.after).order_by(Change.id)
    statement = statement.where(Change.table_name == table, Change.row_id == record)
    with office.engine.connect() as connection:
        found: dict[int, list[tuple[Values | None, Values | None]]] = defaultdict(list)
        for action, before, after in connection.execute(statement):
            found[action].append((_values(before), _values(after)))
        changed = {action: (rows[0][0], rows[-1][1]) for action, rows in found.items()}
        labels = _labels(connection, register, changed)
    told = _Telling(office, register, labels)
    lines = actions(office, None, Wanted(ids=changed)) if changed else []
    return [told.event(line, *changed[line.id]) for line in lines]


def _values(said: str | None) -> Values | None:
    return None if said is None else json.loads(said)


def _labels(
    connection: Connection,
    register: str,
    changed: Mapping[int, tuple[Values | None, Values | None]],
) -> dict[str, dict[int, str]]:
    """What records are called that the record was ever linked to, by register: a query each."""
    columns = columns_of(REGISTERS[register])
    ids: dict[str, set[int]] = defaultdict(set)
    for declared in REGISTERS[register].stored():
        if declared.kind is Kind.LINK:
            said = (
                one.get(columns[declared.name]) for two in changed.values() for one in two if one
            )
            ids[declared.link] |= {number for number in said if number is not None}
    found = {}
    for target, numbers in ids.items():
        model: Any = model_of(target)
        shown = getattr(model, LINK_LABELS[target])
        statement = select(model.id, shown).where(model.id.in_(sorted(numbers)))
        found[target] = {row[0]: str(row[1]) for row in connection.execute(statement)}
    return found


class _Telling:
    """Turns rows of the journal into words."""

    def __init__(self, office: Office, register: str, labels: dict[str, dict[int, str]]) -> None:
        self._unmasked = office.unmasked
        self._today = office.now().date()
        self._register = REGISTERS[register]
        self._columns = columns_of(self._register)
        self._labels = labels

    def event(self, line: ActionLine, before: Values | None, after: Values | None) -> Event:
        """An action upon the record."""
        steps = tuple(self._steps(before or {}, after or {}))
        return Event(line, steps, made=before is None, gone=after is None)

    def _steps(self, before: Values, after: Values) -> Iterator[Step]:
        for declared in self._register.stored():
            column = self._columns[declared.name]
            was, became = before.get(column), after.get(column)
            if was != became:
                yield Step(declared.label, self._text(declared, was), self._text(declared, became))

    def _text(self, declared: Field, value: Any) -> str:
        said = tables.show(declared, self._meant(declared, value))
        return said if self._unmasked else masked(declared, said, self._today)

    def _meant(self, declared: Field, value: Any) -> Any:
        """What a value of the journal's JSON is."""
        if value is None:
            return None
        if declared.kind is Kind.LINK:
            return self._labels[declared.link].get(value, f"第 {value} 号")
        if declared.kind is Kind.FLAG and value in (0, 1):
            return bool(value)
        if declared.kind in (Kind.DATE, Kind.END_DATE):
            return date.fromisoformat(value)
        return value
