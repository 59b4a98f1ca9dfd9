"""The settings: the school's name, dated targets and thresholds; each says who asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from xqhz_desktop import __version__
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.results import STATUS_WORDS, Target
from xqhz_desktop.services import settings
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.settings import Threshold
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.editing import EditModel, EditSheet
from xqhz_desktop.ui.guide import open_guide
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.new_target import NewTarget
from xqhz_desktop.ui.parts import Card, button, column, label, row, titled
from xqhz_desktop.ui.table import Column
from xqhz_desktop.ui.tokens import EDGE, GROUP
from xqhz_desktop.ui.words import reach_text, strive_text

COLUMNS = (
    Column("指标", 26),
    Column("起始年份", 8, right=True),
    Column("达标值", 8, right=True),
    Column("力争值", 8, right=True),
    Column("性质", 12),
    Column("来源", 30),
)
LIMIT_COLUMNS = (
    Column("口径", 36),
    Column("数值", 22),
    Column("性质", 12),
    Column("来源", 30),
)
_REACH, _STRIVE, _LIMIT = 2, 3, 1
_NATURE, _LIMIT_NATURE = 4, 2


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    school: str
    targets: tuple[Target, ...]
    limits: list[Threshold]


def cells(target: Target) -> tuple[str, ...]:
    """The cells of a target."""
    words = DEFINITIONS[target.indicator]
    return (
        words.label,
        f"{target.from_year}年",
        reach_text(target, words.unit),
        strive_text(target, words.unit),
        STATUS_WORDS[target.status],
        target.source,
    )


def limit_cells(one: Threshold) -> tuple[str, ...]:
    """The cells of a threshold."""
    return (one.label, one.text, STATUS_WORDS[one.status], one.source)


class NameField(QLineEdit):
    """The school's name: Enter or leaving the field keeps it, Escape brings the old one back."""

    def __init__(self, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._known = ""
        self._keep = keep
        self.setAccessibleName("学校名称")
        self.setPlaceholderText("请填写学校全称")
        self.setMinimumWidth(360)
        self.editingFinished.connect(self._finish)

    def show_name(self, name: str) -> None:
        """Show the name as it is kept."""
        self._known = name
        self.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the old name back."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._known)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.text().strip() != self._known:
            self._keep(self.text())


class SettingsPage(Page):
    """What the school has set, to look at and to change; every change stands in the history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "设置")
        self.say("选中一行按 Enter 修改，Esc 放弃 · 与条文、计划不同的数值标为“学校设定”")
        self.school = NameField(self._rename)
        self.model = EditModel(COLUMNS, cells, _target_value)
        self.targets = EditSheet("目标值", self.model)
        self.limits_model = EditModel(
            LIMIT_COLUMNS, limit_cells, _limit_value, lambda one: list(one.choices.values())
        )
        self.limits = EditSheet("口径", self.limits_model)
        self.new_target = NewTarget(self._set_target)
        self.model.edited.connect(self._change_target)
        self.limits_model.edited.connect(self._change_limit)
        for sheet in (self.targets, self.limits):
            sheet.verticalHeader().hide()
        self._lay_out()

    def _lay_out(self) -> None:
        office = self.desk.office
        facts = Card("学校与数据").fill(
            column(
                _fact("学校名称", self.school),
                _fact("数据文件夹", label(str(office.folder.root))),
                _fact("操作人", self._account()),
                _fact("版本", label(__version__)),
                _fact("使用说明", button("打开（F1）", self._open_guide, link=True)),
                gap=6,
            )
        )
        inside = column(
            facts,
            titled("目标值", self.targets, self.new_target),
            titled("口径", self.limits),
            gap=GROUP,
        )
        inside.setContentsMargins(EDGE, 8, EDGE, EDGE)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(inside)
        area = QScrollArea()
        area.setAccessibleName("设置项")
        area.setWidgetResizable(True)
        area.setWidget(ground)
        self.body.addWidget(area, 1)

    def _account(self) -> QWidget:
        made = QWidget()
        to = button("安全与用户", lambda: self.desk.go("security"), link=True)
        made.setLayout(row(label(self.desk.office.who), to, 0))
        return made

    def _open_guide(self) -> None:
        open_guide(self.window(), "")

    def read(self) -> None:
        """Ask for the school's settings."""
        self.fetch(lambda _: self._read(), self._show)

    def _read(self) -> Read:
        office = self.desk.office
        return Read(school_name(office), settings.targets(office), settings.thresholds(office))

    def _show(self, found: Read) -> None:
        if not self.school.hasFocus():
            self.school.show_name(found.school)
        order = list(DEFINITIONS)
        targets = sorted(found.targets, key=lambda one: (order.index(one.indicator), one.from_year))
        for sheet, model, lines in (
            (self.targets, self.model, targets),
            (self.limits, self.limits_model, found.limits),
        ):
            at = sheet.currentIndex()
            model.set_lines(lines)
            sheet.show_all_rows()
            sheet.setCurrentIndex(model.index(at.row(), at.column()))

    def _rename(self, name: str) -> None:
        self._write(lambda: settings.set_school_name(self.desk.office, name), "学校名称已保存。")

    def _change_limit(self, one: Threshold, _: int, text: str) -> None:
        office = self.desk.office
        self._write(
            lambda: settings.set_threshold(office, one.name, text), f"“{one.label}”已保存。"
        )

    def _change_target(self, one: Target, at: int, text: str) -> None:
        values = [_target_value(one, place) or "" for place in (_REACH, _STRIVE)]
        values[at - _REACH] = text
        self._set_target(one.indicator, one.from_year, *values)

    def _set_target(self, indicator: str, year: int, reach: str, strive: str) -> None:
        office = self.desk.office
        self._write(
            lambda: settings.set_target(office, indicator, year, reach, strive),
            f"“{DEFINITIONS[indicator].label}”{year}年起的目标已保存。",
        )

    def _write(self, verb: Callable[[], Changes], done: str) -> None:
        """Change something on the writing thread; a refused value stays as it was."""

        def told(changes: Changes) -> None:
            self.desk.said.emit(f"{done}可在“历史”里撤销。", "good", None)
            self.desk.broadcast(changes)

        self.desk.worker.write(lambda _: verb(), told)


def _target_value(target: Target, at: int) -> str | None:
    unit = DEFINITIONS[target.indicator].unit
    if at == _REACH:
        return reach_text(target, unit)
    return strive_text(target, unit) if at == _STRIVE else None


def _limit_value(one: Threshold, at: int) -> str | None:
    return one.text.removesuffix(one.unit).strip() if at == _LIMIT else None


def _fact(name: str, value: QWidget) -> QWidget:
    key = label(name, 10, tone="second")
    key.setFixedWidth(96)
    made = QWidget()
    made.setLayout(row(key, value, 0))
    return made
