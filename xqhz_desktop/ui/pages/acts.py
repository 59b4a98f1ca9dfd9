"""What can be done with a register's rows beyond typing: under 更多, by a right click, by keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services.merging import Twins
from xqhz_desktop.ui.menus import MoreButton
from xqhz_desktop.ui.pages.deeds import Deeds
from xqhz_desktop.ui.pages.deleting import ask_to_delete
from xqhz_desktop.ui.pages.filling import FillDialog
from xqhz_desktop.ui.pages.merging import MergeDialog
from xqhz_desktop.ui.pages.splitting import SplitDialog
from xqhz_desktop.ui.pages.templating import save_template
from xqhz_desktop.ui.words import called

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.register import RegisterPage

_FILL = "批量修改所选行…\tCtrl+Shift+E"
_DELETE = "删除所选行…\tCtrl+-"
_SPLIT = "拆分下发…"
_TEMPLATE = "下载模板…"
_MERGE = "合并重复的企业…"
_PICK = "请先选中要处理的行，再做这一步。"


class Acts(QObject):
    """Acts on the rows that have a selected cell; dialogs ask before anything is done."""

    def __init__(self, page: "RegisterPage") -> None:
        super().__init__(page)
        self._page, self._desk, self._sheet = page, page.desk, page.sheet
        changes = ((_FILL, self.fill), (_DELETE, self.delete))
        others = ((_SPLIT, self.split), (_TEMPLATE, self.template), (_MERGE, self.merge))
        self.more = MoreButton(changes, others)
        self.deeds = Deeds(page)
        self.row_menu = QMenu(page.sheet)
        self.row_menu.setAccessibleName("所选的行")
        self.row_menu.addAction("打开记录\tEnter", self._open)
        for text, on in changes:
            self.row_menu.addAction(text, on)
        page.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        page.sheet.customContextMenuRequested.connect(self._ask)
        for keys, on in (("Ctrl+-", self.delete), ("Ctrl+Shift+E", self.fill)):
            shortcut = QShortcut(QKeySequence(keys), page.sheet)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(on)

    def show_register(self, register: str, *, editable: bool) -> None:
        """Offer what can be done in this register by whoever is at work."""
        for menu in (self.more.menu, self.row_menu):
            for action in menu.actions():
                if action.text() in (_FILL, _DELETE, _MERGE, _SPLIT):
                    action.setEnabled(editable)
        for text in (_SPLIT, _TEMPLATE):
            self.more.actions[text].setVisible(REGISTERS[register] in IMPORTED)
        self.more.actions[_MERGE].setVisible(register == "firms")
        self.deeds.show_register(register, editable=editable)

    def fill(self) -> None:
        """Set one field of the chosen rows."""
        if ids := self._chosen():
            FillDialog(self._page, self._desk, self._page.register, ids).open()

    def delete(self) -> None:
        """Delete the chosen rows, with what belongs to them."""
        if ids := self._chosen():
            ask_to_delete(self._page, self._desk, self._page.register, ids, self._name(ids[0]))

    def split(self) -> None:
        """Hand out the chosen rows, where several are; else all that are shown."""
        model, ids = self._page.model, self.selected()
        if len(ids) < 2:
            ids = [model.id_at(at) for at in range(model.records)]
        SplitDialog(self._page, self._desk, self._page.register, ids).open()

    def template(self) -> None:
        """Save the register's empty workbook."""
        save_template(self._page, self._desk, self._page.register)

    def merge(self) -> None:
        """Make the two chosen firms one; else all that may be one are offered."""
        ids = self.selected()
        pair = None
        if len(ids) == 2:
            first, second = ((one, self._name(one)) for one in ids)
            pair = Twins(first, second)
        MergeDialog(self._page, self._desk, pair).open()

    def selected(self) -> list[int]:
        """The records that have a selected cell, from the top."""
        model = self._page.model
        return [model.id_at(at) for at in self._sheet.selected_rows() if model.is_record(at)]

    def _chosen(self) -> list[int]:
        """The chosen records; where there are none, or none may be changed, that is said."""
        if not self._page.model.editable:
            self._desk.said.emit("现在只能查看，不能修改。", "warn", None)
            return []
        ids = self.selected()
        if not ids:
            self._desk.said.emit(_PICK, "", None)
        return ids

    def _name(self, record: int) -> str:
        model = self._page.model
        return called(model.values(model.place_of(record)))

    def _open(self) -> None:
        at = self._sheet.currentIndex()
        self._sheet.opened.emit(at.row(), at.column())

    def _ask(self, place: QPoint) -> None:
        """The menu stands where the row was clicked, or under the current cell by its key."""
        at = self._sheet.indexAt(place)
        chosen = self._sheet.selectionModel()
        if at.isValid() and not chosen.isSelected(at):
            self._sheet.setCurrentIndex(at)
        self.row_menu.popup(self._sheet.viewport().mapToGlobal(place))
