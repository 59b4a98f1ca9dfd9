"""What is done about findings: a reason, a measure, a day on which they were put right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.services import remedies
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone

_UNREADABLE = "日期看不懂，请写成 2026-9-1 的样子。"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to be filled in: what it is called, an example, what it says at first."""

    name: str
    example: str
    said: str = ""


class RemedyDialog(QDialog):
    """Asks for a few lines about the chosen findings; what cannot be kept is said under them."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        more: str,
        asked: tuple[Asked, ...],
        give: Callable[[list[str]], object],
    ) -> None:
        """`give` is told the lines, in their order; it raises UserError for what is none."""
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._give = give
        self.fields = [_field(one) for one in asked]
        self.wrong = paragraph("", 9, "bad")
        self.yes = button("保存", self.accept, primary=True)
        self.yes.setDefault(True)
        self.no = button("不保存", self.reject)
        self.no.setAutoDefault(False)
        lines = (
            column(label(one.name, 9, tone="second"), field, gap=4)
            for one, field in zip(asked, self.fields, strict=True)
        )
        inside = column(
            label(title, 12, bold=True),
            paragraph(more, 9),
            *lines,
            self.wrong,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.wrong.hide()
        self.fields[0].setFocus()

    def accept(self) -> None:
        """Hand the lines on; stay where one of them cannot be read."""
        try:
            self._give([field.text().strip() for field in self.fields])
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            set_tone(self.wrong, "bad")
            self.fields[0].setFocus()
        else:
            super().accept()


def _field(one: Asked) -> QLineEdit:
    made = QLineEdit(one.said)
    made.setPlaceholderText(one.example)
    made.setAccessibleName(one.name)
    made.setMaxLength(remedies.LONGEST)
    return made


def explain(parent: QWidget, desk: Desk, findings: list[Finding]) -> None:
    """Ask why the rule does not hold for these findings, and keep it."""

    def give(lines: list[str]) -> None:
        reason = _needed(lines[0], "请写明为什么不按这条规则处理。")
        _write(desk, "已说明", lambda: remedies.explain(desk.office, findings, reason))

    RemedyDialog(
        parent,
        f"说明 {len(findings):,} 条检查结果",
        "写明为什么不按规则处理。检查结果和说明都保留，不再计入未整改。",
        (Asked("原因", "如：报备材料已由主管部门批准"),),
        give,
    ).open()


def plan(parent: QWidget, desk: Desk, findings: list[Finding], now: remedies.Decision) -> None:
    """Ask what is to be done about these findings, by whom and until when, and keep it."""

    def give(lines: list[str]) -> None:
        measure = _needed(lines[0], "请写明整改措施。")
        due = _day(desk, lines[2])
        write = lambda: remedies.plan(desk.office, findings, measure, lines[1], due)  # noqa: E731
        _write(desk, "已登记整改", write)

    RemedyDialog(
        parent,
        f"整改 {len(findings):,} 条检查结果",
        "写明怎么整改、由谁负责、何时完成；整改好以后再登记完成日期。",
        (
            Asked("整改措施", "如：补签三方协议", now.measure or ""),
            Asked("责任人", "可不填", now.responsible or ""),
            Asked("整改期限", "如 2026-9-30，可不填", str(now.due or "")),
        ),
        give,
    ).open()


def settle(parent: QWidget, desk: Desk, findings: list[Finding]) -> None:
    """Ask on which day these findings were put right, and keep it."""

    def give(lines: list[str]) -> None:
        day = _day(desk, _needed(lines[0], _UNREADABLE))
        assert day is not None
        if day > desk.today:
            raise UserError("整改完成日期不能晚于今天，请另填一天。")
        _write(desk, "已登记整改完成", lambda: remedies.settle(desk.office, findings, day))

    RemedyDialog(
        parent,
        f"{len(findings):,} 条检查结果整改完成",
        "只登记完成日期，不改动记录；记录本身请在台账里改正。",
        (Asked("完成日期", "如 2026-9-30", str(desk.today)),),
        give,
    ).open()


def withdraw(desk: Desk, findings: list[Finding]) -> None:
    """Forget what was decided about these findings; it can be taken back."""
    _write(desk, "已撤回说明与整改", lambda: remedies.withdraw(desk.office, findings))


def _needed(text: str, missing: str) -> str:
    if not text:
        raise UserError(missing)
    return text


def _day(desk: Desk, text: str) -> date | None:
    try:
        return read_date(text, year=desk.today.year)
    except ValueError:
        raise UserError(_UNREADABLE) from None


def _write(desk: Desk, said: str, verb: Callable[[], Changes]) -> None:
    def work(_: Task) -> Changes:
        return verb()

    def told(changes: Changes) -> None:
        count = sum(changes.registers.values())
        desk.said.emit(f"{said} {count:,} 条，可在“历史”页撤销。", "good", None)
        desk.broadcast(changes)

    desk.worker.write(work, told, doing="正在登记")
