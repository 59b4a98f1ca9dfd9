"""Long work reports its progress and hears a cancel through a Task, and knows no widget."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, local

from xqhz_desktop.base.errors import Cancelled

Listener = Callable[[int, int, str], None]
_thread = local()


class Task:
    """Carries progress out of long work and a cancel into it; safe across threads."""

    def __init__(self, listener: Listener | None = None) -> None:
        self._listener = listener
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether a cancel was asked for."""
        return self._cancelled.is_set()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Meanwhile this is what the thread works on, for who is called without a task."""
        _thread.task = self
        try:
            yield
        finally:
            _thread.task = None

    def check(self) -> None:
        """Raise Cancelled if a cancel was asked for."""
        if self._cancelled.is_set():
            raise Cancelled

    def step(self, done: int, total: int, what: str) -> None:
        """Report `done` of `total` steps; `what` is a Chinese word or two for the reader."""
        self.check()
        if self._listener is not None:
            self._listener(done, total, what)


def task_at_work() -> Task | None:
    """What this thread works on; None where nobody can ask it to stop."""
    task: Task | None = getattr(_thread, "task", None)
    return task
