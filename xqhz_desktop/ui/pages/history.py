"""The page of what was done, by whom, and the way back; and of what was deleted."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QTabBar

from xqhz_desktop.base.period import day_text
from xqhz_desktop.services import deleting, history
from xqhz_desktop.services.access import audit
from xqhz_desktop.services.access.audit import Verdict
from xqhz_desktop.services.deleting import Deleted
from xqhz_desktop.services.history import ActionLine
from xqhz_desktop.services.privacy import erasing
from xqhz_desktop.services.privacy.erasing import Waiting
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.deleted import DeletedRecords
from xqhz_desktop.ui.pages.history_filter import HistoryFilter
from xqhz_desktop.ui.pages.undoing import ask_to_undo
from xqhz_desktop.ui.parts import Blank, button, row, set_tone
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE

TRASH = "trash"
COLUMNS = (
    Column("编号", 6, right=True),
    Column("时间", 18),
    Column("操作人", 12),
    Column("状态", 10),
    Column("操作内容", 80),
)
_DONE, _DELETED = "操作", "回收站"
_MOST = 2000  # actions that are listed; narrowed, all others can be reached


def cells(line: ActionLine) -> tuple[str, ...]:
    """The cells of an action."""
    state = "已撤销" if line.undone else "不能撤销" if line.why_not else ""
    return (f"{line.id}", line.at.replace("T", " ")[:16], line.who, state, line.title)


def held_text(one: Waiting) -> str:
    """Until when backups hold a person who was erased."""
    if one.over:
        return "备份里也已经没有这个人了。"
    last = day_text(one.backups[0].gone)
    return f"还有 {len(one.backups)} 份备份里有这个人，最后一份到{last}过期。"


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    actions: list[ActionLine]
    deleted: list[Deleted]
    met: tuple[list[str], list[str]]  # who has done anything, and kinds of actions


class HistoryPage(Page):
    """The latest actions; any that still stands can be taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "历史")
        self._held: dict[int, str] = {}  # by erasure: until when backups hold the person
        self.take_back = button("撤销所选操作", self._take_back, glyph="undo")
        self.deleted = DeletedRecords(desk)
        self.filter = HistoryFilter(lambda: desk.today)
        self.filter.changed.connect(self.read)
        for part in (self.take_back, self.deleted.put_back):
            self.tools.addWidget(part)
        self.model = LinesModel(COLUMNS, cells, lambda line, _: "hint" if line.undone else "")
        self.sheet = Sheet("操作历史", self.model)
        self.sheet.verticalHeader().hide()
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._may())
        self.tabs = QTabBar()
        self.why_not = ElidedLabel(9, "second")
        self.chain = ElidedLabel(9, "second")
        self.verify = button("重新核对", self._verify, link=True)
        self._lay_out()
        self._may()

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName("历史的两部分")
        self.tabs.setDrawBase(False)
        for name in (_DONE, _DELETED):
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(lambda _: self._choose_stage())
        above = row(self.tabs, 0)
        above.setContentsMargins(EDGE - 12, 0, EDGE, 0)
        self.body.addLayout(above)
        self.body.addWidget(self.filter)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.sheet)
        self.empty = Blank(glyph="history")
        self.stages.addWidget(self.empty)
        self.stages.addWidget(self.deleted)
        self.body.addWidget(self.stages, 1)
        self.body.setSpacing(0)
        status = QFrame()
        status.setObjectName("status")
        inside = row(self.why_not, 0, self.chain, self.verify)
        inside.setContentsMargins(EDGE, 2, EDGE - 5, 2)
        status.setLayout(inside)
        self.body.addWidget(status)

    def read(self) -> None:
        """Ask for the latest actions and what was deleted; once, whether the chain is whole."""
        office, wanted = self.desk.office, self.filter.wanted
        self.fetch(
            lambda _: Read(
                history.actions(office, _MOST, wanted),
                deleting.deleted(office),
                history.met(office),
            ),
            self._show,
        )
        if not self.chain.text():
            self._verify()

    def _show(self, found: Read) -> None:
        shown = [line for line in found.actions if line.kind != "seed"]
        self.filter.offer(*found.met)
        self.model.set_lines(shown)
        if any(line.kind == "erase" for line in shown):
            self.fetch(lambda _: erasing.waiting(self.desk.office), self._wait, "held", long=True)
        self.deleted.show_all(found.deleted)
        count = len(found.deleted)
        self.tabs.setTabText(1, f"{_DELETED} {count:,}" if count else _DELETED)
        standing = [at for at, line in enumerate(shown) if line.undoable and line.kind != "undo"]
        if standing:
            self.sheet.selectRow(standing[0])
        self._choose_stage()

    def _wait(self, found: list[Waiting]) -> None:
        """Know of every erasure until when backups hold the person."""
        self._held = {one.action: held_text(one) for one in found}
        self._may()

    def open(self, what: object) -> None:
        """Show the trash, where that is asked for."""
        self.tabs.setCurrentIndex(1 if what == TRASH else 0)

    def _choose_stage(self) -> None:
        deleted = self.tabs.currentIndex() == 1
        self.filter.setVisible(not deleted)
        if self.filter.is_narrow:
            self.empty.say("没有这样的操作", "请换一个条件。", ("显示全部", self.filter.clear))
        else:
            self.empty.say("还没有操作", "导入、更正和撤销都会记在这里。")
        self.stages.setCurrentIndex(2 if deleted else 0 if self.model.rowCount() else 1)
        self.take_back.setVisible(not deleted)
        self.deleted.put_back.setVisible(deleted)
        many = self.model.rowCount() >= _MOST
        most = f"最近 {_MOST:,} 次操作，更早的请选操作人、类型或时间" if many else "最近的操作"
        self.say(
            "放回的记录连同一起删除的内容都回到原处 · 放回也能撤销"
            if deleted
            else f"{most}，最新的在上 · 撤销也会记下，也可以再撤销"
        )
        self._may()

    def _chosen(self) -> ActionLine | None:
        rows = self.sheet.selected_rows()
        return self.model.lines[rows[0]] if len(rows) == 1 else None

    def _may(self) -> None:
        chosen = self._chosen()
        self.take_back.setEnabled(bool(chosen and chosen.undoable))
        why = f"{chosen.id} 号操作{chosen.why_not}。" if chosen and chosen.why_not else ""
        why += self._held.get(chosen.id, "") if chosen else ""
        self.take_back.setToolTip(why)
        self.why_not.setText(why if self.tabs.currentIndex() == 0 else "")

    def _take_back(self) -> None:
        line = self._chosen()
        if line is not None:
            ask_to_undo(self, self.desk, line)

    def _verify(self) -> None:
        """Go through the audit chain on the computing thread: it may be long."""
        _tell(self.chain, "正在核对操作链", "second")
        self.verify.setEnabled(False)
        job = self.fetch(lambda _: audit.verify(self.desk.office), self._judge, "chain", long=True)
        job.ended.connect(lambda: self.verify.setEnabled(True))

    def _judge(self, verdict: Verdict) -> None:
        _tell(self.chain, verdict.sentence, "good" if verdict.whole else "bad")
        if not verdict.whole:
            self.desk.said.emit(verdict.sentence, "bad", None)


def _tell(where: QLabel, sentence: str, tone: str) -> None:
    where.setText(sentence)
    set_tone(where, tone)
