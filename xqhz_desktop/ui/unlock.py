"""The door: whose records are to be opened, and by what password; in place of the pages."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from xqhz_desktop.ui.parts import Card, button, column, label, paragraph, picture, row, set_tone

_WIDE = 420
_SECRET = "密码或恢复码"


def secret_field(hint: str) -> QLineEdit:
    """A field for a password; what is typed cannot be read over a shoulder."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText(hint)
    made.setAccessibleName(hint)
    return made


class Door(QWidget):
    """Asks who is at work, or for the password; what was typed is handed on once."""

    given = Signal(str, str)  # a name, where one was to be chosen; a secret, where one is needed

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self._secret_of: Mapping[str, bool] = {}
        self.title = label("", 14, bold=True)
        self.sentence = paragraph("")
        self.name = QComboBox()
        self.name.setAccessibleName("姓名")
        self.name.currentTextChanged.connect(lambda _: self._look())
        self.field = secret_field(_SECRET)
        self.field.textChanged.connect(lambda _: self._look())
        self.field.returnPressed.connect(self._hand_on)
        self.yes = button("打开台账", self._hand_on, primary=True)
        self.no = button("退出", leave)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = column(
            row(picture("lock", "accent", 20), self.title, 0, gap=10),
            self.sentence,
            self.name,
            self.field,
            4,
            row(self.no, 0, self.yes),
            gap=12,
        )
        card = Card("打开台账").fill(inside, 24)
        card.setFixedWidth(_WIDE)
        above = label("校企合作台账", 16, bold=True)
        stack = column(0, row(0, above, 0), 16, row(0, card, 0), 0, 0, gap=0)
        self.setLayout(stack)

    @property
    def text(self) -> str:
        """The title and the sentence as shown."""
        return f"{self.title.text()} {self.sentence.text()}"

    def ask(
        self,
        title: str,
        sentence: str,
        names: Mapping[str, bool] | None = None,
        chosen: str = "",
    ) -> None:
        """Ask anew: for one of the names (and whether that one has a password), else a secret."""
        self._secret_of = names or {}
        self.title.setText(title)
        self.name.clear()
        self.name.addItems(list(self._secret_of))
        self.name.setCurrentIndex(max(0, self.name.findText(chosen)))
        self.name.setVisible(bool(self._secret_of))
        self._say(sentence, "second")
        self.setEnabled(True)
        self._look()
        self._focus()

    def refuse(self, sentence: str) -> None:
        """Say what was wrong, and ask for the same again."""
        self._say(sentence, "bad")
        self.setEnabled(True)
        self._look()
        self._focus()

    def _say(self, sentence: str, tone: str) -> None:
        self.sentence.setText(sentence)
        set_tone(self.sentence, tone)
        self.sentence.setVisible(bool(sentence))
        self.field.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing may begin at once."""
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        asked = self.field if self._asks_secret() else self.name
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _asks_secret(self) -> bool:
        return not self._secret_of or self._secret_of.get(self.name.currentText(), False)

    def _look(self) -> None:
        secret = self._asks_secret()
        self.field.setVisible(secret)
        self.yes.setEnabled(not secret or bool(self.field.text().strip()))

    def _hand_on(self) -> None:
        if not self.yes.isEnabled():
            return
        secret = self.field.text()
        self.field.clear()  # it stays in no widget
        self.setEnabled(False)
        self.given.emit(self.name.currentText(), secret)


class UnlockDialog(QDialog):
    """Asks for the password or the recovery code of a file, and hands it on once."""

    def __init__(
        self, parent: QWidget, sentence: str, give: Callable[[str], object], verb: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDE)
        self._give = give
        self.field = secret_field(_SECRET)
        self.field.textChanged.connect(self._allow)
        self.yes = button(verb, self._hand_on, primary=True)
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


def ask_secret(
    parent: QWidget, sentence: str, give: Callable[[str], object], verb: str = "打开备份"
) -> UnlockDialog:
    """Ask above the window; what was typed goes to `give`, and nothing does on cancel."""
    dialog = UnlockDialog(parent, sentence, give, verb)
    dialog.open()
    dialog.field.setFocus()
    return dialog
