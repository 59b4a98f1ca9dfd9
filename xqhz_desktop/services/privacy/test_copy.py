"""A copy of the records for whoever is to help: every person in it is invented.

Each text column is kept only where it is named here; all others are invented, so that a column
that comes later never lets a person slip through. Numbers, days, choices, firms and majors stay,
and with them every indicator. History, users, attachments and the clerks' own words are left out.
"""

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Text, select, text

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.identity import id_problem
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.invented import MADE_UP, Inventor, parts, shape
from xqhz_desktop.services.privacy.person import holds_names
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.workbooks.cells import MESSAGES
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import journal, migrate
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.models import Apprentice, Model, Placement, Source, Student
from xqhz_desktop.store.types import Day

Values = dict[str, Any]
# Texts that speak of no person: what a thing is called, and words of the office.
KEPT = {
    "agreement": ("code",),
    "alternation": ("group_name", "place", "stage"),
    "apprentice": ("class_name", "position"),
    "apprentice_event": ("kind",),
    "base": ("code", "kind", "major", "name", "place"),
    "batch": ("form", "kind", "name", "school_year"),
    "batch_check": ("item",),
    "booking": ("audience", "content", "function", "times", "user"),
    "calendar_day": ("name",),
    "certificate": ("level", "name"),
    "cohort": ("kind", "name"),
    "contact": ("role",),
    "course": ("category", "exam", "name"),
    "department": ("name",),
    "due": ("class_name", "exempt"),
    "firm": ("district", "former_name", "forms", "industry", "majors", "name", "nature", "uscc"),
    "firm_name": ("key", "kind", "name"),
    "firm_status": ("status",),
    "guardian": ("relation",),
    "incident": ("kind", "time"),
    "major": ("code", "name"),
    "mentorship": ("qualification", "side"),
    "part_timer": ("course", "sex", "title", "unit"),
    "placement": (
        "arrangement", "class_name", "form", "grade", "insurance_kind", "insurance_payer",
        "insurer", "outcome", "position", "sex", "term",
    ),
    "placement_event": ("after", "before", "kind"),
    "post": ("position", "school_year"),
    "remedy": ("period", "rule", "table_name"),
    "review": ("grade", "stage"),
    "school_class": ("name",),
    "school_term": ("name",),
    "setting": ("name", "value"),
    "stint": ("form", "major", "position", "result"),
    "student": ("guardian_relation", "major_code", "sex"),
    "target": ("indicator", "source", "status"),
    "teacher": ("category", "dual_level", "education", "major", "sex", "state", "title"),
    "visit": ("kind", "state", "way"),
}  # fmt: skip
_THINGS = frozenset(
    {"base", "batch", "cohort", "course", "firm", "firm_name", "major", "school_class"}
)
_CODES = {
    "student_no": "XS",
    "staff_no": "JS",
    "school_supervisor_no": "JS",
    "visitor_no": "JS",
    "mentor_no": "JS",
    "contract_no": "HT",
    "agreement_no": "XY",
    "policy_no": "BD",
}
_LEFT_OUT = frozenset(
    {
        "action", "attachment", "audit_entry", "change", "current_action", "draft",
        "heading_mapping", "layout", "quarantined_row", "source", "user", "word",
    }
)  # fmt: skip
_NUMBER = re.compile(r"\d{7,}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = frozenset({Kind.DATE, Kind.END_DATE})
_TITLE = "测试副本：人名和号码都是编造的"


def make(office: Office, target: Path) -> dict[str, int]:
    """Write the copy into a new data folder; rows by table.

    No row of it was ever written with a real person. Raises UserError: there is something already
    (2), the disk fails (7), not permitted (4, 9); then no folder is left.
    """
    office.must_be(Role.ADMIN, "做测试副本")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(f"这里已有内容，请换一个新的文件夹：{target}", EXIT_USAGE)
    partial = target.with_name(target.name + files.PARTIAL)
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        rows = _fill(office, DataFolder(partial).database)
        office.record("test_copy", "制作测试副本，里面的人名和号码都是编造的")
        if target.exists():
            target.rmdir()
        partial.rename(target)
    except OSError as error:
        said = f"测试副本没有做成，请检查磁盘空间和权限：{target}"
        raise UserError(said, EXIT_NO_SPACE) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return rows


def _fill(office: Office, path: Path) -> dict[str, int]:
    migrate.ensure(path)
    engine = open_engine(path, make=False)
    try:
        _copy(office, engine)
    finally:
        engine.dispose()
    rows = files.check(path)
    files.flush(path)
    return rows


def _copy(office: Office, engine: Engine) -> None:
    at = office.now().isoformat(timespec="seconds")
    with (
        office.engine.connect() as origin,
        journal.acting(engine, who="xqhz", at=at, kind="seed", title=_TITLE) as (copy, action),
    ):
        copy.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        writer = _Copy(origin, copy)
        writer.sources(action)
        for table in Model.metadata.sorted_tables:
            if table.name not in _LEFT_OUT:
                writer.table(table)
        writer.waiting()


class _Copy:
    """Rows on their way into the copy."""

    def __init__(self, origin: Connection, copy: Connection) -> None:
        self._origin = origin
        self._copy = copy
        self._names = _names(origin)
        self._seen: dict[str, bool] = {}
        self._invented = Inventor(self._names, _days_of_age(origin))

    def table(self, table: Any) -> None:
        """Every row of a table, its persons invented."""
        texts = [column for column in table.columns if _is_text(column)]
        self._write(
            table.name, [self._row(table.name, texts, row) for row in self._read(table.name)]
        )

    def _read(self, name: str) -> Iterator[Values]:
        found = self._origin.execute(text(f'SELECT * FROM "{name}" ORDER BY id'))
        return (dict(row) for row in found.mappings())

    def _write(self, name: str, rows: list[Values]) -> None:
        if rows:
            columns = ", ".join(f'"{column}"' for column in rows[0])
            marks = ", ".join(f":{column}" for column in rows[0])
            self._copy.execute(text(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'), rows)

    def _row(self, table: str, texts: list[Any], row: Values) -> Values:
        made = dict(row)
        for column in texts:
            if (value := row[column.name]) is not None:
                said = self._said(table, column.name, value)
                made[column.name] = MADE_UP if said is None and not column.nullable else said
        if born := row.get("birthday"):
            other = self._invented.birthday(row.get("id_number"), date.fromisoformat(born))
            made["birthday"] = other.isoformat()
        return made

    def _said(self, table: str, column: str, value: str) -> str | None:
        """What a text becomes; None where it is best left out."""
        if column == "id_number":
            return self._invented.id_number(value)
        if holds_names(table, column):
            return self._invented.name(value)
        if column.endswith("phone"):
            return self._invented.phone(value)
        if column in _CODES and (table, column) != ("apprentice", "staff_no"):
            return self._invented.code(_CODES[column], value)
        if column in KEPT.get(table, ()) and (table in _THINGS or not self._may_name(value)):
            return value
        return MADE_UP

    def _may_name(self, value: str) -> bool:
        """Whether a person's name or a long number stands somewhere in a text."""
        if value not in self._seen:
            number = _NUMBER.search(value) is not None
            self._seen[value] = number or not self._names.isdisjoint(parts(value))
        return self._seen[value]

    # ------------------------------------------------------------ sources and waiting rows

    def sources(self, action: int) -> None:
        """A sheet of a workbook for every one; how they were called may name a person."""
        made = [
            {"id": number, "action_id": action, "file": f"工作簿{number}.xlsx", "sheet": "表1",
             "digest": ""}
            for number in self._origin.execute(select(Source.id)).scalars()
        ]  # fmt: skip
        self._write("source", made)

    def waiting(self) -> None:
        """Rows that wait, with the shape of their cells and what could be read, invented."""
        rows = []
        for row in self._read("quarantined_row"):
            made = row | {
                "headings": json.loads(row["headings"]),
                "cells": {key: shape(str(cell)) for key, cell in json.loads(row["cells"]).items()},
                "values": self._values(row["register"], json.loads(row["values"])),
                "problems": [_problem(one) for one in json.loads(row["problems"])],
                "context": {},
            }
            made["headings"] = {
                key: "" if self._may_name(str(said)) else said
                for key, said in made["headings"].items()
            }
            for name in ("headings", "cells", "values", "problems", "context"):
                made[name] = json.dumps(made[name], ensure_ascii=False)
            rows.append(made | {"fingerprint": f"{row['id']:064x}"})
        self._write("quarantined_row", rows)

    def _values(self, register: str, values: Values) -> Values:
        declared = {field.name: field for field in REGISTERS[register].fields}
        return {
            name: self._waiting_value(model_of(register).__tablename__, declared[name], value)
            for name, value in values.items()
            if name in declared
        }

    def _waiting_value(self, table: str, field: Any, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if field.kind in _DAYS:
            return value if _DAY.fullmatch(value) else shape(value)
        if field.kind is Kind.ID_NUMBER or field.link == "students":
            return shape(value) if id_problem(value) else self._invented.id_number(value)
        if field.link == "teachers":
            return self._invented.code(_CODES["staff_no"], value)
        if field.link:
            return value
        return self._said(table, field.name, value)


def _problem(one: Values) -> Values:
    """Why a row waits, without the words of the cell."""
    return one | {"message": f"{MESSAGES.get(one['reason'], '请核对')}。"}


def _is_text(column: Any) -> bool:
    """Whether a column holds words, not days."""
    kind = getattr(column.type, "impl", column.type)
    return isinstance(kind, Text) and not isinstance(column.type, Day)


def _names(origin: Connection) -> frozenset[str]:
    """The names of all persons, wherever a column holds some."""
    found: set[str] = set()
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if holds_names(table.name, column.name):
                found |= set(origin.execute(select(column).distinct()).scalars())
    return frozenset(name for name in found if name and len(name) > 1)


def _days_of_age(origin: Connection) -> dict[str, list[date]]:
    """By ID number the days on which a rule asks how old somebody is."""
    found: dict[str, list[date]] = defaultdict(list)
    for model in (Placement, Apprentice):
        columns = [model.start, model.end]
        columns += [Apprentice.contract_signed] if model is Apprentice else []
        statement = select(Student.id_number, *columns).join(
            Student, Student.id == model.student_id
        )
        for number, *days in origin.execute(statement):
            found[number] += [day for day in days if day]
    return found
