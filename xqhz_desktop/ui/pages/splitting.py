"""拆分下发: which roster, by what it is split, which columns the others fill in, and where to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QWidget,
)

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services import tables
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.outgoing.handing_out import hand_out, parts, split_by
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.words import counted

_USUALLY = "placements"  # what goes out mostly
_USUAL = ("class", "class_name", "firm", "school_supervisor", "user")  # by what is split mostly
_PARTS = (Column("交给", 22), Column("行数", 6, right=True))


def _to_fill(register: str) -> list[Field]:
    """What others can be asked for: nothing by which a row is known again."""
    known = {"name", *REGISTERS[register].identity}
    return [field for field in tables.shown_fields(register) if field.name not in known]


class SplitDialog(QDialog):
    """Writes one workbook for each class, firm or supervisor, which others fill in."""

    def __init__(
        self, parent: QWidget, desk: Desk, register: str = "", ids: Sequence[int] | None = None
    ) -> None:
        """With a `register` it alone is split, of it only `ids` where some are given."""
        super().__init__(parent)
        self._desk, self._ids = desk, ids
        self._fixed = register
        self.setWindowTitle("拆分下发")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self.register = QComboBox()
        self.register.setAccessibleName("台账")
        for one in [REGISTERS[register]] if register else IMPORTED:
            self.register.addItem(one.label, one.name)
        self.register.setCurrentIndex(max(0, self.register.findData(_USUALLY)))
        self.by = QComboBox()
        self.by.setAccessibleName("按什么拆分")
        self.fields = LinesModel(
            (Column("请对方填写的列（空格勾选）", 30),), lambda one: (one.label,), ticking=True
        )
        self.fill = Sheet("请对方填写的列", self.fields)
        self.fill.verticalHeader().hide()
        self.parts = LinesModel(_PARTS, lambda one: (one[0], f"{one[1]:,}"))
        self.list = Sheet("拆成的份", self.parts)
        self.list.verticalHeader().hide()
        self.says = paragraph("")
        self.no = button("不下发", self.reject)
        self.no.setAutoDefault(False)
        self.yes = button("选择文件夹并写出", self._write, primary=True)
        self.yes.setDefault(True)
        self._lay_out()
        self.register.currentIndexChanged.connect(lambda _: self._take_register())
        self.by.currentIndexChanged.connect(lambda _: self._look())
        self.fields.ticks_changed.connect(self._may)
        self._take_register()

    def _lay_out(self) -> None:
        title = "拆分下发"
        if self._fixed:
            name = REGISTERS[self._fixed].label
            title += name if self._ids is None else f" {counted(len(self._ids), name)}"
        choosing = row(label("台账", tone="second"), self.register, 8, gap=8)
        if self._fixed:
            self.register.hide()
            choosing = row()
        choosing.addWidget(label("按", tone="second"))
        choosing.addWidget(self.by)
        choosing.addWidget(label("拆分", tone="second"))
        choosing.addStretch(1)
        both = row(self.fill, self.list, gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        inside = column(
            label(title, 14, bold=True),
            paragraph("每份只有自己的行；表头锁定，勾选的列标黄请对方填写，号码已遮盖。", 9),
            choosing,
            both,
            self.says,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(20, 16, 20, 16)
        self.setLayout(inside)

    @property
    def chosen(self) -> str:
        """The register that is split."""
        return str(self.register.currentData())

    def filled(self) -> list[str]:
        """The fields that others are asked to fill in."""
        return [self.fields.lines[at].name for at in sorted(self.fields.ticked)]

    def _take_register(self) -> None:
        self.by.blockSignals(True)
        self.by.clear()
        for field in split_by(self.chosen):
            self.by.addItem(field.label, field.name)
        usual = (self.by.findData(name) for name in _USUAL)
        self.by.setCurrentIndex(next((at for at in usual if at >= 0), 0))
        self.by.blockSignals(False)
        self.fields.set_lines(_to_fill(self.chosen))
        self.fill.setCurrentIndex(self.fields.index(0, 0))
        self._look()

    def _look(self) -> None:
        """Ask whose parts there would be."""
        office, register, field = self._desk.office, self.chosen, str(self.by.currentData())
        ids = self._ids
        self._show({})
        self.says.setText("正在核对……")

        def shown(found: dict[str, int]) -> None:
            if (register, field) == (self.chosen, self.by.currentData()):
                self._show(found)

        self._desk.worker.compute(
            lambda _: parts(office, register, field, ids), shown, self._refused
        )

    def _refused(self, error: UserError) -> None:
        self.says.setText(error.message)

    def _show(self, found: dict[str, int]) -> None:
        self.parts.set_lines(list(found.items()))
        rows = sum(found.values())
        self.says.setText(f"写成 {len(found):,} 份，共 {rows:,} 行。" if found else "")
        self._may()

    def _may(self) -> None:
        count = len(self.parts.lines)
        self.yes.setText(f"选择文件夹并写出 {count:,} 份" if count else "选择文件夹并写出")
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(bool(count and self.filled()))
        self.yes.setToolTip("" if self.filled() else "请先勾选请对方填写的列")

    def _write(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择放下发工作簿的文件夹")
        if not chosen:
            return
        folder, desk = Path(chosen), self._desk
        register, field, fill, ids = self.chosen, self.by.currentData(), self.filled(), self._ids

        def told(paths: list[Path]) -> None:
            desk.said.emit(
                f"已写出 {len(paths):,} 份，放在“{folder.name}”；收回时选这些文件导入。",
                "good",
                ("查看下发与收回", lambda: desk.go("handing_out")),
            )
            desk.changed.emit(Changes(registers={"handout": len(paths)}))

        desk.worker.write(
            lambda task: hand_out(desk.office, register, field, folder, fill, ids, task),
            told,
            doing="正在写出下发的工作簿",
        )
        self.accept()
