"""What the first start asks: where the data lies, whose it is, and whether it is encrypted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QRadioButton, QWidget

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui.parts import Card, button, column, label, paragraph, row, set_tone
from xqhz_desktop.ui.unlock import secret_field
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.access.beginning import Ground

_LONGEST_NAME = 20
_SHORTEST = 8
PLAIN = (
    "谁拿到这台电脑或数据文件，谁就能看到全部学生的身份证号和电话；"
    "以后可以在“安全与用户”里启用加密。"
)
ENCRYPTED = "数据、备份和附件没有密码都打不开；密码和恢复码都没有了，谁也打不开。"


class Place(QWidget):
    """Step one: the folder, and what is to be said of its disk."""

    ready = Signal(bool)

    def __init__(self, worker: Worker, folder: DataFolder, fixed: bool) -> None:
        super().__init__()
        self._worker = worker
        self.ground: Ground | None = None
        self.path = label("", bold=True)
        self.path.setWordWrap(True)
        self.why = paragraph("", 9)
        self.warning = paragraph("", 10)
        self.change = button("换一个文件夹", self._choose, glyph="folder")
        self.change.setVisible(not fixed)
        card = Card("数据文件夹").fill(row(column(self.path, self.why, gap=4), self.change))
        card.layout().setStretch(0, 1)  # type: ignore[union-attr]
        what = paragraph("全部台账、备份和附件都放在一个文件夹里，只存在这台电脑上，不联网。")
        self.setLayout(column(what, card, self.warning, 0, gap=12))
        self._ask(lambda: _proposed(folder, fixed))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择放数据的文件夹")
        if name:
            self._ask(lambda: _ground(Path(name)))

    def _ask(self, look: Callable[[], "Ground"]) -> None:
        self.ready.emit(False)
        self._worker.read(lambda _: look(), self._show)

    def _show(self, ground: "Ground") -> None:
        self.ground = ground
        self.path.setText(str(ground.root))
        self.why.setText(ground.why)
        self.why.setVisible(bool(ground.why))
        said = "这里已经有台账了，将直接打开它。" if ground.theirs else ground.warning
        self.warning.setText(ground.refused or said)
        tone = "bad" if ground.refused else "second" if ground.theirs else "warn"
        set_tone(self.warning, tone)
        self.ready.emit(not ground.refused)

    def refuse(self, sentence: str) -> None:
        """Say why what was asked for was not done; the folder may be used all the same."""
        self.warning.setText(sentence)
        set_tone(self.warning, "bad")


def _proposed(folder: DataFolder, fixed: bool) -> "Ground":
    """The folder that was named at the start, else what is best for this computer."""
    from xqhz_desktop.services.access.beginning import ground, proposed_ground

    return ground(folder.root) if fixed else proposed_ground(folder)


def _ground(folder: Path) -> "Ground":
    from xqhz_desktop.services.access.beginning import ground, inside

    return ground(inside(folder))


class Person(QWidget):
    """Step two: the name of who becomes the first 管理员, and whether the records are encrypted."""

    ready = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText("例如：王敏")
        self.name.setAccessibleName("您的姓名")
        self.encrypted = QRadioButton("加密（建议）")
        self.plain = QRadioButton("不加密")
        self.password = secret_field(f"密码，至少 {_SHORTEST} 个字符")
        self.again = secret_field("再输一次密码")
        self.said = paragraph("", 9, tone="bad")
        self.encrypted.setChecked(True)
        for field in (self.name, self.password, self.again):
            field.textChanged.connect(lambda _: self._look())
        self.encrypted.toggled.connect(lambda _: self._look())
        self._lay_out()

    def _lay_out(self) -> None:
        fields = column(paragraph(ENCRYPTED, 9), row(self.password, self.again), self.said, gap=6)
        plain = column(paragraph(PLAIN, 9))
        for part in (self.encrypted, self.plain):
            part.setAccessibleName(part.text())
        for inside in (fields, plain):
            inside.setContentsMargins(22, 0, 0, 0)  # under the words, not the circles
        self.setLayout(
            column(
                label("您的姓名"),
                self.name,
                paragraph("您是第一名管理员，以后可以在“安全与用户”里添加别的用户。", 9),
                8,
                label("数据文件要不要加密"),
                column(self.encrypted, fields, 4, self.plain, plain, gap=4),
                0,
                gap=8,
            )
        )

    @property
    def secret(self) -> str:
        """The password; empty where the records are not to be encrypted."""
        return self.password.text() if self.encrypted.isChecked() else ""

    def demand(self, encryption: bool) -> None:
        """On a disk that can be lost there is no choice."""
        self.plain.setEnabled(not encryption)
        self.plain.setToolTip("数据在可移动的磁盘上，必须加密" if encryption else "")
        if encryption:
            self.encrypted.setChecked(True)
        self._look()

    def _look(self) -> None:
        encrypted = self.encrypted.isChecked()
        for field in (self.password, self.again):
            field.setEnabled(encrypted)
        wrong = _wrong(self.password.text(), self.again.text()) if encrypted else ""
        typed = bool(self.again.text()) or len(self.password.text()) >= _SHORTEST
        self.said.setText(wrong if encrypted and typed and self.again.text() else "")
        self.ready.emit(bool(self.name.text().strip()) and not wrong)


def _wrong(password: str, again: str) -> str:
    if len(password.strip()) < _SHORTEST:
        return f"密码至少要 {_SHORTEST} 个字符。"
    return "" if password == again else "两次输入的密码不一样。"
