"""The question before an export: shortened numbers, or whole ones for a recorded purpose."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QRadioButton, QWidget

from xqhz_desktop.ui.parts import button, column, label, paragraph, row

Give = Callable[[str | None], object]  # the purpose; None keeps numbers shortened

RECORDED = "谁、何时、为什么导出，都会记进操作链；导出的文件请自己保管好。"
NOT_YOU = "您现在只能查看；要导出完整的号码，请让经办或管理员来做。"


class ExportDialog(QDialog):
    """Asks how numbers of persons leave the program; shortened unless a purpose is written."""

    def __init__(
        self, parent: QWidget, name: str, rows: int, give: Give, *, may_whole: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._give = give
        self.masked = QRadioButton("遮盖身份证号和电话")
        self.whole = QRadioButton("不遮盖")
        self.masked.setChecked(True)
        self.whole.setEnabled(may_whole)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("写明用途，如：为实习学生投保")
        self.reason.setAccessibleName("用途")
        self.reason.textChanged.connect(lambda _: self._may())
        self.whole.toggled.connect(self._choose)
        self.yes = button(f"导出 {rows:,} 行", self._hand_on, primary=True)
        self.yes.setDefault(True)
        self.no = button("不导出", self.reject)
        self.no.setAutoDefault(False)
        self._lay_out(f"导出“{name}”台账")
        self._may()

    def _lay_out(self, title: str) -> None:
        masked = column(paragraph("号码只留前后几位，适合转发和打印。", 9))
        recorded = paragraph(RECORDED if self.whole.isEnabled() else NOT_YOU, 9)
        whole = column(recorded, self.reason, gap=6)
        for part in (self.masked, self.whole):
            part.setAccessibleName(part.text())
        for inside in (masked, whole):
            inside.setContentsMargins(22, 0, 0, 0)  # under the words, not the circles
        lines = column(
            label(title, 12, bold=True),
            column(self.masked, masked, 4, self.whole, whole, gap=4),
            row(0, self.no, self.yes),
            gap=16,
        )
        lines.setContentsMargins(24, 20, 24, 20)
        self.setLayout(lines)

    def _choose(self, whole: bool) -> None:
        self._may()
        if whole:
            self.reason.setFocus()

    def _may(self) -> None:
        self.reason.setEnabled(self.whole.isChecked())
        missing = self.whole.isChecked() and not self.reason.text().strip()
        self.yes.setEnabled(not missing)
        self.yes.setToolTip("请先写明用途" if missing else "")

    def _hand_on(self) -> None:
        reason = self.reason.text().strip() if self.whole.isChecked() else None
        self.accept()
        self._give(reason)
