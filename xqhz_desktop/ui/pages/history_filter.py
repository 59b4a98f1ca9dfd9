"""By what the list of actions is narrowed: who did it, of which kind, and since when."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from xqhz_desktop.services.history import Wanted
from xqhz_desktop.ui.parts import button, label, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import action_word

_TIMES: tuple[tuple[str, int | None], ...] = (
    ("全部时间", None),
    ("今天", 0),
    ("最近 7 天", 6),
    ("最近 30 天", 29),
    ("最近一年", 364),
)


class HistoryFilter(QWidget):
    """Three lists to choose from; all of them together narrow the actions."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.all = button("显示全部", self.clear, link=True)
        self.who = self._box("操作人")
        self.kind = self._box("操作类型")
        self.time = self._box("时间")
        for name, days in _TIMES:
            self.time.addItem(name, days)
        for box in (self.who, self.kind, self.time):
            box.currentIndexChanged.connect(lambda _: self._choose())
        inside = row(label("只看", 9, tone="second"), self.who, self.kind, self.time, self.all, 0)
        inside.setContentsMargins(EDGE, 4, EDGE, 8)
        self.setLayout(inside)
        self._mark()

    def offer(self, who: Sequence[str], kinds: Sequence[str]) -> None:
        """Offer these; what was chosen stays."""
        _fill(self.who, "全部操作人", [(name, name) for name in who])
        known = sorted((action_word(kind), kind) for kind in kinds if kind != "seed")
        _fill(self.kind, "全部类型", known)

    @property
    def wanted(self) -> Wanted:
        """Which actions are to be shown."""
        days = self.time.currentData()
        since = None if days is None else self._today() - timedelta(days=days)
        return Wanted(self.who.currentData() or "", self.kind.currentData() or "", since)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return self.wanted != Wanted()

    def clear(self) -> None:
        """Show all actions again."""
        for box in (self.who, self.kind, self.time):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self._mark()
        self.changed.emit()

    def _box(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return made

    def _choose(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        self.all.setVisible(self.is_narrow)


def _fill(box: QComboBox, all_of_them: str, lines: Sequence[tuple[str, str]]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in ((all_of_them, ""), *lines):
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
