"""The question for the password, where the records are encrypted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from xqhz_desktop.ui.parts import button, column, label, paragraph, row


class UnlockDialog(QDialog):
    """Asks for the password or the recovery code, and hands it on once."""

    def __init__(self, parent: QWidget, sentence: str, give: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._give = give
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("密码或恢复码")
        self.field.setAccessibleName("密码或恢复码")
        self.field.textChanged.connect(self._allow)
        self.yes = button("打开台账", self._hand_on, primary=True)
        self.yes.setDefault(True)
        self.no = button("取消", self.reject)
        self.no.setAutoDefault(False)
        self._lay_out(sentence)
        self._allow("")

    def _lay_out(self, sentence: str) -> None:
        inside = column(
            label("请输入密码", 12, bold=True),
            paragraph(sentence),
            self.field,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)

    def _allow(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _hand_on(self) -> None:
        secret = self.field.text()
        self.field.clear()  # it stays in no widget
        self.accept()
        self._give(secret)


def ask_secret(parent: QWidget, sentence: str, give: Callable[[str], object]) -> UnlockDialog:
    """Ask above the window; what was typed goes to `give`, and nothing does on cancel."""
    dialog = UnlockDialog(parent, sentence, give)
    dialog.open()
    dialog.field.setFocus()
    return dialog
