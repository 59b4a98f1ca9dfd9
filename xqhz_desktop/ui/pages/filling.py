"""批量修改: one field of the chosen rows, with since when and why, shown before it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from xqhz_desktop.base.dates import read_date
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.entry.editing import Edited, fill
from xqhz_desktop.services.entry.filling import Filling, Refused, fillable, preview
from xqhz_desktop.ui.cell_editor import Completer
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.words import counted
from xqhz_desktop.ui.worker import Job

_TYPING_MS = 250
_OFFERED = 10
_NO_DATE = "日期看不懂，请写成 2026-9-1 的样子，或不填。"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: a field, its text, and whom a chosen name means."""

    field: str
    text: str
    picked: int | None
    make_missing: bool = False


class FillDialog(QDialog):
    """Asks which field becomes what; says beforehand how many rows change and which cannot."""

    def __init__(self, parent: QWidget, desk: Desk, register: str, ids: Sequence[int]) -> None:
        super().__init__(parent)
        self._desk, self._register, self._ids = desk, register, list(ids)
        self._job: Job | None = None  # the look at what it would do
        self._writing: Job | None = None
        self._seen: tuple[_Asked, Filling] | None = None
        self.setWindowTitle("批量修改")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.field = QComboBox()
        self.field.setAccessibleName("字段")
        for one in fillable(register):
            self.field.addItem(one.label, one.name)
        self.value = _line("改为", "留空则清空这个字段")
        self.completer = Completer(self.value)
        self.value.setCompleter(self.completer)
        self.since = _line("自哪天起", "可以不填，如 2026-9-1")
        self.reason = _line("事由", "写明为什么改，如：企业通知转岗")
        self.says = paragraph("", tone="second")
        self.refused = LinesModel(
            (Column("不能改的行", 16), Column("原因", 40)), lambda one: (one.called, one.reason)
        )
        self.list = Sheet("不能改的行", self.refused)
        self.list.verticalHeader().hide()
        self.list.setMinimumHeight(120)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.bar.hide()
        self.no = button("不修改", self.reject)
        self.no.setAutoDefault(False)
        self.yes = button("修改", self._fill, primary=True)
        self.yes.setDefault(True)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("字段", self.field),
            ("改为", self.value),
            ("自哪天起", self.since),
            ("事由", self.reason),
        )
        for name, part in parts:
            form.addRow(label(name, tone="second"), part)
        inside = column(
            label(
                f"批量修改 {counted(len(self._ids), REGISTERS[self._register].label)}",
                12,
                bold=True,
            ),
            form,
            self.says,
            self.bar,
            self.list,
            row(0, self.no, self.yes),
            gap=12,
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.list.hide()
        self.field.setFocus()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._look)
        self.field.currentIndexChanged.connect(lambda _: self._changed())
        self.value.textEdited.connect(self._offer)
        self.value.textChanged.connect(lambda _: self._changed())
        self.since.textChanged.connect(lambda _: self._dated())
        self.reason.textChanged.connect(lambda _: self._may())

    def _asked(self) -> _Asked:
        text = self.value.text().strip()
        return _Asked(str(self.field.currentData()), text, self.completer.meant(text))

    def _on(self) -> date | None:
        """The day from which it holds. Raises ValueError."""
        return read_date(self.since.text(), year=self._desk.today.year)

    def _offer(self, text: str) -> None:
        office, register, name = self._desk.office, self._register, self._asked().field
        offer = self.completer.offer
        self._desk.worker.read(lambda _: complete(office, register, name, text, _OFFERED), offer)

    def _changed(self) -> None:
        self._seen = None
        self._may()
        self._typing.start()

    def _look(self) -> None:
        """Ask what it would do; an older question is dropped."""
        office, register, ids, asked = self._desk.office, self._register, self._ids, self._asked()
        if self._job:
            self._job.cancel()
        self.says.setText("正在核对……")

        def shown(found: Filling) -> None:
            if self._asked() == asked:
                self._seen = (asked, found)
                self._dated()

        self._job = self._desk.worker.compute(
            lambda task: preview(
                office, register, ids, asked.field, asked.text, task, picked=asked.picked
            ),
            shown,
        )
        self._job.ended.connect(self._forget)

    def _forget(self) -> None:
        self._job = None

    def _show(self, found: Filling) -> None:
        said = f"{found.rows:,} 行，其中 {found.changing:,} 行会改变"
        if found.refused:
            said += f"，{len(found.refused):,} 行不能改"
        if found.missing:
            said = f"台账里还没有“{found.missing}”，修改时一并登记"
        self._tell(f"{said}。", [] if found.missing else found.refused)

    def _tell(self, said: str, refused: Sequence[Refused], tone: str = "second") -> None:
        self.says.setText(said)
        set_tone(self.says, tone)
        self.refused.set_lines(refused)
        self.list.setVisible(bool(refused))
        self.adjustSize()

    def _dated(self) -> None:
        """A day that is none is said at once."""
        if not self._is_day():
            self._tell(_NO_DATE, [], "bad")
        elif self._seen:
            self._show(self._seen[1])
        self._may()

    def _is_day(self) -> bool:
        try:
            self._on()
        except ValueError:
            return False
        return True

    def _may(self) -> None:
        """The button says how many rows change, and is dull as long as nothing would."""
        found = self._seen[1] if self._seen and self._is_day() else None
        changing = 0 if found is None else found.rows if found.missing else found.changing
        self.yes.setText(f"修改 {changing:,} 行" if changing else "修改")
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(bool(changing and self.reason.text().strip()))
        self.yes.setToolTip("" if self.reason.text().strip() else "请先写明事由")

    def _fill(self) -> None:
        assert self._seen is not None
        asked, found = self._seen
        work = _filling(
            self._desk,
            self._register,
            self._ids,
            replace(asked, make_missing=bool(found.missing)),
            self.reason.text().strip(),
            self._on(),
        )
        self.yes.setEnabled(False)
        self._tell("正在修改……", [])
        self.bar.show()
        self.no.setText("取消")
        self._writing = self._desk.worker.write(lambda _: work(), self._filled, self._failed)
        self._writing.cancelled.connect(self._cancelled)
        self._writing.ended.connect(self._over)

    def _over(self) -> None:
        self._writing = None
        self.bar.hide()
        if self.no.text() == "取消":
            self.no.setText("不修改")

    def reject(self) -> None:
        """Leave; while rows are being changed, stop that first: then none is."""
        if self._writing is None:
            super().reject()
        else:
            self._writing.cancel()

    def _cancelled(self) -> None:
        self._tell("已取消，一行也没有修改。", [])
        self._may()

    def _failed(self, error: UserError) -> None:
        self._tell(error.message, [], "bad")

    def _filled(self, edited: Edited) -> None:
        """Say what was done; where rows were refused the dialog stays and lists them."""
        action, count = edited.changes.action, len(edited.ids)
        self._desk.broadcast(edited.changes)
        refused = self._seen[1].refused if self._seen and edited.problems else ()
        said = f"已修改 {count:,} 行" + (f"，{len(refused):,} 行没有修改。" if refused else "。")
        if action is not None:
            back = ("撤销", lambda: undo_action(self._desk, action))
            self._desk.said.emit(said, "warn" if refused else "good", back)
        if not refused:
            self.accept()
            return
        self._tell(said, refused, "bad")
        self.no.setText("关闭")
        self.no.setAccessibleName("关闭")
        self.no.setFocus()


def _line(name: str, example: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def _filling(
    desk: Desk, register: str, ids: list[int], asked: _Asked, reason: str, on: date | None
) -> Callable[[], Edited]:
    return lambda: fill(
        desk.office,
        register,
        ids,
        asked.field,
        asked.text,
        reason=reason,
        on=on,
        picked=asked.picked,
        make_missing=asked.make_missing,
    )
