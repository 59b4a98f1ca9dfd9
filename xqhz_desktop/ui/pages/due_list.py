"""A batch's list is filled from classes: which batch, which classes, how many are new."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.internships.due_list import ClassLine, classes, due_from_classes
from xqhz_desktop.services.internships.standing import batches
from xqhz_desktop.ui.asking import WritingDialog
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.worker import Job

_COLUMNS = (
    Column("班级", 22),
    Column("专业", 16),
    Column("学生", 6, right=True),
    Column("已在名单", 8, right=True),
)


class DueListDialog(WritingDialog):
    """Asks which classes are due in a batch; who is on its list already stays as entered."""

    def __init__(self, parent: QWidget, desk: Desk, batch: int | None) -> None:
        super().__init__(parent)
        self._desk, self._wanted = desk, batch
        self._job: Job | None = None
        self.setWindowTitle("应实习名单")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(600, 460)
        self.batch = QComboBox()
        self.batch.setAccessibleName("实习批次")
        self.batch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.batch.currentIndexChanged.connect(lambda _: self._read())
        self.model = LinesModel(
            _COLUMNS,
            lambda one: (one.name, one.major, f"{one.students:,}", f"{one.listed:,}"),
        )
        self.list = Sheet("班级", self.model)
        self.says = paragraph("", tone="second")
        self.no = button("不加入", self.reject)
        self.no.setAutoDefault(False)
        self.yes = button("加入", self._fill, primary=True)
        self.yes.setDefault(True)
        inside = column(
            label("从班级生成应实习名单", 12, bold=True),
            row(label("实习批次", tone="second"), self.batch, 0),
            self.list,
            self.says,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self._count()
        office = desk.office
        desk.worker.read(lambda _: batches(office), self._take_batches)

    def _take_batches(self, found: list[tuple[int, str]]) -> None:
        self.batch.blockSignals(True)
        for number, name in found:
            self.batch.addItem(name, number)
        self.batch.setCurrentIndex(max(0, self.batch.findData(self._wanted)))
        self.batch.blockSignals(False)
        if found:
            self._read()
        else:
            self._tell("还没有实习批次，请先在“实习批次”里新增一个。")

    def _read(self) -> None:
        office, batch = self._desk.office, self.batch.currentData()
        if self._job:
            self._job.cancel()
        self._job = self._desk.worker.read(lambda _: classes(office, batch), self._take)
        self._job.ended.connect(self._forget)

    def _forget(self) -> None:
        self._job = None

    def _take(self, found: list[ClassLine]) -> None:
        self.model.set_lines(list(reversed(found)))  # the newest classes first
        self._count()
        self.list.setFocus()

    def _chosen(self) -> list[ClassLine]:
        return [self.model.lines[at] for at in self.list.selected_rows()]

    def _count(self) -> None:
        chosen = self._chosen()
        new = sum(one.students - one.listed for one in chosen)
        if chosen:
            self._tell(f"选中 {len(chosen):,} 个班，{new:,} 人会加入名单。")
        else:
            self._tell("请选中要实习的班级，可以按住 Ctrl 或 Shift 多选。")
        self.yes.setText(f"加入 {new:,} 人" if new else "加入")
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(bool(new))

    def _tell(self, said: str, tone: str = "second") -> None:
        self.says.setText(said)
        set_tone(self.says, tone)

    def _fill(self) -> None:
        office, batch = self._desk.office, self.batch.currentData()
        ids = [one.id for one in self._chosen()]
        self.yes.setEnabled(False)
        self.write(
            self._desk,
            lambda _: due_from_classes(office, batch, ids),
            self._filled,
            self._failed,
            stopped=self._count,
            doing="正在生成名单",
        )

    def _failed(self, error: UserError) -> None:
        self._tell(error.message, "bad")

    def _filled(self, changes: Changes) -> None:
        action, count = changes.action, changes.registers["dues"]
        self._desk.broadcast(changes)
        if action is not None:
            back = ("撤销", lambda: undo_action(self._desk, action))
            self._desk.said.emit(f"已把 {count:,} 人加入应实习名单。", "good", back)
        self.accept()
