"""The history of a record in the panel: who changed what and when; each can be taken back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from xqhz_desktop.base.period import logged_text
from xqhz_desktop.services.record_history import Event, Step
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.lines import Lines
from xqhz_desktop.ui.pages.undoing import ask_to_undo
from xqhz_desktop.ui.parts import button, column, row

_NAMED = 8  # fields of one action that are told one by one


class HistoryView(QWidget):
    """What was done to one record, the latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines = Lines("这条记录的历史", wraps=True)
        self.lines.setAlternatingRowColors(False)
        self.take_back = button("撤销这次操作", self._take_back, glyph="undo")
        foot = row(0, self.take_back)
        foot.setContentsMargins(16, 4, 12, 8)
        self.setLayout(column(self.lines, foot, gap=0))
        self.lines.chosen.connect(self._may)
        self._may()

    def show_events(self, found: Sequence[Event]) -> None:
        """Show what was done; the latest that stands is chosen."""
        self.lines.clear()
        for event in found:
            tone = "hint" if event.action.undone else ""
            self.lines.add(told(event), tone=tone, data=event)
        if found:
            self.lines.setCurrentRow(0)
        else:
            self.lines.add("历史里没有这条记录的操作。", tone="hint")
        self._may()

    def _chosen(self) -> Event | None:
        current = self.lines.current
        return current if isinstance(current, Event) else None

    def _may(self) -> None:
        chosen = self._chosen()
        self.take_back.setEnabled(bool(chosen and chosen.action.undoable))
        self.take_back.setToolTip(chosen.action.why_not if chosen else "")

    def _take_back(self) -> None:
        if chosen := self._chosen():
            ask_to_undo(self, self._desk, chosen.action)


def told(event: Event) -> str:
    """An action upon the record in a few lines: when and who, its title, each field."""
    line = event.action
    state = "（已撤销）" if line.undone else ""
    said = [f"{logged_text(line.at)} · {line.who}{state}", line.title]
    if event.made or event.gone:
        return "\n".join(said)
    steps = [step_text(one) for one in event.steps]
    steps = [one for one in steps if one not in line.title]
    more = [f"……共 {len(steps)} 项"] if len(steps) > _NAMED else []
    return "\n".join([*said, *steps[:_NAMED], *more])


def step_text(step: Step) -> str:
    """A field from what to what: 联系人：王一 → 李二."""
    return f"{step.label}：{step.was or '（空）'} → {step.became or '（空）'}"
