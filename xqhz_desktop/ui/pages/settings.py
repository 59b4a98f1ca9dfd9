"""The settings to read: the school, the dated targets and thresholds, and where the data lies."""

from dataclasses import dataclass, fields
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from xqhz_desktop import __version__
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.results import Target
from xqhz_desktop.policy.settings import Settings
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.parts import Card, column, label, row, titled
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE, GROUP
from xqhz_desktop.ui.words import STATUSES, reach_text, share_text, strive_text

COLUMNS = (
    Column("指标", 34),
    Column("自", 8, right=True),
    Column("达标值", 8, right=True),
    Column("力争值", 8, right=True),
    Column("性质", 12),
    Column("来源", 30),
)
THRESHOLDS: dict[str, str] = {
    "practice_days": "教师企业实践达标天数",
    "practice_years": "教师企业实践周期（年）",
    "month_days": "教师年度企业实践天数",
    "internship_days": "岗位实习天数",
    "pay_share": "实习报酬不低于同岗位的",
    "firm_share": "实习学生不超过在岗职工的",
    "practice_share": "实践学时不低于总学时的",
    "minimum_age": "岗位实习最小年龄",
    "adult_age": "成年年龄",
    "agreement_years": "合作协议期限（年）",
    "part_time_of": "兼职教师占比的分母",
    "rates_of": "未填的学生",
}
_WORDS = {
    "fulltime": "专任教师",
    "all_teachers": "专任教师与兼职教师",
    "all": "计入分母",
    "known": "不计入",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    school: str
    targets: tuple[Target, ...]
    settings: Settings


def cells(target: Target) -> tuple[str, ...]:
    """The cells of a target."""
    words = DEFINITIONS[target.indicator]
    return (
        words.label,
        f"{target.from_year} 年",
        reach_text(target, words.unit),
        strive_text(target, words.unit),
        STATUSES[target.status],
        target.source,
    )


def threshold_text(name: str, value: object) -> str:
    """A setting's value as the reader sees it."""
    if isinstance(value, Fraction):
        return share_text(float(value))
    if name == "part_time_of" and value == "all":
        return _WORDS["all_teachers"]
    return _WORDS.get(str(value), str(value))


class SettingsPage(Page):
    """What the school has set; changing it comes with the settings' own forms."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "设置")
        self.say("目标值和口径都注明来源；学校自定的标为“学校设定”，不是法规条文")
        self.school = label("", 10)
        self.model = LinesModel(COLUMNS, cells)
        self.targets = Sheet("目标值", self.model)
        self.targets.verticalHeader().hide()
        self.limits_model = LinesModel((Column("口径", 34), Column("值", 30)), lambda line: line)
        self.limits = Sheet("口径", self.limits_model)
        self.limits.verticalHeader().hide()
        folder = label(str(desk.office.folder.root), 10)
        facts = Card("学校与数据").fill(
            column(
                _fact("学校名称", self.school),
                _fact("数据文件夹", folder),
                _fact("操作人", label(desk.office.who)),
                _fact("版本", label(__version__)),
                gap=6,
            )
        )
        inside = column(
            facts, titled("目标值", self.targets), titled("口径", self.limits), gap=GROUP
        )
        inside.setContentsMargins(EDGE, 8, EDGE, EDGE)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(ground)
        self.body.addWidget(area, 1)

    def read(self) -> None:
        """Ask for the school's settings."""
        self.fetch(lambda _: self._read(), self._show, long=True)

    def _read(self) -> Read:
        school = self.desk.numbers().school
        return Read(school_name(self.desk.office), tuple(school.targets), school.settings)

    def _show(self, found: Read) -> None:
        self.school.setText(found.school or "未填")
        self.model.set_lines(sorted(found.targets, key=lambda one: (one.indicator, one.from_year)))
        self.limits_model.set_lines(
            [
                (THRESHOLDS[one.name], threshold_text(one.name, getattr(found.settings, one.name)))
                for one in fields(Settings)
            ]
        )
        for sheet, model in ((self.targets, self.model), (self.limits, self.limits_model)):
            rows = model.rowCount() * sheet.verticalHeader().defaultSectionSize()
            sheet.setMinimumHeight(rows + sheet.horizontalHeader().sizeHint().height() + 4)
            sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _fact(name: str, value: QWidget) -> QWidget:
    key = label(name, 10, tone="second")
    key.setFixedWidth(96)
    made = QWidget()
    made.setLayout(row(key, value, 0))
    return made
