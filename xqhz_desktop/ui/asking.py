"""Dialogs that ask: one that takes a line, and the ground of those that write what was asked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.worker import Work


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


class WritingDialog(QDialog):
    """A dialog that writes: it stays until it is known what came of it, whatever key is pressed."""

    _writing = False

    def write(
        self,
        desk: Desk,
        work: Work,
        done: Callable[[Any], object],
        refused: Callable[[UserError], object],
        *,
        stopped: Callable[[], object],
        doing: str,
    ) -> None:
        """Do the work; `stopped` where it was cancelled, or our own bug stopped it."""

        def known(tell: Callable[..., object], *what: Any) -> None:
            self._writing = False
            tell(*what)

        self._writing = True
        job = desk.worker.write(work, partial(known, done), partial(known, refused), doing=doing)
        job.cancelled.connect(partial(known, stopped))
        job.broke.connect(lambda _: known(stopped))

    def done(self, result: int) -> None:
        """Leave, unless something is being written."""
        if not self._writing:
            super().done(result)
