"""The year book's page: choose a year, look through the pages, save the file."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QComboBox, QFileDialog, QProgressBar, QStackedWidget, QWidget

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.policy.results import Period
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.board_data import first_period
from xqhz_desktop.ui.pages.pdf_view import PdfView
from xqhz_desktop.ui.parts import Blank, button, column, label, row
from xqhz_desktop.ui.words import not_counted
from xqhz_desktop.ui.worker import Job


def write_book(desk: Desk, period: Period, path: Path, task: Task) -> int:
    """Write the year book of a period; returns its pages. For the computing thread."""
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.reports.yearbook import year_book
    from xqhz_desktop.services.yearbook import gather

    return write_pdf(year_book(gather(desk.office, period, desk.today)), path, task=task)


class YearBookPage(Page):
    """The book is made into a file of its own and saved only where the reader says."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "年度总结报告")
        self._folder = TemporaryDirectory(prefix="xqhz-book-", ignore_cleanup_errors=True)
        self.destroyed.connect(self._folder.cleanup)
        self.job: Job | None = None
        self._made: tuple[Period, Path] | None = None
        self._number = 0
        self.choice = QComboBox()
        self.choice.setAccessibleName("年度或学年")
        self.choice.setMinimumWidth(150)
        self.choice.currentIndexChanged.connect(lambda _: self._choose())
        self.make = button("生成预览", self._make, primary=True, glyph="book")
        self.keep = button("保存为 PDF", self._save, primary=True, glyph="save")
        for part in (self.choice, self.make, self.keep):
            self.tools.addWidget(part)
        self.pages = PdfView(desk.worker)
        self.blank = Blank(glyph="book")
        self.what = label("", 12, bold=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.bar.setFixedWidth(420)
        self.stages = QStackedWidget()
        for stage in (self.blank, self._make_progress(), self.pages):
            self.stages.addWidget(stage)
        self.body.addWidget(self.stages, 1)
        self._stage(0)

    def read(self) -> None:
        """Ask which years there are; a book made before a change is made again on request."""
        self.fetch(lambda _: self._periods(), self._show, long=True)

    def _periods(self) -> tuple[list[Period], Period | None]:
        numbers = self.desk.numbers()
        return numbers.periods, first_period(numbers)

    def _make_progress(self) -> QWidget:
        made = QWidget()
        stop = button("取消", self._cancel)
        made.setLayout(
            column(0, row(0, self.what, 0), row(0, self.bar, 0), row(0, stop, 0), 0, gap=16)
        )
        return made

    def _show(self, found: tuple[list[Period], Period | None]) -> None:
        periods, first = found
        chosen = self.choice.currentData() or first
        self.choice.blockSignals(True)
        self.choice.clear()
        for period in periods:
            self.choice.addItem(period.label, period)
        if chosen in periods:
            self.choice.setCurrentIndex(periods.index(chosen))
        self.choice.blockSignals(False)
        if not self.job:
            self._choose()

    def _choose(self) -> None:
        period = self.choice.currentData()
        if period is None:
            self.say("")
            self.blank.say(
                "还没有可以写进报告的记录",
                "导入工作簿之后，可按年度或学年生成报告。",
                ("导入工作簿", lambda: self.desk.go("import")),
            )
        else:
            self.say(f"{period.label} · 先预览，再保存{self._not_counted}")
            self.blank.say(
                f"年度总结报告（{period.label}）",
                "A4 版面，有封面、关键指标、各台账分章、名单和指标口径。"
                "生成预览约需几秒，保存之前可以逐页查看。",
                ("生成预览", self._make),
            )
        self._stage(0)

    @property
    def _not_counted(self) -> str:
        return not_counted(self.desk.waiting_count())

    def _stage(self, at: int) -> None:
        known = self.choice.currentData() is not None
        self.stages.setCurrentIndex(at)
        self.choice.setVisible(known)
        self.choice.setEnabled(at != 1)
        self.make.setVisible(False)
        self.keep.setVisible(at == 2)

    def _make(self) -> None:
        period = self.choice.currentData()
        self._number += 1
        path = Path(self._folder.name) / f"{self._number}.pdf"
        self.what.setText("正在汇总记录")
        self.bar.setRange(0, 0)
        self._stage(1)
        job = self.desk.worker.compute(
            lambda task: write_book(self.desk, period, path, task),
            lambda pages: self._preview(period, path, pages),
            self._refused,
        )
        self.job = job
        job.progressed.connect(self._progress)
        job.cancelled.connect(self._choose)
        job.broke.connect(lambda _: self._choose())
        job.ended.connect(self._done_with)

    def _done_with(self) -> None:
        self.job = None

    def _cancel(self) -> None:
        if self.job:
            self.job.cancel()

    def _progress(self, done: int, total: int, what: str) -> None:
        self.what.setText(f"正在{what}")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _refused(self, error: UserError) -> None:
        self.blank.say("报告没有生成", error.message, ("再试一次", self._make))
        self._stage(0)

    def _preview(self, period: Period, path: Path, pages: int) -> None:
        self._made = (period, path)
        self.say(f"{period.label} · 共 {pages} 页 · 还没有保存{self._not_counted}")
        self._stage(2)
        self.pages.show_file(path)

    def _save(self) -> None:
        if self._made is None:
            return
        period, made = self._made
        name = f"校企合作年度总结报告_{period.label}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, "保存年度总结报告", name, "PDF (*.pdf)")
        if chosen:
            path = Path(chosen).with_suffix(".pdf")
            folder = self.desk.office.folder
            self.desk.worker.read(lambda _: _copied(made, path, folder), self._saved)

    def _saved(self, path: Path) -> None:
        assert self._made
        self.say(f"{self._made[0].label} · 已保存为 {path.name}{self._not_counted}")
        self.desk.said.emit(f"已保存：{path}", "good", None)


def _copied(made: Path, path: Path, folder: DataFolder) -> Path:
    """The file at its place, whole or not at all."""
    folder.must_not_hold(path)
    beside = path.with_name(f".{path.name}.tmp")
    try:
        shutil.copyfile(made, beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(
            "报告没有保存：请检查磁盘空间，或换一个文件名（文件可能正在别处打开）。", EXIT_NO_SPACE
        ) from error
    return path
