"""What every page shares: the office, the worker, the day, and one broadcast of changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui.worker import Show, Work, Worker

if TYPE_CHECKING:  # imported late: the window is painted before the records are opened
    from xqhz_desktop.services.changes import Changes
    from xqhz_desktop.services.numbers import Numbers
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.quarantine import WaitingRow


@dataclass(frozen=True, slots=True)
class Rows:
    """Records of a register to be shown alone, and why: the rows behind a number."""

    register: str
    ids: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Files:
    """Workbooks or folders to be read for an import."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """Work during which nothing else may have the records open; a sentence stands meanwhile."""

    sentence: str
    step: str
    work: Work
    done: Show
    refused: Show  # UserError


@dataclass(frozen=True, slots=True)
class Closed:
    """Work on the closed records, which are opened again afterwards; what it says is told then.

    The work is given the folder with its key and who is at work; it may raise UserError.
    """

    sentence: str
    step: str
    work: Callable[[DataFolder, str, Task], str]


class Desk(QObject):
    """An opened office at work; pages ask it and hear of changes from it."""

    changed = Signal(object)  # Changes: open pages read again
    waiting_read = Signal()
    school_read = Signal(str)
    wants = Signal(str, object)  # a place of the navigation, and what to show there
    restoring = Signal(object)  # Path: a backup that is to take the records' place
    alone = Signal(object)  # Alone
    closed = Signal(object)  # Closed
    leaving = Signal()  # the records are about to be closed: what is half typed is put by now
    reopening = Signal()  # another than who opened the records is at work from now on
    locking = Signal()  # whoever is at work goes away from the computer
    lock_minutes = Signal(int)  # how long nobody works before that is taken for granted
    said = Signal(str, str, object)  # sentence, tone, Action or None

    def __init__(self, office: "Office", worker: Worker, today: date) -> None:
        super().__init__()
        self.office = office
        self.worker = worker
        self.today = today
        self.since = office.now()  # what is older is not of this sitting
        self.waiting: Sequence[WaitingRow] = ()
        self._numbers: tuple[int, Numbers] | None = None
        self.changed.connect(self.read_waiting)
        self.changed.connect(self.read_school)

    def go(self, place: str, what: object = None) -> None:
        """Go to a place and show something there."""
        self.wants.emit(place, what)

    def broadcast(self, changes: "Changes") -> None:
        """Tell every page what was changed."""
        if changes:
            self.changed.emit(changes)

    def numbers(self) -> "Numbers":
        """The numbers of the records as they stand; only for work on the computing thread.

        They are read once and kept until an action changes the records.
        """
        from xqhz_desktop.services.numbers import numbers

        version = self.office.version
        if self._numbers is None or self._numbers[0] != version:
            self._numbers = (version, numbers(self.office))
        return self._numbers[1]

    def read_waiting(self) -> None:
        """Read again which rows wait for correction."""
        from xqhz_desktop.services.quarantine import waiting

        self.worker.read(lambda _: waiting(self.office), self._take_waiting)

    def read_school(self) -> None:
        """Read the school's name."""
        from xqhz_desktop.services.numbers import school_name

        self.worker.read(
            lambda _: school_name(self.office), lambda name: self.school_read.emit(name or "本机")
        )

    def waiting_count(self, register: str = "") -> int:
        """How many rows wait, of one register or of all."""
        return sum(row.register == register or not register for row in self.waiting)

    def _take_waiting(self, rows: "Sequence[WaitingRow]") -> None:
        self.waiting = rows
        self.waiting_read.emit()
