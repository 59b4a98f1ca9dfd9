"""What is typed into a register's table: written beside the window, refused cells marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.entry import clipboard
from xqhz_desktop.services.entry.candidates import complete
from xqhz_desktop.services.entry.clipboard import Pasting
from xqhz_desktop.services.entry.editing import Edit, Edited, Wrong, set_cells
from xqhz_desktop.ui.cell_editor import Show
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import redo_last, undo_last
from xqhz_desktop.ui.table import Index
from xqhz_desktop.ui.typed_model import TypedModel
from xqhz_desktop.ui.typed_table import TypedSheet

_OFFERED = 10


class Cells(QObject):
    """Carries cells between a table and the records, each step one action of the history."""

    def __init__(self, desk: Desk, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._register = ""
        self._making: set[int] = set()  # new rows that are being written
        self._held: list[Edit] = []  # what was typed into them meanwhile
        self._partly: int | None = None  # the last action, where a part of it was refused
        self.sheet = TypedSheet(name, self._offer)
        self.sheet.pasted.connect(self._paste)
        self.sheet.filled.connect(self._fill)
        self.sheet.copied.connect(self._copy)
        self.sheet.cut.connect(self._cut)
        self.sheet.cleared.connect(self._clear)
        self.sheet.undo.connect(self.step_back)
        self.sheet.redo.connect(lambda: redo_last(self.sheet, desk))
        desk.changed.connect(self._heard)
        self.sheet.today_typed.connect(self._type_today)

    def show_register(self, register: str, model: TypedModel) -> None:
        """Work on this register from now on."""
        self._register = register
        self._making, self._held = set(), []
        model.typed.connect(self.write)
        self.sheet.show_model(model)
        self.sheet.selectionModel().currentRowChanged.connect(lambda _, left: self._left(left))

    @property
    def model(self) -> TypedModel:
        """The table's model."""
        model = self.sheet.model()
        assert isinstance(model, TypedModel)
        return model

    def write(self, edits: Sequence[Edit], *, make_missing: bool = False) -> None:
        """Write typed cells; the good ones are kept, the others say why they were not.

        What is typed into a new row that is just being written waits until it is known whether it
        is a record: else it would be made twice.
        """
        office, register, model = self._desk.office, self._register, self.model
        making, held = self._making, self._held
        now = [edit for edit in edits if edit.row is not None or edit.new not in making]
        held += [edit for edit in edits if edit.row is None and edit.new in making]
        new = {edit.new for edit in now if edit.row is None}
        model.write_over(now)

        def written(edited: Edited) -> None:
            making.difference_update(new)
            model.taken(now, edited.problems, edited.made)
            self._partly = edited.changes.action if edited.problems else None
            self._desk.broadcast(edited.changes)
            self._tell(now, edited)
            again = [_onto(edit, edited.made) for edit in held if edit.new in new]
            held[:] = [edit for edit in held if edit.new not in new]
            if again and model is self.model:
                self.write(again)

        def stopped() -> None:
            making.difference_update(new)
            model.let_go([*now, *(edit for edit in held if edit.new in new)])
            held[:] = [edit for edit in held if edit.new not in new]

        if now:
            making.update(new)
            job = self._desk.worker.write(
                lambda _: set_cells(office, register, now, make_missing=make_missing),
                written,
                doing="正在写入",
            )
            job.refused.connect(lambda _: making.difference_update(new))
            job.cancelled.connect(stopped)

    def step_back(self) -> None:
        """Take back what was refused; with it, or where there is none, what was done last."""
        model = self.model
        if self._partly is not None:
            undo_last(self.sheet, self._desk, model.give_up_refused)
        elif model.give_up_refused():
            self._desk.said.emit("已清除没有写入的内容。", "", None)
        else:
            undo_last(self.sheet, self._desk)

    def _heard(self, changes: Changes) -> None:
        """What was refused is of the last step no more, once there is another."""
        if changes.action != self._partly:
            self._partly = None

    def _to_be_told(self, problems: Sequence[Wrong]) -> tuple[Wrong, ...]:
        """A new row that is still being typed lacks something; it is said when it is left."""
        here = self.model.number(self.sheet.currentIndex().row())
        return tuple(one for one in problems if one.row is not None or -one.new != here)

    def _left(self, row: Index) -> None:
        """Say what a new row lacks to be kept."""
        model = self.model
        number = model.number(row.row()) if 0 <= row.row() < model.rowCount() else 0
        why = next((why for (one, _), why in model.wrong.items() if one == number < 0), "")
        if why:
            self._desk.said.emit(f"新的一行还没有保存：{why}", "warn", None)

    def _tell(self, edits: Sequence[Edit], edited: Edited) -> None:
        """Say what was refused; what is only missing can be registered on the spot."""
        told = self._to_be_told(edited.problems)
        if not told:
            for warning in edited.warnings[:1]:
                self._desk.said.emit(warning.reason, "warn", None)
            return
        count = len({(one.row, one.new, one.field) for one in edited.problems})
        reason = told[0].reason
        said = reason if count == 1 else f"{count:,} 格没有写入，已标红：{reason}"
        missing = dict.fromkeys(one.missing for one in told if one.missing)
        refused = {(one.row, one.new) for one in told if one.missing}
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
        """Read the block beside the window, write it as one action, and select where it stands."""
        if not self._may_type():
            return
        model, register = self.model, self._register
        ids, names = model.ids, model.names
        at, shown = self.sheet.currentIndex(), model.records

        def write(made: Pasting) -> None:
            if model is not self.model:
                return
            beyond = max(0, row - shown)  # new rows that stand above the block
            edits = [
                edit if edit.row is not None else replace(edit, new=edit.new + beyond)
                for edit in made.edits
            ]
            self.write(edits)
            if at == self.sheet.currentIndex():
                self.sheet.select_block(row, column, made.rows + made.new, made.columns)
            if made.beyond:
                self._desk.said.emit(
                    f"右边多出的 {made.beyond} 列没有对应的列，没有粘贴。", "warn", None
                )

        self._desk.worker.read(
            lambda _: clipboard.paste(
                register, ids, names, row, column, text, onto=(rows, columns)
            ),
            write,
        )

    def _clear(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Empty the cells: a new row's are let go of, a record's are written."""
        model = self.model
        too_much = "请分几次清除，或用“更多”里的批量填写。"
        if not self._may_type() or self._is_too_much(rows, columns, too_much):
            return
        for row in (row for row in rows if not model.is_record(row)):
            for column in columns:
                model.give_up(row, column)
        ids = [model.id_at(row) for row in rows if model.is_record(row)]
        names = [model.names[column] for column in columns]
        self.write([Edit(number, name, "") for number in ids for name in names])

    def _cut(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Nothing goes before it is on the clipboard."""
        if self._may_type():
            self._copy(rows, columns, partial(self._clear, rows, columns))

    def _may_type(self) -> bool:
        """Whether cells can be changed; where one only looks, that is said."""
        try:
            self._desk.office.must_be(Role.CLERK, "修改")
        except UserError as error:
            self._desk.said.emit(error.message, "warn", None)
            return False
        return True

    def _is_too_much(self, rows: Sequence[int], columns: Sequence[int], how: str) -> bool:
        too_much = len(rows) * len(columns) > clipboard.MOST
        if too_much:
            self._desk.said.emit(f"选中的超过 {clipboard.MOST:,} 格，{how}", "warn", None)
        return too_much

    def _fill(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """The true values of the first row go into the others, whatever is masked."""
        model, office, register = self.model, self._desk.office, self._register
        wanted = [row for row in rows if model.is_record(row)]
        if len(wanted) < 2 or not self._may_type():
            return
        names = [model.names[column] for column in columns]
        first, others = model.id_at(wanted[0]), [model.id_at(row) for row in wanted[1:]]

        def fill(found: list[list[str]]) -> None:
            texts = dict(zip(names, found[0], strict=True))
            self.write([Edit(one, name, texts[name]) for one in others for name in names])

        self._desk.worker.read(lambda _: clipboard.inside(office, register, [first], names), fill)

    def _copy(
        self,
        rows: Sequence[int],
        columns: Sequence[int],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Others get what is shown; a paste in the program gets the true values."""
        model, office, register = self.model, self._desk.office, self._register
        wanted = [row for row in rows if model.is_record(row)]
        if not wanted or self._is_too_much(rows, columns, "请用“导出”。"):
            return
        names = [model.names[column] for column in columns]
        ids = [model.id_at(row) for row in wanted]
        typed = {cell: text for cell, text in model.unsaved.items() if cell[0] >= 0}

        def put(found: clipboard.Copied) -> None:
            self.sheet.put_on_clipboard(found.text, found.html, found.inside)
            then()

        self._desk.worker.read(lambda _: clipboard.copy(office, register, ids, names, typed), put)

    def _type_today(self) -> None:
        at = self.sheet.currentIndex()
        if self._may_type():
            self.model.enter([(at.row(), at.column(), self._desk.today.isoformat(), None)])


def _onto(edit: Edit, made: Mapping[int, int]) -> Edit:
    """What was typed into a new row, for the record that it has become."""
    return replace(edit, row=made[edit.new], new=0) if edit.new in made else edit
