"""Ids of the records that rows refer to; those not known yet are made, marked as provisional."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from xqhz_desktop.base.text import firm_key, fold
from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.registers.words import meaning
from xqhz_desktop.services.records import LINK_KEYS, model_of
from xqhz_desktop.services.workbooks.context import intake_of
from xqhz_desktop.services.workbooks.plan import Row
from xqhz_desktop.store.bulk import columns_of, insert_columns
from xqhz_desktop.store.models import Change, Firm, FirmName

Values = dict[str, Any]
# What a major, a class or a cohort is told of by the rows that refer to it.
_LEARNED = {
    "majors": ("code",),
    "classes": ("intake", "major_id", "class_teacher"),
    "cohorts": ("kind", "intake", "firm_id"),
}
_TELLING = ("major", "major_code", "entry", "firm")  # the fields of a row that tell it


def next_id(connection: Connection, table: str) -> int:
    """An id that no row of the table has, or had in the journal."""
    highest = connection.exec_driver_sql(f'SELECT max(id) FROM "{table}"').scalar() or 0
    ever = connection.execute(
        select(func.max(Change.row_id)).where(Change.table_name == table)
    ).scalar()
    return max(highest, ever or 0) + 1


class Links:
    """Key → id for every register that others refer to."""

    def __init__(self, connection: Connection, source_of: Callable[[Row], int | None]) -> None:
        """`source_of` gives the id of the sheet that a row stands in; None for a typed one."""
        self.connection = connection
        self.source_of = source_of
        self._ids: dict[str, dict[str, int]] = {}

    def ids(self, register: str) -> dict[str, int]:
        """Key → id of one register, read once and kept up."""
        if register not in self._ids:
            self._ids[register] = self._read(register)
        return self._ids[register]

    def forget(self, register: str) -> None:
        """Read the register's keys anew next time: its records have changed."""
        self._ids.pop(register, None)

    def _read(self, register: str) -> dict[str, int]:
        if register == "firms":
            rows = self.connection.execute(
                select(FirmName.key, FirmName.firm_id)
                .join(Firm, Firm.id == FirmName.firm_id)
                .order_by(Firm.partner, FirmName.kind == "current", FirmName.firm_id.desc())
            )
            return {row[0]: row[1] for row in rows}  # the last wins: a partner's own name
        model: Any = model_of(register)
        key = getattr(model, LINK_KEYS[register])
        return {row[0]: row[1] for row in self.connection.execute(select(key, model.id))}

    def key(self, register: str, written: str) -> str:
        """What finds a record of the register by what a row says."""
        return firm_key(written) if register == "firms" else written

    def ensure(self, target: str, name: str, rows: Iterable[Row], register: Register) -> None:
        """Make what the rows' field `name` refers to and the register `target` does not have."""
        known = self.ids(target)
        missing: dict[str, Row] = {}
        for row in rows:
            written = row.values.get(name)
            if written is not None and self.key(target, written) not in known:
                missing.setdefault(self.key(target, written), row)
        if missing:
            self._make(target, name, missing, register)
        if target in _LEARNED:
            self._fill(target, name, rows, register)

    def _make(self, target: str, name: str, missing: dict[str, Row], register: Register) -> None:
        model = model_of(target)
        first = next_id(self.connection, model.__tablename__)
        made = []
        for number, row in enumerate(missing.values(), start=first):
            source = self.source_of(row)
            place = None if source is None else row.row
            origin = {"id": number, "source_id": source, "source_row": place}
            made.append(origin | self._new(target, row.values[name], row, register))
        insert_columns(self.connection, model, columns_of(made))
        if target == "firms":
            self._name_firms(made)
        self.ids(target).update({key: first + place for place, key in enumerate(missing)})

    def _fill(self, target: str, name: str, rows: Iterable[Row], register: Register) -> None:
        """What rows say of a known major, class or cohort fills what was blank of it."""
        table: Any = model_of(target).__table__
        blank = or_(*(table.c[column].is_(None) for column in _LEARNED[target]))
        lacking = {row.id: row for row in self.connection.execute(select(table).where(blank))}
        known = self.ids(target)
        heard = set()
        for row in rows if lacking else ():
            number = known.get(row.values.get(name) or "", 0)
            telling = (number, *map(row.values.get, _TELLING), id(row.context))
            if number not in lacking or telling in heard:
                continue
            heard.add(telling)
            said = self._new(target, row.values[name], row, register)
            old = lacking[number]._mapping
            new = {key: said[key] for key in _LEARNED[target] if old[key] is None and said[key]}
            if new:
                filled = update(table).where(table.c.id == number).values(new).returning(table)
                lacking[number] = self.connection.execute(filled).one()

    def _name_firms(self, made: list[Values]) -> None:
        self.connection.execute(
            insert(FirmName),
            [
                {
                    "firm_id": firm["id"],
                    "name": firm["name"],
                    "key": firm_key(firm["name"]),
                    "kind": "current",
                }
                for firm in made
            ],
        )

    def _new(self, target: str, written: str, row: Row, register: Register) -> Values:
        """The little that a row says of the record it refers to."""
        if target == "firms":
            return {"name": written, "partner": False}
        if target == "students":
            return {
                "id_number": written,
                "name": row.values.get("name"),
                "student_no": row.values.get("student_no"),
                "provisional": True,
            }
        if target == "teachers":
            name = row.values.get("name") or written
            return {"staff_no": written, "name": name, "provisional": True}
        if target == "classes":
            return self._new_class(written, row)
        if target == "cohorts":
            return self._new_cohort(written, row)
        code = row.values.get("major_code") if register.name == "students" else None
        return {"name": written, "code": code}

    def _new_class(self, written: str, row: Row) -> Values:
        major = row.values.get("major")
        entry = row.values.get("entry")
        return {
            "name": written,
            "intake": intake_of(written) or (entry.year if entry else None),
            "major_id": self.ids("majors").get(major) if major else None,
            "class_teacher": getattr(row.context, "class_teacher", None),
        }

    def _new_cohort(self, written: str, row: Row) -> Values:
        firm = row.values.get("firm")
        return {
            "name": written,
            "kind": meaning("cohort_kind", fold(written)) or "现代学徒制",
            "intake": intake_of(written),
            "firm_id": self.ids("firms").get(firm_key(firm)) if firm else None,
        }
