"""The plan of an import on screen: its sheets above, what it brings in groups below."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabBar, QWidget

from xqhz_desktop.services.workbooks.plan import Choices, Fate, Plan, SheetPlan
from xqhz_desktop.ui.pages.plan_groups import Group
from xqhz_desktop.ui.pages.plan_sheet import HeadModel
from xqhz_desktop.ui.pages.plan_words import Shown
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE

HEAD = "表的前几行"  # the tab that stands behind the groups
COLUMNS = (
    Column("文件", 28),
    Column("表", 18),
    Column("识别为", 11),
    Column("行数", 5, right=True),
    Column("新增", 5, right=True),
    Column("变更", 5, right=True),
    Column("疑为同一条", 5, right=True),
    Column("相同", 5, right=True),
    Column("待更正", 5, right=True),
    Column("提示", 5, right=True),
    Column("说明", 16),
)

_COUNTS = range(4, 10)


def cells(sheet: SheetPlan) -> tuple[str, ...]:
    """The cells of a sheet; noughts stay blank, so that the eye finds the figures."""
    if sheet.register is None:
        return (sheet.file, sheet.sheet, "不导入", *[""] * 7, sheet.why or "没有认出表头")
    waiting = sheet.rows - sheet.valid
    numbers = (sheet.new, sheet.changed, sheet.near, sheet.same, waiting, len(sheet.warnings))
    return (
        sheet.file,
        sheet.sheet,
        sheet.label,
        f"{sheet.rows:,}",
        *(f"{number:,}" if number else "" for number in numbers),
        f"{len(sheet.ignored)} 列未识别" if sheet.ignored else "",
    )


def _tone(sheet: SheetPlan, at: int) -> str:
    if sheet.register is None:
        return "hint"
    return {8: "bad", 9: "warn"}.get(at, "")


class PlanView(QWidget):
    """A plan to look through and to tick in; writes nothing."""

    ticked = Signal()
    sheet_opened = Signal(object)  # SheetPlan

    def __init__(self, today: date) -> None:
        super().__init__()
        self.shown = Shown(Plan(), dict.fromkeys(Fate, 0), [])
        self.plan = self.shown.plan
        self.groups: list[Group] = []
        self._models: dict[str, LinesModel] = {}
        self._today = today
        self.sheets_model = LinesModel(COLUMNS, cells, _tone)
        self.sheets = Sheet("工作表", self.sheets_model)
        self.sheets.setToolTip("选中一张表看它的前几行；按 Enter 或双击可更正它的列对应")
        self.sheets.selectionModel().currentRowChanged.connect(
            lambda at, _: self._show_head(at.row())
        )
        self.sheets.opened.connect(
            lambda at, _: self.sheet_opened.emit(self.sheets_model.lines[at])
        )
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("清单的内容")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._show_group)
        self.sentence = label("", 9, tone="second")
        self.all = button("全部勾选", lambda: self._tick(True), link=True)
        self.none = button("全部不勾选", lambda: self._tick(False), link=True)
        self.lines = Sheet("清单的行")
        self.below = QWidget()
        self.written = paragraph("", 10, tone="")
        self.left_out = paragraph("", 10)
        self._lay_out()

    def _lay_out(self) -> None:
        explained = row(self.sentence, 0, self.all, self.none)
        explained.setContentsMargins(EDGE, 2, EDGE, 2)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(EDGE - 12, 0, EDGE - 12, 0)
        tabs.addWidget(self.tabs)
        below = self.below
        below.setLayout(column(tabs, explained, self.lines, gap=0))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(6)
        split.setChildrenCollapsible(False)
        split.addWidget(self.sheets)
        split.addWidget(below)
        split.setSizes([300, 340])
        said = column(self.written, self.left_out, gap=2)
        said.setContentsMargins(EDGE, 0, EDGE, 8)
        self.setLayout(column(said, split, gap=0))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def show_plan(self, shown: Shown) -> None:
        """Show a plan with nothing ticked."""
        self.shown, self.plan, self.groups = shown, shown.plan, shown.groups
        self.written.setText(shown.written)
        self.left_out.setText(shown.left_out)
        self.left_out.setVisible(bool(shown.left_out))
        self.sheets_model.set_lines(self.plan.sheets)
        for at in _COUNTS:  # a column of noughts would push the others out of a narrow window
            blank = not any(
                self.sheets_model.text(line, at) for line in range(len(self.plan.sheets))
            )
            self.sheets.setColumnHidden(at, blank)
        self._models = {group.title: self._model(group) for group in self.groups}
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for group in self.groups:
            self.tabs.addTab(f"{group.title} {len(group.lines):,}")
        self.tabs.addTab(HEAD)
        self.tabs.blockSignals(False)
        self._show_group(0)

    def choices(self) -> Choices:
        """What is ticked."""
        near = [group.lines for group in self.groups if group.title == "疑为同一条"]
        clearings = self.plan.clearings
        ticked = [near[0][at] for at in self._ticks("疑为同一条")]
        return Choices(
            {(register, row.sheet, row.row) for register, row in ticked},
            {(clearings[at].register, clearings[at].field) for at in self._ticks("清空")},
            set(self._ticks("冲突")),
        )

    def _ticks(self, title: str) -> set[int]:
        model = self._models.get(title)
        return model.ticked if model else set()

    def _model(self, group: Group) -> LinesModel:
        model = LinesModel(group.columns, group.cells, group.tone, ticking=bool(group.ticks))
        model.set_lines(group.lines)
        model.ticks_changed.connect(self.ticked)
        return model

    def _show_head(self, at: int) -> None:
        """Show the first rows of the sheet that is chosen."""
        if 0 <= at < len(self.plan.sheets):
            self.tabs.setCurrentIndex(len(self.groups))
            self._show_rows(self.plan.sheets[at])

    def _show_rows(self, sheet: SheetPlan) -> None:
        place = " / ".join(part for part in (sheet.file, sheet.sheet) if part)
        how = (
            "标题下面是它对应的字段，再下面是表里的内容"
            if sheet.register
            else "没有认出表头；可以用“更正列对应”指定它是哪个台账、表头在哪一行"
        )
        self.sentence.setText(f"{place}：{how}。")
        self.all.hide()
        self.none.hide()
        self._head = HeadModel(sheet, self._today)
        self.lines.show_model(self._head)

    def _show_group(self, at: int) -> None:
        if at == len(self.groups):
            self._show_rows(self.plan.sheets[max(0, self.sheets.currentIndex().row())])
            return
        group = self.groups[at]
        self.sentence.setText(group.sentence)
        self.all.setVisible(bool(group.ticks))
        self.none.setVisible(bool(group.ticks))
        self.lines.show_model(self._models[group.title])

    def _tick(self, ticked: bool) -> None:
        self._models[self.groups[self.tabs.currentIndex()].title].tick_all(ticked)
