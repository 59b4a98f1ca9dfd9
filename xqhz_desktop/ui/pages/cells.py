"""What is typed into a register's table: written beside the window, refused cells marked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from xqhz_desktop.services import history, tables
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.entry.editing import Edit, Edited, set_cells
from xqhz_desktop.ui.cell_editor import Show
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.typed_table import TypedModel, TypedSheet

_OFFERED = 10


class Cells(QObject):
    """Carries cells between a table and the records, each step one action of the history."""

    def __init__(self, desk: Desk, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._register = ""
        self.sheet = TypedSheet(name, self._offer)
        self.sheet.pasted.connect(self._paste)
        self.sheet.filled.connect(self._fill)
        self.sheet.asked_inside.connect(self._copy)
        self.sheet.undo.connect(self._undo)
        self.sheet.redo.connect(self._redo)
        self.sheet.today_typed.connect(self._type_today)

    def show_register(self, register: str, model: TypedModel) -> None:
        """Work on this register from now on."""
        self._register = register
        model.typed.connect(self.write)
        self.sheet.show_model(model)

    @property
    def model(self) -> TypedModel:
        """The table's model."""
        model = self.sheet.model()
        assert isinstance(model, TypedModel)
        return model

    def write(self, edits: Sequence[Edit], *, make_missing: bool = False) -> None:
        """Write typed cells; the good ones are kept, the others say why they were not."""
        office, register, model = self._desk.office, self._register, self.model

        def written(edited: Edited) -> None:
            model.taken(edits, edited.problems, edited.made)
            self._desk.broadcast(edited.changes)
            self._tell(edits, edited)

        self._desk.worker.write(
            lambda _: set_cells(office, register, edits, make_missing=make_missing), written
        )

    def _tell(self, edits: Sequence[Edit], edited: Edited) -> None:
        """Say what was refused; what is only missing can be registered on the spot."""
        if not edited.problems:
            for warning in edited.warnings[:1]:
                self._desk.said.emit(warning.reason, "warn", None)
            return
        first = edited.problems[0]
        count = len(edited.problems)
        said = first.reason if count == 1 else f"{count} 格没有写入，已标红：{first.reason}"
        missing = dict.fromkeys(one.missing for one in edited.problems if one.missing)
        refused = {(one.row, one.new) for one in edited.problems if one.missing}
        again = [edit for edit in edits if (edit.row, edit.new) in refused]
        act = (
            (f"登记“{'、'.join(missing)}”并写入", lambda: self.write(again, make_missing=True))
            if missing
            else None
        )
        self._desk.said.emit(said, "warn", act)

    def _offer(self, column: int, text: str, show: Show) -> None:
        office, register, name = self._desk.office, self._register, self.model.names[column]
        self._desk.worker.read(lambda _: complete(office, register, name, text, _OFFERED), show)

    def _paste(self, row: int, column: int, text: str, rows: int, columns: int) -> None:
        model = self.model
        ids = [model.id_at(at) for at in range(model.records)]
        made = clipboard.paste(
            self._register, ids, model.names, row, column, text, onto=(rows, columns)
        )
        beyond = max(0, row - model.records)  # new rows that stand above the block
        edits = [
            edit if edit.row is not None else Edit(None, edit.field, edit.text, edit.new + beyond)
            for edit in made.edits
        ]
        if edits:
            self.write(edits)
        if made.beyond:
            self._desk.said.emit(
                f"右边多出的 {made.beyond} 列没有对应的列，没有粘贴。", "warn", None
            )

    def _fill(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """The true values of the first row go into the others, whatever is masked."""
        model, office, register = self.model, self._desk.office, self._register
        wanted = [row for row in rows if model.is_record(row)]
        if len(wanted) < 2:
            return
        names = [model.names[column] for column in columns]
        first, others = model.id_at(wanted[0]), [model.id_at(row) for row in wanted[1:]]

        def fill(found: list[list[str]]) -> None:
            texts = dict(zip(names, found[0], strict=True))
            self.write([Edit(one, name, texts[name]) for one in others for name in names])

        self._desk.worker.read(lambda _: clipboard.inside(office, register, [first], names), fill)

    def _copy(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Others get what is shown; a paste in the program gets the true values."""
        model, office, register = self.model, self._desk.office, self._register
        wanted = [row for row in rows if model.is_record(row)]
        if not wanted:
            return
        shown = [[model.text(row, column) for column in columns] for row in wanted]
        names = [model.names[column] for column in columns]
        fields = {field.name: field for field in tables.shown_fields(register)}
        text, html = clipboard.copied(shown, [fields[name] for name in names])
        ids = [model.id_at(row) for row in wanted]

        def put(found: list[list[str]]) -> None:
            self.sheet.put_on_clipboard(text, html, clipboard.copied(found)[0])

        self._desk.worker.read(lambda _: clipboard.inside(office, register, ids, names), put)

    def _type_today(self) -> None:
        at = self.sheet.currentIndex()
        self.model.enter([(at.row(), at.column(), self._desk.today.isoformat(), None)])

    def _undo(self) -> None:
        office = self._desk.office
        self._desk.worker.write(lambda _: history.undo(office), self._undone)

    def _redo(self) -> None:
        """Take the last undo back, as long as nothing else was done since."""
        office = self._desk.office

        def redo(_: Any) -> Any:
            line = next(iter(history.actions(office, 1)), None)
            if line is None or line.kind != "undo" or not line.title.startswith("撤销"):
                return None
            return history.undo(office, line.id)

        self._desk.worker.write(redo, self._undone)

    def _undone(self, changes: Any) -> None:
        if changes is not None:
            self._desk.broadcast(changes)
