"""Deleted records that are not back yet, and the way to put them back."""

from PySide6.QtWidgets import QStackedWidget

from xqhz_desktop.services import history
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.deleting import Deleted
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import Blank, button
from xqhz_desktop.ui.table import Column, LinesModel, Sheet

COLUMNS = (
    Column("删除时间", 18),
    Column("操作人", 12),
    Column("台账", 14),
    Column("记录", 24),
    Column("操作内容", 60),
)


def cells(one: Deleted) -> tuple[str, ...]:
    """The cells of a deleted record."""
    return (one.at.replace("T", " ")[:16], one.who, one.label, one.what, one.title)


class DeletedRecords(QStackedWidget):
    """The records to choose from; `put_back` is the button, placed by the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.put_back = button("放回所选记录", self._put_back, glyph="undo")
        self.model = LinesModel(COLUMNS, cells)
        self.sheet = Sheet("回收站", self.model)
        self.sheet.verticalHeader().hide()
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._may())
        self.addWidget(self.sheet)
        empty = Blank(
            "回收站是空的", "在台账里删除的记录会列在这里，随时可以放回。", glyph="delete"
        )
        self.addWidget(empty)
        self._may()

    def show_all(self, found: list[Deleted]) -> None:
        """Show these, the latest first."""
        self.model.set_lines(found)
        self.setCurrentIndex(0 if found else 1)
        if found:
            self.sheet.selectRow(0)
        self._may()

    def _chosen(self) -> list[Deleted]:
        return [self.model.lines[at] for at in self.sheet.selected_rows()]

    def _may(self) -> None:
        self.put_back.setEnabled(bool(self._chosen()))

    def _put_back(self) -> None:
        """Nothing is asked: it can be undone as everything can."""
        chosen, desk = [one.change for one in self._chosen()], self._desk

        def told(changes: Changes) -> None:
            count, action = sum(changes.registers.values()), changes.action
            assert action is not None
            way = ("撤销", lambda: undo_action(desk, action))
            desk.said.emit(f"已放回 {count:,} 条记录。", "good", way)
            desk.broadcast(changes)

        desk.worker.write(lambda _: history.put_back(desk.office, chosen), told)
