"""The record panel of a register's page: a form, its links and history, and what is attached."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import drafts, tables
from xqhz_desktop.services.drafts import Form
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.entry.editing import Edit, Edited, set_cells
from xqhz_desktop.services.entry.entering import required
from xqhz_desktop.services.links import links
from xqhz_desktop.services.record_history import record_history
from xqhz_desktop.ui.cell_editor import Show
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.drop import dropped_paths
from xqhz_desktop.ui.form import RecordForm
from xqhz_desktop.ui.pages.attachments import AttachmentsBox
from xqhz_desktop.ui.pages.deleting import ask_to_delete
from xqhz_desktop.ui.pages.erasing import PERSONS, ask_to_erase
from xqhz_desktop.ui.pages.record_history import HistoryView
from xqhz_desktop.ui.pages.record_links import LinksView
from xqhz_desktop.ui.pages.saving import SaveBar
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.panel import RecordPanel
from xqhz_desktop.ui.parts import button

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.register import RegisterPage

_OFFERED = 10
_LINKS, _HISTORY = 1, 2  # tabs
_NEW = 1  # the number of the one new row


class RecordSide(RecordPanel):
    """One record to read and to change, or a new one; what is typed is a draft until it is saved.

    `record` is (register, id); new records have the numbers 0, -1, -2 … of their drafts.
    """

    moved = Signal(int)  # to the record before or after, once what was typed is saved
    made = Signal(int)  # a new record, by its id
    put_by = Signal()  # a half-typed form was left, or is one no more

    def __init__(self, page: "RegisterPage") -> None:
        self.form = RecordForm(self._offer)
        self.links = LinksView(page.desk)
        self.history = HistoryView(page.desk)
        super().__init__(
            [("内容", self.form), ("关联", self.links), ("历史", self.history)],
        )
        self._page, self._desk = page, page.desk
        self.record: tuple[str, int] | None = None
        self._saving = False
        self._touched = False  # something was typed since the form was shown
        self.drafting = Drafting(page.desk, self)
        self.attachments = AttachmentsBox(page.desk)
        self.delete = button("删除…", self._delete, link=True)
        self.erase = button("按要求删除个人信息…", self._erase, link=True)
        self.bar = SaveBar(self.delete, self.erase)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add_foot(self.attachments)
        self.add_foot(self.bar)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.form.typed.connect(self._typed)
        self.form.copied.connect(self._copy)
        self.form.undo_asked.connect(self._page.sheet.undo)
        self.turned.connect(self._turned)
        self.stepped.connect(self._step)
        self.closed.connect(self._put_by)
        self.bar.save.clicked.connect(lambda: self.save())
        self.bar.save_next.clicked.connect(lambda: self.save(self._begin_next))
        self.bar.give_up.clicked.connect(lambda: self._give_up())
        self.bar.register.clicked.connect(lambda: self.save(make_missing=True))
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            self.add_key(keys, self.save)
        self.add_key("Ctrl+Shift+Return", lambda: self.save(self._begin_next))

    # ------------------------------------------------------------ what is shown

    @property
    def is_new(self) -> bool:
        """Whether a new record is being typed."""
        return not self.isHidden() and self.record is not None and self.record[1] <= 0

    @property
    def shown(self) -> Form | None:
        """The form that is open."""
        return None if self.isHidden() or self.record is None else self._form()

    def show_one(
        self, register: str, record: int, name: str, texts: Mapping[str, str], source: str
    ) -> None:
        """Show a record of a register; what was typed into the same one and not saved stays."""
        if self.record == (register, record) and not self.isHidden():
            self.form.refresh(texts)
        else:
            self._put_by()
            self.record = (register, record)
            self.form.show_register(register, editable=self._page.model.editable)
            self.form.show_texts(texts, source)
            self._take_up()
        self.show_title(name)
        self._show_parts()
        self.attachments.show_for(register, record, self.title)
        self._look()

    def begin_new(self, form: Form) -> None:
        """Show an empty form, or what was typed before; the fields that it needs say so."""
        self._put_by()
        register = form.register
        self.record = (register, form.number)
        self.form.show_register(register, editable=True)
        self.form.show_texts({}, required=required(register))
        self.tabs.setCurrentIndex(0)
        self.show_title(f"新增{REGISTERS[register].label}")
        self._show_parts()
        self._take_up()
        self.form.focus_on("")

    def let_go(self) -> None:
        """The record left the table: close, unless something is typed and it is still there."""
        if self.is_new or self.isHidden():
            return
        if self.form.changes:
            self._read_again()
        else:
            self._close()

    def _close(self) -> None:
        """Close; who was typing here is at the table again."""
        focus = self.window().focusWidget()
        self.hide()
        if focus is not None and self.isAncestorOf(focus):
            self.closed.emit()

    def put_away(self) -> None:
        """Close; what is typed and not saved is a draft."""
        self.hide()
        self._put_by()

    def _take_up(self) -> None:
        """What was typed into this form before and not saved stands in it again."""
        form = self._form()
        typed = self.drafting.said(form, self._page.unfinished.draft_of(form))
        if typed:
            self.form.take_up(typed)
        self._touched = False

    def _show_parts(self) -> None:
        new, reading = self.is_new, self.tabs.currentIndex() > 0
        for part in (self.tabs, self.previous, self.next):
            part.setVisible(not new)
        self.attachments.setVisible(not new and not reading)
        self.bar.setVisible(self._page.model.editable and not reading)
        self.erase.setVisible(self._register in PERSONS)
        self.bar.show_state(len(self.form.changes), new=new)

    def _turned(self) -> None:
        self._show_parts()
        self._look()

    def _look(self) -> None:
        """Read what the tab shows that is open."""
        if self.record is None or self.record[1] <= 0:
            return
        (register, number), office, title = self.record, self._desk.office, self.title
        if self.tabs.currentIndex() == _LINKS:
            self._page.fetch(
                lambda _: links(office, register, number),
                lambda found: self.links.show_links(title, found),
                "links",
            )
        elif self.tabs.currentIndex() == _HISTORY:
            self._page.fetch(
                lambda _: record_history(office, register, number),
                self.history.show_events,
                "record_history",
            )

    @property
    def _register(self) -> str:
        assert self.record is not None
        return self.record[0]

    def _form(self) -> Form:
        assert self.record is not None
        return Form(drafts.RECORD, *self.record)

    # ------------------------------------------------------------ typing and saving

    def save(self, then: Callable[[], object] | None = None, *, make_missing: bool = False) -> None:
        """Write what was typed as one action; refused fields stay, red, with the reason.

        `then` follows where nothing was refused.
        """
        typed, record = self.form.changes, self.record
        if self._saving or record is None or not typed:
            return
        register, number = record
        edits = [
            Edit(number, name, text, 0, picked)
            if number > 0
            else Edit(None, name, text, _NEW, picked)
            for name, (text, picked) in typed.items()
        ]
        self._saving = True
        office = self._desk.office
        job = self._desk.worker.write(
            lambda _: set_cells(office, register, edits, make_missing=make_missing),
            lambda edited: self._saved(record, edited, then),
        )
        job.ended.connect(self._end_saving)

    def _end_saving(self) -> None:
        self._saving = False

    def _saved(
        self, record: tuple[str, int], edited: Edited, then: Callable[[], object] | None
    ) -> None:
        if self.record == record:
            refused = {one.field: one.reason for one in edited.problems}
            number = edited.made.get(_NEW, record[1])
            if number > 0:
                self._settle(number, refused)
            self.bar.offer([one.missing for one in edited.problems if one.missing])
            self.form.mark(refused)
            if number > 0 and not refused and then:
                then()
        self._tell(record, edited)
        self._desk.broadcast(edited.changes)

    def _settle(self, number: int, refused: Mapping[str, str]) -> None:
        """What was written is the record's now; only what was refused is still a draft."""
        before = self._form()
        for name, field in self.form.fields.items():
            if name not in refused:
                field.before = field.text()
        self._page.unfinished.forget(before)
        if before.number != number:
            self.drafting.drop(before)
            self.record = (self._register, number)
            self.made.emit(number)
        self._touched = bool(refused)
        self.drafting.put(self._form(), self.form.changes)
        self.drafting.flush(self.put_by.emit)
        self._show_parts()
        self._read_again()

    def _read_again(self) -> None:
        """Show the record as it is kept: what was typed may be written otherwise there."""
        assert self.record is not None
        record, office = self.record, self._desk.office

        def shown(found: list[dict[str, str]]) -> None:
            if self.record != record:
                return
            if found:
                self.form.refresh(found[0])
            else:  # deleted meanwhile: what was typed into it has no record
                self._give_up()
                self._close()

        register, number = record
        self._page.fetch(lambda _: tables.rows(office, register, [number]), shown, "record")

    def _tell(self, record: tuple[str, int], edited: Edited) -> None:
        if edited.warnings and not edited.problems:
            self._desk.said.emit(edited.warnings[0].reason, "warn", None)
        elif (action := edited.changes.action) is not None and record[1] <= 0:
            way = ("撤销", lambda: undo_action(self._desk, action))
            self._desk.said.emit(f"已新增{REGISTERS[record[0]].label}。", "good", way)

    def _typed(self) -> None:
        if self.record is not None:
            self._touched = True
            changes = self.form.changes
            self.drafting.put(self._form(), changes)
            self.bar.show_state(len(changes), new=self.is_new)

    def _put_by(self) -> None:
        """A half-typed form is left: it is a draft, and offered again."""
        if self.record is not None and self.form.changes:
            self._page.unfinished.remember(self._form(), self.form.changes, self.title)
            self.drafting.flush(self.put_by.emit)
        if self.isHidden():
            self.record = None
        self.bar.offer([])

    def _give_up(self) -> None:
        """Forget what was typed."""
        form = self._form()
        for field in self.form.fields.values():
            field.show_text(field.before)
        self.form.mark({})
        self.bar.offer([])
        self._page.unfinished.forget(form)
        self.drafting.drop(form, self.put_by.emit)
        self._touched = False
        self.bar.show_state(0, new=self.is_new)
        if form.number <= 0:
            self.leave()

    def _begin_next(self) -> None:
        self._page.begin_new()

    def _step(self, step: int) -> None:
        """What was typed just now is saved before the next record is shown."""
        if self._touched and self.form.changes and not self.is_new:
            self.save(lambda: self.moved.emit(step))
        elif not self.is_new:
            self.moved.emit(step)

    def _offer(self, field: str, typed: str, show: Show) -> None:
        office, register = self._desk.office, self._register
        self._desk.worker.read(lambda _: complete(office, register, field, typed, _OFFERED), show)

    def _copy(self, field: str) -> None:
        """Others get what is shown; a paste in the program gets the true value."""
        assert self.record is not None
        register, number = self.record
        office, shown = self._desk.office, self.form.fields[field].text()
        _, html = clipboard.copied([[shown]], [REGISTERS[register].field(field)])

        def put(found: list[list[str]]) -> None:
            self._page.sheet.put_on_clipboard(shown, html, clipboard.copied(found)[0])

        if number > 0:
            self._desk.worker.read(
                lambda _: clipboard.inside(office, register, [number], [field]), put
            )

    # ------------------------------------------------------------ parting, attaching

    def _erase(self) -> None:
        if self.record is not None:
            ask_to_erase(self, self._desk, *self.record)

    def _delete(self) -> None:
        if self.record is not None:
            register, record = self.record
            ask_to_delete(self, self._desk, register, [record], self.title)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files over the record are for it, not for an import."""
        if self.record is not None and self.record[1] > 0 and dropped_paths(event.mimeData()):
            self.attachments.offer(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self.attachments.offer(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask whether these are to be attached."""
        self.attachments.offer(False)
        event.acceptProposedAction()
        self.attachments.ask(dropped_paths(event.mimeData()))
