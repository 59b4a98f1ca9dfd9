"""Encryption on and off, and a new recovery code: what is asked before, and what is told after."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import Report
from xqhz_desktop.reports.recovery_sheet import Sheet, recovery_sheet
from xqhz_desktop.services.access import encryption, passwords
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.ui.desk import Alone, Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.pages.security_dialogs import PasswordDialog
from xqhz_desktop.ui.pages.security_parts import Security
from xqhz_desktop.ui.recovery import CodeDialog, CodePanel
from xqhz_desktop.ui.worker import Show


class Encrypting(QObject):
    """Works for the page of security, which tells it how things stand (`found`)."""

    changed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self.found: Security | None = None
        self._desk, self._page = desk, page

    def turn_on(self) -> None:
        """Ask for a password, then encrypt; a recovery code is made before where there is none."""
        found = self.found
        if found is None:
            return
        if not found.has_code:
            self._make_code(self._ask_password)
            return
        self._ask_password()

    def _ask_password(self) -> None:
        known = self.found is not None and self.found.own_password
        sentence = "以后打开台账要输入密码；正在用的电脑不用改什么，恢复码照样能打开。"
        words = ("启用加密", sentence, "启用加密")
        PasswordDialog(self._page, words, self._turn_on, present=known, new=not known).open()

    def _turn_on(self, present: str, new: str) -> None:
        office = self._desk.office

        def work(_: Task) -> tuple[str, list[str]]:
            saved = encryption.turn_on(office, present or new, lambda _: None)
            return saved, passwords.without_password(office)

        self._alone("正在加密", "做好并核对加密的副本，再换上；中断了也还是原样。", work, self._on)

    def _on(self, found: tuple[str, list[str]]) -> None:
        saved, shut_out = found
        said, tone = f"数据已加密，第一份加密备份已核对：{saved}。", "good"
        if shut_out:
            said = (
                f"数据已加密；还没有密码、打不开数据的用户：{'、'.join(shut_out)}，请给他们设密码。"
            )
            tone = "warn"
        self._told(said, tone)

    def turn_off(self) -> None:
        """Ask, then decrypt."""
        asked = "解除加密吗？"
        more = "解除后谁拿到数据文件都能看到全部身份证号和电话；加密的旧备份仍要用密码打开。"
        icon = QMessageBox.Icon.Warning
        if not agreed(self._page, icon, asked, more, "解除加密", "保持加密"):
            return
        office = self._desk.office

        def work(_: Task) -> None:
            encryption.turn_off(office)

        done = "已解除加密，现在谁拿到数据文件都能看。"
        self._alone("正在解除加密", "中断了也还是原样。", work, lambda _: self._told(done, "warn"))

    def _alone(self, sentence: str, step: str, work: Callable[[Task], object], done: Show) -> None:
        self._desk.alone.emit(Alone(sentence, step, work, done, self._refused))

    def _refused(self, error: UserError) -> None:
        self._told(error.message, "warn")

    def _told(self, sentence: str, tone: str) -> None:
        self._desk.said.emit(sentence, tone, None)
        self.changed.emit()

    def new_code(self) -> None:
        """Make a new recovery code; where there is one, it is asked whether that may go."""
        found = self.found
        if found is None:
            return
        asked = "更换恢复码吗？"
        more = (
            "原来的恢复码马上作废，以前的备份仍要用原来的打开；新的只显示一次，请备好纸笔或打印机。"
        )
        icon = QMessageBox.Icon.Question
        if not found.has_code or agreed(self._page, icon, asked, more, "更换恢复码", "不更换"):
            self._make_code(lambda: None)

    def _make_code(self, then: Callable[[], object]) -> None:
        office = self._desk.office

        def show(made: tuple[str, Sheet]) -> None:
            code, sheet = made
            title = "新的恢复码"
            sentence = "请现在抄下来或打印；关上这里就再也看不到了。"
            dialog = CodeDialog(self._page, title, sentence, CodePanel(code, lambda: _paper(sheet)))
            dialog.accepted.connect(then)
            dialog.open()
            self.changed.emit()

        self._desk.worker.write(lambda _: _made(office), show)


def _made(office: Office) -> tuple[str, Sheet]:
    """A new code and what stands on its page; for the writing thread. Raises UserError."""
    code = passwords.new_code(office)
    ring = encryption.kept_ring(office.folder)
    day = office.now().date()
    return code, Sheet(school_name(office), code, ring.id, day, office.who)


def _paper(sheet: Sheet) -> Report:
    return recovery_sheet(sheet)
