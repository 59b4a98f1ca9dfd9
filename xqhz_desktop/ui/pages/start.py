"""The workbench: the first start's three ways in, later what waits and what is in the book."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.period import day_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import history, importing, tables
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.services.worklist import WorkLine, put_off, take_up, worklist
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.desk import Desk, Files, Rows
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.history import cells as action_cells
from xqhz_desktop.ui.pages.merging import MergeDialog
from xqhz_desktop.ui.pages.todo import TodoList
from xqhz_desktop.ui.parts import Card, button, column, label, paragraph, picture, row, titled
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE, GROUP

_RECENT = 8
_ACROSS = 4
# In the order of the navigation; classes and majors are only learned from the others.
_SHOWN = (
    "firms",
    "agreements",
    "placements",
    "apprentices",
    "stints",
    "bookings",
    "bases",
    "students",
    "teachers",
    "part_timers",
    "courses",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the workbench shows at once: counts by register and the latest actions."""

    empty: bool
    counts: dict[str, int]
    actions: list[ActionLine]


def contents_of(desk: Desk) -> Contents:
    """What is in the book; for the reading thread."""
    office = desk.office
    counts = {name: tables.count(office, name) for name in _SHOWN}
    lines = [line for line in history.actions(office, _RECENT + 1) if line.kind != "seed"]
    return Contents(office.is_empty(), counts, lines[:_RECENT])


def lines_of(desk: Desk) -> list[WorkLine]:
    """What waits; for the computing thread."""
    return worklist(desk.office, desk.numbers(), desk.office.now())


class StartPage(Page):
    """What waits, with the way to it; on the first start the three ways to begin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "工作台")
        self.stages = QStackedWidget()
        self.stages.addWidget(QWidget())
        self.stages.addWidget(self._make_first())
        self.stages.addWidget(self._make_book())
        self.body.addWidget(self.stages, 1)
        self.bring = button("导入工作簿", lambda: desk.go("import"), primary=True, glyph="import")
        self.bring.hide()
        self.tools.addWidget(self.bring)
        self.say(day_text(desk.today))

    def read(self) -> None:
        """Count what is in the book."""
        self.fetch(lambda _: contents_of(self.desk), self._show)

    def _make_first(self) -> QWidget:
        ways = (
            (
                "school",
                "先看示例学校",
                "用一所虚构学校的 22 个工作簿走一遍：看清单、导入、看指标、出报告。随时可以撤销。",
                "打开示例学校",
                self._try_sample,
            ),
            (
                "import",
                "导入我的工作簿",
                "把一年的文件夹整个拖进来。先列清单，您确认之后才写入；有问题的单元格逐一指明。",
                "选择工作簿",
                lambda: self.desk.go("import"),
            ),
            (
                "blank",
                "空白开始",
                "先从空的台账开始，以后随时可以把工作簿拖到窗口里。",
                "打开空白台账",
                lambda: self.desk.go("firms"),
            ),
        )
        cards = [self._way(*way, primary=at == 0) for at, way in enumerate(ways)]
        made = QWidget()
        made.setLayout(column(row(*cards, gap=GROUP), 0))
        made.layout().setContentsMargins(EDGE, 8, EDGE, EDGE)  # type: ignore[union-attr]
        return made

    def _way(
        self, glyph: str, title: str, text: str, verb: str, on: object, *, primary: bool
    ) -> Card:
        words = paragraph(text)
        words.setMinimumHeight(76)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        enter = button(verb, on, primary=primary)  # type: ignore[arg-type]
        return Card(title).fill(
            column(
                picture(glyph, "accent", 28),
                label(title, 12, bold=True),
                words,
                row(enter, 0),
                gap=8,
            ),
            16,
        )

    def _try_sample(self) -> None:
        self.desk.go("import", Files((importing.sample_folder(),)))

    def _make_book(self) -> QWidget:
        self.todo = TodoList(self.desk.today)
        self.todo.opened.connect(self._open_line)
        self.todo.put_off.connect(self._put_off)
        self.todo.day_asked.connect(self._ask_day)
        self.todo.taken_up.connect(self._take_up)
        self.registers = {name: _CountCard(REGISTERS[name].label) for name in _SHOWN}
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, (name, card) in enumerate(self.registers.items()):
            card.clicked.connect(lambda name=name: self.desk.go("register", name))
            grid.addWidget(card, at // _ACROSS, at % _ACROSS)
        self.recent_model = LinesModel(
            (Column("时间", 18), Column("操作人", 12), Column("操作内容", 40)), _recent_cells
        )
        self.recent = Sheet("最近的操作", self.recent_model)
        self.recent.verticalHeader().hide()
        self.recent.opened.connect(lambda *_: self.desk.go("history"))
        inside = column(
            titled("待办", self.todo),
            titled("台账", grid),
            titled("最近的操作", self.recent),
            0,
            gap=GROUP,
        )
        inside.setContentsMargins(EDGE, 8, EDGE, EDGE)
        return _scrolling(inside)

    def _show(self, found: Contents) -> None:
        if found.empty:
            self.say("第一次使用：选一种方式开始，也可以直接把文件夹拖到窗口里")
            self.stages.setCurrentIndex(1)
            self.bring.hide()
            return
        for name, count in found.counts.items():
            self.registers[name].show_number(count)
        self.recent_model.set_lines(found.actions)
        self.recent.show_all_rows()
        self.bring.show()
        self.stages.setCurrentIndex(2)
        self.fetch(lambda _: lines_of(self.desk), self._show_lines, "todo", long=True)

    def _show_lines(self, lines: list[WorkLine]) -> None:
        self.todo.show_lines(lines)
        waits = sum(line.until is None for line in lines)
        todo = f"{waits} 类事项待处理" if waits else "没有待处理的事项"
        self.say(f"{day_text(self.desk.today)} · {todo}")

    def _open_line(self, line: WorkLine) -> None:
        if line.page == "twins":
            MergeDialog(self, self.desk).open()
        elif line.ids:
            self.desk.go("register", Rows(line.register, line.ids, line.label))
        else:
            self.desk.go(line.page, line if line.findings else None)

    def _put_off(self, line: WorkLine, until: date) -> None:
        self.desk.worker.write(
            lambda _: put_off(self.desk.office, line, until), self.desk.broadcast
        )

    def _ask_day(self, line: WorkLine) -> None:
        title, example = f"“{line.label}”暂缓到哪一天？", "日期，如 2026-9-1"
        give = partial(self._put_off_to, line)
        self.asking = LineDialog(self, title, (), example, "暂缓", "不暂缓", give)
        self.asking.open()

    def _put_off_to(self, line: WorkLine, text: str) -> None:
        try:
            until = read_date(text, year=self.desk.today.year)
        except ValueError:
            until = None
        if until is None:
            self.desk.said.emit("日期看不懂，请写成 2026-9-1 的样子。", "warn", None)
        else:
            self._put_off(line, until)

    def _take_up(self, line: WorkLine) -> None:
        self.desk.worker.write(lambda _: take_up(self.desk.office, line), self.desk.broadcast)


def _recent_cells(line: ActionLine) -> tuple[str, ...]:
    _, at, who, state, title = action_cells(line)
    return (at, who, f"{title}（{state}）" if state else title)


class _CountCard(Card):
    """A register and how many records it has."""

    def __init__(self, title: str) -> None:
        super().__init__(title, link=True)
        self._title = title
        self._number = label("0", 12, bold=True)
        self.fill(row(label(title), 0, self._number), 6)

    def show_number(self, number: int) -> None:
        """Show how many records there are."""
        self._number.setText(f"{number:,}")
        self.setAccessibleName(f"{self._title} {number:,}")


def _scrolling(inside: QVBoxLayout) -> QScrollArea:
    ground = QWidget()
    ground.setObjectName("ground")
    ground.setLayout(inside)
    area = QScrollArea()
    area.setAccessibleName("工作台的卡片")
    area.setWidgetResizable(True)
    area.setWidget(ground)
    return area
