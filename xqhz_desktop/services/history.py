"""The journal as people use it: what was done, and the way back."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store import journal
from xqhz_desktop.store.models import Action


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of the journal as a list shows it."""

    id: int
    at: str
    who: str
    kind: str
    title: str
    undone: bool

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return not self.undone and self.kind != "seed"


def actions(office: Office, limit: int = 200) -> list[ActionLine]:
    """The latest actions, the newest first."""
    undoing = aliased(Action)
    statement = (
        select(
            Action.id,
            Action.at,
            Action.who,
            Action.kind,
            Action.title,
            exists().where(undoing.undoes_id == Action.id),
        )
        .order_by(Action.id.desc())
        .limit(limit)
    )
    with office.engine.connect() as connection:
        return [ActionLine(*row[:5], bool(row[5])) for row in connection.execute(statement)]


def undo(office: Office, action: int | None = None) -> Changes:
    """Take back an action, or the last one that still stands.

    Raises UserError where there is none, where it was taken back already, or where later actions
    changed the same records: they are named and must be taken back first.
    """
    line = _line(office, action)
    with office.engine.connect() as connection:
        if later := journal.touched_later(connection, line.id):
            names = "、".join(f"{number} 号“{title}”" for number, title in later[:3])
            raise UserError(f"后来的操作改过同样的记录，请先撤销：{names}。")
    try:
        with office.acting("undo", f"撤销：{line.title}", undoes=line.id) as (connection, made):
            counts = journal.revert(connection, line.id)
    except IntegrityError as error:
        raise UserError("撤销不了：后来的记录还用着这些数据，请先撤销后来的操作。") from error
    return Changes(made, {_register(table): count for table, count in counts.items()})


def _line(office: Office, action: int | None) -> ActionLine:
    lines = actions(office, limit=1_000_000)
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
