"""A batch as of a day: how its students stand, class by class, and what was seen to beforehand."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.internships import standing
from xqhz_desktop.services.internships.roster import path, path_line
from xqhz_desktop.services.internships.standing import (
    EXEMPT,
    NOT_PLACED,
    STATES,
    BatchView,
    Check,
    FirmLine,
    Rate,
    Standing,
)
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.due_list import DueListDialog
from xqhz_desktop.ui.parts import Blank, Card, button, column, label, paragraph, row, set_tone
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE, GAP

_TYPING_MS = 400
_TONES = {"未落实": "bad", "待签协议": "warn", "已离岗": "warn"}
_STUDENTS = (
    Column("姓名", 9),
    Column("班级", 16),
    Column("状态", 9),
    Column("实习单位", 24),
    Column("岗位", 10),
    Column("开始", 10),
    Column("结束", 10),
    Column("不参加原因", 10),
)
_RATES = (
    Column("班级", 20),
    Column("落实率", 7, right=True),
    Column("已落实", 6, right=True),
    Column("应参加", 6, right=True),
    Column("不参加", 6, right=True),
)
_CHECKS = (Column("事项", 16), Column("完成日期", 10), Column("经办人", 8), Column("存放处", 12))
_FIRMS = (
    Column("实习单位", 22),
    Column("党组织决定", 10),
    Column("公开日期", 10),
    Column("在岗", 5, right=True),
)
_UNDONE = "未完成"


class StateCard(Card):
    """How many are in a state; Enter or a click shows them alone."""

    def __init__(self, state: str, chosen: Callable[[str], object]) -> None:
        super().__init__(state, link=True)
        self.state = state
        self._count = label("0", 16, bold=True)
        self._name = label(state, 9, tone="second")
        self.fill(column(self._count, self._name, gap=0), 8)
        self.clicked.connect(lambda: chosen(state))

    def show_count(self, count: int) -> None:
        """Say how many; a state that asks for something stands out where somebody is in it."""
        self._count.setText(f"{count:,}")
        set_tone(self._count, _TONES.get(self.state, "") if count else "hint")
        self.setAccessibleName(f"{self.state} {count:,} 人")


class BatchPage(Page):
    """The batch that was chosen, as of the day that was entered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "批次概览")
        self._view: BatchView | None = None
        self._state = ""  # of the students that are shown; empty for all
        self.batch = QComboBox()
        self.batch.setAccessibleName("实习批次")
        self.batch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.batch.currentIndexChanged.connect(lambda _: self._read_view())
        self.day = QLineEdit(desk.today.isoformat())
        self.day.setAccessibleName("截至日期")
        self.day.setFixedWidth(110)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._read_view)
        self.day.textChanged.connect(lambda _: self._typing.start())
        self.cards = {state: StateCard(state, self.choose) for state in STATES}
        self.students = LinesModel(_STUDENTS, self._student, self._tone)
        self.sheet = Sheet("应实习学生", self.students)
        self.path = paragraph("", 9, tone="second")
        self.shown = button("", lambda: self.choose(""), link=True)
        self.rows = button("在台账中打开", self._open_rows, link=True)
        self.rates = LinesModel(_RATES, _rate_cells)
        self.checks = LinesModel(_CHECKS, _check_cells, _check_tone)
        self.firms = LinesModel(_FIRMS, _firm_cells, _firm_tone)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("批次的其他内容")
        self.blank = Blank(glyph="student")
        self._lay_out()
        self.sheet.opened.connect(lambda at, _: self._open(self.students.lines[at]))

    def _lay_out(self) -> None:
        self.tools.addWidget(button("岗位实习台账", lambda: self.desk.go("placements")))
        self.fill_list = button("生成应实习名单…", self._fill_list, primary=True, glyph="add")
        office = self.desk.office
        self.fill_list.setEnabled(not office.looking)
        self.tools.addWidget(self.fill_list)
        cards = row(*self.cards.values())
        for at in range(len(self.cards)):
            cards.setStretch(at, 1)
        above = row(self.shown, 0, self.rows)
        left = column(above, self.sheet, self.path, gap=4)
        left.setStretch(1, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(GAP)
        split.addWidget(_held(left))
        split.addWidget(self._side())
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        asked = row(self.batch, label("截至", tone="second"), self.day, 0)
        whole = column(asked, cards, split, gap=12)
        whole.setStretch(2, 1)
        whole.setContentsMargins(EDGE, 0, EDGE, 12)
        self.stages = QStackedWidget()
        self.stages.addWidget(_held(whole))
        self.stages.addWidget(self.blank)
        self.body.addWidget(self.stages, 1)
        chosen = self.sheet.selectionModel()
        chosen.currentRowChanged.connect(lambda at, _: self._tell_path(at.row()))

    def _side(self) -> QTabWidget:
        self.tabs.setDocumentMode(True)
        self._add("班级落实率", self.rates, lambda one: self._open_class(one))
        self._add("检查单", self.checks, lambda _: self._open_register("batch_checks"))
        self._add("单位名单", self.firms, lambda _: self._open_register("batch_firms"))
        return self.tabs

    def _add(self, name: str, model: LinesModel, on: Callable[[object], object]) -> None:
        sheet = Sheet(name, model)
        sheet.verticalHeader().hide()
        sheet.opened.connect(lambda at, _: on(model.lines[at]))
        self.tabs.addTab(sheet, name)

    # ------------------------------------------------------------ reading

    def read(self) -> None:
        """The batches there are, then the one that is chosen."""
        office = self.desk.office
        self.fetch(lambda _: standing.batches(office), self._take_batches, "batches")

    def _take_batches(self, found: list[tuple[int, str]]) -> None:
        before = self.batch.currentData()
        self.batch.blockSignals(True)
        self.batch.clear()
        for number, name in found:
            self.batch.addItem(name, number)
        self.batch.setCurrentIndex(max(0, self.batch.findData(before)))
        self.batch.blockSignals(False)
        self.fill_list.setVisible(bool(found))
        self.stages.setCurrentIndex(0 if found else 1)
        if found:
            self._read_view()
            return
        self.say("还没有实习批次")
        self.blank.say(
            "还没有实习批次",
            "先新增一个批次（学年、类型、起止日期），再从班级生成应实习名单。",
            ("新增实习批次", lambda: self._open_register("batches")),
        )

    def _day(self) -> date | None:
        try:
            return read_date(self.day.text(), year=self.desk.today.year)
        except ValueError:
            return None

    def _read_view(self) -> None:
        office, batch, day = self.desk.office, self.batch.currentData(), self._day()
        if day is None:
            self.say("日期看不懂，请写成 2026-9-1 的样子。")
        elif batch is not None:
            self.fetch(lambda _: standing.batch_view(office, batch, day), self._show)

    def _show(self, view: BatchView | None) -> None:
        self._view = view
        if view is None:
            return
        rate = view.rate
        share = "—" if rate.share is None else f"{rate.share:.1%}"
        exempt = f" · 不参加 {rate.exempt:,} 人" if rate.exempt else ""
        self.say(
            f"{view.school_year} · {view.kind} · 截至{day_text(view.day)} · "
            f"落实率 {share}（{rate.placed:,} / {rate.due:,}）{exempt}"
        )
        for state, count in view.counts.items():
            self.cards[state].show_count(count)
        self.rates.set_lines(view.by_class)
        self.checks.set_lines(view.checks)
        self.firms.set_lines(view.firms)
        done = sum(one.id is not None and one.day is not None for one in view.checks)
        self.tabs.setTabText(1, f"检查单 {done}/{len(view.checks)}")
        self.tabs.setTabText(2, f"单位名单 {len(view.firms):,}")
        self._show_students()

    # ------------------------------------------------------------ the students

    def choose(self, state: str) -> None:
        """Show the students of one state; of all where it is empty, or shown already."""
        self._state = "" if state == self._state else state
        self._show_students()

    def _show_students(self) -> None:
        lines = [one for one in self._all() if self._state in ("", one.state)]
        self.students.set_lines(lines)
        self.shown.setText(f"只看：{self._state}　显示全部" if self._state else "")
        self.shown.setVisible(bool(self._state))
        self.rows.setEnabled(bool(lines))
        self._tell_path(-1)

    def _all(self) -> Sequence[Standing]:
        return self._view.standings if self._view else ()

    def _tell_path(self, at: int) -> None:
        """The whole path of the student in the current row, in one line."""
        if not 0 <= at < len(self.students.lines):
            self.path.setText("选中一名学生，这里写明其全部实习经过。")
            return
        one, office = self.students.lines[at], self.desk.office
        self.fetch(
            lambda _: path_line(path(office, one.due.student)),
            lambda said: self.path.setText(f"{one.due.name}：{said or '还没有落实单位'}"),
            "path",
        )

    def _student(self, one: Standing) -> tuple[str, ...]:
        days = (one.stay.start, one.stay.end) if one.stay else (None, None)
        return (
            one.due.name,
            one.due.class_name or "",
            one.state,
            one.firm,
            one.post,
            *("" if day is None else day.isoformat() for day in days),
            one.due.exempt or "",
        )

    def _tone(self, one: Standing, at: int) -> str:
        return _TONES.get(one.state, "") if at == 2 else ""

    def _open(self, one: Standing) -> None:
        """The placement of a student; of one who has none, the line of the list."""
        if one.stay is None:
            self.desk.go("register", Rows("dues", (one.due.id,), one.due.name))
        else:
            self.desk.go("register", Rows("placements", (one.stay.id,), one.due.name))

    def _open_rows(self) -> None:
        """The rows behind what is shown: placements, or the lines of those who have none."""
        lines, why = self.students.lines, f"{self.batch.currentText()} {self._state}".strip()
        if self._state in ("", NOT_PLACED, EXEMPT):
            ids, register = tuple(one.due.id for one in lines), "dues"
        else:
            ids, register = tuple(one.stay.id for one in lines if one.stay), "placements"
        self.desk.go("register", Rows(register, ids, why))

    def _open_class(self, rate: object) -> None:
        """The students of a class on the list."""
        assert isinstance(rate, Rate)
        ids = tuple(
            one.due.id for one in self._all() if (one.due.class_name or "班级未填") == rate.label
        )
        self.desk.go("register", Rows("dues", ids, rate.label))

    def _open_register(self, register: str) -> None:
        self.desk.go("register", register)

    def _fill_list(self) -> None:
        DueListDialog(self, self.desk, self.batch.currentData()).open()


def _held(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made


def _rate_cells(one: Rate) -> tuple[str, ...]:
    share = "—" if one.share is None else f"{one.share:.1%}"
    return one.label, share, f"{one.placed:,}", f"{one.due:,}", f"{one.exempt:,}"


def _check_cells(one: Check) -> tuple[str, ...]:
    return one.item, one.day.isoformat() if one.day else _UNDONE, one.who, one.kept


def _check_tone(one: Check, at: int) -> str:
    return "warn" if at == 1 and one.day is None else ""


def _firm_cells(one: FirmLine) -> tuple[str, ...]:
    days = (day.isoformat() if day else _UNDONE for day in (one.decided, one.published))
    return one.name, *days, f"{one.students:,}"


def _firm_tone(one: FirmLine, at: int) -> str:
    missing = {1: one.decided, 2: one.published}
    return "warn" if at in missing and missing[at] is None else ""
