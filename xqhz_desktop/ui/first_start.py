"""The first start in three steps: where the data lies, whose it is, and the recovery code.

Nothing is written before the last step's button.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from xqhz_desktop.base.errors import EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui.first_steps import Person, Place
from xqhz_desktop.ui.parts import Card, button, column, label, row
from xqhz_desktop.ui.recovery import CodePanel
from xqhz_desktop.ui.unlock import ask_secret
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.reports.blocks import Report
    from xqhz_desktop.services.access.first_start import FirstStart

_WIDE = 600
_TITLES = ("数据放在哪里", "您是谁，要不要加密", "收好恢复码")
_PLACE, _PERSON, _CODE = range(3)
_PACK = "请输入原来电脑上的密码或恢复码；内容逐个核对后放进所选的文件夹。"


class FirstStartPage(QWidget):
    """The three steps, one at a time; what was said is handed on by the last one's button."""

    begun = Signal(object)  # services.access.beginning.Start
    theirs = Signal(object, str)  # the DataFolder where records lie already; what to tell of them

    def __init__(
        self,
        worker: Worker,
        folder: DataFolder,
        today: date,
        leave: Callable[[], object],
        *,
        fixed: bool,
    ) -> None:
        """`fixed` is a folder that was named at the start and is not to be chosen."""
        super().__init__()
        self._worker, self._folder, self._today, self._fixed = worker, folder, today, fixed
        self._made: tuple[Path, FirstStart] | None = None  # for which folder, and its code
        self._ready = [False, False, False]
        self.step = label("", 9, tone="second")
        self.title = label("", 14, bold=True)
        self.place = Place(worker, folder, fixed)
        self.person = Person()
        self.panel: CodePanel | None = None
        self._box = column(0)
        self.stages = QStackedWidget()
        self.no = button("退出", leave)
        self.back = button("上一步", self._back)
        self.next = button("下一步", self._next, primary=True)
        self.pack = button("换了电脑？从换机包恢复", self._choose_pack, link=True)
        self._lay_out()
        self.place.ready.connect(lambda ready: self._may(_PLACE, ready))
        self.person.ready.connect(lambda ready: self._may(_PERSON, ready))
        self._go(_PLACE)

    def _lay_out(self) -> None:
        last = QWidget()
        last.setLayout(self._box)
        for part in (self.place, self.person, last):
            self.stages.addWidget(part)
        ways = row(self.no, self.pack, 0, self.back, self.next)
        inside = column(self.step, self.title, 4, self.stages, 8, ways, gap=4)
        card = Card("第一次启动").fill(inside, 24)
        card.setFixedWidth(_WIDE)
        above = label("校企合作台账", 16, bold=True)
        self.setLayout(column(0, row(0, above, 0), 16, row(0, card, 0), 0, 0, gap=0))

    @property
    def root(self) -> Path:
        """The folder that was chosen."""
        assert self.place.ground is not None
        return self.place.ground.root

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        else:
            super().keyPressEvent(event)

    def _may(self, step: int, ready: bool) -> None:
        self._ready[step] = ready
        self._look()

    def _look(self) -> None:
        at, ground = self.stages.currentIndex(), self.place.ground
        theirs = at == _PLACE and ground is not None and ground.theirs
        self.next.setText("打开已有台账" if theirs else ("下一步", "下一步", "开始使用")[at])
        self.next.setAccessibleName(self.next.text())
        self.next.setEnabled(self._ready[at])
        self.pack.setVisible(at == _PLACE and self._ready[at] and not theirs)

    def _go(self, step: int) -> None:
        self.stages.setCurrentIndex(step)
        self.step.setText(f"第 {step + 1} 步，共 {len(_TITLES)} 步")
        self.title.setText(_TITLES[step])
        self.back.setVisible(step > _PLACE)
        self._look()
        if step == _PERSON:
            self.person.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self._go(self.stages.currentIndex() - 1)

    def _next(self) -> None:
        if self.next.isEnabled():
            (self._leave_place, self._make_code, self._begin)[self.stages.currentIndex()]()

    def _leave_place(self) -> None:
        ground = self.place.ground
        assert ground is not None
        if ground.theirs:
            self.theirs.emit(DataFolder(ground.root), "")
            return
        self.person.demand(ground.must_encrypt)
        self._go(_PERSON)

    def _choose_pack(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择换机包", "", "换机包 (*.xqhzpack)")
        if name:
            self._ask_of(Path(name), _PACK)

    def _ask_of(self, source: Path, sentence: str) -> None:
        ask_secret(self, sentence, lambda secret: self._unpack(source, secret), "恢复到这里")

    def _unpack(self, source: Path, secret: str) -> None:
        from xqhz_desktop.services.access.beginning import unpacked

        root = self.root
        self.setEnabled(False)

        def refused(error: UserError) -> None:
            if error.code == EXIT_WRONG_KEY:
                self._ask_of(source, error.message)
            else:
                self.place.refuse(error.message)

        job = self._worker.write(
            lambda task: unpacked(source, root, secret, datetime.now, task),
            lambda said: self.theirs.emit(DataFolder(root), said),
            refused,
        )
        job.progressed.connect(lambda _done, _all, what: self.step.setText(f"正在{what}"))
        job.ended.connect(self._unpacked)

    def _unpacked(self) -> None:
        self.setEnabled(True)
        self._go(_PLACE)

    def _make_code(self) -> None:
        """The code belongs to the folder: who goes back a step meets the one that was printed."""
        if self._made and self._made[0] == self.root:
            self._go(_CODE)
            return
        from xqhz_desktop.services.access.beginning import prepared

        root, who = self.root, self.person.name.text().strip()
        self.next.setEnabled(False)
        self._worker.read(lambda _: prepared(root, who), lambda first: self._show(root, first))

    def _show(self, root: Path, first: "FirstStart | None") -> None:
        if first is None:  # the folder has its ring: a first start was cut off at its end
            self._made = None
            self._begin()
            return
        self._made = root, first
        if self.panel is not None:
            self.panel.deleteLater()
        self.panel = CodePanel(first.code, lambda: self._sheet(first))
        self.panel.kept.connect(lambda kept: self._may(_CODE, kept))
        self._box.insertWidget(0, self.panel)
        self._ready[_CODE] = False
        self._go(_CODE)

    def _sheet(self, first: "FirstStart") -> "Report":
        from xqhz_desktop.reports.recovery_sheet import Sheet, recovery_sheet

        who = self.person.name.text().strip()
        return recovery_sheet(Sheet("", first.code, first.ring.id, self._today, who))

    def _begin(self) -> None:
        from xqhz_desktop.services.access.beginning import Start

        self.setEnabled(False)
        made = self._made[1] if self._made and self._made[0] == self.root else None
        who = self.person.name.text().strip()
        same = self._fixed or self.root == self._folder.root
        folder = self._folder if same else DataFolder(self.root)
        self.begun.emit(Start(folder, who, self.person.secret, made, remember=not same))
