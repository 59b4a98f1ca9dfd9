"""The main window: navigation, one page at a time, and files dropped anywhere on it."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.ui.busy import Busy
from xqhz_desktop.ui.desk import Desk, Files, Rows
from xqhz_desktop.ui.dialogs import agreed, bug_dialog
from xqhz_desktop.ui.drop import DropHint, dropped_paths
from xqhz_desktop.ui.guide import open_guide
from xqhz_desktop.ui.navigation import Navigation
from xqhz_desktop.ui.parts import Action, Blank, Notice, column, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.ui.page import Page

log = logging.getLogger(__name__)
FOLDS_UNDER = 1100
_BY_KEY = Qt.FocusReason.TabFocusReason
# Asked where the window is closed over work: question, what it means, the verb, the way to stay.
LEAVE_IMPORT = (
    "正在处理工作簿，现在关闭窗口吗？",
    "关闭会取消这次导入；没有写完的一行都不会留下。",
    "取消导入并关闭",
    "继续导入",
)
LEAVE_BACKUP = (
    "正在备份，现在就退出吗？",
    "这次备份不会留下；以前的备份都还在。",
    "不等备份，直接退出",
    "等备份做完",
)
# Where a register's rows are shown; the first register of a place is its first tab.
REGISTER_PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "firms": ("合作企业", ("firms", "agreements", "posts")),
    "placements": (
        "岗位实习",
        ("placements", "batches", "dues", "batch_firms", "batch_checks", "visits", "incidents"),
    ),
    "apprentices": (
        "学徒制",
        (
            "apprentices",
            "cohorts",
            "recruitments",
            "alternations",
            "mentorships",
            "reviews",
            "apprentice_events",
        ),
    ),
    "stints": ("教师企业实践", ("stints",)),
    "bookings": ("基地排期", ("bookings", "bases")),
    "more": (
        "更多台账",
        ("students", "teachers", "part_timers", "courses", "classes", "majors"),
    ),
}


class Window(QMainWindow):
    """Shows a waiting state until the records are open, then the pages as they are asked for."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker = worker
        self.desk: Desk | None = None
        self.pages: dict[str, Page] = {}
        self.place = ""
        # Asked before the window closes; True where it closes the window itself, later.
        self.before_leaving: Callable[[], bool] = lambda: False
        self.setWindowTitle("校企合作台账")
        self.setAcceptDrops(True)
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)
        self.navigation = Navigation()
        self.navigation.setEnabled(False)
        self.notice = Notice()
        self.banner = Notice(stays=True)  # as long as the records may only be looked at
        self.blank = Blank("正在打开台账", "马上就好。")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.blank)
        above = column(self.banner, self.notice)
        above.setContentsMargins(EDGE, 8, EDGE, 0)
        right = column(above, self.stack, gap=0)
        right.setStretch(1, 1)
        ground = QWidget()
        inside = row(self.navigation, right, gap=0)
        inside.setStretch(1, 1)
        ground.setLayout(inside)
        self.setCentralWidget(ground)
        self.drop_hint = DropHint(ground)
        self.busy = Busy(ground, worker)
        self.busy.stopped.connect(lambda: self.say("已取消，什么都没有改变。"))
        self._connect()

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go)
        self.worker.refused.connect(lambda error: self.say(error.message, "warn"))
        self.worker.broke.connect(self.tell_bug)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._lock)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._find)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(lambda: self.go("import"))
        QShortcut(QKeySequence("F6"), self).activated.connect(self._change_sides)
        for key, redo in (("Ctrl+Z", False), ("Ctrl+Y", True), ("Ctrl+Shift+Z", True)):
            made = QShortcut(QKeySequence(key), self)  # a line that is typed into comes first
            made.activated.connect(partial(self._undo, redo))
        helps = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
        helps.activated.connect(lambda: open_guide(self, self.place))

    def open_desk(self, desk: Desk, place: str = "start") -> None:
        """Take the opened office and show the workbench, or the place where one was."""
        self.desk = desk
        self.navigation.show()
        self.navigation.show_account(desk.office.who, desk.locking.emit)
        desk.wants.connect(self.go)
        desk.said.connect(self.say)
        desk.waiting_read.connect(lambda: self.navigation.count("waiting", desk.waiting_count()))
        desk.school_read.connect(self.navigation.show_school)
        self.navigation.setEnabled(True)
        desk.read_waiting()
        desk.read_school()
        self.go(place)

    def _find(self) -> None:
        if self.desk and self.navigation.isEnabled():
            from xqhz_desktop.ui.finding import FindDialog

            FindDialog(self, self.desk).open()

    def _change_sides(self) -> None:
        """From the page to the navigation, as out of a table where Tab moves; and back."""
        page, focus = self.stack.currentWidget(), self.focusWidget()
        if page and focus and self.navigation.isAncestorOf(focus):
            back = page.focusWidget() or page.nextInFocusChain()
            if back:
                back.setFocus(_BY_KEY)
        elif self.place:
            self.navigation.button(self.place).setFocus(_BY_KEY)

    def _undo(self, redo: bool) -> None:
        if self.desk and self.navigation.isEnabled():
            from xqhz_desktop.ui.pages.undoing import redo_last

            if redo:
                redo_last(self, self.desk)
            else:
                self.pages[self.place].step_back()

    def _lock(self) -> None:
        if self.desk:
            self.desk.locking.emit()

    def stand_before(self, widget: QWidget) -> None:
        """Show one thing alone, without the navigation: the door, or the first start."""
        self.navigation.setEnabled(False)
        self.navigation.hide()
        self.notice.hide()
        self.banner.hide()
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def fail(self, error: UserError, again: Callable[[], object], *ways: Action) -> None:
        """Say why the records cannot be opened, and offer to try again, or other ways."""
        leave: Action = ("退出", self.close)
        self.pause("台账没有打开", error.message, *ways, ("再试一次", again), leave)

    def pause(self, sentence: str, step: str, *actions: Action) -> None:
        """Show a waiting state in place of the pages, which stay as they are."""
        self.navigation.setEnabled(False)
        self.navigation.show()
        self.blank.say(sentence, step, *actions)
        self.stack.setCurrentIndex(0)

    def resume(self) -> None:
        """Show the page again that was shown before the pause."""
        self.navigation.setEnabled(True)
        if self.place in self.pages:
            self.stack.setCurrentWidget(self.pages[self.place])

    def close_desk(self) -> None:
        """Let go of the office and of all pages upon it; no work may be under way."""
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        if self.desk:
            self.desk.deleteLater()
        self.banner.hide()
        self.navigation.leave_account()
        self.desk, self.place = None, ""

    def go(self, place: str, what: object = None) -> None:
        """Go to a place; what is to be shown there decides where a register's rows are."""
        if self.desk is None:
            return
        if place == "register":
            register = what.register if isinstance(what, Rows) else what
            place = next(name for name, (_, all_) in REGISTER_PLACES.items() if register in all_)
        page = self.pages.get(place) or self._make(place, self.desk)
        self.place = place
        if self.notice.tone in ("", "good"):
            self.notice.hide()  # it has been read where it was said
        self.navigation.mark(place)
        self.stack.setCurrentWidget(page)
        if what is not None or place == "import":
            page.open(what)

    def _make(self, place: str, desk: Desk) -> "Page":
        from xqhz_desktop.ui.pages.all import page_of

        page = page_of(place, desk, REGISTER_PLACES)
        self.pages[place] = page
        self.stack.addWidget(page)
        return page

    def say(self, sentence: str, tone: str = "", action: Action | None = None) -> None:
        """Show one sentence above the page."""
        self.notice.say(sentence, tone, action)

    def tell_bug(self, details: str) -> None:
        """Our bug: one dialog that does not stop the work."""
        box = bug_dialog(self, details)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation in a narrow window."""
        super().resizeEvent(event)
        self.navigation.fold(self.width() < FOLDS_UNDER)
        self.drop_hint.cover()
        self.busy.settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to read files and folders that are dragged over the window."""
        paths = dropped_paths(event.mimeData())
        if paths and self.desk:
            self.drop_hint.offer(len(paths))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Plan the import of what was dropped."""
        self.drop_hint.hide()
        paths: tuple[Path, ...] = dropped_paths(event.mimeData())
        if paths and self.desk:
            event.acceptProposedAction()
            self.go("import", Files(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Writing under way is left only when the reader says so; nothing is written by half."""
        if self.desk and self.worker.changing:
            words = LEAVE_IMPORT if self.navigation.isEnabled() else LEAVE_BACKUP
            if not agreed(self, QMessageBox.Icon.Question, *words):
                event.ignore()
                return
        if self.desk and self.before_leaving():
            event.ignore()
            return
        event.accept()
