"""What a clerk began in a register and did not finish, offered again above its table."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from xqhz_desktop.base.period import logged_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import drafts, tables
from xqhz_desktop.services.drafts import Form, Kept
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.form import Changes
from xqhz_desktop.ui.parts import button, column, picture, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import called

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.register import RegisterPage

Cells = dict[tuple[int, str], str]  # of the table: the row's number, the field
_NUMBER = re.compile(r"\d{4}")  # part of a person's number, perhaps
_LONGEST = 20  # characters of a draft's first text
_SHOWN = 3  # drafts that are offered at once, the latest first


class Offers(QWidget):
    """One line for each draft, with the ways to go on and to let it be."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("没填完的内容")
        self.texts: list[str] = []  # the sentences that are seen
        self._lines = column(gap=4)
        self._lines.setContentsMargins(EDGE, 4, EDGE, 8)
        self.setLayout(self._lines)
        self.hide()

    def clear(self) -> None:
        """Offer nothing."""
        self.texts = []
        while taken := self._lines.takeAt(0):
            if gone := taken.widget():
                gone.hide()
                gone.deleteLater()
        self.hide()

    def add(self, sentence: str, go_on: Callable[[], object], drop: Callable[[], object]) -> None:
        """Offer one draft."""
        frame = QFrame()
        frame.setObjectName("notice")
        said = QLabel(sentence)
        said.setWordWrap(True)
        inside = row(
            picture("hint", "accent"),
            said,
            button("继续填写", go_on, link=True),
            button("丢弃", drop, link=True),
        )
        inside.setStretch(1, 1)
        inside.setContentsMargins(12, 2, 8, 2)
        frame.setLayout(inside)
        self._lines.addWidget(frame)
        self.texts.append(sentence)
        self.show()


class Unfinished(QObject):
    """Keeps what is typed into the table and not recorded, and offers the register's drafts."""

    def __init__(self, page: "RegisterPage") -> None:
        super().__init__(page)
        self._page, self._desk, self._panel = page, page.desk, page.panel
        self._drafting: Drafting = page.panel.drafting
        self._found: dict[Form, tuple[Kept, str]] = {}
        self._left: Cells = {}  # of the table, offered and not taken up yet
        self.offers = Offers()
        page.panel.put_by.connect(self.look)

    def show_register(self, register: str) -> None:
        """Watch this register's table, and look what was begun in it before."""
        model, form, was_typed = self._page.model, Form(drafts.ROWS, register), False

        def put() -> None:
            nonlocal was_typed
            was_typed = was_typed or bool(model.unsaved)
            if was_typed and model is self._page.model:
                cells = {**model.unsaved, **_under(model.unsaved, self._left)}
                self._drafting.put(form, [[*cell, text] for cell, text in cells.items()])

        if model.editable:
            model.dataChanged.connect(lambda *_: put())
            model.modelReset.connect(put)
        self._found, self._left = {}, {}
        self.offers.clear()
        self._drafting.flush(self.look)

    def look(self) -> None:
        """Ask what was begun and not finished."""
        register = self._page.register
        self._page.fetch(lambda _: _read(self._desk, register), self._show, "unfinished")

    def draft_of(self, form: Form) -> Changes:
        """What was typed into a record's form and not saved."""
        return dict(self._found[form][0].content) if form in self._found else {}

    def remember(self, form: Form, typed: Changes, name: str) -> None:
        """The form is left half typed: known before it is read again."""
        at = self._desk.office.now().isoformat(timespec="seconds")
        self._found[form] = (Kept(form, at, typed), name)

    def forget(self, form: Form) -> None:
        """The form was saved or given up."""
        self._found.pop(form, None)

    def new_form(self, register: str) -> Form:
        """The form of a new record that no draft is of."""
        number = 0
        while Form(drafts.RECORD, register, number) in self._found:
            number -= 1
        return Form(drafts.RECORD, register, number)

    def _show(self, found: Sequence[tuple[Kept, str]]) -> None:
        self._found = {one[0].form: one for one in found}
        rows = self._found.pop(Form(drafts.ROWS, self._page.register), None)
        if rows is None or not self._page.model.unsaved:
            self._left = _cells(rows[0]) if rows else {}
        self.offers.clear()
        wanted = [one for one in self._found.values() if one[0].form != self._panel.shown]
        if rows and self._left:
            wanted.append(rows)
        for kept, name in wanted[:_SHOWN]:
            said = _sentence(kept, name)
            self.offers.add(said, partial(self._go_on, kept), partial(self._drop, kept))

    def _go_on(self, kept: Kept) -> None:
        form = kept.form
        if form.kind == drafts.ROWS:
            self._page.stages.setCurrentIndex(0)
            cells, self._left = _under(self._page.model.unsaved, self._left), {}
            self._page.model.take_up(cells)
            self._page.sheet.setFocus()
        elif form.number > 0:
            self._page.open_record(form.number, next(iter(kept.content)))
        else:
            self._page.begin_new(form)
        self.look()

    def _drop(self, kept: Kept) -> None:
        self.forget(kept.form)
        if kept.form.kind == drafts.ROWS and self._page.model.unsaved:
            self._left = {}
            self._page.model.take_up({})  # put by without what was let go
            self._drafting.flush(self.look)
        else:
            self._drafting.drop(kept.form, self.look)


def _cells(kept: Kept) -> Cells:
    return {(number, name): text for number, name, text in kept.content}


def _under(above: Cells, cells: Cells) -> Cells:
    """Cells of new rows, which have numbers below 0, under other new rows."""
    least = min((number for number, _ in above if number < 0), default=0)
    return {
        (number + least if number < 0 else number, name): text
        for (number, name), text in cells.items()
    }


def _read(desk: Desk, register: str) -> list[tuple[Kept, str]]:
    """The drafts, each with what its record is called."""
    office = desk.office
    found = [one for one in drafts.drafts(office, register) if one.form.kind != drafts.WAITING]
    ids = [one.form.number for one in found if one.form.number > 0]
    names = {number: called(texts) for number, texts in tables.by_id(office, register, ids)}
    return [(one, names.get(one.form.number, "")) for one in found]


def _sentence(kept: Kept, name: str) -> str:
    label, at = REGISTERS[kept.form.register].label, logged_text(kept.at)
    if kept.form.kind == drafts.ROWS:
        return f"表格里有 {len(kept.content)} 格没能保存的内容（{at}）。"
    if kept.form.number > 0:
        return f"“{name or label}”有 {len(kept.content)} 项修改还没有保存（{at}）。"
    texts = (text for text, _ in kept.content.values() if text and not _NUMBER.search(text))
    said = f"“{first[:_LONGEST]}”" if (first := next(texts, "")) else ""
    return f"有一份没填完的{label}{said}（{at}）。"
