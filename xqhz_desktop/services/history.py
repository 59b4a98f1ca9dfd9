"""The journal as people use it: what was done, and the way back."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import backups
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store import journal
from xqhz_desktop.store.models import Action, Change

MANY = 1000  # rows of an action before whose undo a backup is made
_MADE = frozenset({"seed", "rebuild"})  # the database itself


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of the journal as a list shows it.

    `undone` says whether it is taken back as things stand: an undo may itself be undone.
    `last` is the action to put back in order to change that. `rows` says whether the journal has
    rows of it: a restore changes none, and a rebuilt database has those of older actions no more.
    """

    id: int
    at: str
    who: str
    kind: str
    title: str
    rows: bool
    undone: bool
    last: int

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self.rows and not self.undone and self.kind not in _MADE


def actions(office: Office, limit: int | None = 200) -> list[ActionLine]:
    """The latest actions, the newest first."""
    rows = exists(select(Change.id).where(Change.action_id == Action.id))
    columns = (Action.id, Action.at, Action.who, Action.kind, Action.title, rows.label("rows"))
    with office.engine.connect() as connection:
        undoing = {
            row.undoes_id: row.id
            for row in connection.execute(
                select(Action.undoes_id, Action.id).where(Action.undoes_id.is_not(None))
            )
        }
        found = connection.execute(select(*columns).order_by(Action.id.desc()).limit(limit)).all()
    return [ActionLine(*row, *_standing(row.id, undoing)) for row in found]


def _standing(action: int, undoing: dict[int, int]) -> tuple[bool, int]:
    """Whether an action is taken back, and the last link of its chain of undos."""
    undone = False
    while action in undoing:
        action, undone = undoing[action], not undone
    return undone, action


def undo(office: Office, action: int | None = None) -> Changes:
    """Take back an action, or the last one that still stands; an undo can be taken back too.

    Where it touches very many records a backup is made first, unless one holds them already.
    Raises UserError where there is none, where it was taken back already, or where later actions
    changed the same records: they are named and must be taken back first.
    """
    line = _line(office, action)
    with office.engine.connect() as connection:
        if later := journal.touched_later(connection, line.last):
            names = "、".join(f"{number} 号“{title}”" for number, title in later[:3])
            raise UserError(f"后来的操作改过同样的记录，请先撤销：{names}。")
        statement = select(func.count()).where(Change.action_id == line.last)
        large = (connection.execute(statement).scalar() or 0) >= MANY
    if large:
        backups.back_up_if_new(office, "撤销前")
    try:
        with office.acting("undo", _title(line), undoes=line.last) as (connection, made):
            counts = journal.revert(connection, line.last)
    except IntegrityError as error:
        raise UserError("撤销不了：后来的记录还用着这些数据，请先撤销后来的操作。") from error
    return Changes(made, {_register(table): count for table, count in counts.items()})


def _title(line: ActionLine) -> str:
    """What taking the action back is called: an undo taken back brings its work back."""
    if line.kind != "undo":
        return f"撤销：{line.title}"
    done, what = line.title.split("：", 1)
    return f"{'撤销' if done == '恢复' else '恢复'}：{what}"


def _line(office: Office, action: int | None) -> ActionLine:
    lines = actions(office, limit=None)
    if action is None:
        standing = [line for line in lines if line.undoable and line.kind != "undo"]
        if not standing:
            raise UserError("没有可以撤销的操作。")
        return standing[0]
    found = next((line for line in lines if line.id == action), None)
    if found is None:
        raise UserError(f"没有编号为 {action} 的操作，请用“历史”查看编号。")
    if not found.undoable:
        raise UserError(f"操作 {action} 已经撤销过，或不能撤销。")
    return found


def _register(table: str) -> str:
    for name in REGISTERS:
        if model_of(name).__tablename__ == table:
            return name
    return "quarantine" if table == "quarantined_row" else table
