"""Long work reports its progress and hears a cancel through a Task, and knows no widget."""

from collections.abc import Callable
from threading import Event

from xqhz_desktop.base.errors import Cancelled

Listener = Callable[[int, int, str], None]


class Task:
    """Carries progress out of long work and a cancel into it; safe across threads."""

    def __init__(self, listener: Listener | None = None) -> None:
        self._listener = listener
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise Cancelled if a cancel was asked for."""
        if self._cancelled.is_set():
            raise Cancelled

    def step(self, done: int, total: int, what: str) -> None:
        """Report `done` of `total` steps; `what` is a Chinese word or two for the reader."""
        self.check()
        if self._listener is not None:
            self._listener(done, total, what)
