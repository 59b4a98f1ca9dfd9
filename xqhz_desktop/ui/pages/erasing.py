"""Erasing a person on request: the plan read, a reason given, the name typed; then done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QScrollArea, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.privacy import erasing
from xqhz_desktop.services.privacy.erasing import ErasurePlan
from xqhz_desktop.services.privacy.expiry import Expiry
from xqhz_desktop.ui.desk import Alone, Desk
from xqhz_desktop.ui.parts import button, column, label, line, paragraph, row

# Whose records are persons who may ask for it.
PERSONS = ("students", "teachers", "part_timers")
_HIGH = 260  # of the plan, in pixels, before it scrolls
_WIDE = 560


class ErasingDialog(QDialog):
    """Shows the whole plan; the verb can be pressed once a reason and the name are written."""

    def __init__(self, parent: QWidget, plan: ErasurePlan, give: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDE)
        self._plan, self._give = plan, give
        self.reason = _field("原因，如：家长书面要求", "原因")
        self.name = _field(f"输入姓名“{plan.name}”确认", "姓名")
        for field in (self.reason, self.name):
            field.textChanged.connect(lambda _: self._may())
        self.no = button("不删除", self.reject)
        self.no.setDefault(True)
        self.yes = button("永久删除", self._hand_on)
        self.yes.setProperty("danger", True)
        self.yes.setAutoDefault(False)
        self.plan = self._plan_area()
        self._lay_out()
        self._may()
        self.reason.setFocus()

    @property
    def texts(self) -> list[str]:
        """Every sentence of the plan shown."""
        return [one.text() for one in self.plan.findChildren(QLabel)]

    def _plan_area(self) -> QScrollArea:
        lines = column(*(paragraph(one) for one in self._plan.sentences()), gap=8)
        if self._plan.backups:
            lines.addWidget(label("备份过期的日子", bold=True))
            lines.addWidget(paragraph("\n".join(map(expiry_text, self._plan.backups)), 9))
        lines.addStretch(1)
        lines.setContentsMargins(12, 10, 12, 10)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(lines)
        area = QScrollArea()
        area.setObjectName("boxed")
        area.setAccessibleName("会删除什么")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        area.setFixedHeight(min(_HIGH, lines.heightForWidth(_WIDE - 64) + 4))
        return area

    def _lay_out(self) -> None:
        inside = column(
            label(f"永久删除“{self._plan.name}”的个人信息", 12, bold=True),
            paragraph("按本人或监护人的要求删除，做完以后谁也找不回来。"),
            self.plan,
            self.reason,
            paragraph("原因会一直留在操作链里，请不要写本人的姓名和号码。", 9),
            self.name,
            line(),
            row(0, self.no, self.yes),
            gap=10,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)

    def _may(self) -> None:
        named = self.name.text().strip() == self._plan.name
        self.yes.setEnabled(named and bool(self.reason.text().strip()))

    def _hand_on(self) -> None:
        reason = self.reason.text().strip()
        self.accept()
        self._give(reason)


def expiry_text(one: Expiry) -> str:
    """A backup and the day by which it will be gone."""
    return f"{one.made:%Y-%m-%d %H:%M} 的备份：{day_text(one.gone)}过期"


def ask_to_erase(parent: QWidget, desk: Desk, register: str, record: int) -> None:
    """Make the plan, show it, and do it once that was agreed to."""

    def ask(plan: ErasurePlan) -> None:
        ErasingDialog(parent, plan, lambda reason: _erase(desk, plan, reason)).open()

    desk.worker.read(lambda _: erasing.plan(desk.office, register, record), ask)


def _erase(desk: Desk, plan: ErasurePlan, reason: str) -> None:
    """Nobody else may read meanwhile: free pages and the log are cleaned, too."""

    def told(changes: Changes) -> None:
        count = sum(changes.registers.values())
        said = f"已永久删除，涉及 {count:,} 条记录。{_left(plan.backups)}"
        desk.said.emit(said, "good", None)
        desk.broadcast(changes)

    def refused(error: UserError) -> None:
        desk.said.emit(error.message, "warn", None)
        desk.read_waiting()

    desk.alone.emit(
        Alone(
            "正在永久删除",
            "连同历史和数据文件里的空页一起清理，请不要关机。",
            lambda _: erasing.erase(desk.office, plan, reason),
            told,
            refused,
        )
    )


def _left(backups: Sequence[Expiry]) -> str:
    """When the last backup will have gone, which is the first of the list."""
    if not backups:
        return "备份里也没有这个人。"
    return f"还有 {len(backups)} 份备份里有，最后一份到{day_text(backups[0].gone)}过期。"


def _field(example: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(example)
    made.setAccessibleName(name)
    return made
