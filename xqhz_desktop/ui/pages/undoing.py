"""Taking an action back: asked first where later work would be overwritten, and told afterwards."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from xqhz_desktop.services import history
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.parts import Action

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

_NAMED = 5  # later actions that a question lists


def undo_action(desk: Desk, action: int, *, over: bool = False) -> None:
    """Take back an action on the writing thread, and tell every page."""

    def told(changes: Changes) -> None:
        count = sum(changes.registers.values())
        desk.said.emit(f"已撤销，恢复了 {count:,} 条记录。", "good", None)
        desk.broadcast(changes)

    desk.worker.write(
        lambda _: history.undo(desk.office, action, over=over), told, doing="正在撤销"
    )


def undo_last(desk: Desk) -> None:
    """Take back what was done last, and say what it was."""
    _go(desk, history.undo, "正在撤销", ("恢复", lambda: redo_last(desk)))


def redo_last(desk: Desk) -> None:
    """Bring back what the last undo took back."""
    _go(desk, history.redo, "正在恢复", ("撤销", lambda: undo_last(desk)))


def _go(desk: Desk, verb: Callable[["Office"], Changes], doing: str, back: Action) -> None:
    def go(_: object) -> tuple[Changes, str]:
        changes = verb(desk.office)
        return changes, history.actions(desk.office, 1)[0].title

    def told(found: tuple[Changes, str]) -> None:
        changes, title = found
        desk.said.emit(f"已{title}。", "good", back)
        desk.broadcast(changes)

    desk.worker.write(go, told, doing=doing)


def ask_to_undo(parent: QWidget, desk: Desk, line: ActionLine) -> None:
    """Look whether later actions changed the same records, ask, and take the action back."""

    def ask(found: tuple[Sequence[tuple[int, str]], int]) -> None:
        later, rows = found
        question = over(line, later) if later else plain(line, rows)
        if agreed(parent, QMessageBox.Icon.Question, *question):
            undo_action(desk, line.id, over=bool(later))

    office = desk.office
    desk.worker.read(
        lambda _: (history.later(office, line.id), history.size(office, line.last)), ask
    )


def plain(line: ActionLine, rows: int) -> tuple[str, str, str, str]:
    """The question where nothing else is touched: it, what it means, the verb, the way to stay."""
    return (
        f"撤销“{line.title}”？",
        f"这次操作写入的 {rows:,} 条记录都会恢复到操作之前；撤销本身也能再撤销。",
        "撤销这次操作",
        "不撤销",
    )


def over(line: ActionLine, later: Sequence[tuple[int, str]]) -> tuple[str, str, str, str]:
    """The question where later actions changed the same records; it names them."""
    named = "\n".join(f"{number} 号：{title}" for number, title in later[:_NAMED])
    more = f"\n……共 {len(later):,} 次" if len(later) > _NAMED else ""
    return (
        f"撤销“{line.title}”？后来的操作改过同样的记录。",
        f"{named}{more}\n\n"
        "仍然撤销的话，这些记录回到这次操作之前，后来对它们的修改会被盖掉；"
        "盖掉的内容还在历史里，这次撤销也能再撤销。",
        "仍然撤销",
        "先不撤销",
    )
