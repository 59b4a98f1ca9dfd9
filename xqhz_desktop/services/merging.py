"""Firms that stand in the records twice: offered, and merged so that an undo parts them again."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.text import firm_key
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import tables
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.naming import table_label
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import masked
from xqhz_desktop.store.models import Attachment, Contact, Firm, FirmName, Model, PutOff

_LIKENESS = 88  # per cent of the names without region and legal form
_FORM = re.compile(r"(?:集团)?(?:股份|科技)?(?:有限|责任)*公司$|集团$|工厂$|厂$|中心$|分公司$")
_REGION = re.compile(r"^(?:.{2,3}(?:省|自治区|市|地区|自治州))*(?:.{1,3}(?:县|区))?")
_TELLING = 3  # characters that a name without its town must have to be the same
_BRACKETS = re.compile(r"\([^()]*\)")
_KEPT = frozenset({"id", "name", "partner", "source_id", "source_row"})
_APART = "twins:"  # what a line that is put off begins with where a pair is two firms
_FOR_EVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two firms that may be one: (id, name) of each, the partner or better known one first."""

    kept: tuple[int, str]
    gone: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What both firms say of a field, as it may be seen; `clash` where neither is blank."""

    field: str
    label: str
    kept: str
    gone: str

    @property
    def clash(self) -> bool:
        """Whether one of the two has to give way."""
        return bool(self.kept and self.gone)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: records that move, by what they are called; fields that differ."""

    kept: str
    gone: str
    moves: dict[str, int]
    fields: tuple[Said, ...]


@lru_cache(maxsize=20_000)
def core(name: str) -> str:
    """What tells a firm from others: its name without region, legal form and brackets."""
    short = _REGION.sub("", _BRACKETS.sub("", firm_key(name)))
    return _FORM.sub("", short) or short


def twins(office: Office) -> list[Twins]:
    """Pairs of firms whose names are nearly the same, at most one of them with a code.

    Two firms with different codes are two firms, however near their names; so are those that
    somebody has told apart.
    """
    with office.engine.connect() as connection:
        firms, apart = _firms(connection), _apart(connection)
    groups: dict[str, list[Any]] = defaultdict(list)
    for firm in firms:
        short = core(firm.name)
        for mark in {f"{short[:2]}…", f"…{short[-_TELLING:]}"}:
            groups[mark].append(firm)
    found = {
        _pair(one, other)
        for group in groups.values()
        for one, other in combinations(group, 2)
        if _mark(one.id, other.id) not in apart
        and not _two_codes(one, other)
        and _near(core(one.name), core(other.name))
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
        moves: dict[str, int] = defaultdict(int)
        for table, column in _referring():
            moves[table_label(table.name)] += _count(connection, table, column, gone)
        attached = select(func.count()).where(*_attached(gone))
        moves[table_label(Attachment.__tablename__)] += connection.execute(attached).scalar() or 0
    moved = {called: count for called, count in moves.items() if count}
    return Preview(one.name, other.name, moved, tuple(_differing(office, one, other)))


def merge(office: Office, kept: int, gone: int, take: Collection[str] = ()) -> Changes:
    """Make two firms one: everything moves to `kept`, which is found by both names from now on.

    What the kept one says stands but for the fields of `take`; its blanks are filled. One action;
    taking it back parts them as they were. Raises UserError (2, 4, 9); (3) where both have the same
    record: an intern on one day, a place on a batch's list.
    """
    with office.engine.connect() as connection:
        one, other = _both(connection, kept, gone)
    try:
        return _merge(office, one, other, take)
    except IntegrityError as error:
        raise UserError(
            "两家企业名下有同样的记录（同一学生同一天的实习，或同一批次、同一岗位），"
            "没有合并；请先删除重复的一条，再合并。"
        ) from error


def _merge(office: Office, one: Any, other: Any, take: Collection[str]) -> Changes:
    kept, gone = one.id, other.id
    title = f"合并企业：{other.name} → {one.name}"
    with office.acting("merge", title) as (connection, action):
        _merge_names(connection, kept, gone)
        _keep_one_for_safety(connection, kept, gone)
        for table, column in _referring():
            moved = update(table).where(table.c[column] == gone).values({column: kept})
            connection.execute(moved)
        connection.execute(update(Attachment).where(*_attached(gone)).values(row_id=kept))
        clashes = {said.field for said in _differing(office, one, other) if said.clash}
        values = _fills(one, other)
        values |= {name: other._mapping[name] for name in clashes.intersection(take)}
        connection.execute(delete(Firm).where(Firm.id == gone))  # its code is free from here
        if values or other.partner:
            values["partner"] = one.partner or other.partner
            connection.execute(update(Firm).where(Firm.id == kept).values(values))
    return Changes(action, {"firms": 2})


def tell_apart(office: Office, pair: Twins) -> Changes:
    """Offer a pair no more: they are two firms. Raises UserError (4, 9)."""
    title = f"“{pair.gone[1]}”与“{pair.kept[1]}”不是同一家企业"
    line = _mark(pair.kept[0], pair.gone[0])
    with office.acting("put_off", title) as (connection, action):
        connection.execute(insert(PutOff).values(line=line, until=_FOR_EVER))
    return Changes(action, {"put_off": 1})


def _mark(one: int, other: int) -> str:
    return f"{_APART}{min(one, other)}:{max(one, other)}"


def _apart(connection: Connection) -> frozenset[str]:
    lines = select(PutOff.line).where(PutOff.line.startswith(_APART))
    return frozenset(connection.execute(lines).scalars())


def _differing(office: Office, one: Any, other: Any) -> list[Said]:
    """The fields in which the other says something that the kept one does not."""
    found = []
    for field in REGISTERS["firms"].stored():
        mine, theirs = one._mapping[field.name], other._mapping[field.name]
        if field.name in _KEPT or theirs in (None, "") or mine == theirs:
            continue
        texts = [tables.show(field, value) for value in (mine, theirs)]
        if not office.unmasked:
            texts = [masked(field, text, office.now().date()) for text in texts]
        found.append(Said(field.name, field.label, *texts))
    return found


def _firms(connection: Connection) -> list[Any]:
    columns = (Firm.id, Firm.name, Firm.uscc, Firm.partner)
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


def _attached(firm: int) -> tuple[Any, ...]:
    return Attachment.table_name == Firm.__tablename__, Attachment.row_id == firm
