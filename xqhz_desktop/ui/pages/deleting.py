"""The question before records are deleted: what goes along, and how it can be put back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import deleting
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.deleting import Going
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.words import counted, listed

BACK = "删除以后可以撤销，也可以在“历史”的“回收站”里放回。"


def what(register: str, going: Going) -> str:
    """All records that go: 1 名学生和 3 条岗位实习."""
    label = REGISTERS[register].label
    along = [counted(number, name) for name, number in going.along.items()]
    return listed([counted(going.records, label), *along])


def question(register: str, name: str, going: Going) -> tuple[str, str, str]:
    """What is asked, what it means, and the verb on the button."""
    called = f"“{name}”" if going.records == 1 and name else "所选记录"
    lines = []
    if going.along:
        lines.append(f"用到它的记录会一并删除：{_all(going.along)}。")
    if going.parts:
        lines.append(f"附在上面的也一起删除：{_all(going.parts)}。")
    if going.loose:
        lines.append(f"这些记录会留下，只是不再指向它：{_all(going.loose)}。")
    return f"删除{called}？", "\n\n".join([*lines, BACK]), f"删除 {what(register, going)}"


def _all(counts: dict[str, int]) -> str:
    return listed([counted(number, name) for name, number in counts.items()])


def ask_to_delete(
    parent: QWidget, desk: Desk, register: str, ids: Sequence[int], name: str
) -> None:
    """Look what would go along, ask, and delete it all as one action."""

    def ask(going: Going) -> None:
        if not going.records:
            return  # gone meanwhile; the table is being read again
        asked, more, verb = question(register, name, going)
        if agreed(parent, QMessageBox.Icon.Warning, asked, more, verb, "不删除"):
            _delete(desk, register, ids, what(register, going))

    desk.worker.read(lambda _: deleting.going(desk.office, register, ids), ask)


def _delete(desk: Desk, register: str, ids: Sequence[int], said: str) -> None:
    def told(changes: Changes) -> None:
        action = changes.action
        assert action is not None
        desk.said.emit(f"已删除 {said}。", "good", ("撤销", lambda: undo_action(desk, action)))
        desk.broadcast(changes)

    office = desk.office
    desk.worker.write(
        lambda _: deleting.delete(office, register, ids, with_what_belongs=True),
        told,
        doing="正在删除",
    )
