"""A backup takes the records' place: its password is asked for first, then the files change."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.base.errors import EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui.unlock import ask_secret
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.access.encryption import Access
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.safety.restoring import Restored

_ASKED = "这份备份是加密的，请输入做它时的密码，或恢复码。"


class _SecretNeeded(Exception):
    """The backup does not open by what is known."""


class Restoring(QObject):
    """Restores one backup at a time; what it did is told when the records are open again."""

    ready = Signal(object)  # Path: a backup that opens; the records may be closed for it
    over = Signal()  # done, or not: the records may be opened again

    def __init__(self, window: Window, worker: Worker) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        self._access: Access | None = None
        self._restored: Restored | UserError | None = None

    def begin(self, folder: DataFolder, source: Path) -> None:
        """Find out whether the backup opens, and ask for what opens it where it does not."""

        def found(access: "Access | None") -> None:
            if access is None:
                self._ask(folder, source, _ASKED)
            else:
                self._go_on(source, access)

        self._worker.read(lambda _: _access(folder, source), found)

    def _ask(self, folder: DataFolder, source: Path, sentence: str) -> None:
        ask_secret(self._window, sentence, lambda secret: self._try(folder, source, secret))

    def _try(self, folder: DataFolder, source: Path, secret: str) -> None:
        def refused(error: UserError) -> None:
            if error.code == EXIT_WRONG_KEY:
                self._ask(folder, source, error.message)
            else:
                self._window.say(error.message, "warn")

        self._worker.read(
            lambda _: _access(folder, source, secret),
            lambda access: self._go_on(source, access),
            refused,
        )

    def _go_on(self, source: Path, access: "Access") -> None:
        self._access = access
        self.ready.emit(source)

    def exchange(self, source: Path, folder: DataFolder, who: str, office: "Office | None") -> None:
        """Close the records where they are open, and put the backup in their place."""

        def work(task: Task) -> "Restored | UserError":
            from xqhz_desktop.services.safety.restoring import restore

            if office is not None:
                office.close()
            try:
                return restore(folder, who, datetime.now, source, task, self._access)
            except UserError as error:
                return error

        job = self._worker.write(work, self._keep)
        job.ended.connect(self._end)

    def _keep(self, restored: "Restored | UserError") -> None:
        self._restored = restored

    def _end(self) -> None:
        self._access = None
        self.over.emit()

    def told(self) -> tuple[str, str] | None:
        """What the last restore did, or why it did not, and the tone of it; once."""
        done, self._restored = self._restored, None
        if isinstance(done, UserError):
            return done.message, "warn"
        return (_told(done), "good") if done is not None else None


def _told(done: "Restored") -> str:
    from xqhz_desktop.services.safety.backups import counts

    before = "读不出" if done.before is None else counts(done.before)
    return (
        f"已恢复备份 {done.name}。恢复前：{before}；恢复后：{counts(done.after)}。"
        f"原来的数据留在 {done.aside}。"
    )


def _access(folder: DataFolder, source: Path, secret: str = "") -> "Access | None":
    """What opens a backup; None where that takes a secret and none was given. UserError (5, 10)."""
    from xqhz_desktop.services.access import encryption

    def ask() -> str:
        if not secret:
            raise _SecretNeeded
        return secret

    try:
        return encryption.access(folder, source, ask)
    except _SecretNeeded:
        return None
