"""Taking an action back: asked first where later work would be overwritten, and told afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from xqhz_desktop.services import history
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.services.narrowing import EDITING
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.parts import Action

_NAMED = 5  # later actions that a question lists
_SMALL = 200  # rows that one key takes back without a question, where they were not typed


@dataclass(frozen=True, slots=True)
class _Asked:
    """What would be taken back, and how many rows it wrote."""

    line: ActionLine
    rows: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken back or brought back, and the title of that."""

    changes: Changes
    title: str


def undo_action(desk: Desk, action: int, *, over: bool = False) -> None:
    """Take back an action on the writing thread, and tell every page."""

    def told(changes: Changes) -> None:
        count = sum(changes.registers.values())
        desk.said.emit(f"已撤销，恢复了 {count:,} 条记录。", "good", None)
        desk.broadcast(changes)

    desk.worker.write(
        lambda _: history.undo(desk.office, action, over=over), told, doing="正在撤销"
    )


def undo_last(parent: QWidget, desk: Desk, then: Callable[[], object] = lambda: None) -> None:
    """Take back what was done last, say what it was, and do `then`.

    What is not a small step of one's own since the records were opened is asked about first.
    """

    def go(_: object) -> _Taken | _Asked:
        line = history.last_standing(desk.office)
        rows = history.size(desk.office, line.last)
        return _Asked(line, rows) if _is_asked(desk, line, rows) else _take(desk, line)

    def told(found: _Taken | _Asked) -> None:
        if isinstance(found, _Taken):
            _tell(desk, found, ("恢复", lambda: redo_last(parent, desk)))
            then()
        elif _no_question_stands() and agreed(
            parent, QMessageBox.Icon.Question, *plain(found.line, found.rows)
        ):
            again(found.line)

    def again(line: ActionLine) -> None:
        desk.worker.write(lambda _: _take(desk, line), told, doing="正在撤销")

    desk.worker.write(go, told, doing="正在撤销")


def redo_last(parent: QWidget, desk: Desk) -> None:
    """Bring back what the last undo took back."""

    def go(_: object) -> _Taken:
        changes = history.redo(desk.office)
        return _Taken(changes, history.actions(desk.office, 1)[0].title)

    back = ("撤销", lambda: undo_last(parent, desk))
    desk.worker.write(go, lambda found: _tell(desk, found, back), doing="正在恢复")


def _no_question_stands() -> bool:
    """A key that is held down asks once."""
    return QApplication.activeModalWidget() is None


def _is_asked(desk: Desk, line: ActionLine, rows: int) -> bool:
    """Whether one key is too little to take an action back."""
    older = line.at < desk.since.isoformat(timespec="seconds")
    large = line.kind != EDITING and rows > _SMALL
    return line.kind == "import" or line.who != desk.office.who or older or large


def _take(desk: Desk, line: ActionLine) -> _Taken:
    changes = history.undo(desk.office, line.id)
    return _Taken(changes, history.actions(desk.office, 1)[0].title)


def _tell(desk: Desk, found: _Taken, back: Action) -> None:
    desk.said.emit(f"已{found.title}。", "good", back)
    desk.broadcast(found.changes)


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
