"""The workbench: the first start's three ways in, later what waits and what is in the book."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.base.period import day_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import history, importing, tables
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.ui.desk import Desk, Files
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.history import cells as action_cells
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


def severities_of(desk: Desk) -> Counter[str]:
    """How many findings there are of each severity; for the computing thread."""
    return Counter(one.severity for one in desk.numbers().findings)


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
        desk.waiting_read.connect(self._write_waiting)
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
        self.todo = {
            "waiting": _TodoCard("waiting", "warn", "待更正的行", "不计入任何指标，更正后再导入"),
            "red": _TodoCard("bad", "bad", "红线问题", "禁止性规定，请立即处理"),
            "amber": _TodoCard("warn", "warn", "警示问题", "不合要求，请核实、补办"),
        }
        self.todo["waiting"].clicked.connect(lambda: self.desk.go("waiting"))
        for name in ("red", "amber"):
            self.todo[name].clicked.connect(lambda name=name: self.desk.go("findings", name))
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
            row(*self.todo.values(), gap=12),
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
        self._write_waiting()
        self.fetch(lambda _: severities_of(self.desk), self._write_findings, "rules", long=True)

    def _write_findings(self, found: Counter[str]) -> None:
        for name in ("red", "amber"):
            self.todo[name].show_number(found[name])
        self._write_waiting()

    def _write_waiting(self) -> None:
        self.todo["waiting"].show_number(self.desk.waiting_count())
        kinds = sum(bool(card.number) for card in self.todo.values())
        if self.stages.currentIndex() == 2:
            todo = f"{kinds} 类事项待处理" if kinds else "没有待处理的事项"
            self.say(f"{day_text(self.desk.today)} · {todo}")


def _recent_cells(line: ActionLine) -> tuple[str, ...]:
    _, at, who, state, title = action_cells(line)
    return (at, who, f"{title}（{state}）" if state else title)


class _TodoCard(Card):
    """A large number of what waits, one line of why, and the way in."""

    def __init__(self, glyph: str, tone: str, title: str, why: str) -> None:
        super().__init__(title, link=True)
        self.number = 0
        self._title = title
        self._number = label("…", 18, bold=True)
        self._go = label("查看 ›", tone="accent")
        words = column(
            self._number,
            label(title),
            row(label(why, 9, tone="second"), 0, self._go),
            gap=0,
        )
        self.fill(row(column(8, picture(glyph, tone, 20), 0), words, gap=14), 10)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_number(self, number: int) -> None:
        """Show how many wait."""
        self.number = number
        self._number.setText(f"{number:,}")
        self.setAccessibleName(f"{self._title} {number:,}")


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
    area.setWidgetResizable(True)
    area.setWidget(ground)
    return area
