"""The dialog in which firms that stand in the records twice are made one, or told apart."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.merging import Preview, Said, Twins, merge, preview, tell_apart, twins
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.parts import Blank, button, column, label, paragraph, row
from xqhz_desktop.ui.table import Column, LinesModel, Sheet
from xqhz_desktop.ui.words import counted, listed

_PAIRS = (Column("保留", 18), Column("并入", 18))
_CLASHES = (Column("用并入的值", 14), Column("保留的值", 20), Column("并入的值", 20))


class MergeDialog(QDialog):
    """Pairs of firms at the left, what merging the chosen pair does at the right."""

    def __init__(self, parent: QWidget, desk: Desk, pair: Twins | None = None) -> None:
        """With a `pair` it alone is offered, else all that may be one."""
        super().__init__(parent)
        self._desk = desk
        self._only = pair
        self._pair: Twins | None = None
        self.setWindowTitle("合并企业")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 540)
        self.pairs = LinesModel(_PAIRS, lambda one: (one.kept[1], one.gone[1]))
        self.list = Sheet("疑似重复的企业", self.pairs)
        self.list.verticalHeader().hide()
        self.list.selectionModel().currentRowChanged.connect(lambda at, _: self._choose(at.row()))
        self.list.opened.connect(lambda *_: self._go_to_verb())
        self.what = label("", 12, bold=True)
        self.what.setWordWrap(True)
        self.moves = paragraph("")
        self.fills = paragraph("")
        self.clashes = LinesModel(
            _CLASHES, lambda said: (said.label, said.kept, said.gone), ticking=True
        )
        self.fields = Sheet("两家说法不同的字段", self.clashes)
        self.fields.verticalHeader().hide()
        self.clash_words = label(
            "两家说法不同：勾选的用并入的值，其余用保留的值。", 9, tone="second"
        )
        self.turn = button("换过来，保留另一家", self._turn, link=True)
        self.apart = button("不是同一家", self._tell_apart)
        self.no = button("关闭", self.reject)
        self.yes = button("合并", self._merge, primary=True)
        for one in (self.turn, self.apart, self.no, self.yes):
            one.setAutoDefault(False)
        self.blank = Blank("正在查找", "去掉地区和公司形式后比较企业名称。", glyph="firm")
        self.stages = QStackedWidget()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        right = column(
            self.what,
            row(self.turn, 0),
            self.moves,
            self.fills,
            self.clash_words,
            self.fields,
            0,
            gap=8,
        )
        right.setStretch(5, 1)
        side = QWidget()
        side.setLayout(right)
        self.list.setFixedWidth(380)
        both = QWidget()
        both.setLayout(row(self.list, side, gap=16))
        self.stages.addWidget(self.blank)
        self.stages.addWidget(both)
        inside = column(
            label("疑似重复的企业" if self._only is None else "合并企业", 14, bold=True),
            paragraph("名称去掉地区和公司形式后几乎一样。合并成一家，随时可以撤销。", 9),
            self.stages,
            row(self.apart, 0, self.no, self.yes),
            gap=12,
        )
        inside.setStretch(2, 1)
        inside.setContentsMargins(20, 16, 20, 16)
        self.setLayout(inside)
        self._may(False)

    def _go_to_verb(self) -> None:
        self.yes.setFocus()

    def _may(self, may: bool) -> None:
        self.yes.setEnabled(may)
        self.apart.setEnabled(may and self._only is None)
        self.apart.setVisible(self._only is None)

    def _read(self) -> None:
        if self._only is not None:
            self._show([self._only])
        else:
            office = self._desk.office
            self._desk.worker.compute(lambda _: twins(office), self._show)

    def _show(self, found: Sequence[Twins]) -> None:
        at = max(0, self.list.currentIndex().row())
        self.pairs.set_lines(found)
        if not found:
            self.blank.say("没有疑似重复的企业", "以后导入的名册里出现相近的名称，会在工作台提醒。")
        self.stages.setCurrentIndex(1 if found else 0)
        self._may(False)
        if found:
            self.list.selectRow(min(at, len(found) - 1))
            self._choose(min(at, len(found) - 1))
            self.list.setFocus()
        else:
            self.no.setFocus()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.pairs.lines):
            self._ask(self.pairs.lines[at])

    def _turn(self) -> None:
        """The other one is kept."""
        if self._pair is not None:
            self._ask(Twins(self._pair.gone, self._pair.kept))

    def _ask(self, pair: Twins) -> None:
        office, self._pair = self._desk.office, pair
        self._may(False)

        def shown(seen: Preview) -> None:
            if self._pair == pair:
                self._show_preview(seen)

        kept, gone = pair.kept[0], pair.gone[0]
        self._desk.worker.read(lambda _: preview(office, kept, gone), shown, self._refused)

    def _refused(self, error: UserError) -> None:
        self.what.setText("")
        self.moves.setText(error.message)
        for part in (self.fills, self.clash_words, self.fields):
            part.hide()

    def _show_preview(self, seen: Preview) -> None:
        self.what.setText(f"“{seen.gone}”并入“{seen.kept}”")
        moved = [counted(count, called) for called, count in seen.moves.items()]
        self.moves.setText(
            f"移过去：{listed(moved)}；以后写哪个名称都认得。"
            if moved
            else "没有记录要移过去；以后写哪个名称都认得。"
        )
        blanks = [said for said in seen.fields if not said.clash]
        self.fills.setText(f"补上空白：{_said(blanks)}。")
        self.fills.setVisible(bool(blanks))
        clashes = [said for said in seen.fields if said.clash]
        self.clashes.set_lines(clashes)
        for part in (self.clash_words, self.fields):
            part.setVisible(bool(clashes))
        self._may(True)

    def _merge(self) -> None:
        assert self._pair is not None
        pair, office = self._pair, self._desk.office
        take = {self.clashes.lines[at].field for at in self.clashes.ticked}
        self._may(False)

        def done(changes: Changes) -> None:
            action = changes.action
            assert action is not None
            said = f"“{pair.gone[1]}”已并入“{pair.kept[1]}”。"
            undo = ("撤销", lambda: undo_action(self._desk, action))
            self._desk.said.emit(said, "good", undo)
            self._after(changes)

        kept, gone = pair.kept[0], pair.gone[0]
        self._desk.worker.write(lambda _: merge(office, kept, gone, take), done, self._refused)

    def _tell_apart(self) -> None:
        assert self._pair is not None
        office, pair = self._desk.office, self._pair
        self._may(False)
        self._desk.worker.write(lambda _: tell_apart(office, pair), self._after, self._refused)

    def _after(self, changes: Changes) -> None:
        """Go on with the next pair; the one that was asked for alone is done."""
        self._desk.broadcast(changes)
        if self._only is not None:
            self.accept()
        else:
            self._read()


def _said(blanks: Sequence[Said]) -> str:
    return "、".join(f"{said.label}“{said.gone}”" for said in blanks)
