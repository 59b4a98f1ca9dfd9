"""The window's front door: paints first, then opens the records and ties the two together."""

import getpass
import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_OK, EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.log import kept_log, report
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.unlock import ask_secret
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.backups import Backup
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.restoring import Restored

log = logging.getLogger("xqhz")
_LOOK_MS = 60_000  # how often it is asked whether a backup is due


class Session:
    """One opening of the window on one data folder."""

    def __init__(self, folder: DataFolder, today: date) -> None:
        self.folder = folder
        self.today = today
        self.code = EXIT_OK
        self.office: Office | None = None
        self.worker = Worker()
        self.window = Window(self.worker)
        self.window.before_leaving = self._leave
        self._log = ExitStack()
        self._leaving = False
        self._restored: Restored | UserError | None = None
        self._clock = QTimer(self.window, interval=_LOOK_MS)
        self._clock.timeout.connect(self.back_up_if_due)

    def open(self) -> None:
        """Open the records on the writing thread; heavy libraries are imported there."""
        self.worker.write(self._open, self._opened, self._refused)

    def _open(self, _: Task) -> "Office":
        from xqhz_desktop.services.health import advised
        from xqhz_desktop.services.office import Office

        try:
            office = Office.open(self.folder, getpass.getuser(), datetime.now)
        except UserError as error:
            raise advised(error, self.folder) from error
        self._log.close()
        self._log.enter_context(kept_log(self.folder))
        return office

    def _opened(self, office: "Office") -> None:
        self.code, self.office = EXIT_OK, office
        desk = Desk(office, self.worker, self.today)
        desk.restoring.connect(self.restore)
        self.window.open_desk(desk)
        self._clock.start()
        self._tell_restored()
        self.worker.compute(lambda _: _look(office), self._tell_health)

    def _refused(self, error: UserError) -> None:
        self.code = error.code
        ways = [("从备份恢复", self._restore_newest)] if error.code == EXIT_DAMAGED else []
        self.window.fail(error, self.open, *ways)
        if error.code == EXIT_WRONG_KEY:
            ask_secret(self.window, error.message, self._unlock)

    def _unlock(self, secret: str) -> None:
        from xqhz_desktop.services.encryption import unlock

        self.window.blank.say("正在打开台账", "马上就好。")
        self.worker.write(lambda _: unlock(self.folder, secret), self._unlocked, self._refused)

    def _unlocked(self, folder: DataFolder) -> None:
        self.folder = folder
        self.open()

    def restore(self, source: Path) -> None:
        """Put a backup in the records' place and open them again, once nothing is under way."""
        if self.worker.writing:
            self.window.say("正在写入，请等它完成，或先取消，再恢复备份。", "warn")
            return
        self.window.pause("正在恢复备份", "先核对备份，再换上；现在的数据会整份留着。")
        self._clock.stop()
        self.worker.cancel()
        self._when_quiet(lambda: self._restore(source))

    def _restore(self, source: Path) -> None:
        office, self.office = self.office, None
        self.window.close_desk()

        def work(task: Task) -> "Office":
            if office is not None:
                office.close()
            self._restored = self._exchanged(source, task)
            return self._open(task)

        job = self.worker.write(work, self._opened, self._refused)
        job.broke.connect(lambda _: self.open())

    def _exchanged(self, source: Path, task: Task) -> "Restored | UserError":
        """What the restore did, or why it did not; the records are then as they were."""
        from xqhz_desktop.services.restoring import restore

        try:
            return restore(self.folder, getpass.getuser(), datetime.now, source, task)
        except UserError as error:
            return error

    def _restore_newest(self) -> None:
        """The way on from a damaged file: the newest backup that is whole."""
        from xqhz_desktop.services.backups import newest_good

        def chosen(best: "Backup | None") -> None:
            if best is None:
                self.window.say("没有完好的备份可以恢复。", "warn")
            else:
                self.restore(best.path)

        self.worker.read(lambda _: newest_good(self.folder), chosen)

    def _tell_restored(self) -> None:
        done, self._restored = self._restored, None
        if isinstance(done, UserError):
            self.window.say(done.message, "warn")
        elif done is not None:
            from xqhz_desktop.services.backups import counts

            before = "读不出" if done.before is None else counts(done.before)
            self.window.say(
                f"已恢复备份 {done.name}。恢复前：{before}；恢复后：{counts(done.after)}。"
                f"原来的数据留在 {done.aside}。",
                "good",
            )

    def _tell_health(self, said: tuple[str, str]) -> None:
        sentence, tone = said
        if sentence and not self.window.notice.text:
            way = ("备份与恢复", lambda: self.window.go("backups"))
            self.window.say(sentence, tone, way)

    def back_up_if_due(self) -> None:
        """Every half hour of work a backup, where anything changed; only a failure is told."""
        from xqhz_desktop.services.backups import back_up_if_due

        office = self.office
        if office is not None and not self.worker.writing:
            self.worker.write(lambda _: back_up_if_due(office), lambda _: None)

    def _leave(self) -> bool:
        """Before the window closes: back up what no backup has. Whether there is more to do."""
        if self.office is None or self._leaving:
            return False
        self._leaving = True
        self.window.pause("正在备份，随后退出", "没有改动时立即退出。")
        self._clock.stop()
        self.worker.cancel()
        self._when_quiet(self._back_up_and_leave)
        return True

    def _back_up_and_leave(self) -> None:
        from xqhz_desktop.services.backups import back_up_if_due

        office = self.office
        assert office is not None
        job = self.worker.write(
            lambda _: back_up_if_due(office, leaving=True),
            lambda _: self._go(),
            self._not_backed_up,
        )
        job.broke.connect(lambda _: self._go())

    def _go(self) -> None:
        QTimer.singleShot(0, self.window.close)  # when the job is over

    def _not_backed_up(self, error: UserError) -> None:
        asked = "退出前的备份没有做成，仍然退出吗？"
        icon = QMessageBox.Icon.Warning
        if agreed(self.window, icon, asked, error.message, "不备份，直接退出", "先不退出"):
            self._go()
            return
        self._leaving = False
        self._clock.start()
        self.window.resume()

    def _when_quiet(self, then: Callable[[], object]) -> None:
        """Go on when no work is under way, so that nothing reads what is being closed."""
        if self.worker.busy:
            QTimer.singleShot(20, lambda: self._when_quiet(then))
        else:
            then()

    def close(self) -> None:
        """Stop the threads and give the folder back."""
        self.worker.stop()
        if self.office is not None:
            self.office.close()
        self._log.close()


def _look(office: "Office") -> tuple[str, str]:
    """What is wrong with the records, else what is to be remembered of the second place."""
    from xqhz_desktop.services.health import look
    from xqhz_desktop.services.second_place import reminder

    health = look(office)
    if not health.sound:
        return health.sentence, "bad"
    return ("" if office.is_empty() else reminder(office.folder, office.now())), ""


def run(data_dir: Path | None = None, *, temporary: bool = False, dark: bool | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    The code is 0, or that of the UserError that kept the records closed.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("校企合作台账")
    theme.apply(app, dark=prefers_dark(app) if dark is None else dark)
    with ExitStack() as stack:
        session = Session(_folder(data_dir, temporary, stack), date.today())
        stack.callback(session.close)
        sys.excepthook = Hook(session.window)
        session.window.show()
        QTimer.singleShot(0, session.open)
        app.exec()
        return session.code


def prefers_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark windows."""
    from PySide6.QtCore import Qt

    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _folder(data_dir: Path | None, temporary: bool, stack: ExitStack) -> DataFolder:
    if temporary:
        made = TemporaryDirectory(prefix="xqhz-", ignore_cleanup_errors=True)
        return DataFolder(Path(stack.enter_context(made)))
    return DataFolder(data_dir) if data_dir else default_data_folder()


class Hook:
    """Logs what no code expected, and shows it in one dialog."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Called by Python for an exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.error("uncaught", exc_info=(kind, error, trace))
        self._window.tell_bug(report(error))
