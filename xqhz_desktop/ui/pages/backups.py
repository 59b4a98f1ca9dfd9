"""The page of backups: which there are, one more now, a second place for them, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QStackedWidget

from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.safety import backups, second_place
from xqhz_desktop.services.safety.backups import Backup
from xqhz_desktop.services.safety.second_place import SecondPlace
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.menus import MoreButton
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages import moving
from xqhz_desktop.ui.pages.health_card import HealthCard
from xqhz_desktop.ui.parts import Blank, Card, button, column, label, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.words import moment_text, size_text

COLUMNS = (
    Column("时间", 16),
    Column("原因", 10),
    Column("状态", 12),
    Column("大小", 8, right=True),
    Column("附件文件", 13, right=True),
    Column("内容", 66),
    Column("文件名", 36),
)
_STATE = 2
_ENCRYPTED = "那里的副本一律加密，用密码或恢复码打开。"


def state_of(backup: Backup) -> tuple[str, str]:
    """Whether a backup can be relied on, as words and their tone."""
    if backup.note is None:
        return "没有核对记录", "warn"
    if not backup.whole:
        return "已损坏，留着", "bad"
    if backup.note.missing:
        return f"已核对，缺 {backup.note.missing} 个附件", "warn"
    return "已核对", "good"


def files_of(backup: Backup) -> str:
    """The attachments that are in a backup: 12 个，3.4 MB."""
    note = backup.note
    if note is None or not note.attachments:
        return ""
    return f"{note.attachments:,} 个，{size_text(note.attachments_size)}"


def cells(backup: Backup) -> tuple[str, ...]:
    """The cells of a backup."""
    note = backup.note
    return (
        moment_text(backup.moment),
        backup.why,
        state_of(backup)[0],
        size_text(note.size) if note else "",
        files_of(backup),
        backups.counts(note.rows) if note else "",
        backup.name,
    )


def after_text(backup: Backup | None) -> str:
    """What there would be after a restore: rows, and the files of attachments where any are."""
    note = backup.note if backup else None
    if note is None:
        return "核对时才能知道"
    rows = backups.counts(note.rows)
    scans = note.attachments or note.missing
    return f"{rows}；{backups.attachments_in(note)}" if scans else rows


def question(backup: Backup | None, name: str, present: dict[str, int]) -> tuple[str, str]:
    """What is asked before a restore, and what it will do: rows now and afterwards."""
    when = f"{moment_text(backup.moment)} 的备份" if backup else f"“{name}”"
    return (
        f"用{when}换下现在的数据吗？",
        f"现在：{backups.counts(present)}。\n\n恢复后：{after_text(backup)}。\n\n"
        "现在的数据会整份移到旁边的文件夹里留着，不会删除；恢复之前先核对这份备份。",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    listed: list[Backup]
    second: SecondPlace
    plain: int  # copies there that are not encrypted
    advice: str
    present: dict[str, int]


def said_of(found: Read) -> str:
    """What there is to say of the second place: what to do first, then how it lies there."""
    second = found.second
    fresh = f"上次存入：{moment_text(second.copied)}。" if second.copied else ""
    if second.path is None:
        return found.advice
    lies = _ENCRYPTED
    if found.plain:
        lies = f"其中 {found.plain} 份旧副本没有加密，请确认不需要后自行删除。"
    return (found.advice or fresh) + lies


class BackupsPage(Page):
    """Backups to look through; one of them takes the records' place in four clicks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "备份与恢复")
        self._present: dict[str, int] = {}
        self.model = LinesModel(COLUMNS, cells, _tone)
        self.sheet = Sheet("备份", self.model)
        self.sheet.verticalHeader().hide()
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._may())
        self.back = button("恢复所选备份", self._restore, glyph="undo")
        self.make = button("立即备份", self._make, primary=True, glyph="backup")
        self.more = MoreButton(
            [("恢复别处的备份…", self._restore_other)],
            [
                ("换机打包…", lambda: moving.pack(self, desk)),
                ("从换机包恢复…", lambda: moving.unpack(self, desk)),
                ("工作移交清单…", lambda: moving.hand_over(self, desk)),
            ],
            [("测试副本…", lambda: moving.copy_for_support(self, desk))],
        )
        for part in (self.more.button, self.back, self.make):
            self.tools.addWidget(part)
        self.health = HealthCard(desk)
        self.where = label("", bold=True)
        self.advice = paragraph("", 9)
        self.choose = button("选择文件夹", self._choose, glyph="folder")
        self.copy = button("存入最新备份", self._copy, glyph="save")
        self.blank = Blank(
            "还没有备份",
            "工作时每 30 分钟、退出前、导入前都会自动备份；也可以按右上角的“立即备份”。",
            glyph="backup",
        )
        self._lay_out()

    def _lay_out(self) -> None:
        line = row(column(self.where, self.advice, gap=2), self.choose, self.copy)
        line.setStretch(0, 1)
        second = Card("第二存放处").fill(line)
        above = column(self.health, second)
        above.setContentsMargins(EDGE, 0, EDGE, 4)
        self.body.addLayout(above)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.sheet)
        self.stages.addWidget(self.blank)
        self.body.addWidget(self.stages, 1)
        self.say("正在读取备份")
        self._may()

    def read(self) -> None:
        """Look which backups there are; once, whether the data file is sound."""
        self.health.look()
        self.fetch(lambda _: self._read(), self._show)

    def _read(self) -> Read:
        office = self.desk.office
        folder = office.folder
        return Read(
            backups.listed(folder.backups),
            second_place.second_place(folder),
            second_place.plain_there(folder),
            second_place.reminder(folder, office.now()),
            backups.present(office),
        )

    def _show(self, found: Read) -> None:
        self._present = found.present
        self.model.set_lines(found.listed)
        self.stages.setCurrentIndex(0 if found.listed else 1)
        count = len(found.listed)
        kept = f"{count:,} 份备份，最新的在上 · " if count else ""
        self.say(f"{kept}每 30 分钟、退出前、导入前自动备份")
        place = found.second.path
        self.where.setText(f"第二存放处：{place}" if place else "还没有第二存放处")
        self.advice.setText(said_of(found))
        self.copy.setVisible(place is not None)
        if found.listed:
            self.sheet.selectRow(0)
        self._may()

    def _may(self) -> None:
        self.back.setEnabled(len(self.sheet.selected_rows()) == 1)

    def _make(self) -> None:
        self._work(self._made, "已备份并核对")

    def _made(self) -> str:
        """A backup now, and a copy of it in the second place where there is one."""
        office = self.desk.office
        name = office.backup("手动")
        copied = second_place.copy_newest(office.folder, office.now())
        return f"{name}，并已存入第二存放处" if copied else name

    def _copy(self) -> None:
        office = self.desk.office
        self._work(
            lambda: second_place.copy_newest(office.folder, office.now()) or "",
            "已存入第二存放处并读回核对",
        )

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择 U 盘或另一块磁盘上的文件夹")
        if name:
            self._work(lambda: self._chosen(Path(name)), "已记住第二存放处")

    def _chosen(self, place: Path) -> str:
        office = self.desk.office
        office.must_be(Role.CLERK, "改第二存放处")
        return str(second_place.choose(office.folder, place).path)

    def _work(self, verb: Callable[[], str], done: str) -> None:
        """Do something on the writing thread, say what was done, and look again."""
        self.make.setEnabled(False)
        job = self.desk.worker.write(
            lambda _: verb(), lambda what: self.desk.said.emit(f"{done}：{what}。", "good", None)
        )
        job.ended.connect(self._worked)

    def _worked(self) -> None:
        self.make.setEnabled(True)
        self.read()

    def _restore(self) -> None:
        rows = self.sheet.selected_rows()
        if rows:
            backup: Backup = self.model.lines[rows[0]]
            self._ask(backup, backup.path)

    def _restore_other(self) -> None:
        start = str(self.desk.office.folder.set_aside)
        name, _ = QFileDialog.getOpenFileName(self, "选择要恢复的备份", start, "备份 (*.db)")
        if name:
            self._ask(None, Path(name))

    def _ask(self, backup: Backup | None, path: Path) -> None:
        asked, more = question(backup, path.name, self._present)
        kind = QMessageBox.Icon.Warning
        if agreed(self, kind, asked, more, "恢复这份备份", "不恢复"):
            self.desk.restoring.emit(path)


def _tone(backup: Backup, at: int) -> str:
    return state_of(backup)[1] if at == _STATE else ""
