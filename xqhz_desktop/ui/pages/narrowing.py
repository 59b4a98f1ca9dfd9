"""What a register's table is narrowed to: views, and filters that read as a sentence."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.filters import Choice, choices, phrase, sentence
from xqhz_desktop.services.narrowing import Filter
from xqhz_desktop.services.views import View
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.filtering import FilterWindow
from xqhz_desktop.ui.flow import Flow
from xqhz_desktop.ui.headings import Headings
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.viewing_as import ViewButton
from xqhz_desktop.ui.parts import button, label, row
from xqhz_desktop.ui.tokens import EDGE

_LONGEST = 360  # pixels of a chip
_RIGHT = Qt.TextElideMode.ElideRight


class Narrowing(QWidget):
    """The line above the table. It keeps the filters of each register; the page reads them."""

    changed = Signal()  # the filters are others now
    viewed = Signal(object)  # View: its order and columns are wanted; the filters stand already

    def __init__(self, page: Page, now: Callable[[], View], headings: Headings) -> None:
        """`now` is what is shown, to be saved as a view; under `headings` filters are set."""
        super().__init__()
        self.setAccessibleName("筛选条件")
        self._page, self._headings, self._desk = page, headings, page.desk
        self._register = ""
        self._all: dict[str, tuple[Filter, ...]] = {}
        self.views = ViewButton(page.desk, now, lambda: headings.own, self)
        self.views.chosen.connect(self._take_view)
        self.add = button("筛选", headings.ask_here)
        self.asking: FilterWindow | None = None  # the window of a filter, last opened
        self.add.setToolTip("筛选光标所在的列（Alt+↓）；在表头上点右键也可以。")
        self.chips: list[Chip] = []
        self.clear = button("全部清除", self._clear, link=True)
        self._flow = Flow(self)
        self._flow.setContentsMargins(EDGE, 4, EDGE, 6)
        for part in (self.views.button, self.add, self.clear):
            self._flow.addWidget(part)
        self.clear.setToolTip("去掉所有筛选条件（Ctrl+Shift+L）")
        headings.asked.connect(self.ask)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that hold for the register."""
        return self._all.get(self._register, ())

    def filter_of(self, field: str) -> Filter | None:
        """The filter that holds for a field."""
        return next((one for one in self.filters if one.field == field), None)

    def take(self, register: str) -> None:
        """Stand above another register, with the filters that it was left with."""
        self._register = register
        self.views.take(register)
        self._show()

    def drop(self) -> None:
        """Let go of the register's filters; whoever does it reads anew."""
        self._all.pop(self._register, None)
        self._show()

    def put(self, field: str, chosen: Filter | None) -> None:
        """Set the filter of a field in place of the one before; None takes it away."""
        kept = [one for one in self.filters if one.field != field]
        before = self.filter_of(field)
        at = self.filters.index(before) if before else len(kept)
        self._set((*kept[:at], *([chosen] if chosen else []), *kept[at:]))

    def ask(self, field: str) -> None:
        """Open the window of a field's filter under its heading."""
        office, register, filters = self._desk.office, self._register, self.filters
        self._page.fetch(
            lambda _: choices(office, register, field, filters),
            lambda found: self._open(register, field, found),
            "choices",
        )

    def look(self) -> None:
        """Say again which view is shown: the order or the columns are others now."""
        self.views.look()

    def _open(self, register: str, field: str, found: list[Choice]) -> None:
        if register != self._register or not self.isVisible():
            return
        declared, now = REGISTERS[register].field(field), self.filter_of(field)
        made = FilterWindow(self.window(), declared, found, now, self._desk.today)
        made.chosen.connect(lambda chosen: self.put(field, chosen))
        made.finished.connect(lambda _: self._headings.sheet.setFocus())
        made.open_at(self._headings.place_under(field))
        self.asking = made

    def _set(self, filters: tuple[Filter, ...]) -> None:
        self._all[self._register] = filters
        self._show()
        self.changed.emit()

    def _clear(self) -> None:
        self._set(())

    def _take_view(self, view: View) -> None:
        self._all[self._register] = view.filters
        self.viewed.emit(view)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """One chip for each filter, read from left to right as a sentence."""
        for old in self.chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._flow.removeWidget(self.clear)
        today = self._desk.today
        self.chips = [
            self._chip(("且" if at else "只看") + phrase(self._register, one, today), one)
            for at, one in enumerate(self.filters)
        ]
        self._headings.mark(
            {one.field: phrase(self._register, one, today) for one in self.filters if one.field}
        )
        for part in (*self.chips, self.clear):
            self._flow.addWidget(part)
            part.setVisible(bool(self.chips))
        said = sentence(self._register, self.filters, today) if self.chips else "没有"
        self.setAccessibleDescription(f"筛选条件：{said}")
        self.look()
        self.updateGeometry()

    def _chip(self, text: str, one: Filter) -> "Chip":
        change = (lambda: self.ask(one.field)) if one.field else None
        return Chip(text, change, lambda: self._remove(one))

    def _remove(self, one: Filter) -> None:
        self._set(tuple(other for other in self.filters if other is not one))
        self.add.setFocus()


class Chip(QFrame):
    """One filter as it is read; its words open it to be changed, its cross takes it away."""

    def __init__(
        self, text: str, change: Callable[[], object] | None, remove: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.text = text
        self.cross: QPushButton = button("", remove, link=True)
        self.cross.setIcon(icon("close", theme.tokens().accent))
        self.cross.setIconSize(QSize(12, 12))
        self.cross.setAccessibleName(f"去掉条件：{text}")
        self.cross.setToolTip("去掉这个条件")
        shown = self.fontMetrics().elidedText(text, _RIGHT, _LONGEST)
        self.words = button(shown, change, link=True) if change else label(shown, tone="accent")
        self.words.setAccessibleName(text)
        self.words.setToolTip(text)
        inside = row(self.words, self.cross, gap=2)
        inside.setContentsMargins(6, 1, 4, 1)
        self.setLayout(inside)
