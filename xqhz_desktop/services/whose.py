"""Whose records are to be erased: who it is, what is theirs, and what only they are known by."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.identity import id_problem
from xqhz_desktop.services.privacy.person import Person, longer_names
from xqhz_desktop.store.models import QuarantinedRow
from xqhz_desktop.store.references import Family, family

# Who can be erased: register → table. Of a firm it is the person to call, and the firm stays.
SUBJECTS = {
    "students": "student",
    "teachers": "teacher",
    "part_timers": "part_timer",
    "contacts": "contact",
    "guardians": "guardian",
    "firms": "firm",
}
STAYS = {"firm": ("contact", "phone")}  # whose row stays without these columns
# Tables whose rows are persons; the columns by which each is known.
_NAMES = {
    "student": ("name", "guardian_name"),
    "guardian": ("name",),
    "teacher": ("name",),
    "part_timer": ("name",),
    "contact": ("name",),
    "firm": ("contact",),
}
_PHONES = {
    "student": ("phone", "guardian_phone"),
    "guardian": ("phone",),
    "teacher": ("phone",),
    "part_timer": ("phone",),
    "contact": ("phone",),
    "firm": ("phone",),
}
_ROSTERS = {"placement": ("name", "phone"), "apprentice": ("name", "phone"), "stint": ("name",)}
_CODE = {"student": "student_no", "teacher": "staff_no"}
# What stands in a column of names and is none.
_NOBODY = frozenset(
    {
        "父亲", "母亲", "父母", "爸爸", "妈妈", "爷爷", "奶奶", "外公", "外婆", "姥爷", "姥姥",
        "本人", "不详", "未知", "暂无", "同上",
    }
)  # fmt: skip
_SHORTEST = 5  # digits of a phone
NUMBERED = ("student", "teacher", "part_timer")  # tables with an ID number


@dataclass(frozen=True, slots=True)
class Subject:
    """The person, the rows that are theirs, and what others have as well."""

    person: Person
    name: str
    family: Family
    shared: frozenset[str]  # names and phones that others have, too
    class_name: str
    stays: tuple[str, int] | None  # the row that stays, without the person


def subject(connection: Connection, register: str, row_id: int) -> Subject:
    """The person of a record of one of `SUBJECTS`. Raises UserError (2): there is no such one."""
    table = SUBJECTS.get(register, "")
    return _known_by(connection, table, _same_person(connection, table, row_id))


def _same_person(connection: Connection, table: str, row_id: int) -> dict[str, set[int]]:
    """The record, and those of other registers with the same ID number."""
    row = row_of(connection, table, row_id) if table else None
    if row is None:
        raise UserError("没有找到这个人的记录，请刷新后再试。", EXIT_USAGE)
    roots: dict[str, set[int]] = {table: {row_id}}
    if number := row.get("id_number"):
        for other in NUMBERED:
            statement = text(f'SELECT id FROM "{other}" WHERE id_number = :number')
            if same := set(connection.execute(statement, {"number": number}).scalars()):
                roots.setdefault(other, set()).update(same)
    return roots


def row_of(connection: Connection, table: str, row: int) -> dict[str, Any] | None:
    """A row of a table by its columns; None where it is not there."""
    found = connection.execute(text(f'SELECT * FROM "{table}" WHERE id = :id'), {"id": row})
    one = found.mappings().first()
    return dict(one) if one else None


def _known_by(connection: Connection, table: str, roots: dict[str, set[int]]) -> Subject:
    """The rows that are the person's, and the names and numbers that nobody else has."""
    whole, stays = _families(connection, roots), None
    if table in STAYS:
        stays, whole = (table, min(roots[table])), Family()
    mine: dict[str, set[str]] = defaultdict(set)
    for one, ids in (whole.rows or roots).items():
        for row in filter(None, (row_of(connection, one, number) for number in sorted(ids))):
            _gather(mine, one, row)
    others = _others(connection, whole.rows or roots)
    others["names"] |= set(_waiting_namesakes(connection, mine["ids"]))
    person = Person(
        table,
        frozenset(mine["names"] - others["names"]),
        frozenset(mine["ids"] | (mine["phones"] - others["phones"])),
        frozenset(mine["codes"]),
        longer_names(mine["names"], others["names"]),
    )
    shared = (mine["names"] & others["names"]) | (mine["phones"] & others["phones"])
    first = row_of(connection, table, min(roots[table])) or {}
    name = first[_NAMES[table][0]]
    if not name:
        raise UserError("这家企业没有登记联系人，不用删除。", EXIT_USAGE)
    class_name = ""
    if class_id := first.get("class_id"):
        class_name = (row_of(connection, "school_class", class_id) or {}).get("name", "")
    return Subject(person, name, whole, frozenset(shared), class_name, stays)


def _families(connection: Connection, roots: dict[str, set[int]]) -> Family:
    """The person's records with all that belongs to them."""
    whole = Family()
    for one, ids in roots.items():
        part = family(connection, one, ids)
        for name, rows in part.rows.items():
            whole.rows[name] |= rows
        for reference, rows in part.loose.items():
            whole.loose[reference] |= rows
    return whole


def _gather(mine: dict[str, set[str]], table: str, row: dict[str, Any]) -> None:
    for column in (*_NAMES.get(table, ()), *_ROSTERS.get(table, ())[:1]):
        if len(row[column] or "") > 1 and row[column] not in _NOBODY:
            mine["names"].add(row[column])
    for column in (*_PHONES.get(table, ()), *_ROSTERS.get(table, ())[1:]):
        phones = (row[column] or "").split("/")
        mine["phones"] |= {phone for phone in phones if len(phone) >= _SHORTEST}
    if table in NUMBERED:
        mine["ids"] |= {row["id_number"]} if row["id_number"] else set()
    if table in _CODE:
        mine["codes"] |= {row[_CODE[table]]} if row[_CODE[table]] else set()


def _others(connection: Connection, mine: dict[str, set[int]]) -> dict[str, set[str]]:
    """Names and phones of everybody else."""
    found: dict[str, set[str]] = {"names": set(), "phones": set()}
    for kind, tables in (("names", _NAMES), ("phones", _PHONES)):
        for table, columns in tables.items():
            listed = ", ".join(f'"{column}"' for column in columns)
            for number, *values in connection.exec_driver_sql(
                f'SELECT id, {listed} FROM "{table}"'
            ):
                if number not in mine.get(table, ()):
                    for value in filter(None, values):
                        found[kind] |= {value} if kind == "names" else set(value.split("/"))
    return found


def _waiting_namesakes(connection: Connection, ids: set[str]) -> Iterator[str]:
    """Names in waiting rows that are somebody else's by their ID number."""
    for values in connection.execute(select(QuarantinedRow.values)).scalars():
        if values and values.get("name") and is_anothers(values, ids):
            yield str(values["name"])


def is_anothers(values: dict[str, Any], ids: Collection[str]) -> bool:
    """Whether what was read of a waiting row says that it is about somebody else."""
    number = str(values.get("id_number") or values.get("student") or "")
    return number not in ids and id_problem(number) is None
