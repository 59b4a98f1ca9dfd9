"""The button 视图 of a register's page: the program's views, one's own, saving and deleting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from xqhz_desktop.services import views
from xqhz_desktop.services.views import View
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button

WHOLE = View("全部")


class ViewButton(QObject):
    """Offers the views of a register; `now` is what is shown, to be saved under a name."""

    chosen = Signal(object)  # View

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], View],
        own: Callable[[], tuple[str, ...]],
        parent: QWidget,
    ) -> None:
        """`own` are the columns that stand under a view without columns."""
        super().__init__(parent)
        self._desk, self._now, self._own, self._page = desk, now, own, parent
        self._register = ""
        self._standing: Sequence[View] = ()
        self._saved: Sequence[View] = ()
        self.button = button("视图", self._open, glyph="list")
        self.button.setToolTip("换一个视图，或把现在的样子存为视图（Alt+V）")
        self.menu = QMenu(self.button)
        self.menu.setAccessibleName("视图")
        self.dialog: LineDialog | None = None

    def take(self, register: str) -> None:
        """Offer the views of this register from now on."""
        self._register, self._standing, self._saved = register, (), ()
        self._read()

    def look(self) -> None:
        """Say which view it is that is shown, where it is one."""
        name = self.current.name if self.current else ""
        shown = f"视图：{name}" if name else "视图"
        self.button.setText(f"{shown} ▾")
        self.button.setAccessibleName(shown)

    @property
    def current(self) -> View | None:
        """The view that is shown, unless something was changed since."""
        now, own = self._now(), self._own()
        alike = (
            one for one in self._all() if self._as_shown(one, own) == replace(now, name=one.name)
        )
        return next(alike, None)

    def _as_shown(self, view: View, own: tuple[str, ...]) -> View:
        return replace(view, columns=view.columns or own)

    def _all(self) -> list[View]:
        return [WHOLE, *self._standing, *self._saved]

    def _read(self) -> None:
        office, register = self._desk.office, self._register

        def show(found: tuple[list[View], list[View]]) -> None:
            if register == self._register:
                self._standing, self._saved = found
                self.look()

        self._desk.worker.read(
            lambda _: (views.standing(office, register), views.saved(office, register)), show
        )

    def _open(self) -> None:
        self._fill()
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _fill(self) -> None:
        menu, current = self.menu, self.current
        menu.clear()
        for group in ([WHOLE, *self._standing], self._saved):
            for one in group:
                act = self._add(one.name, partial(self.chosen.emit, one))
                act.setCheckable(True)
                act.setChecked(current is not None and current.name == one.name)
            menu.addSeparator()
        self._add("存为视图……", self._ask_name)
        for one in self._saved:
            self._add(f"删除视图“{one.name}”", partial(self._forget, one.name))

    def _add(self, text: str, on: Callable[[], object]) -> QAction:
        made = self.menu.addAction(text)
        made.triggered.connect(lambda: on())
        return made

    def _ask_name(self) -> None:
        more = ("现在的筛选、排序和列会记在这个名称下；名称相同的视图会被替换。",)
        example = "视图名称，如：今年到期的协议"
        self.dialog = LineDialog(
            self._page, "存为视图", more, example, "保存视图", "不保存", self._save
        )
        self.dialog.open()

    def _save(self, name: str) -> None:
        view, office, register = replace(self._now(), name=name), self._desk.office, self._register
        self._desk.worker.write(lambda _: views.save(office, register, view), self._saved_one)

    def _forget(self, name: str) -> None:
        office, register = self._desk.office, self._register
        self._desk.worker.write(lambda _: views.forget(office, register, name), self._saved_one)

    def _saved_one(self, _: object) -> None:
        self._read()
