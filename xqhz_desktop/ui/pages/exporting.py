"""Exporting what is seen: which rows, how numbers of persons leave the program, and where to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.privacy.masking import is_personal
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button, column, label, paragraph, row

if TYPE_CHECKING:
    from xqhz_desktop.services.outgoing.export import Seen
    from xqhz_desktop.ui.pages.register import RegisterPage

MASKED = "号码只留前后几位，适合转发和打印。"
PUBLIC = "只留可以公开的列，没有身份证号、电话和地址，适合张贴和上网。"
RECORDED = "谁、何时、为什么导出，都会记进操作链；导出的文件请自己保管好。"
NOT_YOU = "您现在只能查看；要导出完整的号码，请让经办或管理员来做。"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to export, and how."""

    selected: bool = False  # only the selected rows
    public: bool = False  # as a list that may be made public
    reason: str | None = None  # what whole numbers are for; None keeps them shortened


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be exported of a register."""

    name: str
    shown: int  # rows
    selected: int  # rows; fewer than two are no choice
    personal: bool  # there are numbers of persons
    public: bool  # some of it may be made public
    may_whole: bool

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose."""
        return self.personal or self.public or self.selected > 1


Give = Callable[[Wish], object]


class ExportDialog(QDialog):
    """Asks what leaves; numbers of persons are shortened unless a purpose is written."""

    def __init__(self, parent: QWidget, offer: Offer, give: Give) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._offer, self._give = offer, give
        self.selected = QRadioButton(f"所选的 {offer.selected:,} 行")
        self.shown = QRadioButton(f"显示的全部 {offer.shown:,} 行")
        self.masked = QRadioButton("遮盖身份证号和电话")
        self.public = QRadioButton("公示名单")
        self.whole = QRadioButton("不遮盖")
        self.whole.setEnabled(offer.may_whole)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("写明用途，如：为实习学生投保")
        self.reason.setAccessibleName("用途")
        self.reason.textChanged.connect(lambda _: self._may())
        self.whole.toggled.connect(self._choose)
        self.yes = button("", self._hand_on, primary=True)
        self.yes.setDefault(True)
        self.no = button("不导出", self.reject)
        self.no.setAutoDefault(False)
        self._group(self.selected if offer.selected > 1 else self.shown, self.shown, self.selected)
        self._group(self.masked, self.masked, self.public, self.whole)
        self._lay_out()
        self._may()

    def _group(self, first: QRadioButton, *parts: QRadioButton) -> None:
        group = QButtonGroup(self)
        for part in parts:
            group.addButton(part)
            part.setAccessibleName(part.text())
            part.toggled.connect(lambda _: self._may())
        first.setChecked(True)

    def _lay_out(self) -> None:
        offer = self._offer
        lines = column(label(f"导出“{offer.name}”台账", 12, bold=True), gap=16)
        if offer.selected > 1:
            lines.addLayout(column(self.selected, self.shown, gap=4))
        if offer.personal or offer.public:
            lines.addLayout(self._kinds())
        lines.addStretch(1)
        lines.addLayout(row(0, self.no, self.yes))
        lines.setContentsMargins(24, 20, 24, 20)
        self.setLayout(lines)

    def _kinds(self) -> QVBoxLayout:
        """The ways in which numbers may leave, each with what it is good for."""
        recorded = RECORDED if self._offer.may_whole else NOT_YOU
        public = (self.public, _under(paragraph(PUBLIC, 9)), 4) if self._offer.public else ()
        whole = _under(paragraph(recorded, 9), self.reason)
        return column(
            *(self.masked, _under(paragraph(MASKED, 9)), 4), *public, self.whole, whole, gap=4
        )

    def _choose(self, whole: bool) -> None:
        self._may()
        if whole:
            self.reason.setFocus()

    def _may(self) -> None:
        self.reason.setEnabled(self.whole.isChecked())
        missing = self.whole.isChecked() and not self.reason.text().strip()
        self.yes.setEnabled(not missing)
        self.yes.setToolTip("请先写明用途" if missing else "")
        rows = self._offer.selected if self.selected.isChecked() else self._offer.shown
        self.yes.setText(f"导出 {rows:,} 行")

    def _hand_on(self) -> None:
        reason = self.reason.text().strip() if self.whole.isChecked() else None
        wish = Wish(self.selected.isChecked(), self.public.isChecked(), reason)
        self.accept()
        self._give(wish)


def _under(*parts: QWidget) -> QVBoxLayout:
    """Lines under the words of a choice, not under its circle."""
    lines = column(*parts, gap=6)
    lines.setContentsMargins(22, 0, 0, 0)
    return lines


def export_seen(page: "RegisterPage") -> None:
    """Export what the table shows: ask which rows and how, where there is a choice; then where."""
    from xqhz_desktop.services.outgoing.export import publishable

    model, office = page.model, page.desk.office
    ids = [model.id_at(at) for at in range(model.records)]
    chosen = [model.id_at(at) for at in page.sheet.selected_rows() if model.is_record(at)]
    fields = REGISTERS[page.register].stored()
    offer = Offer(
        REGISTERS[page.register].label,
        len(ids),
        len(chosen),
        any(map(is_personal, fields)),
        bool(publishable(page.register)),
        office.role is not Role.VIEWER,
    )
    columns = page.headings.names

    def give(wish: Wish) -> None:
        _export(page, wish, chosen if wish.selected else ids, columns)

    if offer.asks:
        ExportDialog(page, offer, give).open()
    else:
        give(Wish())


def _export(page: "RegisterPage", wish: Wish, ids: list[int], columns: tuple[str, ...]) -> None:
    """Ask where to, and write it."""
    from xqhz_desktop.services.outgoing.export import Seen

    label = REGISTERS[page.register].label
    called = f"{label}公示名单.xlsx" if wish.public else f"{label}.xlsx"
    path, _ = QFileDialog.getSaveFileName(page, "导出", called, "Excel 工作簿 (*.xlsx)")
    if not path:
        return
    file, register, desk = Path(path).with_suffix(".xlsx"), page.register, page.desk
    how = "" if wish.reason is None else "，未遮盖，已记录"
    work = desk.worker.compute if wish.reason is None else desk.worker.write  # that is recorded
    work(
        lambda task: _written(desk, register, file, wish, Seen(ids, columns), task),
        lambda rows: desk.said.emit(f"已导出 {rows:,} 行{how}：{file.name}", "good", None),
        doing=f"正在导出{label}",
    )


def _written(desk: Desk, register: str, file: Path, wish: Wish, seen: "Seen", task: Task) -> int:
    from xqhz_desktop.services.outgoing.export import export_register, publish_register

    if wish.public:
        return publish_register(desk.office, register, file, seen=seen, task=task)
    return export_register(
        desk.office, register, file, desk.today, reason=wish.reason, seen=seen, task=task
    )
