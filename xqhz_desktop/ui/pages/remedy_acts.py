"""What the page of compliance offers to do with the chosen findings, by button and by key."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton

from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.remedies import NONE, Decision
from xqhz_desktop.ui.pages import remedying
from xqhz_desktop.ui.parts import button

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.findings import FindingsPage, Line

EXPLAIN, PLAN, SETTLE, WITHDRAW = "Ctrl+M", "Ctrl+G", "Ctrl+D", "Ctrl+Shift+M"


def remedy_acts(page: "FindingsPage") -> dict[str, QPushButton]:
    """The buttons over the findings, each with its key; they act upon the rows chosen."""
    made = {
        "说明原因": _act(page, "说明原因", EXPLAIN, lambda lines: _explain(page, lines)),
        "整改": _act(page, "整改", PLAN, lambda lines: _plan(page, lines)),
        "整改完成": _act(page, "整改完成", SETTLE, lambda lines: _settle(page, lines)),
        "撤回": _act(page, "撤回", WITHDRAW, lambda lines: _withdraw(page, lines)),
        "导出台账": button("导出台账", lambda: export(page)),
    }
    for one in made.values():
        page.tools.addWidget(one)
    return made


def decision_text(decision: Decision) -> str:
    """What was decided about a finding, as one sentence; empty where nothing was."""
    said = []
    if decision.reason:
        said.append(f"说明原因：{decision.reason}")
    if decision.measure:
        said.append(f"整改措施：{decision.measure}")
    if decision.responsible:
        said.append(f"责任人：{decision.responsible}")
    if decision.due:
        said.append(f"期限：{day_text(decision.due)}")
    if decision.done:
        said.append(f"完成：{day_text(decision.done)}")
    return "；".join(said) + "。" if said else ""


def _act(
    page: "FindingsPage", name: str, keys: str, on: Callable[[list["Line"]], object]
) -> QPushButton:
    def go() -> None:
        if lines := [page.model.lines[at] for at in page.sheet.selected_rows()]:
            on(lines)

    made = button(name, go)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{name}所选的检查结果（{shown}）")
    QShortcut(QKeySequence(keys), page.sheet).activated.connect(go)
    return made


def _explain(page: "FindingsPage", lines: list["Line"]) -> None:
    remedying.explain(page, page.desk, [line.finding for line in lines])


def _plan(page: "FindingsPage", lines: list["Line"]) -> None:
    known = lines[0].decision if len(lines) == 1 else NONE
    remedying.plan(page, page.desk, [line.finding for line in lines], known)


def _settle(page: "FindingsPage", lines: list["Line"]) -> None:
    remedying.settle(page, page.desk, [line.finding for line in lines])


def _withdraw(page: "FindingsPage", lines: list["Line"]) -> None:
    remedying.withdraw(page.desk, [line.finding for line in lines])


def export(page: "FindingsPage") -> None:
    """Ask where to, and write the findings that are shown as 整改台账."""
    from xqhz_desktop.services.outgoing.ledger import LedgerLine, export_ledger
    from xqhz_desktop.ui.pages.findings import cells

    path, _ = QFileDialog.getSaveFileName(page, "导出", "整改台账.xlsx", "Excel 工作簿 (*.xlsx)")
    if not path:
        return
    file, desk = Path(path).with_suffix(".xlsx"), page.desk
    lines = []
    for line in page.model.lines:
        level, rule, _, period, register, what, message, _, article = cells(line)
        said = (level, rule, period, register, what, message, article)
        lines.append(LedgerLine(said, line.decision))
    desk.worker.compute(
        lambda _: export_ledger(desk.office, lines, file, desk.today),
        lambda rows: desk.said.emit(f"已导出 {rows:,} 行：{file.name}", "good", None),
        doing="正在导出",
    )
