"""A small dialog that takes one line: a note, a purpose, a name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from xqhz_desktop.ui.parts import button, column, label, paragraph, row


class LineDialog(QDialog):
    """Asks for one line and hands it on when the verb is pressed; Escape leaves all as it is."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        more: tuple[str, ...],
        example: str,
        verb: str,
        stay: str,
        give: Callable[[str], object],
    ) -> None:
        """`example` stands in the empty field, which may stay empty."""
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.field = QLineEdit()
        self.field.setPlaceholderText(example)
        self.field.setAccessibleName(example.partition("，")[0])
        self.yes = button(verb, self.accept, primary=True)
        self.yes.setDefault(True)
        self.no = button(stay, self.reject)
        self.no.setAutoDefault(False)
        self.accepted.connect(lambda: give(self.field.text().strip()))
        inside = column(
            label(title, 12, bold=True),
            *(paragraph(one) for one in more),
            self.field,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.field.setFocus()
