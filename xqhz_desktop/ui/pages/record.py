"""The record panel of a register's page: the fields, what is attached, and the ways to delete."""

from collections.abc import Sequence

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.drop import dropped_paths
from xqhz_desktop.ui.pages.attachments import AttachmentsBox
from xqhz_desktop.ui.pages.deleting import ask_to_delete
from xqhz_desktop.ui.pages.erasing import PERSONS, ask_to_erase
from xqhz_desktop.ui.panel import RecordPanel
from xqhz_desktop.ui.parts import button, row


class RecordSide(RecordPanel):
    """One record with its attachments, and the ways to part from it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.record: tuple[str, int] | None = None  # register, id
        self.attachments = AttachmentsBox(desk)
        self.delete = button("删除…", self._delete, link=True)
        foot = QFrame()
        foot.setObjectName("foot")
        self.erase = button("按要求删除个人信息…", self._erase, link=True)
        inside = row(self.delete, 0, self.erase)
        inside.setContentsMargins(12, 4, 12, 4)
        foot.setLayout(inside)
        self.add_foot(self.attachments)
        self.add_foot(foot)
        self.setAcceptDrops(True)

    def show_one(
        self,
        register: str,
        record: int,
        name: str,
        fields: Sequence[tuple[str, str]],
        source: str,
    ) -> None:
        """Show a record of a register."""
        self.record = (register, record)
        self.erase.setVisible(register in PERSONS)
        self.show_record(name, fields, source)
        self.attachments.show_for(register, record, self.title)

    def _erase(self) -> None:
        if self.record is not None:
            ask_to_erase(self, self._desk, *self.record)

    def _delete(self) -> None:
        if self.record is not None:
            register, record = self.record
            ask_to_delete(self, self._desk, register, [record], self.title)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files over the record are for it, not for an import."""
        if self.record is not None and dropped_paths(event.mimeData()):
            self.attachments.offer(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self.attachments.offer(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask whether these are to be attached."""
        self.attachments.offer(False)
        event.acceptProposedAction()
        self.attachments.ask(dropped_paths(event.mimeData()))
