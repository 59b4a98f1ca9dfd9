"""The panel in which a waiting row is corrected: checked as typed, taken over when it is right."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.base.errors import Problem
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import drafts
from xqhz_desktop.services.drafts import Form
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.privacy.masking import is_personal, masked
from xqhz_desktop.services.quarantine import WaitingRow
from xqhz_desktop.ui.cell_editor import Completer
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.parts import button, column, label, paragraph, row

if TYPE_CHECKING:
    from xqhz_desktop.services.correcting import Corrected, WaitingCell

_TYPING_MS = 300
_OFFERED = 10
_CODE_MAY_STAND = "uscc_check_digit"


class CorrectionPanel(QFrame):
    """One waiting row: its wrong cells first, each with the reason, then what else it says."""

    corrected = Signal(object)  # Changes

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("更正")
        self.setMinimumWidth(300)
        self._desk = desk
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._check)
        self._drafting = Drafting(desk, self)
        self._row: WaitingRow | None = None
        self._before: dict[str, str] = {}
        self.fields: dict[str, QLineEdit] = {}
        self._title = ElidedLabel(12, bold=True)
        self._area = QScrollArea()
        self._area.setAccessibleName("这一行的各格")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verdict = paragraph("", 9, tone="bad")
        self.note = QLineEdit()
        self.note.setPlaceholderText("核对过营业执照仍是这个代码，写明依据即可导入")
        self.note.setAccessibleName("代码校验不通过仍采用的依据")
        self.note.textChanged.connect(lambda _: self._typing.start())
        self.take = button("更正并导入", self._take, primary=True)
        self._lay_out()
        self.hide()

    def show_row(self, waiting: WaitingRow) -> None:
        """Show a row as it was written; what was typed into another is left."""
        from xqhz_desktop.services.correcting import cells_of

        self._row = waiting
        self._title.setText(f"{waiting.label} · {waiting.what}" if waiting.what else waiting.label)
        office, form = self._desk.office, self._form()
        self._desk.worker.read(
            lambda _: (cells_of(office, waiting.id), drafts.draft(office, form)),
            lambda found: self._show(*found),
        )

    @property
    def typed(self) -> dict[str, str]:
        """What was changed, by field."""
        return {
            name: field.text()
            for name, field in self.fields.items()
            if field.text() != self._before[name]
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the panel, Enter takes the row over when it is right."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take.isEnabled():
            self._take()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        heading = row(self._title, button("关闭", self.hide, link=True))
        heading.setStretchFactor(self._title, 1)
        heading.setContentsMargins(16, 8, 8, 0)
        foot = column(self.verdict, self.note, row(0, self.take), gap=8)
        foot.setContentsMargins(16, 8, 16, 12)
        inside = column(heading, self._area, foot, gap=4)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _form(self) -> Form:
        assert self._row is not None
        return Form(drafts.WAITING, self._row.register, self._row.id)

    def _typed(self) -> None:
        self._drafting.put(self._form(), self.typed)
        self._typing.start()

    def _show(self, cells: "Sequence[WaitingCell]", draft: Mapping[str, str]) -> None:
        self.fields, self._before = {}, {}
        self.note.clear()
        lines = column(gap=2)
        for cell in sorted(cells, key=lambda one: not one.reason):
            self._add(lines, cell)
        lines.addStretch(1)
        lines.setContentsMargins(16, 0, 16, 16)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(lines)
        self._area.setWidget(ground)
        self.show()
        self._judge([])
        self.take.setEnabled(False)
        if self.fields:
            next(iter(self.fields.values())).setFocus()
        self._take_up(self._drafting.said(self._form(), draft))

    def _take_up(self, draft: Mapping[str, str]) -> None:
        """What was typed before and not taken over stands in its fields again."""
        for name, text in draft.items():
            if name in self.fields and not self.fields[name].isReadOnly():
                self.fields[name].setText(text)
        if self.typed:
            self._typing.start()

    def _add(self, lines: QVBoxLayout, cell: "WaitingCell") -> None:
        """A cell to write in; whole numbers of others than the wrong cell are masked as ever."""
        text = cell.text
        declared = REGISTERS[self._register].field(cell.field)
        hidden = is_personal(declared) and not cell.reason and not self._desk.office.unmasked
        field = QLineEdit(masked(declared, text, self._desk.today) if hidden else text)
        field.setReadOnly(hidden)
        field.setAccessibleName(cell.label)
        field.textEdited.connect(lambda _: self._typed())
        self._complete(field, cell.field)
        lines.addWidget(label(cell.label, 9, tone="bad" if cell.reason else "hint"))
        lines.addWidget(field)
        if cell.reason:
            lines.addWidget(_reason(cell.reason))
        if cell.offered:
            lines.addWidget(
                self._offer(field, cell, masked(declared, cell.offered, self._desk.today))
            )
        lines.addSpacing(6)
        self.fields[cell.field] = field
        self._before[cell.field] = field.text()

    def _complete(self, field: QLineEdit, name: str) -> None:
        """Offer what the cell may say while it is typed, as a table does."""
        completer = Completer(field)
        queued = Qt.ConnectionType.QueuedConnection  # the field has the chosen text by then
        completer.activated.connect(lambda _: self._typed(), queued)
        field.setCompleter(completer)
        office, register = self._desk.office, self._register

        def ask(text: str) -> None:
            offer = completer.offer
            self._desk.worker.read(
                lambda _: complete(office, register, name, text, _OFFERED), offer
            )

        field.textEdited.connect(ask)

    def _offer(self, field: QLineEdit, cell: "WaitingCell", shown: str) -> QWidget:
        def fill() -> None:
            field.setText(cell.offered)
            self._typed()
            self._check()

        made = button(f"填入台账中已有的号码 {shown}", fill, link=True)
        made.setObjectName("offer")
        return made

    @property
    def _register(self) -> str:
        assert self._row is not None
        return self._row.register

    def _check(self) -> None:
        from xqhz_desktop.services.correcting import check

        if self._row is None:
            return
        office, number, typed = self._desk.office, self._row.id, self.typed
        self._desk.worker.read(lambda _: check(office, number, typed), self._judge)

    def _judge(self, problems: Sequence[Problem]) -> None:
        """Say what is still wrong; the row can be taken over when nothing is."""
        may_stand = [one for one in problems if one.reason == _CODE_MAY_STAND]
        standing = bool(self.note.text().strip()) and len(may_stand) == len(problems)
        self.verdict.setText("" if standing else "".join(one.message for one in problems))
        self.verdict.setVisible(bool(self.verdict.text()))
        self.note.setVisible(self._register == "firms" and self._code_fails())
        self.take.setEnabled(not problems or standing)

    def _code_fails(self) -> bool:
        return bool(self._row and self._row.reason == _CODE_MAY_STAND)

    def _take(self) -> None:
        from xqhz_desktop.services.correcting import correct

        assert self._row is not None
        office, number, typed, note = self._desk.office, self._row.id, self.typed, self.note.text()
        self.take.setEnabled(False)
        self._desk.worker.write(lambda _: correct(office, number, typed, note), self._taken)

    def _taken(self, done: "Corrected") -> None:
        if done.problems:
            self._judge(done.problems)
            return
        self._drafting.drop(self._form())
        self.hide()
        self.corrected.emit(done.changes)


def _reason(text: str) -> QLabel:
    made = paragraph(text, 9, tone="bad")
    made.setContentsMargins(0, 2, 0, 0)
    return made
