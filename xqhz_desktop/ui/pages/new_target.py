"""A line to set a target that holds from a later year on; earlier years keep theirs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.ui.parts import button, label, row

_CAN_HAVE_ONE = [name for name, words in DEFINITIONS.items() if words.unit == "%"]
_YEARS = (2000, 2100)


class NewTarget(QWidget):
    """Indicator, first year, 达标值 and 力争值; `keep` is told them once they are filled in."""

    def __init__(self, keep: Callable[[str, int, str, str], object]) -> None:
        super().__init__()
        self._keep = keep
        self.indicator = QComboBox()
        self.indicator.setAccessibleName("指标")
        for name in _CAN_HAVE_ONE:
            self.indicator.addItem(DEFINITIONS[name].label, name)
        self.year = _field("起始年份", "2026", 64)
        self.year.setValidator(QIntValidator(*_YEARS, self))
        self.reach = _field("达标值", "80%", 72)
        self.strive = _field("力争值", "可不填", 72)
        self.add = button("增加目标", self._add)
        self.setLayout(
            row(
                label("从新的年份起改变目标：", tone="second"),
                self.indicator,
                self.year,
                label("年起，达标值", tone="second"),
                self.reach,
                label("力争值", tone="second"),
                self.strive,
                self.add,
                0,
            )
        )
        for field in (self.year, self.reach):
            field.textChanged.connect(lambda _: self._may())
        for field in (self.year, self.reach, self.strive):
            field.returnPressed.connect(self._add)
        self._may()

    def _may(self) -> None:
        ready = self.year.hasAcceptableInput() and bool(self.reach.text().strip())
        self.add.setEnabled(ready)

    def _add(self) -> None:
        if not self.add.isEnabled():
            return
        name, year = str(self.indicator.currentData()), int(self.year.text())
        self._keep(name, year, self.reach.text(), self.strive.text())
        for field in (self.year, self.reach, self.strive):
            field.clear()


def _field(name: str, example: str, width: int) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    made.setFixedWidth(width)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made
