"""The dialog in which a clerk says what a sheet holds: its register, header rows and columns."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QScrollArea,
    QWidget,
)

from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services.workbooks.heads import (
    Heading,
    as_seen,
    cell_at,
    data_after,
    guessed,
    headings_at,
    lacking,
)
from xqhz_desktop.services.workbooks.plan import SheetPlan
from xqhz_desktop.services.workbooks.rows import column_number
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.pages.plan_sheet import NOT_IMPORTED, HeadModel
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.table import Sheet

_SAMPLES = 3
_LEVELS = 4  # rows of a header at most
FORGET = 2  # the dialog's result where the sheet is to be read by its headings alone again


class MappingDialog(QDialog):
    """A sheet's columns beside the fields that they fill; writes nothing by itself."""

    def __init__(self, parent: QWidget, sheet: SheetPlan, today: date) -> None:
        super().__init__(parent)
        self.sheet, self._today = sheet, today
        self.fields: dict[str, QComboBox] = {}
        self._headings: list[Heading] = []
        self.setWindowTitle("列对应")
        self.resize(860, 560)
        self.register = QComboBox()
        self.register.setAccessibleName("识别为")
        for one in IMPORTED:
            self.register.addItem(one.label, one.name)
        self.register.setCurrentIndex(max(0, self.register.findData(sheet.register)))
        deep = max(1, len(sheet.head))
        self.top = _number("表头所在的行", deep, min(sheet.header, default=0) + 1)
        self.levels = _number("表头占几行", _LEVELS, len(sheet.header))
        self.rows = Sheet("表的前几行", HeadModel(_raw(sheet), today))
        self.rows.setVisible(not sheet.header)
        self.rows.opened.connect(lambda at, _: self.top.setCurrentIndex(at))
        self.says = paragraph("", 9, tone="warn")
        self.forget = button("恢复自动识别", lambda: self.done(FORGET), link=True)
        self.forget.setVisible(sheet.said)
        self.keep = button("记住并重新读取", self.accept, primary=True)
        self.keep.setDefault(True)
        self._area = QScrollArea()
        self._area.setAccessibleName("各列对应的字段")
        self._area.setWidgetResizable(True)
        self._lay_out()
        self._show_columns()
        self._fill(sheet.letters or self._guess())
        self.register.currentIndexChanged.connect(lambda _: self._fill(self._guess()))
        for box in (self.top, self.levels):
            box.currentIndexChanged.connect(lambda _: self._take_header())

    @property
    def chosen_register(self) -> str:
        """The register that the sheet is said to be."""
        return str(self.register.currentData())

    @property
    def header(self) -> tuple[int, ...]:
        """The rows that are said to hold the headings, from 0."""
        first = self.top.currentIndex()
        return tuple(range(first, first + self.levels.currentIndex() + 1))

    def columns(self) -> dict[str, str]:
        """What is said: field → column letter."""
        said = {box.currentData(): letter for letter, box in self.fields.items()}
        return {field: letter for field, letter in said.items() if field}

    def _lay_out(self) -> None:
        name = " / ".join(part for part in (self.sheet.file, self.sheet.sheet) if part)
        where = row(
            label("识别为", tone="second"),
            self.register,
            16,
            label("表头从第", tone="second"),
            self.top,
            label("行起，占", tone="second"),
            self.levels,
            label("行", tone="second"),
            0,
        )
        self.rows.setFixedHeight(150)
        inside = column(
            label("列对应", 14, bold=True),
            paragraph(f"{name}：说明每一列是什么。以后表头相同的表都照此读取。", 9),
            where,
            self.rows,
            self._area,
            self.says,
            row(self.forget, 0, button("取消", self.reject), self.keep),
            gap=12,
        )
        inside.setStretch(4, 1)
        inside.setContentsMargins(20, 16, 20, 16)
        self.setLayout(inside)

    def _take_header(self) -> None:
        """Other rows are the header: their columns, and what their headings seem to mean."""
        self._show_columns()
        self._fill(self._guess())

    def _guess(self) -> dict[str, str]:
        return guessed(self.sheet, self.header, self.chosen_register)

    def _show_columns(self) -> None:
        """A line for each heading: its letter, the field it fills, and what stands under it."""
        self._headings = headings_at(self.sheet, self.header)
        self.fields = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setColumnStretch(3, 1)
        for at, one in enumerate(self._headings):
            text = " ".join(one.text.split())
            box = QComboBox()
            box.setAccessibleName(f"{one.letter} 列“{text}”对应的字段")
            box.setMinimumWidth(190)
            box.activated.connect(lambda _, letter=one.letter: self._once(letter))
            grid.addWidget(label(one.letter, tone="hint"), at, 0)
            grid.addWidget(_short(text), at, 1)
            grid.addWidget(box, at, 2)
            grid.addWidget(_short(self._samples(one.letter), "second"), at, 3)
            self.fields[one.letter] = box
        grid.setRowStretch(len(self.fields), 1)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(grid)
        self._area.setWidget(ground)

    def _samples(self, letter: str) -> str:
        """The first cells under a heading, as they may be seen."""
        at = column_number(letter)
        rows = data_after(self.sheet, self.header)[:_SAMPLES]
        texts = (as_seen(cell_at(self.sheet, one, at), None, self._today) for one in rows)
        return "，".join(text for text in texts if text)

    def _fill(self, letters: Mapping[str, str]) -> None:
        """Offer the fields of the chosen register, and choose those that `letters` names."""
        known = {letter: field for field, letter in letters.items()}
        for letter, box in self.fields.items():
            box.clear()
            box.addItem(NOT_IMPORTED, "")
            for field in REGISTERS[self.chosen_register].fields:
                box.addItem(field.label, field.name)
            box.setCurrentIndex(max(0, box.findData(known.get(letter, ""))))
        self._may()

    def _once(self, letter: str) -> None:
        """A field is filled by one column alone: the last one that was said."""
        chosen = self.fields[letter].currentData()
        for other, box in self.fields.items():
            if other != letter and chosen and box.currentData() == chosen:
                box.setCurrentIndex(0)
        self._may()

    def _may(self) -> None:
        missing = lacking(self.chosen_register, self.columns())
        self.says.setText(f"还要指定哪一列是{'、'.join(missing)}。" if missing else "")
        self.keep.setEnabled(not missing)


def _raw(sheet: SheetPlan) -> SheetPlan:
    """The sheet as one in which nothing was recognised: all its first rows, no fields."""
    return SheetPlan(sheet.file, sheet.sheet, "", None, head=sheet.head, merges=sheet.merges)


def _short(text: str, tone: str = "") -> ElidedLabel:
    made = ElidedLabel(10, tone)
    made.setText(text)
    made.setMinimumWidth(110)
    return made


def _number(name: str, most: int, now: int) -> QComboBox:
    """One of the numbers from 1 on."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems([f"{number}" for number in range(1, most + 1)])
    made.setCurrentIndex(max(0, now - 1))
    return made
