"""Long work off the window's thread: one thread owns writing, another one reads.

Progress, result and error of a piece of work arrive on the window's thread, in order.
"""

import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from xqhz_desktop.base.errors import Cancelled, UserError
from xqhz_desktop.base.task import Task

log = logging.getLogger(__name__)
Work = Callable[[Task], Any]
Show = Callable[[Any], None]
_STEP_SECONDS = 0.05  # the eye needs no more; the queue of events must not fill


class Job(QObject):
    """One piece of work under way. Its signals arrive on the window's thread."""

    progressed = Signal(int, int, str)
    done = Signal(object)
    refused = Signal(object)  # UserError
    cancelled = Signal()
    ended = Signal()
    broke = Signal(str)  # the traceback of our own bug
    _arrived = Signal(str, object)
    _stepped = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.task = Task(self._step)
        self._last = 0.0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows if it does."""
        self.task.cancel()

    def run(self, work: Work) -> None:
        """Do the work; called on the worker's thread."""
        try:
            self.task.check()
            self._arrived.emit("done", work(self.task))
        except Cancelled:
            self._arrived.emit("cancelled", None)
        except UserError as error:
            self._arrived.emit("refused", error)
        except Exception:
            log.exception("work failed")
            self._arrived.emit("broke", traceback.format_exc())

    def _step(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if now - self._last >= _STEP_SECONDS or done >= total:
            self._last = now
            self._stepped.emit(done, total, what)

    def _deliver(self, how: str, what: object) -> None:
        if how == "cancelled":
            self.cancelled.emit()
        else:
            getattr(self, how).emit(what)
        self.ended.emit()


class Worker(QObject):
    """The two threads of an open window."""

    refused = Signal(object)  # a UserError that the asker does not show itself
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writing = ThreadPoolExecutor(1, "writing")
        self._reading = ThreadPoolExecutor(1, "reading")
        self._jobs: set[Job] = set()
        self._writes: set[Job] = set()

    def write(self, work: Work, done: Show, refused: Show | None = None) -> Job:
        """Do work that may change records, after all such work asked for before."""
        job = self._job(done, refused)
        self._writes.add(job)
        self._writing.submit(job.run, work)
        return job

    def read(self, work: Work, done: Show, refused: Show | None = None) -> Job:
        """Do work that only reads, beside any writing."""
        job = self._job(done, refused)
        self._reading.submit(job.run, work)
        return job

    @property
    def writing(self) -> bool:
        """Whether a piece of writing is under way or waits."""
        return bool(self._writes)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or waits."""
        return bool(self._jobs)

    def stop(self) -> None:
        """Cancel what is under way and wait until the threads have ended; no answer follows."""
        for job in self._jobs:
            job.blockSignals(True)
            job.cancel()
        self._writing.shutdown(wait=True, cancel_futures=True)
        self._reading.shutdown(wait=True, cancel_futures=True)

    def _job(self, done: Show, refused: Show | None) -> Job:
        job = Job(self)
        job.done.connect(done)
        job.refused.connect(refused or self.refused.emit)
        job.broke.connect(self.broke)
        job.ended.connect(lambda: self._forget(job))
        self._jobs.add(job)
        return job

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        self._writes.discard(job)
        job.deleteLater()
