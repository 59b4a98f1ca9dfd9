"""To another computer, and to another clerk: the pack, its unpacking, 工作移交清单."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.safety import packing, places
from xqhz_desktop.services.safety.packing import SUFFIX, Carried
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button, column, label, paragraph, row

KINDS = f"换机包 (*{SUFFIX})"
_PLAIN = QFileDialog.Option.DontConfirmOverwrite  # a pack never takes another's place


def pack(parent: QWidget, desk: Desk) -> None:
    """Ask where to, and pack everything into one encrypted file."""
    name = f"校企合作台账-{desk.today:%Y%m%d}{SUFFIX}"
    chosen, _ = QFileDialog.getSaveFileName(parent, "换机打包", name, KINDS, options=_PLAIN)
    if not chosen:
        return
    path = Path(chosen).with_suffix(SUFFIX)
    office = desk.office
    work = lambda task: packing.make(office, path, task)  # noqa: E731
    desk.worker.write(work, _packed(desk), doing="正在打包")


def _packed(desk: Desk) -> Callable[[Carried], None]:
    def told(done: Carried) -> None:
        desk.said.emit(
            f"已打包并读回核对：{done.path.name}（{done.unpacked}）。"
            "在新电脑上选“从换机包恢复”，用现在的密码或恢复码打开。",
            "good",
            None,
        )

    return told


def hand_over(parent: QWidget, desk: Desk) -> None:
    """Ask who receives, and where to; then print 工作移交清单."""
    LineDialog(
        parent,
        "工作移交清单",
        ("列出账号、数据和备份在哪里、各台账的条数、还没办完的事，留有三方签字的位置。",),
        "接收人，可不填",
        "选择位置并生成",
        "不生成",
        lambda receiver: _hand_over(parent, desk, receiver),
    ).open()


def _hand_over(parent: QWidget, desk: Desk, receiver: str) -> None:
    name = f"工作移交清单-{desk.today:%Y%m%d}.pdf"
    chosen, _ = QFileDialog.getSaveFileName(parent, "工作移交清单", name, "PDF 文件 (*.pdf)")
    if not chosen:
        return
    path = Path(chosen).with_suffix(".pdf")
    desk.worker.compute(
        lambda task: _written(desk, receiver, path, task),
        lambda pages: desk.said.emit(f"已生成工作移交清单，{pages} 页：{path}", "good", None),
        doing="正在生成工作移交清单",
    )


def _written(desk: Desk, receiver: str, path: Path, task: Task) -> int:
    from xqhz_desktop.reports.handover import handover_list
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.services.handover import gather

    return write_pdf(handover_list(gather(desk.office, receiver)), path, task=task)


def copy_for_support(parent: QWidget, desk: Desk) -> None:
    """Ask where to, and write a copy in which every person is invented; for a 管理员."""
    if desk.office.role is not Role.ADMIN:
        desk.said.emit("测试副本要请管理员来做。", "warn", None)
        return
    chosen = QFileDialog.getExistingDirectory(parent, "测试副本放到哪个空文件夹")
    if not chosen:
        return
    folder = Path(chosen)
    desk.worker.write(
        lambda _: _invented(desk, folder),
        lambda rows: desk.said.emit(
            f"测试副本已做好，里面的人名和号码都是编造的，共 {rows:,} 行：{folder}", "good", None
        ),
        doing="正在做测试副本",
    )


def _invented(desk: Desk, folder: Path) -> int:
    from xqhz_desktop.services.privacy.test_copy import make

    return sum(make(desk.office, folder).values())


# ---------------------------------------------------------------- unpacking


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A school that arrived: what was compared, and why the next start does not open it."""

    done: Carried
    folder: Path
    not_chosen: str


def unpack(parent: QWidget, desk: Desk) -> None:
    """Ask for a pack; then for the folder where it is to lie, and what opens it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "选择换机包", "", KINDS)
    if chosen:
        source = Path(chosen)
        desk.worker.read(
            lambda _: _proposed(desk),
            lambda folder: UnpackDialog(parent, desk, source, folder).open(),
        )


def _proposed(desk: Desk) -> Path:
    """A folder that is not there yet, on the disk where the records had better lie."""
    better = places.proposal().folder
    beside = better.with_name(f"{places.NAME}-{desk.today:%Y%m%d}")
    return beside if better.exists() else better


class UnpackDialog(QDialog):
    """Where to, and the password; what is wrong is said in the dialog, which stays."""

    def __init__(self, parent: QWidget, desk: Desk, source: Path, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(520)
        self._page, self._desk, self._source = parent, desk, source
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("解到哪个文件夹")
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText("原来电脑上的密码或恢复码")
        self.secret.setAccessibleName("原来电脑上的密码或恢复码")
        self.wrong = paragraph("", tone="bad")
        self.other = button("更换…", self._choose)
        self.yes = button("解包并核对", self._begin, primary=True)
        self.yes.setDefault(True)
        self.no = button("不解包", self.reject)
        for part in (self.other, self.no):
            part.setAutoDefault(False)
        self._lay_out()
        self.secret.setFocus()

    def _lay_out(self) -> None:
        inside = column(
            label("从换机包恢复", 12, bold=True),
            paragraph(
                f"{self._source.name} 解到一个新的空文件夹，逐个文件核对，"
                "以后打开的就是那里的数据；现在的数据原样留着，不会改动。"
            ),
            _field("解到", self.folder, self.other),
            _field("密码", self.secret),
            self.wrong,
            row(0, self.no, self.yes),
            gap=12,
        )
        self.wrong.hide()
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择一个空文件夹")
        if chosen:
            self.folder.setText(chosen)

    def _begin(self) -> None:
        folder, secret = Path(self.folder.text().strip()), self.secret.text()
        if not secret.strip() or not self.folder.text().strip():
            self._say("请填写文件夹和密码。")
            return
        self.yes.setEnabled(False)
        self.wrong.hide()
        job = self._desk.worker.write(
            lambda task: _arrived(self._desk, self._source, folder, secret, task),
            self._done,
            self._refuse,
        )
        job.progressed.connect(self._step)
        self.rejected.connect(job.cancel)
        job.ended.connect(self._ready)

    def _step(self, _done: int, _all: int, what: str) -> None:
        self.yes.setText(f"正在{what}")

    def _refuse(self, error: UserError) -> None:
        self._say(error.message)

    def _ready(self) -> None:
        self.yes.setText("解包并核对")
        self.yes.setEnabled(True)

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        self.adjustSize()
        self.secret.selectAll()
        self.secret.setFocus()

    def _done(self, arrived: Unpacked) -> None:
        self.secret.clear()
        done = arrived.done
        way = ("退出程序", self._page.window().close)
        then = arrived.not_chosen or "请退出程序再打开，就是这份数据。"
        said = f"已解到 {arrived.folder}。打包时：{done.packed}；解包后：{done.unpacked}。{then}"
        self._desk.said.emit(said, "good", None if arrived.not_chosen else way)
        self.accept()


def _arrived(desk: Desk, source: Path, root: Path, secret: str, task: Task) -> Unpacked:
    """Unpack and, when all is right, remember the folder for the next start."""
    from xqhz_desktop.base.paths import DataFolder

    office = desk.office
    done = packing.unpack(source, DataFolder(root), lambda: secret, office.who, office.now, task)
    try:
        places.choose(root)
    except UserError as error:
        return Unpacked(done, root, error.message)
    return Unpacked(done, root, "")


def _field(name: str, *parts: QWidget) -> QWidget:
    key: QLabel = label(name, tone="second")
    key.setFixedWidth(40)
    line = row(key, *parts)
    line.setStretch(1, 1)
    made = QWidget()
    made.setLayout(line)
    return made
