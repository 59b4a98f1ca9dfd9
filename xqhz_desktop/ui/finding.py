"""The box that finds everything (Ctrl+K): type, choose with the arrows, Enter opens."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.find import LIMIT, WAITING, Hit, catch_up, find
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.parts import column, label
from xqhz_desktop.ui.worker import Job

_HIT = int(Qt.ItemDataRole.UserRole)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FindDialog(QDialog):
    """What has every word that was typed, by register; rows that wait are marked and come last."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("查找")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
        self.field = QLineEdit()
        self.field.setPlaceholderText("姓名、拼音首字母、号码、企业、曾用名、备注……")
        self.field.setAccessibleName("查找")
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon("search", theme.tokens().hint), QLineEdit.ActionPosition.LeadingPosition
        )
        self.field.installEventFilter(self)
        self.hits = QListWidget()
        self.hits.setAccessibleName("查找结果")
        self.hits.itemActivated.connect(self._open)
        self.hits.itemClicked.connect(self._open)
        self.state = label("输入任何一部分都能查到，多个词用空格隔开。", 9, tone="second")
        inside = column(self.field, self.hits, self.state, gap=8)
        inside.setContentsMargins(16, 16, 16, 12)
        self.setLayout(inside)
        self._asked: Job | None = None  # what has not begun when more is typed is not done
        self.field.textChanged.connect(lambda _: self._find())
        self.field.setFocus()
        self._catch_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the words go on being typed; Enter opens."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._move(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if found := self.hits.currentItem():
                    self._open(found)
                return True
        return super().eventFilter(watched, event)

    def _move(self, event: QKeyEvent) -> None:
        """One line on, or a page; a heading is stepped over."""
        steps = {_MOVES[0]: -1, _MOVES[1]: 1, _MOVES[2]: -10, _MOVES[3]: 10}
        wanted = [at for at in range(self.hits.count()) if self._hit(at)]
        if not wanted:
            return
        now = self.hits.currentRow()
        at = wanted.index(now) if now in wanted else -1
        step = steps[Qt.Key(event.key())]
        self.hits.setCurrentRow(wanted[min(len(wanted) - 1, max(0, at + step))])

    def _hit(self, at: int) -> Hit | None:
        found: Hit | None = self.hits.item(at).data(_HIT)
        return found

    def _catch_up(self) -> None:
        """The index takes over what changed since; then what was typed is looked for again."""
        if not self._desk.office.looking:
            office = self._desk.office
            self._desk.worker.compute(lambda _: catch_up(office), lambda _: self._find())

    def _find(self) -> None:
        text, office = self.field.text(), self._desk.office
        if self._asked:
            self._asked.cancel()
        if not text.strip():
            self.hits.clear()
            return
        self._asked = self._desk.worker.read(
            lambda _: find(office, text), lambda hits: self._show(text, hits)
        )

    def _show(self, text: str, hits: Sequence[Hit]) -> None:
        if text != self.field.text():
            return  # more was typed meanwhile
        self.hits.clear()
        before = ""
        for hit in hits:
            if hit.register != before:
                before = hit.register
                self._add_heading("待更正" if before == WAITING else REGISTERS[before].label)
            item = QListWidgetItem(hit.text)
            item.setData(_HIT, hit)
            self.hits.addItem(item)
        if hits:
            self.hits.setCurrentRow(1)
        self.state.setText(_counted(len(hits)))

    def _add_heading(self, text: str) -> None:
        heading = QListWidgetItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(theme.font(9, bold=True))
        self.hits.addItem(heading)

    def _open(self, item: QListWidgetItem) -> None:
        hit: Hit | None = item.data(_HIT)
        if hit is None:
            return
        self.accept()
        if hit.register == WAITING:
            self._desk.go("waiting", hit.id)
        else:
            self._desk.go("register", Rows(hit.register, (hit.id,), f"查找“{self.field.text()}”"))


def _counted(found: int) -> str:
    if not found:
        return "没有找到，请换一个词。"
    return f"找到 {found:,} 条" if found < LIMIT else f"只列出 {found:,} 条，请再输入一些字。"
