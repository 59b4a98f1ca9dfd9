"""Whether somebody is at work: any key or mouse in the window counts, the clock is an argument."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LOOK_MS = 5_000
_WORK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.DragMove,
    }
)


class Idle(QObject):
    """Tells when nobody has touched the program for so many minutes; 0 minutes is never.

    It is told again at every look until somebody works or `rest` is called, so that who hears it
    may wait for what is under way. Time asleep counts: the clock is that of the wall.
    """

    idle = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self.minutes = 0
        self.waits: Callable[[], bool] = lambda: False  # whether what is under way must end first
        self._clock = clock
        self._last = clock()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Begin to watch, as if somebody had just worked."""
        self.minutes = minutes
        self._last = self._clock()
        self._timer.start()

    def rest(self) -> None:
        """Watch no more."""
        self._timer.stop()

    @property
    def due(self) -> bool:
        """Whether nobody has worked for that long. A clock that was turned back begins anew."""
        now = self._clock()
        self._last = min(self._last, now)
        return self._timer.isActive() and 0 < self.minutes * 60 <= now - self._last

    def look(self) -> None:
        """Tell, where it is so."""
        if self.due:
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the time of any work; who comes back too late finds the door shut, not the page."""
        if event.type() not in _WORK or not self._timer.isActive():
            return False
        if self.due:
            QTimer.singleShot(0, self.look)
            return not self.waits()
        self._last = self._clock()
        return False
