"""A page: its heading with one sentence and tools, and what stands under it."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import column, label, row
from xqhz_desktop.ui.tokens import EDGE, GAP
from xqhz_desktop.ui.worker import Job, Show, Work


class Page(QWidget):
    """One place of the navigation. It reads when it is first shown and after every change."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.title = label(title, 16, bold=True)
        self.sentence = label("", 9, tone="second")
        self.tools: QHBoxLayout = row()
        self.body: QVBoxLayout = column(gap=GAP)
        heading = row(column(self.title, self.sentence, gap=2), 0, self.tools, gap=16)
        heading.setContentsMargins(EDGE, 20, EDGE, 8)
        self.setLayout(column(heading, gap=0))
        self.layout().addLayout(self.body, 1)  # type: ignore[union-attr]
        self.setAccessibleName(title)
        self._stale = True
        self._asked: dict[str, Job] = {}
        desk.changed.connect(self._heard)

    def read(self) -> None:
        """Read again what the page shows."""

    def open(self, what: object) -> None:
        """Show something in particular."""

    def step_back(self) -> None:
        """Ctrl+Z: take back what was done last."""
        from xqhz_desktop.ui.pages.undoing import undo_last

        undo_last(self, self.desk)

    def say(self, sentence: str) -> None:
        """Set the one sentence that says what is shown."""
        self.sentence.setText(sentence)

    def fetch(self, work: Work, show: Show, name: str = "", *, long: bool = False) -> Job:
        """Read beside the window; an older answer to a question, or a cancelled one, is dropped."""
        before = self._asked.get(name)
        if before is not None:
            before.cancel()

        ask = self.desk.worker.compute if long else self.desk.worker.read

        def shown(answer: Any) -> None:
            if self._asked.get(name) is job and not job.task.cancelled:
                show(answer)

        job = self._asked[name] = ask(work, shown, doing="正在统计" if long else "正在读取")
        job.ended.connect(lambda: self._forget(name, job))
        return job

    def _forget(self, name: str, job: Job) -> None:
        if self._asked.get(name) is job:
            del self._asked[name]

    @property
    def loading(self) -> bool:
        """Whether an answer is still awaited."""
        return bool(self._asked)

    def showEvent(self, event: QShowEvent) -> None:
        """Read, where anything changed since the page was last seen."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.read()

    def _heard(self, _: object) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self.read()
