"""The page of what was done, by whom, and the way back."""

from PySide6.QtWidgets import QMessageBox, QStackedWidget

from xqhz_desktop.services import history
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.parts import Blank, button
from xqhz_desktop.ui.table import Column, LinesModel, Sheet

COLUMNS = (
    Column("编号", 6, right=True),
    Column("时间", 18),
    Column("操作人", 12),
    Column("状态", 8),
    Column("操作内容", 80),
)


def cells(line: ActionLine) -> tuple[str, ...]:
    """The cells of an action."""
    state = "已撤销" if line.undone else ""
    return (f"{line.id}", line.at.replace("T", " ")[:16], line.who, state, line.title)


class HistoryPage(Page):
    """The latest actions; any that still stands can be taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "历史")
        self.take_back = button("撤销所选操作", self._take_back, glyph="undo")
        self.tools.addWidget(self.take_back)
        self.model = LinesModel(COLUMNS, cells, lambda line, _: "hint" if line.undone else "")
        self.sheet = Sheet("操作历史", self.model)
        self.sheet.verticalHeader().hide()
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._may())
        self.stages = QStackedWidget()
        self.stages.addWidget(self.sheet)
        empty = Blank("还没有操作", "导入、更正和撤销都会记在这里。", glyph="history")
        self.stages.addWidget(empty)
        self.body.addWidget(self.stages, 1)
        self._may()

    def read(self) -> None:
        """Ask for the latest actions."""
        self.fetch(lambda _: history.actions(self.desk.office), self._show)

    def _show(self, lines: list[ActionLine]) -> None:
        shown = [line for line in lines if line.kind != "seed"]
        self.model.set_lines(shown)
        self.stages.setCurrentIndex(0 if shown else 1)
        self.say("最近的操作，最新的在上 · 撤销也会记下，也可以再撤销")
        standing = [at for at, line in enumerate(shown) if line.undoable and line.kind != "undo"]
        if standing:
            self.sheet.selectRow(standing[0])
        self._may()

    def _chosen(self) -> ActionLine | None:
        rows = self.sheet.selected_rows()
        return self.model.lines[rows[0]] if len(rows) == 1 else None

    def _may(self) -> None:
        chosen = self._chosen()
        self.take_back.setEnabled(bool(chosen and chosen.undoable))

    def _take_back(self) -> None:
        line = self._chosen()
        if line is None:
            return
        question = f"撤销“{line.title}”？"
        more = "这次操作写入的内容会恢复到操作之前；撤销本身也能再撤销。"
        if agreed(self, QMessageBox.Icon.Question, question, more, "撤销这次操作", "不撤销"):
            undo_action(self.desk, line.id)


def undo_action(desk: Desk, action: int) -> None:
    """Take back an action on the writing thread, and tell every page."""

    def told(changes: Changes) -> None:
        count = sum(changes.registers.values())
        desk.said.emit(f"已撤销，恢复了 {count:,} 条记录。", "good", None)
        desk.broadcast(changes)

    desk.worker.write(lambda _: history.undo(desk.office, action), told)
