"""One opening of the window on one data folder: opened, locked, looked at, restored, left."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_OK,
    UserError,
)
from xqhz_desktop.base.log import kept_log
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui.desk import Alone, Closed, Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.idle import Idle
from xqhz_desktop.ui.opening import Entry, Opening
from xqhz_desktop.ui.parts import Action
from xqhz_desktop.ui.restoring import Restoring
from xqhz_desktop.ui.standing import is_asked, lock_minutes, look_in, must_encrypt
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

_LOOK_MS = 60_000  # how often it is asked whether a backup is due
_BY_CODE = "您是用恢复码打开的，请现在设一个新密码。"


class Session:
    """One opening of the window on one data folder."""

    def __init__(self, folder: DataFolder, today: date) -> None:
        self.today = today
        self.temporary = False  # a folder that goes with the window needs no recovery code
        self.code = EXIT_OK
        self.office: Office | None = None
        self._closing: Office | None = None  # asked to be closed, and perhaps not yet
        self.worker = Worker()
        self.window = Window(self.worker)
        self.window.before_leaving = self._leave
        self.opening = Opening(self.window, self.worker, folder, today)
        self.restoring = Restoring(self.window, self.worker)
        self.idle = Idle(self.window)
        self.idle.waits = lambda: self.worker.writing
        self._log = ExitStack()
        self._looking = ExitStack()  # what an office that only looks stands upon
        self._leaving = self._shutting = False
        self._left = ("", "")  # who was at which place when it was locked
        self._to_tell: tuple[str, str] | None = None  # once the records are open again
        self._clock = QTimer(self.window, interval=_LOOK_MS)
        self._connect()

    def _connect(self) -> None:
        self.opening.opened.connect(self._opened)
        self.opening.refused.connect(self._refused)
        self.opening.waiting.connect(self._waits)
        self.restoring.ready.connect(self._restore)
        self.restoring.over.connect(self.opening.again)
        self.idle.idle.connect(self._lock_when_idle)
        self._clock.timeout.connect(self.back_up_if_due)

    @property
    def folder(self) -> DataFolder:
        """The data folder, with its key as long as it is open."""
        return self.office.folder if self.office else self.opening.folder

    def open(self) -> None:
        """Open the records on the writing thread; heavy libraries are imported there."""
        self.opening.again()

    def _waits(self, code: int) -> None:
        self.code = code

    def _opened(self, office: "Office") -> None:
        self.code, self.office = EXIT_OK, office
        self._log.close()
        self._log.enter_context(kept_log(self.opening.folder))
        desk = Desk(office, self.worker, self.today)
        desk.restoring.connect(self.restore)
        desk.alone.connect(self.alone)
        desk.closed.connect(self.closed)
        desk.locking.connect(self.lock)
        desk.reopening.connect(self.reopen)
        desk.lock_minutes.connect(self.idle.watch)
        (who, place), self._left = self._left, ("", "")
        self.window.open_desk(desk, place if who == office.who else "start")
        self._watch(office)

    def _watch(self, office: "Office") -> None:
        """What goes on beside the work as long as the records are open."""
        self.worker.read(lambda _: lock_minutes(office), self.idle.watch)
        if office.looking:
            return
        self._clock.start()
        self._tell_opened()
        passing = self.temporary
        self.worker.compute(lambda _: look_in(office, temporary=passing), self._tell_health)

    def _refused(self, error: UserError) -> None:
        self.code = error.code
        self.window.fail(error, self.open, *self._ways_on(error))

    def _ways_on(self, error: UserError) -> list[Action]:
        """What else than trying again helps against a refusal."""
        folder = self.opening.folder
        if error.code == EXIT_DAMAGED:
            return [("从备份恢复", self._restore_newest)]
        if error.code == EXIT_LOCKED and self.opening.entry:
            return [("只看不改", self.look)]
        if error.code == EXIT_NO_SPACE and folder.chosen and not folder.root.is_dir():
            return [("另选数据文件夹", self.opening.elsewhere)]
        if error.code == EXIT_NOT_PERMITTED and self.opening.entry and must_encrypt(folder):
            return [("设密码并加密", self._encrypt)]
        return []

    def _encrypt(self) -> None:
        from xqhz_desktop.services.access.passwords import has_password
        from xqhz_desktop.ui.pages.security_dialogs import PasswordDialog

        known = has_password(self.opening.folder, self.opening.who)
        words = ("设密码并加密", "以后打开台账要输入这个密码。", "加密并打开")

        def give(present: str, new: str) -> None:
            self.window.pause("正在加密", "做好并核对加密的副本，再换上。")
            self.opening.encrypt(present or new)

        PasswordDialog(self.window, words, give, present=known, new=not known).open()

    def _tell_opened(self) -> None:
        entry = self.opening.entry
        said, self._to_tell = self.restoring.told() or self._to_tell, None
        brought, self.opening.told = self.opening.told, ""
        if said:
            self.window.say(*said)
        elif brought:
            self.window.say(brought, "good")
        elif entry and entry.by_code:
            self.window.say(_BY_CODE, "warn", ("去设密码", lambda: self.window.go("security")))

    def _tell_health(self, said: tuple[str, str, str]) -> None:
        sentence, tone, place = said
        if sentence and not self.window.notice.text:
            words = {"backups": "备份与恢复", "history": "历史", "security": "安全与用户"}[place]
            self.window.say(sentence, tone, (words, lambda: self.window.go(place)))

    # ------------------------------------------------------------ looking

    def look(self) -> None:
        """Show what another has open, without changing anything."""
        entry = self.opening.entry
        assert entry is not None
        self.window.pause("正在打开台账", "只看不改。")
        self.worker.write(lambda _: self._look_in(entry), self._looked, self._refused)

    def _look_in(self, entry: Entry) -> "tuple[Office, str]":
        from xqhz_desktop.services.safety import viewing

        said = viewing.seen(entry.folder)
        shown = viewing.looking(entry.folder, entry.who, datetime.now)
        return self._looking.enter_context(shown), said

    def _looked(self, found: "tuple[Office, str]") -> None:
        office, said = found
        self._opened(office)
        again = ("改为打开", self.reopen)
        self.window.banner.say(said, "warn", again)

    # ------------------------------------------------------------ shutting and locking

    def reopen(self) -> None:
        """Close the records and open them anew, once what was asked for is written."""
        if self.office and not self._shutting:
            self._shutting = True
            self._left = ("", "")
            quiet = lambda: not self.worker.writing  # noqa: E731
            self._when(quiet, lambda: self._shut("正在重新打开", self.open))

    def lock(self) -> None:
        """Close the records and ask for the password, once nothing is being written."""
        office = self.office
        if office is None or self._shutting or self._leaving:
            return
        if not is_asked(office):
            way = ("去设密码", lambda: self.window.go("security"))
            self.window.say("您还没有密码，锁定挡不住人；请先设密码或启用加密。", "warn", way)
            return
        self._shutting = True
        if self.worker.writing:
            self.window.say("正在写入，完成后自动锁定。")
        self._when(lambda: not self.worker.writing, self._lock)

    def _lock_when_idle(self) -> None:
        office = self.office
        if office and not self.worker.writing and is_asked(office):
            self.lock()

    def _lock(self) -> None:
        """What stands above the window goes first: a dialog that is left does nothing."""
        above = self._above()
        for one in above:
            if isinstance(one, QDialog):
                one.done(QDialog.DialogCode.Rejected)
            else:
                one.close()
        if above:
            QTimer.singleShot(0, self._lock)
            return
        office = self.office
        assert office is not None
        self._left = (office.who, self.window.place)
        self._shut("正在锁定", lambda: self.opening.begin_locked(office.who))

    def _above(self) -> list[QWidget]:
        """Dialogs, menus and windows beside the main one that are seen."""
        inside = self.window.findChildren(QWidget)
        found = [one for one in inside if one.isWindow() and one.isVisible()]
        modal = QApplication.activeModalWidget()
        return found if modal is None or modal in found else [*found, modal]

    def _shut(self, sentence: str, then: Callable[[], object], step: str = "马上就好。") -> None:
        """Close the records, with a backup of what no backup has; then go on."""
        self._shutting = True
        self._be_alone(sentence, step)
        self._when(lambda: not self.worker.busy, lambda: self._close_office(then))

    def _close_office(self, then: Callable[[], object]) -> None:
        office, self.office = self.office, None
        assert office is not None
        self._closing = office
        self.opening.stay(office)
        self.window.close_desk()

        def closed(unsaved: str) -> None:
            self._closing = None
            self._to_tell = (unsaved, "warn") if unsaved else None
            self._shutting = False
            then()

        self.worker.write(lambda _: self._closed(office), closed)

    def _closed(self, office: "Office") -> str:
        """Why what was done has no backup; empty where it has one."""
        from xqhz_desktop.services.safety.backups import back_up_if_due

        try:
            if not office.looking:
                back_up_if_due(office, leaving=True)
            return ""
        except UserError as error:
            return error.message
        finally:
            office.close()
            self._looking.close()

    def alone(self, asked: Alone) -> None:
        """Do work during which nobody else reads or writes, then show the page again."""
        if self.worker.writing:
            self.window.say("正在写入，请等它完成再做这一步。", "warn")
            return
        self._be_alone(asked.sentence, asked.step)
        self._when(lambda: not self.worker.busy, lambda: self._do_alone(asked))

    def _do_alone(self, asked: Alone) -> None:
        job = self.worker.write(asked.work, asked.done, asked.refused)
        job.ended.connect(self._not_alone)

    def closed(self, asked: Closed) -> None:
        """Do work on the closed records, then open them again and tell what was done."""
        if self.worker.writing or self._shutting:
            self.window.say("正在写入，请等它完成再做这一步。", "warn")
        else:
            self._shut(asked.sentence, lambda: self._do_closed(asked), asked.step)

    def _do_closed(self, asked: Closed) -> None:
        folder, who = self.opening.folder, self.opening.who

        def done(said: str) -> None:
            self._to_tell = (said, "good") if said else self._to_tell

        def refused(error: UserError) -> None:
            self._to_tell = (error.message, "warn")

        job = self.worker.write(lambda task: asked.work(folder, who, task), done, refused)
        job.ended.connect(self.opening.again)

    def _be_alone(self, sentence: str, step: str) -> None:
        self.window.pause(sentence, step)
        self._clock.stop()
        self.idle.rest()
        self.worker.cancel()
        if self.window.desk:
            self.window.desk.leaving.emit()

    def _not_alone(self) -> None:
        self._clock.start()
        self.idle.watch(self.idle.minutes)
        self.window.resume()

    # ------------------------------------------------------------ backups

    def restore(self, source: Path) -> None:
        """Put a backup in the records' place and open them again, once nothing is under way."""
        if self.worker.writing:
            self.window.say("正在写入，请等它完成，或先取消，再恢复备份。", "warn")
        else:
            self.restoring.begin(self.folder, source)

    def _restore(self, source: Path) -> None:
        self._be_alone("正在恢复备份", "先核对备份，再换上；现在的数据会整份留着。")
        self._when(lambda: not self.worker.busy, lambda: self._exchange(source))

    def _exchange(self, source: Path) -> None:
        office, self.office = self.office, None
        if office is not None:
            self.opening.stay(office)
        self.window.close_desk()
        self.restoring.exchange(source, self.opening.folder, self.opening.who, office)

    def _restore_newest(self) -> None:
        """The way on from a damaged file: the newest backup that is whole."""
        from xqhz_desktop.services.safety.backups import Backup, newest_good

        def chosen(best: Backup | None) -> None:
            if best is None:
                self.window.say("没有完好的备份可以恢复。", "warn")
            else:
                self.restore(best.path)

        self.worker.read(lambda _: newest_good(self.folder), chosen)

    def back_up_if_due(self) -> None:
        """Every half hour of work a backup, where anything changed; only a failure is told."""
        from xqhz_desktop.services.safety.backups import back_up_if_due

        office = self.office
        if office is not None and not self.worker.writing:
            self.worker.write(lambda _: back_up_if_due(office), lambda _: None)

    def _leave(self) -> bool:
        """Before the window closes: back up what no backup has. Whether there is more to do."""
        if self.office is None or self.office.looking or self._leaving:
            return False
        self._leaving = True
        self._be_alone("正在备份，随后退出", "没有改动时立即退出。")
        self._when(lambda: not self.worker.busy, self._back_up_and_leave)
        return True

    def _back_up_and_leave(self) -> None:
        from xqhz_desktop.services.safety.backups import back_up_if_due

        office = self.office
        if office is None:  # locked while the last work came to its end: that was backed up then
            self._go()
            return
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
        self._not_alone()

    def _when(self, quiet: Callable[[], bool], then: Callable[[], object]) -> None:
        """Go on when no such work is under way, so that nothing reads what is being closed."""
        if quiet():
            then()
        else:
            QTimer.singleShot(20, lambda: self._when(quiet, then))

    def close(self) -> None:
        """Stop the threads and give the folder back."""
        self.worker.stop()
        for office in (self.office, self._closing):
            if office is not None:
                office.close()
        self._looking.close()
        self._log.close()
