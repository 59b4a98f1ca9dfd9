"""What a clerk began in a register and did not finish, offered again above its table."""

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
from xqhz_desktop.ui.parts import button, column, picture, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import called

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.register import RegisterPage

_SHOWN = 3  # drafts that are offered at once, the latest first


class Offers(QWidget):
    """One line for each draft, with the ways to go on and to let it be."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("没填完的内容")
        self._lines = column(gap=4)
        self._lines.setContentsMargins(EDGE, 4, EDGE, 8)
        self.setLayout(self._lines)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """The sentences that are seen."""
        return (
            []
            if self.isHidden()
            else [one.text() for one in self.findChildren(QLabel) if one.text()]
        )

    def clear(self) -> None:
        """Offer nothing."""
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
        self.show()


class Unfinished(QObject):
    """Keeps what is typed into the table's new rows, and offers the register's drafts."""

    def __init__(self, page: "RegisterPage") -> None:
        super().__init__(page)
        self._page, self._desk, self._panel = page, page.desk, page.panel
        self._drafting: Drafting = page.panel.drafting
        self.offers = Offers()
        page.panel.put_by.connect(self.look)

    def show_register(self, register: str) -> None:
        """Watch this register's table, and look what was begun in it before."""
        model, form = self._page.model, Form(drafts.ROWS, register)

        def put() -> None:
            if model is self._page.model:
                self._drafting.put(form, [[*cell, text] for cell, text in model.unsaved.items()])

        if model.editable:
            model.dataChanged.connect(lambda *_: put())
            model.modelReset.connect(put)
        self.offers.clear()
        self.look()

    def look(self) -> None:
        """Ask what was begun and not finished."""
        register = self._page.register
        self._page.fetch(lambda _: _read(self._desk, register), self._show, "unfinished")

    def _show(self, found: Sequence[tuple[Kept, str]]) -> None:
        self.offers.clear()
        wanted = [one for one in found if not self._is_open(one[0].form)]
        for kept, name in wanted[:_SHOWN]:
            said = _sentence(kept, name)
            self.offers.add(said, partial(self._go_on, kept), partial(self._drop, kept))

    def _is_open(self, form: Form) -> bool:
        if form.kind == drafts.ROWS:
            return bool(self._page.model.unsaved)
        return form == self._panel.shown

    def _go_on(self, kept: Kept) -> None:
        form = kept.form
        if form.kind == drafts.ROWS:
            self._page.stages.setCurrentIndex(0)
            self._page.model.take_up({(number, name): text for number, name, text in kept.content})
            self._page.sheet.setFocus()
            self.look()
        elif form.number:
            self._page.open_record(form.number, lambda: self._take_up(kept))
        else:
            self._page.begin_new(kept.content)
            self.look()

    def _take_up(self, kept: Kept) -> None:
        self._panel.form.take_up(kept.content)
        self._panel.form.focus_on(next(iter(kept.content)))
        self.look()

    def _drop(self, kept: Kept) -> None:
        self._drafting.drop(kept.form, self.look)


def _read(desk: Desk, register: str) -> list[tuple[Kept, str]]:
    """The drafts, each with what its record is called."""
    office = desk.office
    found = [one for one in drafts.drafts(office, register) if one.form.kind != drafts.WAITING]
    ids = [one.form.number for one in found if one.form.number]
    names = {number: called(texts) for number, texts in tables.by_id(office, register, ids)}
    return [(one, names.get(one.form.number, "")) for one in found]


def _sentence(kept: Kept, name: str) -> str:
    label, at = REGISTERS[kept.form.register].label, logged_text(kept.at)
    if kept.form.kind == drafts.ROWS:
        return f"表格里有 {len(kept.content)} 格没能保存的内容（{at}）。"
    if kept.form.number:
        return f"“{name or label}”有 {len(kept.content)} 项修改还没有保存（{at}）。"
    first = next((text for text, _ in kept.content.values() if text), "")
    said = f"“{first}”" if first and not first[-4:].isdigit() else ""
    return f"有一份没填完的{label}{said}（{at}）。"
