"""What takes longer than a moment, said in a corner of the window, with a way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QWidget

from xqhz_desktop.ui.parts import button, column, label, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.worker import Job, Worker

_WIDE = 320


class Busy(QFrame):
    """The work that is waited for longest; it goes by itself when that is done."""

    stopped = Signal()  # somebody stopped it, and nothing of it was done

    def __init__(self, parent: QWidget, worker: Worker) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("notice")
        self.setAccessibleName("进度")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDE)
        self._jobs: list[Job] = []
        self.words: QLabel = label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.stop = button("取消", self._cancel)
        self.stop.setAutoDefault(False)
        line = row(column(self.words, self.bar, gap=6), self.stop, gap=12)
        line.setContentsMargins(16, 10, 12, 10)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()
        worker.slow.connect(self._take)

    def settle(self) -> None:
        """Stand in the lower corner at the right, above whatever is shown."""
        room = self._ground.rect()
        self.adjustSize()
        self.move(room.right() - self.width() - EDGE, room.bottom() - self.height() - EDGE)
        self.raise_()

    def _take(self, job: Job) -> None:
        self._jobs.append(job)
        job.progressed.connect(lambda done, total, _: self._step(job, done, total))
        job.ended.connect(lambda: self._let_go(job))
        self._look()

    def _let_go(self, job: Job) -> None:
        self._jobs.remove(job)
        self._look()

    def _look(self) -> None:
        self.setVisible(bool(self._jobs))
        if self._jobs:
            self.words.setText(f"{self._jobs[0].doing}……")
            self.bar.setRange(0, 0)
            self.stop.setEnabled(True)
            self.settle()

    def _step(self, job: Job, done: int, total: int) -> None:
        if self._jobs and job is self._jobs[0]:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)

    def _cancel(self) -> None:
        self.words.setText("正在取消……")
        self.stop.setEnabled(False)
        self._jobs[0].cancelled.connect(self.stopped)
        self._jobs[0].cancel()
