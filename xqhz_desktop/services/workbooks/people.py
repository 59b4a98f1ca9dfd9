"""Finding the person behind a masked ID number; a masked value is neither bad nor a change."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services.workbooks.cells import MASKED
from xqhz_desktop.services.workbooks.plan import Row
from xqhz_desktop.store.models import PartTimer, Student, Teacher

Known = dict[str, list[tuple[str, str, str]]]  # last four → number, name, code


def resolve_masked(
    connection: Connection, register: Register, rows: list[Row], coming: list[Row]
) -> list[tuple[Row, str]]:
    """Put the number that the records or the `coming` students know in place of each masked one.

    Rows whose person is not found are given back with the field, unless the number is no key.
    """
    names = [
        field.name
        for field in register.fields
        if field.kind is Kind.ID_NUMBER or (field.kind is Kind.LINK and field.link == "students")
    ]
    lost = []
    for name in names:
        masked = [row for row in rows if str(row.values.get(name) or "").startswith(MASKED)]
        if not masked:
            continue
        known = _known(connection, register, coming)
        for row in masked:
            number = _find(known, row, str(row.values[name]))
            if number is not None:
                row.values[name] = number
            elif name in register.identity:
                lost.append((row, name))
            else:
                row.values[name] = None
    return lost


def _known(connection: Connection, register: Register, coming: list[Row]) -> Known:
    columns: tuple[Any, ...]
    persons: list[tuple[Any, ...]] = []
    if register.name == "teachers":
        columns = (Teacher.id_number, Teacher.name, Teacher.staff_no)
    elif register.name == "part_timers":
        columns = (PartTimer.id_number, PartTimer.name, PartTimer.name)
    else:
        columns = (Student.id_number, Student.name, Student.student_no)
        named = ("id_number", "name", "student_no")
        persons = [tuple(row.values.get(name) for name in named) for row in coming]
    known: Known = defaultdict(list)
    for number, name, code in (*connection.execute(select(*columns)), *persons):
        if number and not number.startswith(MASKED):
            known[number[-4:]].append((number, name, code or ""))
    return known


def _find(known: Known, row: Row, masked: str) -> str | None:
    code = row.values.get("student_no") or row.values.get("staff_no")
    name = row.values.get("name")
    fits = {
        number
        for number, their_name, their_code in known.get(masked[-4:], ())
        if their_name == name or (code and code == their_code)
    }
    return fits.pop() if len(fits) == 1 else None
