"""The board: the plan's numbers against their targets; every number opens the rows behind it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from xqhz_desktop.policy.results import STATUS_WORDS, Indicator, Period
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.board_data import CARDS, BoardData, Line, board_data, first_period
from xqhz_desktop.ui.pages.board_parts import ChartCard, IndicatorCard
from xqhz_desktop.ui.parts import Blank, column, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import (
    judged,
    not_counted,
    number_text,
    reach_text,
    strive_text,
    value_text,
)

COLUMNS = (
    Column("指标", 32),
    Column("数值", 12, right=True),
    Column("分子", 10, right=True),
    Column("分母", 10, right=True),
    Column("达标值", 8, right=True),
    Column("力争值", 8, right=True),
    Column("上年", 10, right=True),
    Column("结论", 10),
    Column("性质", 10),
    Column("来源", 40),
)
_NAME, _VALUE, _TOP, _BOTTOM, _JUDGED = 0, 1, 2, 3, 7


def cells(line: Line) -> tuple[str, ...]:
    """The cells of an indicator."""
    one = line.indicator
    return (
        line.name,
        value_text(one),
        number_text(one.top),
        number_text(one.bottom),
        reach_text(one.target, one.unit),
        strive_text(one.target, one.unit),
        value_text(line.before) if line.before else "",
        judged(one)[0],
        STATUS_WORDS[one.status],
        one.target.source if one.target else one.source,
    )


def tone(line: Line, at: int) -> str:
    """Numbers that open rows look like links; a verdict has its colour beside its word."""
    if at == _JUDGED:
        return judged(line.indicator)[1]
    return "accent" if at in (_VALUE, _TOP, _BOTTOM) and line.indicator.ids else ""


class BoardPage(Page):
    """Cards and charts of one year, and the table of all indicators."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "看板")
        self.period: Period | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName("年度或学年")
        self.choice.setMinimumWidth(150)
        self.choice.currentIndexChanged.connect(self._choose)
        self.views = QTabBar()
        self.views.setAccessibleName("看板的两种样子")
        self.views.setDrawBase(False)
        self.views.addTab("图表")
        self.views.addTab("全部指标")
        self.views.currentChanged.connect(lambda at: self.stages.setCurrentIndex(at + 1))
        self.tools.addWidget(self.choice)
        self.cards = {name: IndicatorCard(title) for name, title in CARDS.items()}
        self.charts = [ChartCard() for _ in range(4)]
        self.model = LinesModel(COLUMNS, cells, tone)
        self.sheet = Sheet("全部指标", self.model)
        self.definition = paragraph("", 9)
        self.blank = Blank("正在计算指标", "马上就好。", glyph="board")
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Compute the chosen period, at first the newest whole year."""
        wanted = self.period

        def compute(_: object) -> BoardData | None:
            numbers = self.desk.numbers()
            known = wanted if wanted in numbers.periods else None
            period = known or first_period(numbers)
            return board_data(numbers, period) if period else None

        self.fetch(compute, self._show, long=True)

    def _lay_out(self) -> None:
        self.grid = QGridLayout()
        self.grid.setSpacing(12)
        self.grid.setContentsMargins(EDGE, 0, EDGE, 4)
        self.body.addLayout(self.grid)
        self._place_cards()
        between = row(self.views, 0)
        between.setContentsMargins(EDGE - 12, 0, EDGE, 4)
        self.body.addLayout(between)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.blank)
        self.stages.addWidget(self._make_charts())
        self.stages.addWidget(self._make_table())
        self.body.addWidget(self.stages, 1)
        self._show_stage(loaded=False)

    def _make_charts(self) -> QWidget:
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.setContentsMargins(EDGE, 0, EDGE, EDGE)
        for at, card in enumerate(self.charts):
            grid.addWidget(card, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(grid)
        area = QScrollArea()
        area.setAccessibleName("指标卡片")
        area.setWidgetResizable(True)
        area.setWidget(ground)
        return area

    def _make_table(self) -> QWidget:
        made = QWidget()
        self.definition.setContentsMargins(EDGE, 6, EDGE, 8)
        self.definition.setMinimumHeight(self.fontMetrics().height() * 2 + 14)
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        made.setLayout(column(self.sheet, self.definition, gap=0))
        return made

    def _connect(self) -> None:
        for name, card in self.cards.items():
            card.clicked.connect(lambda name=name: self._open_whole(name))
        for chart in self.charts:
            chart.asked.connect(lambda one: self._open(one, one.ids, ""))
        self.sheet.clicked.connect(lambda at: self._click(at.row(), at.column()))
        self.sheet.opened.connect(self._open_cell)
        chosen = self.sheet.selectionModel()
        chosen.currentRowChanged.connect(lambda at, _: self._define(at.row()))

    def _choose(self, at: int) -> None:
        self.period = self.choice.itemData(at)
        self.read()

    def _show(self, data: BoardData | None) -> None:
        if data is None:
            self.say("")
            self.blank.say(
                "还没有可以计算的记录",
                "导入工作簿之后，这里按年度和学年列出各项指标。",
                ("导入工作簿", lambda: self.desk.go("import")),
            )
            self._show_stage(loaded=False)
            return
        self.period = data.period
        self._fill_choice(data)
        day = data.period.as_of
        self.say(f"{data.period.label} · 截至 {day.month}月{day.day}日{not_counted(data.waiting)}")
        for name, card in self.cards.items():
            card.show_line(data.line(name))
        self.model.set_lines(data.lines)
        self._define(0)
        for chart, figure in zip(self.charts, data.figures, strict=True):
            chart.show_figure(self.desk.worker, *figure)
        self._show_stage(loaded=True)

    def _show_stage(self, *, loaded: bool) -> None:
        self.stages.setCurrentIndex(self.views.currentIndex() + 1 if loaded else 0)
        self.views.setVisible(loaded)
        self.choice.setVisible(loaded)
        for card in self.cards.values():
            card.setVisible(loaded)

    def _fill_choice(self, data: BoardData) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for period in data.periods:
            self.choice.addItem(period.label, period)
        self.choice.setCurrentIndex(data.periods.index(data.period))
        self.choice.blockSignals(False)

    def _define(self, at: int) -> None:
        if 0 <= at < len(self.model.lines):
            one = self.model.lines[at].indicator
            self.definition.setText(f"{one.label}：{one.definition}（{one.source}）")

    def _open_whole(self, name: str) -> None:
        found = [one for one in self.model.lines if one.indicator.name == name]
        whole = [one for one in found if not one.indicator.part]
        if whole:
            self._open(whole[-1].indicator, whole[-1].indicator.ids, "")

    def _click(self, at: int, where: int) -> None:
        if tone(self.model.lines[at], where) == "accent":
            self._open_cell(at, where)

    def _open_cell(self, at: int, where: int) -> None:
        one = self.model.lines[at].indicator
        if where == _TOP and one.top_ids:
            self._open(one, one.top_ids, "，分子")
        else:
            self._open(one, one.ids, "，分母" if where == _BOTTOM else "")

    def _open(self, one: Indicator, ids: tuple[int, ...], which: str) -> None:
        if not ids:
            self.desk.said.emit(f"“{one.label}”没有对应的记录。", "", None)
            return
        part = " · ".join(text for text in (one.part, one.subpart) if text)
        why = f"{one.label}{'（' + part + '）' if part else ''}，{one.period.label}{which}"
        self.desk.go("register", Rows(one.register, tuple(dict.fromkeys(ids)), why))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Six cards across, three where the window is narrow."""
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        across = 6 if self.width() >= 1080 else 3
        for at, card in enumerate(self.cards.values()):
            self.grid.addWidget(card, at // across, at % across)
        for at in range(6):
            self.grid.setColumnStretch(at, 1 if at < across else 0)

    def sizeHint(self) -> QSize:
        """No wider than the window asks."""
        return QSize(800, 600)
