"""The page of rows that wait for correction: where each stands and why it waits."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QSplitter, QStackedWidget

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.outgoing.handing_back import hand_back
from xqhz_desktop.services.quarantine import WaitingRow
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.correction import CorrectionPanel
from xqhz_desktop.ui.parts import Blank, button
from xqhz_desktop.ui.table import Column, LinesModel, Sheet

COLUMNS = (
    Column("台账", 14),
    Column("对象", 20),
    Column("单元格", 8),
    Column("原因", 64),
    Column("文件", 40),
    Column("表", 18),
    Column("行", 6, right=True),
)


def cells(row: WaitingRow) -> tuple[str, ...]:
    """The cells of a waiting row."""
    return (row.label, row.what, row.cell, row.message, row.file, row.sheet, f"{row.row}")


class WaitingPage(Page):
    """Every open quarantined row; it leaves when it is corrected here or imported again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "待更正")
        self.register = QComboBox()
        self.register.setAccessibleName("台账")
        self.register.setMinimumWidth(160)
        self.register.currentIndexChanged.connect(lambda _: self._show())
        self.tools.addWidget(self.register)
        self.tools.addWidget(button("发回…", self._hand_back, glyph="save"))
        self.tools.addWidget(
            button("导入更正后的表", lambda: desk.go("import"), primary=True, glyph="import")
        )
        self.model = LinesModel(COLUMNS, cells, lambda _, at: "bad" if at == 2 else "")
        self.sheet = Sheet("待更正的行", self.model)
        self.blank = Blank(
            "没有待更正的行",
            "导入时有问题的行会放在这里，不计入任何指标，直到更正。",
            glyph="good",
        )
        self.stages = QStackedWidget()
        self.panel = CorrectionPanel(desk)
        self.panel.corrected.connect(self._corrected)
        self._go_on = -1  # the place at which the next row is opened once all are read again
        self.sheet.opened.connect(lambda at, _: self.panel.show_row(self.model.lines[at]))
        self.sheet.selectionModel().currentRowChanged.connect(lambda at, _: self._moved(at.row()))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.sheet)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([760, 340])
        self.stages.addWidget(split)
        self.stages.addWidget(self.blank)
        self.body.addWidget(self.stages, 1)
        desk.waiting_read.connect(self._take)
        self._take()

    def open(self, what: object) -> None:
        """Show one register's rows, or select the row of an id."""
        if isinstance(what, str):
            self.register.setCurrentIndex(max(0, self.register.findData(what)))
        if isinstance(what, int):
            self.register.setCurrentIndex(0)
            places = [at for at, row in enumerate(self.model.lines) if row.id == what]
            if places:
                self.sheet.selectRow(places[0])
                self.sheet.scrollTo(self.model.index(places[0], 0))

    def _take(self) -> None:
        chosen = self.register.currentData()
        names = {row.register for row in self.desk.waiting}
        self.register.blockSignals(True)
        self.register.clear()
        self.register.addItem(f"全部台账 {len(self.desk.waiting):,}", "")
        for name in (name for name in REGISTERS if name in names):
            count = self.desk.waiting_count(name)
            self.register.addItem(f"{REGISTERS[name].label} {count:,}", name)
        self.register.setCurrentIndex(max(0, self.register.findData(chosen)))
        self.register.blockSignals(False)
        self._show()

    def _show(self) -> None:
        wanted = self.register.currentData()
        rows = [row for row in self.desk.waiting if not wanted or row.register == wanted]
        self.model.set_lines(rows)
        self.stages.setCurrentIndex(0 if rows else 1)
        self.say(
            f"{len(rows):,} 行不计入任何指标 · 按 Enter 就地更正，或发回原表改好后再导入"
            if rows
            else "全部记录都已计入"
        )
        if self._go_on >= 0:
            self._next()

    def _corrected(self, changes: Changes) -> None:
        """A row went home: the one that now stands in its place is the next to correct."""
        self._go_on = self.sheet.currentIndex().row()
        self.desk.broadcast(changes)

    def _next(self) -> None:
        at, self._go_on = min(self._go_on, len(self.model.lines) - 1), -1
        if at >= 0:
            self.sheet.selectRow(at)
            self.panel.show_row(self.model.lines[at])

    def _moved(self, at: int) -> None:
        """The panel follows the row that is chosen, unless something was typed into it."""
        if self.panel.isVisible() and not self.panel.typed and 0 <= at < len(self.model.lines):
            self.panel.show_row(self.model.lines[at])

    def _hand_back(self) -> None:
        """Ask what for, then where to."""
        self.asking = LineDialog(
            self,
            "按原表样式发回待更正的行",
            (
                "有问题的单元格标红，末列写明原因；改好后导入，对应的行自动销去。里面的号码没有遮盖。",
            ),
            "用途，例如：发班主任更正",
            "选择位置",
            "不发回",
            self._hand_back_for,
        )
        self.asking.open()

    def _hand_back_for(self, reason: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "发回待更正的行", "待更正.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(chosen).with_suffix(".xlsx")
        office, register = self.desk.office, self.register.currentData() or None
        self.desk.worker.write(
            lambda _: hand_back(office, path, reason, register),
            lambda rows: self.desk.said.emit(
                f"已写出 {rows:,} 行，已记录：{path.name}", "good", None
            ),
            doing="正在写出",
        )
