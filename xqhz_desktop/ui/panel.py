"""The panel at the right of a table: one record, every field under its label."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from xqhz_desktop.ui.parts import button, column, label, paragraph, row


class RecordPanel(QFrame):
    """One record to read, with the place that it came from."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("记录")
        self.setMinimumWidth(240)
        self._title = label("", 12, bold=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heading = row(self._title, 0, button("关闭", self.hide, link=True))
        heading.setContentsMargins(16, 8, 8, 0)
        inside = column(heading, self._area, gap=4)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    def add_foot(self, foot: QWidget) -> None:
        """Keep something in sight under the record, however far it is scrolled."""
        self.layout().addWidget(foot)  # type: ignore[union-attr]

    @property
    def title(self) -> str:
        """What the record shown is called."""
        return self._title.text()

    @property
    def texts(self) -> list[str]:
        """Every text of the record shown: labels and values."""
        return [one.text() for one in self._area.findChildren(QLabel)]

    def show_record(self, title: str, fields: Sequence[tuple[str, str]], source: str) -> None:
        """Show a record's fields as (label, text) under what it is called."""
        self._title.setText(title or "记录")
        lines = column(gap=2)
        for name, text in [*fields, ("来源", source)]:
            lines.addWidget(label(name, 9, tone="hint"))
            lines.addWidget(self._value(text))
            lines.addSpacing(6)
        lines.addStretch(1)
        lines.setContentsMargins(16, 0, 16, 16)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(lines)
        self._area.setWidget(ground)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _value(self, text: str) -> QWidget:
        shown = paragraph(text or "未填", tone="" if text else "hint")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return shown
