"""From a folder to an open office: what is to be asked before, and the asking."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_OK, EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui.first_start import FirstStartPage
from xqhz_desktop.ui.unlock import Door
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.access.beginning import Start
    from xqhz_desktop.services.office import Office

_ASKED = {
    "secret": ("请输入密码", "数据已加密；用您的密码打开，忘了密码可以用恢复码。"),
    "name": ("是谁在工作", "请选择您的姓名；做过什么都记在这个名下。"),
}
_LOCKED = ("已锁定", "请输入密码，回到刚才的页面。")


@dataclass(frozen=True, slots=True)
class Asked:
    """What must be known before a folder can be opened."""

    what: Literal["first", "secret", "name"]
    folder: DataFolder
    names: Mapping[str, bool] = field(default_factory=dict)  # and whether each has a password
    proven: bool = False  # by the recovery code, which says more than a password


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is at work on a folder that has its key, where it needs one."""

    folder: DataFolder
    who: str
    by_code: bool = False  # by the recovery code: they forgot their password


def asked(folder: DataFolder, *, may_be_first: bool) -> Asked | Entry:
    """What is to be asked of whoever opens a folder; nothing where there is one way in."""
    from xqhz_desktop.services.access import beginning, encryption

    if may_be_first and beginning.is_first(folder):
        return Asked("first", folder)
    return Asked("secret", folder) if encryption.needs_key(folder) else _named(folder)


def _named(folder: DataFolder) -> Asked | Entry:
    from xqhz_desktop.services.access import at_work, passwords

    known = at_work.known_users(folder)
    names = {name: passwords.has_password(folder, name) for name in known}
    if not names:
        return Entry(folder, getpass.getuser())
    if len(names) == 1 and not any(names.values()):
        return Entry(folder, next(iter(names)))
    return Asked("name", folder, names)


def by_name(question: Asked, name: str, secret: str) -> Entry:
    """The entry of one who said their name. Raises UserError (5, 10): not their password."""
    from xqhz_desktop.services.access import encryption, passwords

    folder = question.folder
    if question.proven:
        return Entry(folder, name, by_code=True)
    if not passwords.has_password(folder, name):
        return Entry(folder, name)
    entered = encryption.entered(folder, secret, name)
    return Entry(folder, name, by_code=not entered.user)


def by_secret(folder: DataFolder, secret: str) -> Asked | Entry:
    """The entry of whose password it is; by the recovery code a 管理员, who may have to be named.

    Raises UserError (5, 10).
    """
    from xqhz_desktop.services.access import at_work, encryption
    from xqhz_desktop.services.access.roles import Role

    entered = encryption.entered(folder, secret)
    if entered.user:
        return Entry(entered.folder, entered.user)
    known = at_work.known_users(entered.folder)
    admins = {name: False for name, role in known.items() if role is Role.ADMIN}
    if len(admins) > 1:
        return Asked("name", entered.folder, admins, proven=True)
    return Entry(entered.folder, next(iter(admins), getpass.getuser()), by_code=True)


class Opening(QObject):
    """Opens a folder by way of the window, which asks what is to be known before."""

    opened = Signal(object)  # Office
    refused = Signal(object)  # UserError
    waiting = Signal(int)  # the exit code, should the window be closed before an answer

    def __init__(self, window: Window, worker: Worker, folder: DataFolder, today: date) -> None:
        super().__init__(window)
        self.folder = folder
        self.entry: Entry | None = None
        self.may_be_first = True
        self.told = ""  # what is to be said once the records are open
        self.fixed = False  # the folder was named at the start and is not to be chosen
        self.first: FirstStartPage | None = None
        self.door = Door(window.close)
        self.door.given.connect(self._given)
        self._window, self._worker, self._today = window, worker, today
        self._question: Asked | None = None
        self._left = ""  # who was at work when it was locked

    def begin(self) -> None:
        """Ask what is to be asked, then open."""
        first = self.may_be_first
        self._worker.write(
            lambda _: asked(self.folder, may_be_first=first), self._go_on, self._refuse
        )

    def begin_locked(self, who: str) -> None:
        """Forget the key, and ask whoever comes back."""
        self.folder, self.entry, self._left = self.folder.unlocked(None), None, who
        self.begin()

    @property
    def who(self) -> str:
        """Who has entered; the system's account as long as nobody has."""
        return self.entry.who if self.entry else getpass.getuser()

    def stay(self, office: "Office") -> None:
        """Remember who is at work on which folder, so that it can be opened again for them."""
        self.folder, self.entry = office.folder, Entry(office.folder, office.who)

    def again(self) -> None:
        """Open for who has entered before; ask where nobody has, or where that is not enough."""
        if self.entry is None:
            self.begin()
        else:
            self._worker.write(lambda _: self.open(), self._done, self._ask_or_refuse)

    def _ask_or_refuse(self, error: UserError) -> None:
        if error.code in (EXIT_NOT_PERMITTED, EXIT_WRONG_KEY):
            self.folder, self.entry = self.folder.unlocked(None), None
            self.begin()
        else:
            self._refuse(error)

    def open(self) -> "Office":
        """Open the folder for whoever has entered; for the writing thread. Raises UserError."""
        from xqhz_desktop.services.office import Office
        from xqhz_desktop.services.safety.health import advised

        assert self.entry is not None
        try:
            return Office.open(self.entry.folder, self.entry.who, datetime.now)
        except UserError as error:
            raise advised(error, self.folder) from error

    def _go_on(self, answer: Asked | Entry) -> None:
        self.folder = answer.folder
        if isinstance(answer, Entry):
            self.entry = answer
            self._worker.write(lambda _: self.open(), self._done, self._refuse)
        elif answer.what == "first":
            self._begin_anew()
        else:
            self._ask(answer)

    def _ask(self, question: Asked) -> None:
        self._question = question
        title, sentence = _LOCKED if self._left else _ASKED[question.what]
        self.waiting.emit(EXIT_WRONG_KEY)
        self._window.stand_before(self.door)
        self.door.ask(title, sentence, question.names, self._left or getpass.getuser())

    def _given(self, name: str, secret: str) -> None:
        question = self._question
        assert question is not None

        def work(_: object) -> Asked | Entry:
            if question.what == "name":
                return by_name(question, name, secret)
            return by_secret(question.folder, secret)

        self._worker.write(work, self._go_on, self._refuse)

    def elsewhere(self) -> None:
        """Begin, or open what is there, in another folder than the chosen one, which is gone."""
        self.folder = DataFolder(self.folder.root)
        self._begin_anew()

    def encrypt(self, password: str) -> None:
        """Encrypt plain records that must not be opened as they are, and open them."""
        from xqhz_desktop.services.access.beginning import encrypted

        entry = self.entry
        assert entry is not None
        self._worker.write(
            lambda _: encrypted(entry.folder, entry.who, password, datetime.now),
            self._done,
            self._refuse,
        )

    def _begin_anew(self) -> None:
        page = FirstStartPage(
            self._worker, self.folder, self._today, self._window.close, fixed=self.fixed
        )
        page.begun.connect(self._begun)
        page.theirs.connect(self._take)
        self.first = page
        self.waiting.emit(EXIT_OK)
        self._window.stand_before(page)

    def _begun(self, start: "Start") -> None:
        from xqhz_desktop.services.access.beginning import begin

        self.folder = start.folder
        self._worker.write(lambda _: begin(start, datetime.now), self._done, self._refuse)

    def _take(self, folder: DataFolder, said: str) -> None:
        """Records lie where somebody wanted to begin: they are opened from now on."""
        fixed = self.fixed

        def choose(_: object) -> None:
            from xqhz_desktop.services.safety import places

            if not fixed:
                places.choose(folder.root)

        def taken(_: object) -> None:
            self.folder, self.told = folder, said
            self.begin()

        self._worker.write(choose, taken, self._refuse)

    def _done(self, office: "Office") -> None:
        self._left, self._question = "", None
        self.folder = office.folder
        if self.first is not None:  # no password stays in a field
            self.first.deleteLater()
            self.first = None
        by_code = self.entry is not None and self.entry.by_code
        self.entry = Entry(office.folder, office.who, by_code)
        self.opened.emit(office)

    def _refuse(self, error: UserError) -> None:
        if error.code == EXIT_WRONG_KEY and self.door.isVisible():
            self.door.refuse(error.message)
        else:
            self.refused.emit(error)
