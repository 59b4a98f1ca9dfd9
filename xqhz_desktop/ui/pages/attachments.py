"""The attachments of the record shown: seen, added by button or by dropping, opened, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.services.safety.attachments import Attachment
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.attachments_list import AttachmentList
from xqhz_desktop.ui.pages.readable_copies import ReadableCopies
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone

_EMPTY = "把扫描件、照片拖到这里，或按“添加”。"
_NAMED = 6  # files that the question lists


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding files: one change a file, and why the next one was refused."""

    changes: tuple[Changes, ...]
    refused: UserError | None


def add_all(desk: Desk, register: str, record: int, paths: Sequence[Path], note: str) -> Added:
    """Attach files one by one; those before a refused one stay attached."""
    done: list[Changes] = []
    for path in paths:
        try:
            done.append(attachments.add(desk.office, register, record, path, note))
        except UserError as error:
            return Added(tuple(done), error)
    return Added(tuple(done), None)


class AttachmentsBox(QFrame):
    """The section 附件 of the record panel."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAccessibleName("附件")
        self.desk = desk
        self._of: tuple[str, int, str] | None = None  # register, record, what it is called
        self._copies = ReadableCopies(desk)
        self.title = label("附件", bold=True)
        self.list = AttachmentList()
        self.empty = paragraph(_EMPTY, 9)
        self.add = button("添加…", self._choose, link=True)
        self.open = button("打开", self._open, link=True)
        self.save = button("另存到…", self._save, link=True)
        self.remove = button("移除", self._remove, link=True)
        self._lay_out()
        self.list.opened.connect(lambda _: self._open())
        self.list.removed.connect(lambda _: self._remove())
        self._show([])

    def _lay_out(self) -> None:
        self.acts = QWidget()
        acts = row(self.open, self.save, self.remove, 0, gap=4)
        acts.setContentsMargins(6, 0, 0, 0)  # under the names
        self.acts.setLayout(acts)
        heading = row(self.title, self.empty, self.add)
        heading.setStretch(1, 1)
        inside = column(heading, self.list, self.acts, gap=4)
        inside.setContentsMargins(16, 8, 8, 8)
        self.setLayout(inside)

    def show_for(self, register: str, record: int, name: str) -> None:
        """Show the attachments of a record."""
        if self._of is None or self._of[:2] != (register, record):
            self._show([])
        self._of = (register, record, name)
        office = self.desk.office
        self.desk.worker.read(
            lambda _: attachments.of(office, register, record),
            partial(self._take, register, record),
        )

    def _take(self, register: str, record: int, found: list[Attachment]) -> None:
        if self._of is not None and self._of[:2] == (register, record):
            self._show(found)

    def _show(self, found: list[Attachment]) -> None:
        self.title.setText(f"附件 {len(found)}" if found else "附件")
        self.list.show_all(found)
        self.empty.setVisible(not found)
        self.acts.setVisible(bool(found))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择扫描件、照片或文档")
        if names:
            self.ask([Path(name) for name in names])

    def ask(self, paths: Sequence[Path]) -> None:
        """Ask before files are attached to the record shown."""
        if self._of is None:
            return
        register, record, name = self._of
        names = [path.name for path in paths[:_NAMED]]
        more = [f"等 {len(paths)} 个文件"] if len(paths) > _NAMED else []
        LineDialog(
            self,
            f"添加到“{name}”",
            ("\n".join(names + more), "文件会复制一份存进数据文件夹，原来的文件不动。"),
            "说明，可不填，如：三方协议",
            f"添加 {len(paths)} 个附件",
            "不添加",
            lambda note: self._add(register, record, paths, note),
        ).open()

    def _add(self, register: str, record: int, paths: Sequence[Path], note: str) -> None:
        self.desk.worker.write(
            lambda _: add_all(self.desk, register, record, paths, note),
            self._added,
            doing="正在添加附件",
        )

    def _added(self, done: Added) -> None:
        if done.refused is not None:
            self.desk.said.emit(done.refused.message, "warn", None)
        else:
            self.desk.said.emit(f"已添加 {len(done.changes)} 个附件。", "good", None)
        if done.changes:
            self.desk.broadcast(done.changes[-1])

    def _open(self) -> None:
        one = self.list.chosen()
        if one is None:
            return
        office, folder = self.desk.office, self._copies.folder()
        self.desk.worker.write(
            lambda _: attachments.open_copy(office, one.id, folder),
            self._opened,
            doing="正在打开附件",
        )

    def _opened(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = f"没有能打开“{path.name}”的程序，请用“另存到”存出来再看。"
            self.desk.said.emit(sentence, "warn", None)

    def _save(self) -> None:
        one = self.list.chosen()
        folder = one and QFileDialog.getExistingDirectory(self, "存到哪个文件夹")
        if not one or not folder:
            return
        office, place = self.desk.office, Path(folder)
        self.desk.worker.write(
            lambda _: attachments.open_copy(office, one.id, place),
            lambda path: self.desk.said.emit(f"已另存：{path}", "good", None),
            doing="正在另存",
        )

    def _remove(self) -> None:
        """Nothing is asked: the way back stands beside what is said."""
        one = self.list.chosen()
        if one is None:
            return

        def told(changes: Changes) -> None:
            action = changes.action
            assert action is not None
            way = ("撤销", lambda: undo_action(self.desk, action))
            self.desk.said.emit(f"已移除附件“{one.name}”。", "good", way)
            self.desk.broadcast(changes)

        self.desk.worker.write(lambda _: attachments.remove(self.desk.office, one.id), told)

    def offer(self, dragged: bool) -> None:
        """Say what happens while files are dragged over the record."""
        set_tone(self, "drop" if dragged else "")
        self.empty.setText("松开鼠标，添加到这条记录。" if dragged else _EMPTY)
        self.empty.setVisible(dragged or not self.list.count())
