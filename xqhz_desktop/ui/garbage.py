"""Collects garbage on the window's thread alone: a widget that dies on another one crashes."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Garbage(QObject):
    """Takes Python's collector off the working threads, from its making until `release`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        gc.disable()

    def collect(self) -> None:
        """Collect the generations that are due, as Python would by itself."""
        for generation, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count <= limit:
                return
            gc.collect(generation)

    def release(self) -> None:
        """Let Python collect by itself again; once the threads have ended."""
        self._timer.stop()
        gc.enable()
