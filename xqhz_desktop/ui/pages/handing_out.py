"""The page of what was handed out: who has not returned it, and the way back into the records."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget

from xqhz_desktop.base.period import day_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.outgoing.handing_out import Sent, handouts, take_off
from xqhz_desktop.services.worklist import RETURN_DAYS
from xqhz_desktop.ui.desk import Desk, Files
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.importing import KINDS
from xqhz_desktop.ui.pages.splitting import SplitDialog
from xqhz_desktop.ui.parts import Blank, button
from xqhz_desktop.ui.table import Column, LinesModel, Sheet

COLUMNS = (
    Column("台账", 14),
    Column("交给", 28),
    Column("行数", 6, right=True),
    Column("下发日期", 14),
    Column("收回", 20),
    Column("文件", 50),
)
_OUT, _ALL = "还没有收回", "全部"


def state(sent: Sent, today: date) -> str:
    """When it came back, or for how long it is out."""
    if sent.returned is not None:
        return f"{day_text(sent.returned)} 已收回"
    days = (today - sent.sent).days
    return f"未收回，已 {days} 天" if days else "未收回，今天下发"


def reminder(lines: Sequence[Sent], today: date) -> str:
    """What is sent to those who have not returned: one line for each."""
    said = [
        f"{one.value}：{one.file}，{one.rows:,} 行，{day_text(one.sent)}下发，"
        f"已 {(today - one.sent).days} 天。"
        for one in lines
    ]
    return "\n".join([f"截至{day_text(today)}还没有收回的名册，请填好后尽快交回：", *said])


class HandingOutPage(Page):
    """Workbooks that went out by 拆分下发, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "下发与收回")
        self._lines: list[Sent] = []
        self.which = QComboBox()
        self.which.setAccessibleName("显示哪些")
        self.which.addItems([_OUT, _ALL])
        self.which.currentIndexChanged.connect(lambda _: self._show())
        self.remind = button("复制催交名单", self._remind)
        self.give_up = button("不再等待", self._give_up)
        self.give_up.setToolTip("选中的不再等待收回，可以撤销")
        self.tools.addWidget(self.which)
        self.tools.addWidget(self.give_up)
        self.tools.addWidget(self.remind)
        self.tools.addWidget(button("收回…", self._take_back, glyph="import"))
        self.tools.addWidget(button("拆分下发…", self._hand_out, primary=True, glyph="open"))
        self.model = LinesModel(COLUMNS, self._cells, self._tone)
        self.sheet = Sheet("下发的工作簿", self.model)
        self.sheet.opened.connect(lambda at, _: desk.go("register", self.model.lines[at].register))
        self.blank = Blank(glyph="open")
        self.stages = QStackedWidget()
        self.stages.addWidget(self.sheet)
        self.stages.addWidget(self.blank)
        self.body.addWidget(self.stages, 1)

    def read(self) -> None:
        """What is out and what came back."""
        office = self.desk.office
        self.fetch(lambda _: handouts(office), self._take)

    def _take(self, lines: list[Sent]) -> None:
        self._lines = lines
        self._show()

    @property
    def out(self) -> list[Sent]:
        """What has not come back."""
        return [one for one in self._lines if one.returned is None]

    def _show(self) -> None:
        shown = self.out if self.which.currentText() == _OUT else self._lines
        self.model.set_lines(shown)
        for one in (self.remind, self.give_up):
            one.setEnabled(bool(self.out))
        self.stages.setCurrentIndex(0 if shown else 1)
        self.say(f"下发过 {len(self._lines):,} 份 · 还没有收回 {len(self.out):,} 份")
        if not self._lines:
            self.blank.say(
                "还没有下发过",
                "把名册按班级、企业或指导教师拆成多份，发出去填写，填好后在这里收回。",
                ("拆分下发…", self._hand_out),
            )
        elif not shown:
            self.blank.say("都收回了", "下发的工作簿都已经收回。", ("显示全部", self._show_all))

    def _show_all(self) -> None:
        self.which.setCurrentText(_ALL)

    def _cells(self, one: Sent) -> tuple[str, ...]:
        return (
            REGISTERS[one.register].label,
            one.value,
            f"{one.rows:,}",
            day_text(one.sent),
            state(one, self.desk.today),
            one.file,
        )

    def _tone(self, one: Sent, at: int) -> str:
        late = one.returned is None and (self.desk.today - one.sent).days >= RETURN_DAYS
        return "warn" if at == 4 and late else ""

    def _hand_out(self) -> None:
        SplitDialog(self, self.desk).open()

    def _take_back(self) -> None:
        """Read what came back; its rows are shown as any import's before they are written."""
        names, _ = QFileDialog.getOpenFileNames(self, "选择收回的工作簿", "", KINDS)
        if names:
            self.desk.go("import", Files(tuple(map(Path, names))))

    def _chosen(self) -> list[Sent]:
        """What is selected and out."""
        lines = (self.model.lines[at] for at in self.sheet.selected_rows())
        return [one for one in lines if one.returned is None]

    def _give_up(self) -> None:
        """Wait no longer for what is selected."""
        wanted, office = [one.id for one in self._chosen()], self.desk.office
        if wanted:
            self.desk.worker.write(lambda _: take_off(office, wanted), self.desk.broadcast)
        else:
            self.desk.said.emit("请先选中不再等待收回的行。", "", None)

    def _remind(self) -> None:
        """Copy who has not returned: the chosen ones, else all."""
        wanted = self._chosen() or self.out
        QGuiApplication.clipboard().setText(reminder(wanted, self.desk.today))
        self.desk.said.emit(
            f"已复制 {len(wanted):,} 份的催交名单，可以粘贴到消息里。", "good", None
        )
