"""The dialog in which a clerk says which column is which; remembered for that shape of sheet."""

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QScrollArea, QWidget

from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services.workbooks.plan import SheetPlan
from xqhz_desktop.ui.parts import button, column, label, paragraph, row

NOT_IMPORTED = "不导入"


class MappingDialog(QDialog):
    """A sheet's columns beside the fields that they fill; writes nothing by itself."""

    def __init__(self, parent: QWidget, sheet: SheetPlan) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.fields: dict[str, QComboBox] = {}
        self.setWindowTitle("列对应")
        self.resize(560, 560)
        self.register = QComboBox()
        self.register.setAccessibleName("识别为")
        for one in IMPORTED:
            self.register.addItem(one.label, one.name)
        self.register.setCurrentIndex(self.register.findData(sheet.register))
        self.register.currentIndexChanged.connect(lambda _: self._fill({}))
        self.keep = button("记住并重新读取", self.accept, primary=True)
        self.keep.setDefault(True)
        self._lay_out()
        self._fill(sheet.letters)

    @property
    def chosen_register(self) -> str:
        """The register that the sheet is said to be."""
        return str(self.register.currentData())

    def columns(self) -> dict[str, str]:
        """What is said: field → column letter."""
        said = {box.currentData(): letter for letter, box in self.fields.items()}
        return {field: letter for field, letter in said.items() if field}

    def _lay_out(self) -> None:
        name = " / ".join(part for part in (self.sheet.file, self.sheet.sheet) if part)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setColumnStretch(1, 1)
        for at, (letter, heading) in enumerate(self.sheet.headings.items()):
            text = " ".join(heading.split())
            box = QComboBox()
            box.setAccessibleName(f"{letter} 列“{text}”对应的字段")
            box.setMinimumWidth(190)
            box.activated.connect(lambda _, letter=letter: self._once(letter))
            grid.addWidget(label(letter, tone="hint"), at, 0)
            grid.addWidget(label(text), at, 1)
            grid.addWidget(box, at, 2)
            self.fields[letter] = box
        grid.setRowStretch(len(self.fields), 1)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(ground)
        inside = column(
            label("列对应", 14, bold=True),
            paragraph(f"{name}：选择每一列是什么。以后表头相同的表都照此读取。", 9),
            row(label("识别为", tone="second"), self.register, 0),
            area,
            row(0, button("取消", self.reject), self.keep),
            gap=12,
        )
        inside.setContentsMargins(20, 16, 20, 16)
        self.setLayout(inside)

    def _fill(self, letters: dict[str, str]) -> None:
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
        self.keep.setEnabled(bool(self.columns()))
