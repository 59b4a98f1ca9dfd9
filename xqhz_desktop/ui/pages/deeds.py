"""What is done for many interns at once: the menu 操作, and the small dialog that asks for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.words import choices
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.internships.deeds import DEEDS, OUTCOMES, Deed
from xqhz_desktop.services.internships.doing import Done, Outlook, carry_out, preview
from xqhz_desktop.ui.asking import WritingDialog
from xqhz_desktop.ui.cell_editor import Completer
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.menus import MoreButton
from xqhz_desktop.ui.pages.due_list import DueListDialog
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.worker import Job

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.register import RegisterPage

_TYPING_MS = 250
_OFFERED = 10
_KEYS = "Alt+O"
_OVERVIEW = "批次概览"
_FILL_LIST = "从班级生成应实习名单…"
_PICK = "请先选中要处理的学生，再做这一步。"
# Days that are today's unless somebody says otherwise.
_TODAY = frozenset({"day", "agreement_date", "consent_date", "exempt_since", "outcome_date"})
_PLACES = frozenset({"placements", "batches", "dues", "batch_firms", "batch_checks"})


class Deeds(QObject):
    """The menu of a page of internships; each deed asks before it is done."""

    def __init__(self, page: "RegisterPage") -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        groups = [
            [(f"{deed.label}…", lambda name=deed.name: self.ask(name)) for deed in group]
            for group in (_of("dues"), _of("placements"))
        ]
        overview = [(_FILL_LIST, self.fill_list), (_OVERVIEW, lambda: self._desk.go("batch"))]
        self.menu = MoreButton(*groups, overview, text="操作", glyph="users")
        self.button = self.menu.button
        self.button.setToolTip(f"对选中的学生（{_KEYS}）")
        shortcut = QShortcut(QKeySequence(_KEYS), page)
        shortcut.activated.connect(self.button.click)

    def show_register(self, register: str, *, editable: bool) -> None:
        """Offer what can be done in this register; elsewhere there is no such menu."""
        self.button.setVisible(register in _PLACES)
        for deed in DEEDS.values():
            action = self.menu.actions[f"{deed.label}…"]
            action.setVisible(deed.register == register)
            action.setEnabled(editable)
        self.menu.actions[_FILL_LIST].setVisible(register in ("dues", "batches"))
        self.menu.actions[_FILL_LIST].setEnabled(editable)

    def ask(self, deed: str) -> None:
        """Ask what a deed needs to know, for the chosen rows."""
        ids = self._page.acts.selected()
        if ids:
            DeedDialog(self._page, self._desk, DEEDS[deed], ids).open()
        else:
            self._desk.said.emit(_PICK, "", None)

    def fill_list(self) -> None:
        """Put classes on the list of a batch: of the chosen one, where one is."""
        chosen = self._page.acts.selected() if self._page.register == "batches" else []
        DueListDialog(self._page, self._desk, chosen[0] if chosen else None).open()


def _of(register: str) -> list[Deed]:
    return [deed for deed in DEEDS.values() if deed.register == register]


class DeedDialog(WritingDialog):
    """Asks for days and reasons; says beforehand for how many it holds, and who is left out."""

    def __init__(self, parent: QWidget, desk: Desk, deed: Deed, ids: Sequence[int]) -> None:
        super().__init__(parent)
        self._desk, self._deed, self._ids = desk, deed, list(ids)
        self._job: Job | None = None  # the look at what it would do
        self._seen: tuple[dict[str, str], Outlook] | None = None
        self._left = False
        self.setWindowTitle(deed.label)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.fields = {one.name: self._field(one) for one in deed.asks}
        self.says = paragraph("", tone="second")
        self.refused = LinesModel(
            (Column("不能处理的人", 12), Column("原因", 44)), lambda one: (one.called, one.reason)
        )
        self.list = Sheet("不能处理的人", self.refused)
        self.list.verticalHeader().hide()
        self.list.setMinimumHeight(120)
        self.no = button("不处理", self.reject)
        self.no.setAutoDefault(False)
        self.yes = button(deed.verb, self._do, primary=True)
        self.yes.setDefault(True)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._look)
        self._lay_out()
        self._look()

    def _field(self, asked: Field) -> QLineEdit | QComboBox:
        """A line to write in with what is usual offered; a list where only its words fit."""
        words = choices(asked.words) if asked.kind is Kind.CHOICE else OUTCOMES
        if asked.kind is Kind.CHOICE or asked.name == "outcome":
            made = QComboBox()
            made.addItems(words)
            made.setEditable(asked.kind is not Kind.CHOICE)
            made.setCurrentIndex(0 if asked.name == "arrangement" else -1)
            made.currentTextChanged.connect(lambda _: self._changed())
            made.setAccessibleName(asked.label)
            return made
        line = QLineEdit()
        line.setAccessibleName(asked.label)
        line.setPlaceholderText(self._example(asked))
        if asked.name in _TODAY:
            line.setText(self._desk.today.isoformat())
        line.textChanged.connect(lambda _: self._changed())
        line.setCompleter(Completer(line))
        line.textEdited.connect(lambda text: self._offer(asked.name, line, text))
        return line

    def _example(self, asked: Field) -> str:
        if asked.name == "end":
            return "不填则为批次的结束日期"
        day = "如 2026-9-1" if asked.kind in (Kind.DATE, Kind.END_DATE) else ""
        return day or ("请填写" if asked.name in self._deed.needs else "可以不填")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        for asked in self._deed.asks:
            form.addRow(label(asked.label, tone="second"), self.fields[asked.name])
        inside = column(
            label(f"{self._deed.label} {len(self._ids):,} 人", 12, bold=True),
            form,
            self.says,
            self.list,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.list.hide()
        self.fields[self._deed.asks[0].name].setFocus()

    # ------------------------------------------------------------ what it would do

    def _texts(self) -> dict[str, str]:
        return {
            name: (one.text() if isinstance(one, QLineEdit) else one.currentText()).strip()
            for name, one in self.fields.items()
        }

    def _picked(self) -> dict[str, int]:
        """Whom a chosen name means."""
        found: dict[str, int] = {}
        for name, one in self.fields.items():
            completer = one.completer()
            if isinstance(completer, Completer) and isinstance(one, QLineEdit):
                meant = completer.meant(one.text())
                found |= {} if meant is None else {name: meant}
        return found

    def _offer(self, name: str, line: QLineEdit, text: str) -> None:
        register = next(
            (
                one
                for one in (self._deed.register, "placements")
                if name in {field.name for field in REGISTERS[one].stored()}
            ),
            None,
        )
        completer, office = line.completer(), self._desk.office
        if register and isinstance(completer, Completer):
            self._desk.worker.read(
                lambda _: complete(office, register, name, text, _OFFERED), completer.offer
            )

    def _changed(self) -> None:
        self._seen = None
        self._may()
        self._typing.start()

    def _look(self) -> None:
        """Ask what it would do; an older question is dropped."""
        office, deed, ids = self._desk.office, self._deed.name, self._ids
        texts, picked = self._texts(), self._picked()
        if self._job:
            self._job.cancel()

        def shown(found: Outlook) -> None:
            if not self._left and self._texts() == texts:
                self._seen = (texts, found)
                self._show(texts, found)

        self._job = self._desk.worker.compute(
            lambda _: preview(office, deed, ids, texts, picked), shown
        )
        self._job.ended.connect(self._forget)

    def _forget(self) -> None:
        self._job = None

    def done(self, result: int) -> None:
        """Leave; an answer that still comes is shown to nobody."""
        super().done(result)
        self._left = not self.isVisible()

    def _show(self, texts: dict[str, str], found: Outlook) -> None:
        if found.wrong:
            wrong = next((n for n in found.wrong if texts[n]), next(iter(found.wrong)))
            self._tell(found.wrong[wrong], tone="bad" if texts[wrong] else "second")
        else:
            said = f"{found.people:,} 人，其中 {found.changing:,} 人会改变"
            left = f"，{len(found.refused):,} 人不能处理" if found.refused else ""
            self._tell(f"{said}{left}。", found.refused)
        self._may()

    def _tell(self, said: str, refused: Sequence[object] = (), tone: str = "second") -> None:
        self.says.setText(said)
        set_tone(self.says, tone)
        self.refused.set_lines(refused)
        self.list.setVisible(bool(refused))
        self.adjustSize()

    def _may(self) -> None:
        """The button says for how many it is, and is dull as long as nothing would change."""
        changing = self._seen[1].changing if self._seen else 0
        self.yes.setText(f"{self._deed.verb} {changing:,} 人" if changing else self._deed.verb)
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(bool(changing))

    # ------------------------------------------------------------ doing it

    def _do(self) -> None:
        office, deed, ids = self._desk.office, self._deed.name, self._ids
        texts, picked = self._texts(), self._picked()
        self.yes.setEnabled(False)
        self.write(
            self._desk,
            lambda _: carry_out(office, deed, ids, texts, picked),
            self._done,
            self._failed,
            stopped=self._may,
            doing=f"正在{self._deed.label}",
        )

    def _failed(self, error: UserError) -> None:
        self._tell(error.message, tone="bad")

    def _done(self, done: Done) -> None:
        """Say what was done; where somebody was left out the dialog stays and names them."""
        action = done.changes.action
        self._desk.broadcast(done.changes)
        left = f"，{len(done.refused):,} 人没有处理。" if done.refused else "。"
        said = f"{self._deed.label}：已处理 {done.people:,} 人{left}"
        if action is not None:
            back = ("撤销", lambda: undo_action(self._desk, action))
            self._desk.said.emit(said, "warn" if done.refused else "good", back)
        if not done.refused:
            self.accept()
            return
        self._tell(said, done.refused, "bad")
        self.no.setText("关闭")
        self.no.setAccessibleName("关闭")
        self.no.setFocus()
