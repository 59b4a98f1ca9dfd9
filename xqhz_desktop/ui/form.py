"""A record as a form: each field a line to write in, read and offered as in the table's cells."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.clipboard import parse
from xqhz_desktop.ui.cell_editor import Completer, Show
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.parts import column, label, paragraph, set_tone
from xqhz_desktop.ui.typed_table import INSIDE

Offers = Callable[[str, str, Show], object]  # field, what is typed so far, what shows the answer
Changes = dict[str, tuple[str, int | None]]  # by field: the text, and whom a chosen name means
_LISTED = (Kind.CHOICE, Kind.FLAG, Kind.LINK)
_ROOM = 48  # pixels under the field that is gone to: its reason stands there
_LABEL_WIDTH = 9  # Chinese characters
_KEYS = Qt.KeyboardModifier


class FormField(QLineEdit):
    """One field; what it may say is offered under it, and all of it by the arrow down."""

    stepped = Signal(int)  # on to the next field, or back
    written = Signal()  # typed, pasted or chosen
    copied = Signal()  # all of it, for a paste in the program
    undo_asked = Signal()  # nothing typed is left to take back

    def __init__(self, declared: Field, offers: Offers) -> None:
        super().__init__()
        self.setObjectName("field")
        self.declared = declared
        self.before = ""
        self._kept: tuple[str, int] | None = None  # whom a text was chosen to mean, once
        self._offers = offers
        self._completer = Completer(self)
        self.setCompleter(self._completer)
        self.textEdited.connect(self._ask)
        self.textEdited.connect(lambda _: self.written.emit())
        queued = Qt.ConnectionType.QueuedConnection  # the line has the chosen text by then
        self._completer.activated.connect(lambda _: self.written.emit(), queued)

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the record."""
        return self.text() != self.before

    @property
    def picked(self) -> int | None:
        """The record that was chosen among the offers; None where the text was only typed."""
        if self._kept and self._kept[0] == self.text():
            return self._kept[1]
        return self._completer.meant(self.text())

    def show_text(self, text: str) -> None:
        """Say what the record says."""
        self._put(text)
        self.before = self.text()  # a line holds 32,767 characters: what it cuts is no change
        self._kept = None

    def take_up(self, text: str, picked: int | None) -> None:
        """Say what was typed before, as yet not saved."""
        self._put(text)
        self._kept = None if picked is None else (text, picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Escape takes back what was typed; the rest is the line's."""
        if not self._acts(event):
            super().keyPressEvent(event)

    def _put(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def _ask(self, typed: str) -> None:
        self._offers(self.declared.name, typed, self._completer.offer)

    def _acts(self, event: QKeyEvent) -> bool:
        shift = event.modifiers() & _KEYS.ShiftModifier
        plain = not event.modifiers() & ~(_KEYS.ShiftModifier | _KEYS.KeypadModifier)
        offered = self._completer.popup()
        assert offered is not None
        if offered.isVisible():
            if offered.currentIndex().isValid() or event.key() == Qt.Key.Key_Escape:
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                offered.hide()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.stepped.emit(-1 if shift else 1)
        elif event.key() == Qt.Key.Key_Escape and self.is_changed and not self.isReadOnly():
            self._put(self.before)
            self.written.emit()
            offered.hide()
        elif event.key() == Qt.Key.Key_Down and plain and not offered.isVisible():
            return self._offer_all()
        else:
            return self._edits(event)
        return True

    def _edits(self, event: QKeyEvent) -> bool:
        """Undo, copy and paste where they are more than the line's own."""
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo) and not self.isUndoAvailable():
            self.undo_asked.emit()
        elif event.matches(keys.Copy) and not self.is_changed and self._is_all_selected():
            self.copied.emit()
        elif event.matches(keys.Paste) and not self.isReadOnly():
            return self._paste()
        else:
            return False
        return True

    def _is_all_selected(self) -> bool:
        return bool(self.text()) and self.selectedText() == self.text()

    def _paste(self) -> bool:
        """The true value of one copied cell, whatever was masked of it."""
        data = QGuiApplication.clipboard().mimeData()
        if not data.hasFormat(INSIDE):
            return False
        block = parse(bytes(data.data(INSIDE).data()).decode())
        self.insert(block[0][0] if block else "")
        self.written.emit()
        return True

    def _offer_all(self) -> bool:
        if self.declared.kind not in _LISTED or self.isReadOnly():
            return False
        self._ask("")
        return True


class RecordForm(QScrollArea):
    """The fields of one register under each other; what was typed waits until it is saved."""

    typed = Signal()
    copied = Signal(str)  # the field
    undo_asked = Signal()

    def __init__(self, offers: Offers) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("记录的内容")
        self._offers = offers
        self._register = ""
        self.fields: dict[str, FormField] = {}
        self._labels: dict[str, ElidedLabel] = {}
        self._reasons: dict[str, QLabel] = {}
        self._source = paragraph("", 9, "hint")
        self._settling = QTimer(self, singleShot=True)  # until all lines have their places
        self._settling.timeout.connect(self._keep_in_sight)

    def show_register(self, register: str, *, editable: bool) -> None:
        """Have the fields of this register; they are made once."""
        if register != self._register:
            self._register = register
            self._make()
        for field in self.fields.values():
            field.setReadOnly(not editable)

    def show_texts(
        self, texts: Mapping[str, str], source: str = "", required: Collection[str] = ()
    ) -> None:
        """Show a record, or with `required` fields the beginning of a new one."""
        for name, field in self.fields.items():
            field.show_text(texts.get(name, ""))
            needed = name in required
            self._labels[name].setText(field.declared.label + "＊" * needed)
            field.setPlaceholderText("必填" if needed else "" if required else "未填")
            said = f"{field.declared.label}（必填）" if needed else field.declared.label
            field.setAccessibleName(said)
        self._source.setText(f"来源：{source}" if source else "")
        self.mark({})

    def refresh(self, texts: Mapping[str, str]) -> None:
        """Show what the same record says now; what was typed and not saved stays."""
        for name, field in self.fields.items():
            if field.is_changed:
                field.before = texts.get(name, "")
            else:
                field.show_text(texts.get(name, ""))

    @property
    def texts(self) -> dict[str, str]:
        """What each field says, saved or not."""
        return {name: field.text() for name, field in self.fields.items()}

    @property
    def changes(self) -> Changes:
        """What was typed and is not saved."""
        return {
            name: (field.text(), field.picked)
            for name, field in self.fields.items()
            if field.is_changed
        }

    def take_up(self, changes: Mapping[str, tuple[str, int | None]]) -> None:
        """Have what was typed before in the fields again."""
        for name, (text, picked) in changes.items():
            if name in self.fields:
                self.fields[name].take_up(text, picked)
        self.typed.emit()

    def mark(self, reasons: Mapping[str, str]) -> None:
        """Mark refused fields, each with its reason; all others are well."""
        for name, field in self.fields.items():
            reason = reasons.get(name, "")
            self._reasons[name].setText(reason)
            self._reasons[name].setVisible(bool(reason))
            field.setAccessibleDescription(reason)
            if bool(reason) != (field.property("tone") == "bad"):
                set_tone(field, "bad" if reason else "")
        first = next((name for name in self.fields if name in reasons), "")
        if first:
            self.focus_on(first)

    def focus_on(self, name: str) -> None:
        """Go to a field; to the first where there is none of that name."""
        field = self.fields.get(name) or next(iter(self.fields.values()))
        field.setFocus()
        field.selectAll()
        self._settling.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field that is typed into stays in sight when the room gets less."""
        super().resizeEvent(event)
        self._settling.start()

    def _keep_in_sight(self) -> None:
        field, ground = self.focusWidget(), self.widget()
        if isinstance(field, FormField) and ground is not None:
            top = field.mapTo(ground, QPoint()).y()
            self.ensureVisible(0, top + field.height() + _ROOM, 0, 0)
            self.ensureVisible(0, top, 0, 0)

    def _make(self) -> None:
        self.fields, self._labels, self._reasons = {}, {}, {}
        grid = QGridLayout()
        grid.setContentsMargins(16, 4, 16, 16)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for at, declared in enumerate(tables.shown_fields(self._register)):
            self._add(grid, at, declared)
        self._source = paragraph("", 9, "hint")
        grid.addWidget(self._source, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(grid)
        self.setWidget(ground)

    def _add(self, grid: QGridLayout, at: int, declared: Field) -> None:
        field = FormField(declared, self._offers)
        name = ElidedLabel(9, "hint")
        name.setFixedWidth(name.fontMetrics().horizontalAdvance("字") * _LABEL_WIDTH)
        name.setBuddy(field)
        reason = label("", 9, tone="bad")
        reason.setWordWrap(True)
        reason.hide()
        field.written.connect(self.typed)
        field.stepped.connect(lambda step: self._step(declared.name, step))
        field.copied.connect(lambda: self.copied.emit(declared.name))
        field.undo_asked.connect(self.undo_asked)
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 6, 0, 0)
        grid.addLayout(column(field, reason, gap=2), at, 1)
        self.fields[declared.name] = field
        self._labels[declared.name], self._reasons[declared.name] = name, reason

    def _step(self, name: str, step: int) -> None:
        names = list(self.fields)
        at = names.index(name) + step
        if 0 <= at < len(names):
            self.focus_on(names[at])
