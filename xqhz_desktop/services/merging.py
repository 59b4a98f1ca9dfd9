"""Firms that stand in the records twice: offered, and merged so that an undo parts them again."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.text import firm_key
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import Attachment, Contact, Firm, FirmName, Model

_LIKENESS = 88  # per cent of the names without region and legal form
_FORM = re.compile(r"(?:集团)?(?:股份|科技)?(?:有限|责任)*公司$|集团$|工厂$|厂$|中心$|分公司$")
_REGION = re.compile(r"^(?:.{2,3}(?:省|自治区|市|地区|自治州))*(?:.{1,3}(?:县|区))?")
_TELLING = 3  # characters that a name without its town must have to be the same
_BRACKETS = re.compile(r"\([^()]*\)")
_KEPT = frozenset({"id", "name", "partner", "source_id", "source_row"})


@dataclass(frozen=True, slots=True)
class Twins:
    """Two firms that may be one: (id, name) of each, the partner or better known one first."""

    kept: tuple[int, str]
    gone: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: records that move by table, and blanks of the kept firm filled."""

    kept: str
    gone: str
    moves: dict[str, int]
    fills: tuple[str, ...]


@lru_cache(maxsize=20_000)
def core(name: str) -> str:
    """What tells a firm from others: its name without region, legal form and brackets."""
    short = _REGION.sub("", _BRACKETS.sub("", firm_key(name)))
    return _FORM.sub("", short) or short


def twins(office: Office) -> list[Twins]:
    """Pairs of firms whose names are nearly the same, at most one of them with a code.

    Two firms with different codes are two firms, however near their names.
    """
    firms = _firms(office)
    groups: dict[str, list[Any]] = defaultdict(list)
    for firm in firms:
        short = core(firm.name)
        for mark in {f"{short[:2]}…", f"…{short[-_TELLING:]}"}:
            groups[mark].append(firm)
    found = {
        _pair(one, other)
        for group in groups.values()
        for one, other in combinations(group, 2)
        if not _two_codes(one, other) and _near(core(one.name), core(other.name))
    }
    return sorted(found, key=lambda pair: (pair.kept[1], pair.gone[1]))


def _near(one: str, other: str) -> bool:
    """The same beginning and nearly the same rest; or the one is the other behind its town."""
    from rapidfuzz import fuzz

    shorter, longer = sorted((one, other), key=len)
    if longer.endswith(shorter) and len(shorter) >= _TELLING:
        return True
    return one[:2] == other[:2] and fuzz.ratio(one, other) >= _LIKENESS


def preview(office: Office, kept: int, gone: int) -> Preview:
    """What merging `gone` into `kept` would do. Raises UserError (2) where they cannot be one."""
    with office.engine.connect() as connection:
        one, other = _both(connection, kept, gone)
        moves = {
            table: count
            for table, column in _referring()
            if (count := _count(connection, table, column, gone))
        }
    return Preview(one.name, other.name, moves, tuple(_fills(one, other)))


def merge(office: Office, kept: int, gone: int) -> Changes:
    """Make two firms one: everything moves to `kept`, which is found by both names from now on.

    One action; taking it back parts them as they were. Raises UserError (2, 4, 9).
    """
    with office.engine.connect() as connection:
        one, other = _both(connection, kept, gone)
    title = f"合并企业：{other.name} → {one.name}"
    with office.acting("merge", title) as (connection, action):
        _merge_names(connection, kept, gone)
        _keep_one_for_safety(connection, kept, gone)
        for table, column in _referring():
            moved = update(table).where(table.c[column] == gone).values({column: kept})
            connection.execute(moved)
        _move_attachments(connection, kept, gone)
        fills = _fills(one, other)
        connection.execute(delete(Firm).where(Firm.id == gone))  # its code is free from here
        if fills or other.partner:
            values = {**fills, "partner": one.partner or other.partner}
            connection.execute(update(Firm).where(Firm.id == kept).values(values))
    return Changes(action, {"firms": 2})


def _firms(office: Office) -> list[Any]:
    columns = (Firm.id, Firm.name, Firm.uscc, Firm.partner)
    with office.engine.connect() as connection:
        return list(connection.execute(select(*columns).order_by(Firm.id)))


def _two_codes(one: Any, other: Any) -> bool:
    return bool(one.uscc and other.uscc and one.uscc != other.uscc)


def _pair(one: Any, other: Any) -> Twins:
    first, second = sorted((one, other), key=lambda firm: (not firm.partner, not firm.uscc))
    return Twins((first.id, first.name), (second.id, second.name))


def _both(connection: Connection, kept: int, gone: int) -> tuple[Any, Any]:
    found = {
        row.id: row
        for row in connection.execute(select(Firm.__table__).where(Firm.id.in_((kept, gone))))
    }
    if kept == gone or len(found) < 2:
        raise UserError("要合并的两家企业找不到，请刷新后再选。", EXIT_USAGE)
    if _two_codes(found[kept], found[gone]):
        raise UserError("两家企业的统一社会信用代码不同，是两家企业，不能合并。", EXIT_USAGE)
    return found[kept], found[gone]


def _referring() -> list[tuple[Any, str]]:
    """Every column of the database that refers to a firm."""
    return [
        (table, key.parent.name)
        for table in Model.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is Firm.__table__ and table is not FirmName.__table__
    ]


def _count(connection: Connection, table: Any, column: str, firm: int) -> int:
    counted = select(func.count()).select_from(table).where(table.c[column] == firm)
    return int(connection.execute(counted).scalar() or 0)


def _fills(one: Any, other: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in other._mapping.items()
        if name not in _KEPT and value not in (None, "") and one._mapping[name] in (None, "")
    }


def _merge_names(connection: Connection, kept: int, gone: int) -> None:
    known = set(connection.execute(select(FirmName.key).where(FirmName.firm_id == kept)).scalars())
    theirs = connection.execute(
        select(FirmName.id, FirmName.key, FirmName.kind).where(FirmName.firm_id == gone)
    ).all()
    for row in theirs:
        if row.key in known:
            connection.execute(delete(FirmName).where(FirmName.id == row.id))
            continue
        kind = "spelling" if row.kind == "current" else row.kind
        connection.execute(
            update(FirmName).where(FirmName.id == row.id).values(firm_id=kept, kind=kind)
        )


def _keep_one_for_safety(connection: Connection, kept: int, gone: int) -> None:
    """A firm has one who answers for safety: that of the kept one stays."""
    has = select(Contact.id).where(Contact.firm_id == kept, Contact.safety)
    if connection.execute(has).first():
        theirs = update(Contact).where(Contact.firm_id == gone, Contact.safety)
        connection.execute(theirs.values(safety=False))


def _move_attachments(connection: Connection, kept: int, gone: int) -> None:
    mine = (Attachment.table_name == Firm.__tablename__, Attachment.row_id == gone)
    connection.execute(update(Attachment).where(*mine).values(row_id=kept))
