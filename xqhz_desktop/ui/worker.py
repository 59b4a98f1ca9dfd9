"""Long work off the window's thread: one thread owns writing, one reads, one computes.

Progress, result and error of a piece of work arrive on the window's thread, in order.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from xqhz_desktop.base.errors import Cancelled, UserError
from xqhz_desktop.base.log import report
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui.garbage import Garbage

log = logging.getLogger(__name__)
Work = Callable[[Task], Any]
Show = Callable[[Any], None]
_STEP_SECONDS = 0.05  # the eye needs no more; the queue of events must not fill
_SLOW_MS = 500


class Job(QObject):
    """One piece of work under way. Its signals are emitted on the window's thread."""

    progressed = Signal(int, int, str)
    done = Signal(object)
    refused = Signal(object)  # UserError
    cancelled = Signal()
    broke = Signal(str)  # the report of our own bug
    ended = Signal()

    def __init__(self, parent: QObject, post: "_Post", doing: str) -> None:
        """`doing` is said of it where it takes long: 正在撤销; empty where others say so."""
        super().__init__(parent)
        self._post = post
        self.doing = doing
        self._last = 0.0
        self.task = Task(self._step)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows if it does."""
        self.task.cancel()

    def _step(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if now - self._last >= _STEP_SECONDS or done >= total:
            self._last = now
            self._post.stepped.emit(self, done, total, what)


class _Post(QObject):
    """Brings word from the working threads; it lives as long as they do, which no job does."""

    stepped = Signal(object, int, int, str)
    arrived = Signal(object, str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Job, work: Work) -> None:
        """Do the work; called on a working thread."""
        try:
            job.task.check()
            with job.task.at_work():
                done = work(job.task)
            self.arrived.emit(job, "done", done)
        except Cancelled:
            self.arrived.emit(job, "cancelled", None)
        except UserError as error:
            self.arrived.emit(job, "refused", error)
        except Exception as error:
            log.exception("work failed")
            self.arrived.emit(job, "broke", report(error))

    def _step(self, job: Job, done: int, total: int, what: str) -> None:
        job.progressed.emit(done, total, what)

    def _deliver(self, job: Job, how: str, what: object) -> None:
        if how == "cancelled":
            job.cancelled.emit()
        else:
            getattr(job, how).emit(what)
        job.ended.emit()


class Worker(QObject):
    """The three threads of an open window."""

    slow = Signal(object)  # Job: it takes so long that somebody wonders
    refused = Signal(object)  # a UserError that the asker does not show itself
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._post = _Post(self)
        self._garbage = Garbage(self)
        self._writing = ThreadPoolExecutor(1, "writing")
        self._reading = ThreadPoolExecutor(1, "reading")
        self._computing = ThreadPoolExecutor(1, "computing")
        self._jobs: set[Job] = set()
        self._writes: set[Job] = set()
        self._asides: set[Job] = set()
        self._stopped = False

    def write(
        self,
        work: Work,
        done: Show,
        refused: Show | None = None,
        *,
        aside: bool = False,
        doing: str = "",
    ) -> Job:
        """Do work that may change records, after all such work asked for before.

        What is noted `aside` is no record and nothing that anybody waits for.
        """
        job = self._job(done, refused, doing)
        self._writes.add(job)
        if aside:
            self._asides.add(job)
        self._begin(self._writing, job, work)
        return job

    def read(self, work: Work, done: Show, refused: Show | None = None, *, doing: str = "") -> Job:
        """Do short work that only reads, beside any writing: what somebody waits to look at."""
        job = self._job(done, refused, doing)
        self._begin(self._reading, job, work)
        return job

    def compute(
        self, work: Work, done: Show, refused: Show | None = None, *, doing: str = ""
    ) -> Job:
        """Do long work that only reads: numbers, findings, charts, files. Tables do not wait."""
        job = self._job(done, refused, doing)
        self._begin(self._computing, job, work)
        return job

    @property
    def writing(self) -> bool:
        """Whether a piece of writing is under way or waits."""
        return bool(self._writes)

    @property
    def changing(self) -> bool:
        """Whether records are being changed, or wait to be: who leaves now leaves that."""
        return bool(self._writes - self._asides)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or waits."""
        return bool(self._jobs)

    def cancel(self) -> None:
        """Ask all that is under way to stop; answers still follow."""
        for job in self._jobs:
            job.cancel()

    def stop(self) -> None:
        """Cancel what is under way and wait until the threads have ended; no answer follows."""
        self._stopped = True
        self._post.blockSignals(True)
        for job in self._jobs:
            job.blockSignals(True)
            job.cancel()
        for threads in (self._writing, self._reading, self._computing):
            threads.shutdown(wait=True, cancel_futures=True)
        self._garbage.release()

    def _begin(self, threads: ThreadPoolExecutor, job: Job, work: Work) -> None:
        if not self._stopped:  # a page that goes with the window may still ask
            threads.submit(self._post.run, job, work)

    def _job(self, done: Show, refused: Show | None, doing: str) -> Job:
        job = Job(self, self._post, doing)
        job.done.connect(done)
        job.refused.connect(refused or self.refused.emit)
        job.broke.connect(self.broke)
        job.ended.connect(lambda: self._forget(job))
        self._jobs.add(job)
        if doing:
            QTimer.singleShot(_SLOW_MS, lambda: self._tell_slow(job))
        return job

    def _tell_slow(self, job: Job) -> None:
        if job in self._jobs:
            self.slow.emit(job)

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        self._writes.discard(job)
        self._asides.discard(job)
        job.deleteLater()
