"""The import's page: take files, show the plan, write it; each step can be left."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services import importing
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.workbooks.plan import Fate, SheetPlan
from xqhz_desktop.ui.desk import Desk, Files
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.mapping import FORGET, MappingDialog
from xqhz_desktop.ui.pages.plan_view import PlanView
from xqhz_desktop.ui.pages.plan_words import Shown, prepared
from xqhz_desktop.ui.pages.templating import TemplateButton
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import Blank, button, column, label, picture, row
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.worker import Job

KINDS = "工作簿 (*.xlsx *.xlsm *.xls *.et *.csv);;所有文件 (*)"


class ImportPage(Page):
    """Nothing is written before it was shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "导入")
        self.job: Job | None = None
        self.view = PlanView(desk.today)
        self.view.ticked.connect(self._label_button)
        self.view.sheet_opened.connect(self._correct)
        self._paths: tuple[Path, ...] = ()
        self.columns = button("更正列对应", self._correct_chosen)
        self.go_on = button("导入", self._apply, primary=True, glyph="import")
        self.leave = button("放弃导入", self._begin)
        self.templates = TemplateButton(self, desk)
        self.tools.addWidget(self.templates.button)
        self.tools.addWidget(self.columns)
        self.tools.addWidget(self.leave)
        self.tools.addWidget(self.go_on)
        self.what = label("", 12, bold=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.bar.setFixedWidth(420)
        self.stop = button("取消", self._cancel)
        self.ended = Blank(glyph="import")
        self.stages = QStackedWidget()
        for stage in (self._make_drop(), self._make_progress(), self.view, self.ended):
            self.stages.addWidget(stage)
        self.body.addWidget(self.stages, 1)
        self._begin()

    def open(self, what: object) -> None:
        """Plan the import of files; while another one runs, say so."""
        if not isinstance(what, Files):
            if self.stages.currentIndex() == 3:
                self._begin()
            return
        if self.job:
            self.desk.said.emit("正在处理导入，请等它完成，或先取消。", "warn", None)
            return
        self._plan(what.paths)

    def _make_drop(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("drop")
        inside = column(
            0,
            _centred(picture("import", "accent", 40)),
            _centred(label("把工作簿或整个文件夹拖到这里", 14, bold=True)),
            _centred(
                label(
                    "xlsx、xls、et、csv 都可以，一次一整年也可以。先看清单，再写入。", tone="second"
                )
            ),
            8,
            row(
                0,
                button("选择文件", self._choose_files, primary=True, glyph="file"),
                button("选择文件夹", self._choose_folder, glyph="folder"),
                button("打开示例学校", self.try_sample, glyph="school"),
                0,
            ),
            0,
        )
        frame.setLayout(inside)
        return _padded(frame)

    def _make_progress(self) -> QWidget:
        made = QWidget()
        made.setLayout(
            column(
                0,
                _centred(self.what),
                row(0, self.bar, 0),
                row(0, self.stop, 0),
                0,
                gap=16,
            )
        )
        return made

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择要导入的工作簿", "", KINDS)
        if names:
            self._plan([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择放工作簿的文件夹")
        if name:
            self._plan([Path(name)])

    def try_sample(self) -> None:
        """Plan the import of the sample school."""
        self._plan([importing.sample_folder()])

    def _begin(self) -> None:
        self._stage(0)
        self.say("先读取并与库中的记录比对，列出清单；您确认之前不写入任何数据")

    def _stage(self, at: int) -> None:
        self.stages.setCurrentIndex(at)
        self.go_on.setVisible(at == 2)
        self.leave.setVisible(at == 2)
        self.columns.setVisible(at == 2)
        self.templates.button.setVisible(at == 0)

    def _plan(self, paths: Sequence[Path]) -> None:
        office = self.desk.office
        self._paths = tuple(paths)
        self._wait_for("正在读取工作簿", "只读取，不写入；取消后什么都不会改变")
        self._follow(
            self.desk.worker.write(
                lambda task: prepared(importing.plan_import(office, paths, task), self.desk.today),
                self._show_plan,
                self._refused,
            )
        )

    def _wait_for(self, what: str, sentence: str) -> None:
        self.what.setText(what)
        self.say(sentence)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._stage(1)

    def _follow(self, job: Job) -> None:
        self.job = job
        job.progressed.connect(self._progress)
        job.cancelled.connect(self._cancelled)
        job.broke.connect(lambda _: self._begin())
        job.ended.connect(self._done_with)

    def _done_with(self) -> None:
        self.job = None

    def _progress(self, done: int, total: int, what: str) -> None:
        self.what.setText(what)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.what.setText("正在取消")
        if self.job:
            self.job.cancel()

    def _cancelled(self) -> None:
        self._end("已取消，没有写入任何数据", "库中的记录与取消之前一样。")

    def _refused(self, error: UserError) -> None:
        self._end("没有导入", error.message)

    def _show_plan(self, shown: Shown) -> None:
        plan = shown.plan
        if not plan.sheets:
            why = "".join(sentence for _, sentence in plan.unreadable)
            self._end("没有可以导入的工作簿", why or "请选择 xlsx、xls、et 或 csv 文件。")
            return
        self.view.show_plan(shown)
        self.say("还没有写入 · 请先看清单，再决定是否导入")
        self._stage(2)
        self._label_button()

    def _correct_chosen(self) -> None:
        rows = self.view.sheets.selected_rows()
        if rows:
            self._correct(self.view.sheets_model.lines[rows[0]])
        else:
            self.desk.said.emit("请先在上面选一张表，再更正它的列对应。", "", None)

    def _correct(self, sheet: SheetPlan) -> None:
        """Let the clerk say which column is which, then read the same files anew."""
        if not sheet.head:
            self.desk.said.emit("这张表是空的，没有列可以对应。", "", None)
            return
        dialog = MappingDialog(self, sheet, self.desk.today)
        answer, office = dialog.exec(), self.desk.office
        register, said, header = dialog.chosen_register, dialog.columns(), dialog.header
        dialog.deleteLater()
        again = lambda _: self._plan(self._paths)  # noqa: E731
        if answer == MappingDialog.DialogCode.Accepted:
            self.desk.worker.write(
                lambda _: importing.remember_headings(office, sheet, register, said, header), again
            )
        elif answer == FORGET:
            self.desk.worker.write(lambda _: importing.forget_headings(office, sheet), again)

    def _label_button(self) -> None:
        clearing = bool(self.view.choices().clear)
        text = self.view.shown.verb(clearing=clearing)
        self.go_on.setText(text)
        self.go_on.setAccessibleName(text)
        self.go_on.setEnabled(clearing or not self.view.plan.empty)

    def _apply(self) -> None:
        office, plan, choices = self.desk.office, self.view.plan, self.view.choices()
        self._wait_for("正在写入", "要么全部写入，要么一行不写；取消后与导入之前一样")
        self._follow(
            self.desk.worker.write(
                lambda task: importing.apply_import(office, plan, choices, task),
                self._applied,
                self._refused,
            )
        )

    def _applied(self, changes: Changes) -> None:
        plan = self.view.plan
        parts = [
            f"{fate.value} {count:,} 行"
            for fate, count in self.view.shown.counts.items()
            if count and fate is not Fate.SAME
        ]
        action = changes.action
        actions = [("查看看板", lambda: self.desk.go("board")), ("继续导入", self._begin)]
        if plan.bad:
            actions.insert(1, ("查看待更正", lambda: self.desk.go("waiting")))
        if action is not None:
            actions.append(("撤销这次导入", lambda: self._undo(action)))
        rows = self.view.shown.rows
        done = f"已导入 {rows:,} 行" if rows else "已写入"
        self._end(done, "，".join([*parts, "随时可以撤销。"]), *actions)
        self.desk.broadcast(changes)

    def _undo(self, action: int) -> None:
        undo_action(self.desk, action)
        self._begin()

    def _end(self, sentence: str, step: str, *actions: tuple[str, object]) -> None:
        shown = actions or (("选择别的文件", self._begin),)
        self.ended.say(sentence, step, *shown)  # type: ignore[arg-type]
        self.say("")
        self._stage(3)


def _centred(part: QWidget) -> QLayout:
    return row(0, part, 0)


def _padded(part: QWidget) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(EDGE, 8, EDGE, EDGE)
    box.addWidget(part)
    part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made
