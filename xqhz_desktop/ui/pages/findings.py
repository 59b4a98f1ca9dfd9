"""The page of compliance: what records do not keep which rule, red first."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget

from xqhz_desktop.policy.results import STATUS_WORDS, Finding
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import quarantine, tables
from xqhz_desktop.services.remedies import NONE, Decision, State, of
from xqhz_desktop.services.worklist import WorkLine
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.remedy_acts import decision_text, remedy_acts
from xqhz_desktop.ui.parts import Blank, chip, label, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import SEVERITIES, called, not_counted, period_text

COLUMNS = (
    Column("级别", 5),
    Column("规则", 19),
    Column("状态", 7),
    Column("期间", 13),
    Column("台账", 11),
    Column("对象", 12),
    Column("说明", 48),
    Column("性质", 9),
    Column("依据", 50),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding with what its record is called."""

    finding: Finding
    what: str
    decision: Decision = NONE


def cells(line: Line) -> tuple[str, ...]:
    """The cells of a finding."""
    one = line.finding
    return (
        SEVERITIES[one.severity][0],
        one.label,
        str(line.decision.state),
        period_text(one.period_kind, one.period),
        REGISTERS[one.register].label + ("（待更正）" if one.quarantined else ""),
        line.what,
        one.message,
        STATUS_WORDS[one.status],
        one.article,
    )


def lines_of(desk: Desk) -> list[Line]:
    """Every finding with the name of its record; for the computing thread."""
    numbers = desk.numbers()
    findings, decided = numbers.findings, numbers.decisions
    names = _names(desk, findings)
    waiting = {row.id: row.what for row in quarantine.waiting(desk.office)}
    return [
        Line(one, one.major or _name(one, names, waiting), of(one, decided)) for one in findings
    ]


def _name(one: Finding, names: dict[tuple[str, int], str], waiting: dict[int, str]) -> str:
    if one.quarantined:
        return waiting.get(one.record, "")
    return names.get((one.register, one.record), "")


def _names(desk: Desk, findings: list[Finding]) -> dict[tuple[str, int], str]:
    wanted: dict[str, dict[int, None]] = {}
    for one in findings:
        if one.record and not one.quarantined:
            wanted.setdefault(one.register, {})[one.record] = None
    found: dict[tuple[str, int], str] = {}
    for register, ids in wanted.items():
        known = tables.ids(desk.office, register, only=list(ids))
        for record, texts in zip(known, tables.rows(desk.office, register, known), strict=True):
            found[register, record] = called(texts)
    return found


class FindingsPage(Page):
    """Findings to filter by severity, state, rule and period; each opens its record's row.

    What is done about the chosen ones is entered here, and the ledger of it exported.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "合规检查")
        self.lines: list[Line] = []
        self.severities: dict[str, QPushButton] = {
            name: chip(word, self._show) for name, (word, _) in SEVERITIES.items()
        }
        self.only: frozenset[Finding] = frozenset()
        self.line = chip("", self._show)  # a line of the workbench, while it is shown alone
        self.line.hide()
        self.state = self._choice("状态", 130)
        self.rule = self._choice("规则", 220)
        self.period = self._choice("期间", 150)
        self.model = LinesModel(COLUMNS, cells, self._tone)
        self.sheet = Sheet("检查结果", self.model)
        self.sheet.opened.connect(lambda at, _: self._open(self.model.lines[at]))
        self.blank = Blank("正在检查全部记录", "马上就好。", glyph="rules")
        self.count = label("", 9, tone="second")
        filters = row(
            self.line,
            *self.severities.values(),
            8,
            self.state,
            self.rule,
            self.period,
            0,
            self.count,
        )
        filters.setContentsMargins(EDGE, 0, EDGE, 4)
        self.body.addLayout(filters)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.blank)
        self.stages.addWidget(self.sheet)
        self.body.addWidget(self.stages, 1)
        self.article = paragraph("", 9)
        self.article.setContentsMargins(EDGE, 0, EDGE, 8)
        self.article.setMinimumHeight(self.fontMetrics().height() * 2 + 8)
        self.article.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.article)
        self.sheet.selectionModel().currentRowChanged.connect(lambda at, _: self._cite(at.row()))
        self.acts = remedy_acts(self)
        desk.waiting_read.connect(self._say)
        self._say()

    def read(self) -> None:
        """Check all records anew."""
        self.fetch(lambda _: lines_of(self.desk), self._take, long=True)

    def open(self, what: object) -> None:
        """Show one severity alone, or what a line of the workbench counts."""
        for name, one in self.severities.items():
            one.setChecked(name == what)
        line = what if isinstance(what, WorkLine) else None
        self.only = frozenset(line.findings) if line else frozenset()
        self.line.setText(f"工作台：{line.label}" if line else "")
        self.line.setChecked(line is not None)
        self.line.setVisible(line is not None)
        self.state.setCurrentIndex(0)
        self.rule.setCurrentIndex(0)
        self.period.setCurrentIndex(0)
        self._show()

    def _say(self) -> None:
        self.say("只作提醒，不影响记录" + not_counted(self.desk.waiting_count()))

    def _cite(self, at: int) -> None:
        """Under the table the whole of the row: what to do, and by which rule."""
        if not 0 <= at < len(self.model.lines):
            self.article.clear()
            return
        line: Line = self.model.lines[at]
        one = line.finding
        who = f"{line.what}：" if line.what else ""
        said = f"{who}{one.message}依据（{STATUS_WORDS[one.status]}）：{one.article}。"
        said += decision_text(line.decision)
        self.article.setText(f"{said}按 Enter 打开这条记录。" if one.record else said)

    def _choice(self, name: str, width: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setFixedWidth(width)
        box.currentIndexChanged.connect(lambda _: self._show())
        return box

    def _tone(self, line: Line, at: int) -> str:
        return SEVERITIES[line.finding.severity][1] if at == 0 else ""

    def _take(self, lines: list[Line]) -> None:
        self.lines = lines
        open_lines = [line for line in lines if line.decision.state is State.OPEN]
        counts = Counter[str](line.finding.severity for line in open_lines)
        for name, (word, _) in SEVERITIES.items():
            self.severities[name].setText(f"{word} {counts[name]:,}")
            self.severities[name].setAccessibleName(f"只看{word}")
        states = Counter(line.decision.state for line in lines)
        named = [(f"{one} {states[one]:,}", str(one)) for one in State]
        self._fill(self.state, "全部状态", named)
        rules = Counter(line.finding.label for line in lines)
        self._fill(self.rule, "全部规则", [(f"{one} {n:,}", one) for one, n in rules.items()])
        periods = {(one.finding.period_kind, one.finding.period) for one in lines}
        years = [(period_text(*one), period_text(*one)) for one in sorted(periods)]
        self._fill(self.period, "全部期间", years)
        self._show()

    def _fill(self, box: QComboBox, all_words: str, choices: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(all_words, "")
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)

    def _show(self) -> None:
        shown = [line for line in self.lines if self._wanted(line)]
        self.model.set_lines(shown)
        self._cite(-1)
        if shown:
            self.sheet.selectRow(0)
        self.count.setText(f"显示 {len(shown):,} / {len(self.lines):,} 条")
        self.stages.setCurrentIndex(1 if shown else 0)
        if self.lines and not shown:
            self.blank.say("没有符合条件的检查结果", "请换一个级别、状态、规则或期间。")
        elif not self.lines and not self.loading:
            self.blank.say("没有检查出问题", "有新的记录时会重新检查。")

    def _wanted(self, line: Line) -> bool:
        one, state = line.finding, self.state.currentData()
        chosen = [name for name, box in self.severities.items() if box.isChecked()]
        rule, period = self.rule.currentData(), self.period.currentData()
        return (
            (not self.line.isChecked() or one in self.only)
            and (not chosen or one.severity in chosen)
            and (not state or line.decision.state == state)
            and (not rule or one.label == rule)
            and (not period or period_text(one.period_kind, one.period) == period)
        )

    def _open(self, line: Line) -> None:
        one = line.finding
        if one.quarantined:
            self.desk.go("waiting", one.record)
        elif one.record:
            ids = (one.record, *one.others)
            self.desk.go("register", Rows(one.register, ids, f"{one.label}（{line.what}）"))
