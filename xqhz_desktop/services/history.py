"""The journal as people use it: what was done, and the way back."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.access.roles import Role, needed
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.naming import label_of, table_label, touched
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import journal
from xqhz_desktop.store.journal import Gone
from xqhz_desktop.store.models import Action, Change, Model, User
from xqhz_desktop.store.references import referring

_BESIDE = frozenset({"undo", "view"})  # none of them is the last thing that was done
_FEW = 50
MANY = 1000  # rows of an action before whose undo a backup is made
_MADE = frozenset({"seed", "rebuild"})  # the database itself
_DAY = timedelta(days=1)
_ERASED = "含有已按要求删除的个人信息，不能撤销"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of the journal as a list shows it.

    `undone` says whether it is taken back as things stand: an undo may itself be undone.
    `last` is the action to put back in order to change that. `rows` says whether the journal has
    rows of it: a restore changes none, and a rebuilt database has those of older actions no more.
    `erased` says that some of its rows were emptied when a person was erased. `about` is the kind
    of what an undo takes back, else the kind itself.
    """

    id: int
    at: str
    who: str
    kind: str
    title: str
    rows: bool
    undone: bool
    last: int
    erased: bool = False
    about: str = ""

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self.rows and not self.undone and self.kind not in _MADE and not self.why_not

    @property
    def why_not(self) -> str:
        """Why it can never be taken back, where a person was erased."""
        return _ERASED if self.erased or self.kind == "erase" else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions a list is to show: by whom, of which kind, since and until a day, by number."""

    who: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    ids: Collection[int] | None = None

    def conditions(self) -> list[Any]:
        """What SQL must find true of an action."""
        found: list[Any] = []
        if self.who:
            found.append(Action.who == self.who)
        if self.kind:
            found.append(Action.kind == self.kind)
        if self.since:
            found.append(Action.at >= self.since.isoformat())
        if self.until:
            found.append(Action.at < (self.until + _DAY).isoformat())
        if self.ids is not None:
            listed = func.json_each(json.dumps(sorted(self.ids))).table_valued("value")
            found.append(Action.id.in_(select(listed.c.value)))
        return found


_ALL = Wanted()


def met(office: Office) -> tuple[list[str], list[str]]:
    """Who has done anything, and the kinds of actions there are: by what a list can be narrowed."""
    with office.engine.connect() as connection:
        who, kinds = (
            connection.execute(select(column).distinct().order_by(column)).scalars().all()
            for column in (Action.who, Action.kind)
        )
    return list(who), list(kinds)


def actions(office: Office, limit: int | None = 200, wanted: Wanted = _ALL) -> list[ActionLine]:
    """The latest actions, the newest first."""
    rows = exists(select(Change.id).where(Change.action_id == Action.id))
    columns = (Action.id, Action.at, Action.who, Action.kind, Action.title, rows.label("rows"))
    statement = select(*columns).where(*wanted.conditions()).order_by(Action.id.desc())
    with office.engine.connect() as connection:
        about, erased = abouts(connection), _blanked(connection)
        undoing = {
            row.undoes_id: row.id
            for row in connection.execute(
                select(Action.undoes_id, Action.id).where(Action.undoes_id.is_not(None))
            )
        }
        found = connection.execute(statement.limit(limit)).all()
    lines = []
    for row in found:
        undone, last = _standing(row.id, undoing)
        blank = not erased.isdisjoint((row.id, last))
        kind = about.get(row.id, row.kind)
        lines.append(ActionLine(*row, undone, last, blank, kind))
    return lines


def _standing(action: int, undoing: dict[int, int]) -> tuple[bool, int]:
    """Whether an action is taken back, and the last link of its chain of undos."""
    undone = False
    while action in undoing:
        action, undone = undoing[action], not undone
    return undone, action


def _blanked(connection: Connection) -> set[int]:
    """Actions some of whose rows were emptied; every erasure keeps which."""
    said = connection.execute(select(Action.summary).where(Action.kind == "erase")).scalars()
    return {number for one in said if one for number in one.get("actions", ())}


def abouts(connection: Connection) -> dict[int, str]:
    """The kind of what every undo is about, however often it was undone again."""
    undoes = select(Action.id, Action.undoes_id).where(Action.undoes_id.is_not(None))
    found = {row.id: row.undoes_id for row in connection.execute(undoes.order_by(Action.id))}
    for number, of in found.items():
        found[number] = found.get(of, of)  # an undo always comes after what it takes back
    listed = func.json_each(json.dumps(sorted(set(found.values())))).table_valued("value")
    statement = select(Action.id, Action.kind).where(Action.id.in_(select(listed.c.value)))
    kinds = {row.id: row.kind for row in connection.execute(statement)}
    return {number: kinds[of] for number, of in found.items()}


def later(office: Office, action: int | None = None) -> list[tuple[int, str]]:
    """Later actions that left the same rows otherwise: (id, title), the first first.

    They are what a clerk is asked about before `undo` with `over`. Raises UserError as `undo`.
    """
    line = _line(office, action)
    with office.engine.connect() as connection:
        return journal.touched_later(connection, line.last)


def size(office: Office, action: int) -> int:
    """How many rows an action wrote: so many go back with it."""
    statement = select(func.count()).where(Change.action_id == action)
    with office.engine.connect() as connection:
        return connection.execute(statement).scalar() or 0


def undo(office: Office, action: int | None = None, *, over: bool = False) -> Changes:
    """Take back an action, or the last one that still stands; an undo can be taken back too.

    With `over` rows that later actions changed go back as well, to what they were before the
    action; the journal keeps what they were, and the undo can be undone. Where it touches very
    many records a backup is made first, unless one holds them already.
    Raises UserError (3) where there is none, where it was taken back already, where later actions
    changed the same records and `over` was not said (they are named), or where others need them;
    (4, 9) where it is not permitted: what only a 管理员 may do, only a 管理员 takes back.
    """
    line = _line(office, action)
    office.must_be(needed(line.about), f"撤销这一步（{line.title}）")
    with office.engine.connect() as connection:
        if not over and (after := journal.touched_later(connection, line.last)):
            names = "、".join(f"{number} 号“{title}”" for number, title in after[:3])
            raise UserError(f"后来的操作改过同样的记录，请先撤销：{names}。")
        statement = select(func.count()).where(Change.action_id == line.last)
        large = (connection.execute(statement).scalar() or 0) >= MANY
    if large:
        backups.back_up_if_new(office, "撤销前")
    try:
        with office.acting("undo", _title(line), undoes=line.last) as (connection, made):
            counts = journal.revert(connection, line.last)
            _must_leave_an_admin(connection)
    except IntegrityError as error:
        raise UserError("撤销不了：后来的记录还用着这些数据，请先撤销后来的操作。") from error
    return Changes(made, touched(counts))


def redo(office: Office) -> Changes:
    """Bring back what the last undo took back, as long as nothing else was done since.

    Raises UserError as `undo`; (3) where something was.
    """
    latest = next(iter(actions(office, 1)), None)
    if latest is None or latest.kind != "undo" or not latest.title.startswith("撤销"):
        raise UserError("没有可以恢复的撤销。")
    return undo(office, latest.id)


def _must_leave_an_admin(connection: Connection) -> None:
    """Where anybody is a user, somebody must be able to manage the others."""
    roles = set(connection.execute(select(User.role).where(User.active)).scalars())
    if roles and Role.ADMIN not in roles:
        raise UserError("撤销不了：这样就没有管理员了，请先添加另一名管理员。")


def _title(line: ActionLine) -> str:
    """What taking the action back is called: an undo taken back brings its work back."""
    if line.kind != "undo":
        return f"撤销：{line.title}"
    done, what = line.title.split("：", 1)
    return f"{'撤销' if done == '恢复' else '恢复'}：{what}"


def _line(office: Office, action: int | None) -> ActionLine:
    if action is None:
        return last_standing(office)
    found = actions(office, None, Wanted(ids=[action]))
    if not found:
        raise UserError(f"没有编号为 {action} 的操作，请用“历史”查看编号。")
    if found[0].why_not:
        raise UserError(f"操作 {action} {_ERASED}。")
    if not found[0].undoable:
        raise UserError(f"操作 {action} 已经撤销过，或不能撤销。")
    return found[0]


def last_standing(office: Office) -> ActionLine:
    """The last action that can be taken back; UserError (3) where there is none."""
    for limit in (_FEW, None):  # nearly always among the latest
        for line in actions(office, limit):
            if line.undoable and line.kind not in _BESIDE:
                return line
    raise UserError("没有可以撤销的操作。")


# ---------------------------------------------------------------- single records


def put_back(office: Office, changes: Collection[int]) -> Changes:
    """Put deleted records back, each with what was deleted along with it; an action of its own.

    `changes` are those of `deleting.deleted`. Raises UserError: one is back already or never was
    deleted (2), what it refers to is not there or its number is taken by now (3), not permitted
    (4, 9).
    """
    with office.engine.connect() as connection:
        said = select(Change.action_id).where(Change.id.in_(sorted(changes)))
        involved = set(connection.execute(said).scalars())
        found = journal.gone(connection, involved)
    chosen = [one for one in found if one.change in changes]
    if len(chosen) < len(set(changes)) or not chosen:
        raise UserError("要放回的记录已经不在“已删除”里，请重新选择。", EXIT_USAGE)
    rows = _with_what_went_along(chosen, found)
    try:
        with office.acting("put_back", _put_back_title(chosen)) as (connection, made):
            counts = journal.put_back_rows(connection, rows)
            _fasten(connection, rows)
    except IntegrityError as error:
        raise UserError(
            "放不回去：它所属的记录还没有放回，或同样的号码已经另有记录，请先处理它们。"
        ) from error
    return Changes(made, touched(counts))


def _put_back_title(chosen: list[Gone]) -> str:
    names = "、".join(filter(None, (label_of(one.was) for one in chosen[:3])))
    many = f"等 {len(chosen)} 条" if len(chosen) > 3 else ""
    return f"放回{table_label(chosen[0].table)}：{names}{many}"


def _with_what_went_along(chosen: list[Gone], found: list[Gone]) -> list[Gone]:
    """The chosen rows, and those of the same action that refer to one of them, directly or not."""
    belonging: dict[tuple[int, str, Any], list[Gone]] = defaultdict(list)
    for one in found:
        for table, row in _refers_to(one):
            belonging[(one.action, table, row)].append(one)
    wanted = {one.change: one for one in chosen}
    fresh = list(chosen)
    while fresh:
        one = fresh.pop()
        for other in belonging[(one.action, one.table, one.row)]:
            if other.change not in wanted:
                wanted[other.change] = other
                fresh.append(other)
    return [wanted[change] for change in sorted(wanted)]


def _refers_to(one: Gone) -> Iterator[tuple[str, Any]]:
    """(table, row) of all that a row refers to."""
    if one.table in ("attachment", "remedy"):
        yield one.was["table_name"], one.was["row_id"]
    for key in Model.metadata.tables[one.table].foreign_keys:
        yield key.column.table.name, one.was.get(key.parent.name)


def _fasten(connection: Connection, rows: list[Gone]) -> None:
    """Links to the records that their deletion had blanked are made again, where blank still."""
    back: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in rows:
        back[(one.action, one.table)].add(one.row)
    for (action, target), numbers in back.items():
        for reference in referring(target):
            if reference.needed:
                continue
            table = Model.metadata.tables[reference.table]
            blank = journal.loosened(connection, action, reference.table, reference.column)
            links = [{"_id": row, "_to": was} for row, was in blank.items() if was in numbers]
            if links:
                changed = update(table).where(table.c.id == bindparam("_id"))
                connection.execute(changed.values({reference.column: bindparam("_to")}), links)
