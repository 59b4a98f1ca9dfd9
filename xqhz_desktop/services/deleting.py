"""Records that a clerk deletes, and those that can still be put back."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import abouts
from xqhz_desktop.services.naming import label_of, register_of, table_label, touched
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import journal
from xqhz_desktop.store.models import Action
from xqhz_desktop.store.references import PARTS, Family, delete_rows, family, loosen

BULK = 20  # rows before whose deletion a backup is made
_NAMED = 3  # records that a title names
_KINDS = frozenset({"delete", "put_back"})  # whose deleted rows a clerk looks for


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that was deleted and is not back; `change` is the number to ask for it by."""

    change: int
    register: str
    label: str  # the register's name
    what: str  # what names the record, never an ID number
    at: str
    who: str
    action: int
    title: str


@dataclass(frozen=True, slots=True)
class Going:
    """What a deletion takes along: rows by what people call them."""

    records: int
    along: dict[str, int]  # other registers' records that cannot be without them
    parts: dict[str, int]  # what is part of the records
    loose: dict[str, int]  # records that stay, and whose link would be blanked


def going(office: Office, register: str, ids: Collection[int]) -> Going:
    """What deleting the records would take along, to be shown before."""
    table = model_of(register).__tablename__
    with office.engine.connect() as connection:
        return _going(family(connection, table, ids), table, ids)


def _going(found: Family, table: str, ids: Collection[int]) -> Going:
    chosen = found.rows.get(table, set()) & set(ids)
    counts = {name: len(rows) for name, rows in found.rows.items()}
    counts[table] = counts.get(table, 0) - len(chosen)
    loose: dict[str, int] = defaultdict(int)
    for reference, rows in found.loose.items():
        loose[table_label(reference.table)] += len(rows)
    return Going(
        len(chosen),
        {table_label(name): n for name, n in counts.items() if n and name not in PARTS},
        {table_label(name): n for name, n in counts.items() if n and name in PARTS},
        dict(loose),
    )


def delete(
    office: Office,
    register: str,
    ids: Collection[int],
    reason: str = "",
    *,
    with_what_belongs: bool = False,
) -> Changes:
    """Delete records with all that is part of them; they can be put back, or it can be undone.

    What refers to them is named and refused; with `with_what_belongs` it is deleted along where
    it cannot be without them, else its link is blanked. Many rows are backed up first. Raises
    UserError: there is no such record (2), others refer to it (3), not permitted (4, 9).
    """
    table = model_of(register).__tablename__
    with office.engine.connect() as connection:
        found = family(connection, table, ids)
        title = _title(connection, register, found.rows.get(table, set()), ids, reason)
    if not with_what_belongs:
        _must_be_alone(_going(found, table, ids))
    if sum(map(len, found.rows.values())) >= BULK:
        backups.back_up_if_new(office, "删除前")
    with office.acting("delete", title) as (connection, action):
        loosen(connection, found.loose)
        delete_rows(connection, found.rows)
    return Changes(action, touched({table: len(rows) for table, rows in found.rows.items()}))


def _title(
    connection: Connection, register: str, there: set[int], ids: Collection[int], reason: str
) -> str:
    model = model_of(register)
    statement = select(model.__table__).where(model.id.in_(sorted(ids)[:_NAMED])).order_by(model.id)
    rows = connection.execute(statement).mappings().all()
    label = REGISTERS[register].label
    if not rows or not ids:
        raise UserError(f"{label}里没有要删除的记录，请重新选择。", EXIT_USAGE)
    names = "、".join(filter(None, (label_of(dict(row)) for row in rows)))
    many = f"等 {len(there)} 条" if len(there) > len(rows) else ""
    because = f"；原因：{reason.strip()}" if reason.strip() else ""
    return f"删除{label}：{names}{many}{because}"


def _must_be_alone(found: Going) -> None:
    """Parts of a record go with it unasked; all else is somebody's work."""
    others = found.along | {name: found.along.get(name, 0) + n for name, n in found.loose.items()}
    if others:
        said = "、".join(f"{name} {n} 条" for name, n in others.items())
        raise UserError(f"还有记录用着要删除的内容（{said}），请先处理它们，或选择一并删除。")


def deleted(office: Office) -> list[Deleted]:
    """Records that were deleted and are not back, the latest first."""
    with office.engine.connect() as connection:
        actions = {
            row.id: row
            for row in connection.execute(
                select(Action.id, Action.at, Action.who, Action.title, Action.kind)
            )
        }
        about = abouts(connection)
        wanted = [n for n, row in actions.items() if about.get(n, row.kind) in _KINDS]
        found = journal.gone(connection, wanted)
    return [_deleted(one, actions[one.action]) for one in reversed(found) if register_of(one.table)]


def _deleted(one: journal.Gone, action: Any) -> Deleted:
    register = register_of(one.table)
    assert register is not None
    return Deleted(
        one.change,
        register,
        REGISTERS[register].label,
        label_of(one.was),
        action.at,
        action.who,
        one.action,
        action.title,
    )
