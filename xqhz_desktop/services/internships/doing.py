"""A deed for many students: what it would do, and done as one action that one undo takes back."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.entry.filling import Refused
from xqhz_desktop.services.entry.references import Reference
from xqhz_desktop.services.internships.deeds import DEEDS, Deed, Said, read
from xqhz_desktop.services.internships.stays import by_student, due_students, listed, stays
from xqhz_desktop.services.internships.turns import OF_DUES, OF_STAYS, Unfit, Write, Writes
from xqhz_desktop.services.naming import touched
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.linking import next_id
from xqhz_desktop.store.bulk import columns_of, driven, insert_columns
from xqhz_desktop.store.models import Due, Model, Placement, PlacementEvent

KIND = "internship"  # of the actions by which internships change
_NAMED = 3  # persons that a title names
_CHUNK = 900  # ids in one IN (…)
_NUMBER = re.compile(r"\d{11,}[Xx]?")  # an ID number or a phone
_MODELS: dict[str, type[Model]] = {
    model.__tablename__: model for model in (Due, Placement, PlacementEvent)
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a deed would do: for so many people, so many of whom change; who cannot, and why.

    `wrong` says by field what has to be filled in otherwise; then nobody changes.
    """

    people: int
    changing: int = 0
    refused: tuple[Refused, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What a deed did: whose records changed how many, and who was left out."""

    changes: Changes = field(default_factory=Changes)
    people: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _Planned:
    deed: Deed
    said: Said
    writes: dict[str, list[Write]]  # by who, in order: names may be shared, so a number tells them
    names: list[str]
    refused: tuple[Refused, ...]
    people: int


def preview(
    office: Office,
    deed: str,
    ids: Sequence[int],
    texts: Mapping[str, str],
    picked: Mapping[str, int] | None = None,
) -> Outlook:
    """What `carry_out` would do with the same arguments; writes nothing."""
    with office.engine.connect() as connection:
        found = _plan(office, connection, DEEDS[deed], ids, texts, picked or {})
    return Outlook(found.people, len(found.names), found.refused, found.said.wrong)


def carry_out(
    office: Office,
    deed: str,
    ids: Sequence[int],
    texts: Mapping[str, str],
    picked: Mapping[str, int] | None = None,
) -> Done:
    """Do a deed for chosen rows of its register: one action; whoever it does not fit is left out.

    `texts` are what was filled in, by field, as a person types it. Raises UserError: something is
    not filled in, or wrong (2), not permitted (4, 9), the disk (7, 8).
    """
    with office.engine.connect() as connection:
        found = _plan(office, connection, DEEDS[deed], ids, texts, picked or {})
    if found.said.wrong:
        raise UserError(next(iter(found.said.wrong.values())), EXIT_USAGE)
    if not found.names:
        return Done(refused=found.refused)
    with office.acting(KIND, _title(found)) as (connection, action):
        rows = _write(connection, [one for writes in found.writes.values() for one in writes])
    return Done(Changes(action, touched(rows)), len(found.names), found.refused)


# ------------------------------------------------------------ what it would write


def _plan(
    office: Office,
    connection: Connection,
    deed: Deed,
    ids: Sequence[int],
    texts: Mapping[str, str],
    picked: Mapping[str, int],
) -> _Planned:
    said = read(connection, deed, dict(texts), dict(picked), office.now().date())
    if said.wrong:
        return _Planned(deed, said, {}, [], (), len(ids))
    writes: dict[str, list[Write]] = {}
    refused: list[Refused] = []
    names: list[str] = []
    for number, name, made in _each(connection, deed, ids, said):
        if isinstance(made, Unfit):
            refused.append(Refused(name, str(made)))
        elif made:
            writes[str(number)] = made
            names.append(name)
    return _Planned(deed, said, writes, names, tuple(refused), len(ids))


def _each(
    connection: Connection, deed: Deed, ids: Sequence[int], said: Said
) -> list[tuple[int, str, Writes | Unfit]]:
    """Each chosen person with what is to be written, or why not: three queries for all."""
    if deed.register == "dues":
        dues = due_students(connection, Due.id.in_(listed(ids)))
        theirs = by_student(stays(connection, Placement.student_id.in_(_students(ids))))
        seen: set[int] = set()
        return [
            (one.id, one.name, _once(deed, one, theirs.get(one.student, []), said, seen))
            for one in dues
        ]
    chosen = stays(connection, Placement.id.in_(listed(ids)))
    students = {one.values["student_id"] for one in chosen}
    whole = by_student(stays(connection, Placement.student_id.in_(listed(students))))
    return [
        (one.id, one.name, _tried(OF_STAYS[deed.name], one, whole[one.values["student_id"]], said))
        for one in chosen
    ]


def _students(dues: Sequence[int]) -> Any:
    return select(Due.student_id).where(Due.id.in_(listed(dues)))


def _once(deed: Deed, due: Any, theirs: Any, said: Said, seen: set[int]) -> Writes | Unfit:
    """A student who is due in two batches is placed in one of them at a time."""
    if deed.name == "place" and due.student in seen:
        return Unfit("同时选中了两个批次里的同一个人，请只选一个批次。")
    seen.add(due.student)
    return _tried(OF_DUES[deed.name], due, theirs, said)


def _tried(of: Any, one: Any, theirs: Any, said: Said) -> Writes | Unfit:
    try:
        made: Writes = of(one, theirs, said)
    except Unfit as unfit:
        return unfit
    return made


# ------------------------------------------------------------ writing


def _write(connection: Connection, writes: Sequence[Write]) -> dict[str, int]:
    """Set and make rows inside an action; how many of each table."""
    alike: dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]] = defaultdict(list)
    new: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows: dict[str, int] = defaultdict(int)
    for table, number, values in writes:
        rows[table] += 1
        if number is None:
            new[table].append(values)
        else:
            alike[(table, tuple(values.items()))].append(number)
    for (table, pairs), ids in alike.items():
        _set(connection, table, pairs, ids)
    for table, made in new.items():
        first = next_id(connection, table)
        numbered = [{"id": first + at} | values for at, values in enumerate(made)]
        insert_columns(connection, _MODELS[table], columns_of(numbered))
    return rows


def _set(
    connection: Connection, table: str, pairs: tuple[tuple[str, Any], ...], ids: list[int]
) -> None:
    marks = ", ".join(f'"{name}" = ?' for name, _ in pairs)
    told = [driven(value) for _, value in pairs]
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        where = ", ".join("?" * len(chunk))
        connection.exec_driver_sql(
            f'UPDATE "{table}" SET {marks} WHERE id IN ({where})', (*told, *chunk)
        )


def _title(found: _Planned) -> str:
    """安排到岗：王一、王二等 30 人，甲公司，2024-09-01（事由：…）."""
    names = "、".join(found.names[:_NAMED])
    many = f"等 {len(found.names):,} 人" if len(found.names) > _NAMED else ""
    told = [_told(value) for name, value in found.said.values.items() if name != "reason"]
    reason = _NUMBER.sub("（号码）", found.said.reason)
    why = f"（事由：{reason}）" if reason else ""
    return "，".join([f"{found.deed.label}：{names}{many}", *told[:3]]) + why


def _told(value: Any) -> str:
    return value.label if isinstance(value, Reference) else str(value)
