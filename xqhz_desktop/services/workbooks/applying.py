"""Writing a plan that was shown: one transaction, one action in the journal."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services.records import PROVISIONAL, model_of
from xqhz_desktop.services.workbooks.cells import MASKED
from xqhz_desktop.services.workbooks.firm_names import name_firms
from xqhz_desktop.services.workbooks.joining import join_namesakes
from xqhz_desktop.services.workbooks.linking import Links, Values, next_id
from xqhz_desktop.services.workbooks.plan import BadRow, Choices, Conflict, Fate, Plan, Row
from xqhz_desktop.services.workbooks.school_name import most_said
from xqhz_desktop.store.bulk import columns_of, insert_columns
from xqhz_desktop.store.models import SCHOOL_NAME, Action, Handout, QuarantinedRow, Setting, Source

# What is linked to is made in this order, so that a class finds its major.
_LINK_ORDER = ("majors", "firms", "classes", "cohorts", "students", "teachers", "bases")


class Applier:
    """Writes one plan inside the action's transaction."""

    def __init__(self, connection: Connection, action: int, plan: Plan, choices: Choices) -> None:
        """`action` is the journal's action that the open transaction belongs to."""
        self.connection = connection
        self.action = action
        self.plan = plan
        self.choices = choices
        self.sources: dict[int, int] = {}
        self.links = Links(connection, lambda row: self.source(row.sheet))
        self.touched: dict[str, int] = defaultdict(int)

    def apply(self, task: Task) -> dict[str, int]:
        """Write everything; returns how many records of each register were touched."""
        for place in self.choices.take_other:
            self._take_other(self.plan.conflicts[place])
        for place, register in enumerate(IMPORTED):
            task.step(place, len(IMPORTED) + 1, f"写入{register.label}")
            self._write(register)
        task.step(len(IMPORTED), len(IMPORTED) + 1, "写入待更正行")
        self._quarantine([bad for bad in self.plan.bad if not bad.known])
        self._close(self.plan.closes)
        self._take_back()
        self._learn_school()
        return dict(self.touched)

    def _take_back(self) -> None:
        """Handouts of which rows came back are out no longer."""
        today = date.fromisoformat(self._at()[:10])
        out = (Handout.id.in_(self.plan.returned), Handout.returned.is_(None))
        self.connection.execute(update(Handout).where(*out).values(returned=today))

    def _at(self) -> str:
        when = select(Action.at).where(Action.id == self.action)
        return str(self.connection.execute(when).scalar_one())

    def _take_other(self, conflict: Conflict) -> None:
        """The other row's value goes; a record that the first row had confirmed changes then."""
        row = conflict.row
        row.values[conflict.name] = row.writes[conflict.name] = conflict.value
        register = self.plan.sheets[row.sheet].register
        if row.fate is Fate.SAME and register is not None:
            row.fate = Fate.CHANGED
            self.plan.rows.setdefault(register, []).append(row)

    def _learn_school(self) -> None:
        """The school's name, where nobody has set it, is what most sheets say."""
        name = most_said(sheet.school for sheet in self.plan.sheets)
        known = select(Setting.id).where(Setting.name == SCHOOL_NAME)
        if name and self.connection.execute(known).first() is None:
            self.connection.execute(insert(Setting).values(name=SCHOOL_NAME, value=name))

    def source(self, sheet: int) -> int:
        """The id of the sheet's source row, made when first asked for."""
        if sheet not in self.sources:
            planned = self.plan.sheets[sheet]
            made = self.connection.execute(
                insert(Source).values(
                    action_id=self.action,
                    file=planned.file,
                    sheet=planned.sheet,
                    digest=planned.digest,
                )
            )
            assert made.inserted_primary_key is not None
            self.sources[sheet] = made.inserted_primary_key[0]
        return self.sources[sheet]

    # ------------------------------------------------------------ rows

    def _write(self, register: Register) -> None:
        rows = self.plan.rows.get(register.name, [])
        new = [row for row in rows if self._is_new(register, row)]
        changed = [row for row in rows if not self._is_new(register, row)]
        self._link(register, rows)
        upgraded = [row for row in new if row.record is not None and row.fate is Fate.NEW]
        self._insert(register, [row for row in new if row.record is None or row.fate is Fate.NEAR])
        self._update(register, [(row, row.values) for row in upgraded])
        self._update(register, [(row, row.writes) for row in changed])
        self._clear(register)
        self._confirm(register)
        if register.name == "firms":
            name_firms(
                self.connection,
                [(row.record, row.values, row.fate is Fate.NEW) for row in rows],
            )
            join_namesakes(self.connection)
        if rows:
            self.touched[register.name] += len(rows)
            self.links.forget(register.name)

    def _is_new(self, register: Register, row: Row) -> bool:
        ticked = (register.name, row.sheet, row.row) in self.choices.same_record
        return row.fate is Fate.NEW or (row.fate is Fate.NEAR and not ticked)

    def _unmasked(self, value: Any) -> Any:
        return None if isinstance(value, str) and value.startswith(MASKED) else value

    def _link(self, register: Register, rows: list[Row]) -> None:
        fields = {field.link: field.name for field in register.stored() if field.kind is Kind.LINK}
        for target in _LINK_ORDER:
            if target in fields:
                self.links.ensure(target, fields[target], rows, register)

    def _stored(self, register: Register, values: Values) -> Values:
        """Values by column, as one row is written."""
        columns = (self._column(register, name, [value]) for name, value in values.items())
        return {column: kept[0] for column, kept in columns}

    def _insert(self, register: Register, rows: list[Row]) -> None:
        if not rows:
            return
        model = model_of(register.name)
        first = next_id(self.connection, model.__tablename__)
        for number, row in enumerate(rows, start=first):
            row.record = number
        columns: dict[str, list[Any]] = {
            "id": [row.record for row in rows],
            "source_id": [self.source(row.sheet) for row in rows],
            "source_row": [row.row for row in rows],
        }
        for name, said in columns_of([row.values for row in rows]).items():
            column, values = self._column(register, name, list(said))
            columns[column] = values
        for name, value in self._settled(register).items():
            columns[name] = [value] * len(rows)
        insert_columns(self.connection, model, columns)

    def _column(self, register: Register, name: str, values: list[Any]) -> tuple[str, list[Any]]:
        """A field's values as its column keeps them: links as ids, masked ones as unknown."""
        declared = next((field for field in register.fields if field.name == name), None)
        if declared is None:
            return name, values
        if declared.kind in (Kind.ID_NUMBER, Kind.PHONE):
            return name, [self._unmasked(value) for value in values]
        if declared.kind is not Kind.LINK:
            return name, values
        ids = self.links.ids(declared.link)
        key = self.links.key
        return f"{name}_id", [
            None if value is None else ids[key(declared.link, value)] for value in values
        ]

    def _settled(self, register: Register) -> Values:
        """What says that a record is no longer only known from other rows."""
        if register.name not in PROVISIONAL:
            return {}
        name, value = PROVISIONAL[register.name]
        return {name: not value}

    def _update(self, register: Register, rows: list[tuple[Row, Values]]) -> None:
        """Write known values over records; a None writes nothing."""
        by_columns: dict[tuple[str, ...], list[Values]] = defaultdict(list)
        for row, values in rows:
            known = {name: value for name, value in values.items() if value is not None}
            stored = self._stored(register, known)
            stored = {name: value for name, value in stored.items() if value is not None}
            stored |= self._settled(register)
            stored |= {"source_id": self.source(row.sheet), "source_row": row.row}
            by_columns[tuple(sorted(stored))].append(stored | {"_id": row.record})
        self._update_many(register, by_columns)

    def _update_many(
        self, register: Register, by_columns: dict[tuple[str, ...], list[Values]]
    ) -> None:
        table: Any = model_of(register.name).__table__
        for columns, many in by_columns.items():
            statement = update(table).where(table.c.id == bindparam("_id"))
            values: Values = {name: bindparam(name) for name in columns}
            self.connection.execute(statement.values(values), many)

    def _clear(self, register: Register) -> None:
        for clearing in self.plan.clearings:
            ticked = (clearing.register, clearing.field) in self.choices.clear
            if clearing.register != register.name or not ticked:
                continue
            column = clearing.field
            if register.field(clearing.field).kind is Kind.LINK:
                column += "_id"
            blanked: list[Values] = [{column: None, "_id": record} for record in clearing.records]
            self._update_many(register, {(column,): blanked})
            self.touched[register.name] += len(blanked)

    def _confirm(self, register: Register) -> None:
        """The latest row that confirmed a record is where it comes from."""
        moved = [
            {"_id": record, "source_id": self.source(sheet), "source_row": row}
            for record, sheet, row in self.plan.confirmed.get(register.name, ())
        ]
        if moved:
            self._update_many(register, {("source_id", "source_row"): moved})

    # ------------------------------------------------------------ waiting rows

    def _quarantine(self, rows: list[BadRow]) -> None:
        if not rows:
            return
        first = next_id(self.connection, "quarantined_row")
        self.connection.execute(
            insert(QuarantinedRow),
            [
                {
                    "id": number,
                    "register": bad.register,
                    "source_id": self.source(bad.sheet),
                    "source_row": bad.row,
                    "headings": bad.headings,
                    "cells": bad.cells,
                    "values": bad.values,
                    "problems": [
                        {"field": name, "cell": p.cell, "reason": p.reason, "message": p.message}
                        for name, p in zip(bad.fields, bad.problems, strict=True)
                    ],
                    "context": bad.context,
                    "fingerprint": bad.fingerprint,
                    "state": "open",
                }
                for number, bad in enumerate(rows, start=first)
            ],
        )
        self.touched["quarantine"] += len(rows)

    def _close(self, ids: list[int]) -> None:
        if ids:
            self.connection.execute(
                update(QuarantinedRow).where(QuarantinedRow.id.in_(ids)).values(state="closed")
            )
            self.touched["quarantine"] += len(ids)
