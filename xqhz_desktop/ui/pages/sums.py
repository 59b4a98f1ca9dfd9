"""Sum and average of the selected cells that are figures, at the foot of a register's table."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from xqhz_desktop.services import tables
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.parts import label
from xqhz_desktop.ui.typed_model import TypedModel
from xqhz_desktop.ui.typed_table import TypedSheet

_REST_MS = 120  # a selection that still grows is not added up


class Sums(QObject):
    """Adds up what is selected in a table, beside the window."""

    def __init__(self, page: Page, sheet: TypedSheet) -> None:
        super().__init__(page)
        self._page, self._sheet = page, sheet
        self._register = ""
        self._turn = 0  # an answer about an older selection is dropped
        self.label = label("", 9, tone="second")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._add)

    def look(self, register: str) -> None:
        """The selection is another, in a table of this register."""
        self._register = register
        self._turn += 1
        self.label.clear()
        self._rest.start()

    def _add(self) -> None:
        fields = self._selected()
        if sum(map(len, fields.values())) > 1:
            office, register = self._page.desk.office, self._register
            turn = self._turn
            self._page.fetch(
                lambda _: _sum(office, register, fields),
                lambda told: self._show(turn, *told),
                "sum",
                long=True,
            )

    def _selected(self) -> dict[int, list[str]]:
        """The selected fields that are figures, by the ids of their records."""
        model, found = self._sheet.model(), dict[int, list[str]]()
        assert isinstance(model, TypedModel)
        selection = self._sheet.selectionModel().selection()
        for part in (selection.at(at) for at in range(selection.count())):
            columns = range(part.left(), part.right() + 1)
            names = [model.names[at] for at in columns if model.columns[at].right]
            if not names:
                continue
            for row in range(part.top(), min(part.bottom() + 1, model.records)):
                found.setdefault(model.id_at(row), []).extend(names)
        return found

    def _show(self, turn: int, total: float, count: int) -> None:
        if count > 1 and turn == self._turn:
            mean = _figure(total / count)
            self.label.setText(f"合计 {_figure(total)} · 平均 {mean}（{count:,} 个数）")


def _sum(office: Any, register: str, fields: dict[int, list[str]]) -> tuple[float, int]:
    """The sum of the true values, and how many there are; empty cells are none."""
    records = tables.read_values(office, register, list(fields))
    cells = (row[name] for row in records for name in fields[row["id"]])
    found = [value for value in cells if value is not None]
    return sum(found), len(found)


def _figure(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
