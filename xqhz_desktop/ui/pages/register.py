"""A register's page: all its records, sorted and searched, with one record in the panel."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QStackedWidget, QTabBar

from xqhz_desktop.registers.catalogue import REGISTERS, TYPED
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.drafts import Form
from xqhz_desktop.services.privacy.masking import is_personal, masked_if_number
from xqhz_desktop.services.views import View
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.elided import ElidedLabel
from xqhz_desktop.ui.headings import Headings
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.acts import Acts
from xqhz_desktop.ui.pages.cells import Cells
from xqhz_desktop.ui.pages.exporting import export_seen
from xqhz_desktop.ui.pages.narrowing import Narrowing
from xqhz_desktop.ui.pages.record import RecordSide
from xqhz_desktop.ui.pages.sums import Sums
from xqhz_desktop.ui.pages.unfinished import Unfinished
from xqhz_desktop.ui.pages.whole_numbers import WholeNumbers
from xqhz_desktop.ui.panel import WIDTH
from xqhz_desktop.ui.parts import Blank, button, label, row
from xqhz_desktop.ui.table import Column
from xqhz_desktop.ui.tokens import EDGE
from xqhz_desktop.ui.typed_model import TypedModel
from xqhz_desktop.ui.words import called, not_counted

FIGURES = (Kind.AMOUNT, Kind.COUNT)
_TYPING_MS = 250


class RegisterPage(Page):
    """The table of one register, or of a few related ones as tabs."""

    def __init__(self, desk: Desk, title: str, registers: tuple[str, ...]) -> None:
        super().__init__(desk, title)
        self.register = registers[0]
        self._registers = registers
        self._only: Rows | None = None
        self._order: tuple[str, bool] | None = None
        self._total = 0
        self._wanted: int | None = None  # a record to go to once the table was read
        self._opening = False  # one record was asked for: it opens
        self.tabs = self._make_tabs()
        self.search = self._make_search()
        self.narrowed = button("", self._show_all, link=True)
        self.narrowed.setIcon(icon("close", theme.tokens().accent))
        self.cells = Cells(desk, title, self)
        self.sheet = self.cells.sheet
        self.headings = Headings(self.sheet, self)
        self.narrowing = Narrowing(self, self._view, self.headings)
        self.sums = Sums(self, self.sheet)
        self.panel = RecordSide(self)
        self.unfinished = Unfinished(self)
        self.blank = Blank()
        self.whole = WholeNumbers(desk, self)
        self.acts = Acts(self)
        self.add = button("新增", self.begin_new, primary=True, glyph="add")
        self.count = label("", 9, tone="second")
        self.source = ElidedLabel(9, "second", Qt.TextElideMode.ElideMiddle)
        self._lay_out()
        self._connect()
        self._take_register()

    def open(self, what: object) -> None:
        """Show the rows behind a number, or one register of the page."""
        self._only = what if isinstance(what, Rows) else None
        self.search.clear()
        name = what.register if isinstance(what, Rows) else what
        if name in self._registers:
            self.register = str(name)
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._registers.index(self.register))
            self.tabs.blockSignals(False)
        self._take_register()
        if self._only:
            self.narrowing.drop()  # all rows of a number are shown
            self._opening = len(self._only.ids) == 1
        self.read()

    def step_back(self) -> None:
        """Ctrl+Z: what was refused in the table first, then what was done last."""
        self.cells.step_back()

    def read(self) -> None:
        """Ask for the ids in order, and for the count of all."""
        register, order, search = self.register, self._order, self.search.text().strip()
        only, filters = self._only.ids if self._only else None, self.narrowing.filters
        office = self.desk.office
        self.fetch(
            lambda _: tables.listed(office, register, order, search, only, filters),
            lambda found: self.sheet.when_still(lambda: self._show(register, found)),
        )
        self.unfinished.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what was unmasked or masked on another page."""
        super().showEvent(event)
        self.whole.look()

    def _read_again(self) -> None:
        self.model.read_again()
        at = self.sheet.currentIndex().row()
        if at >= 0:
            self._moved(at)

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar(self)  # without a parent it would be seen as a window of its own
        tabs.setAccessibleName("台账")
        tabs.setDrawBase(False)
        for name in self._registers:
            tabs.addTab(REGISTERS[name].label)
        tabs.setVisible(len(self._registers) > 1)
        return tabs

    def _make_search(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("查找姓名、企业、编号")
        field.setAccessibleName("查找")
        field.setClearButtonEnabled(True)
        field.setFixedWidth(220)
        field.addAction(
            icon("search", theme.tokens().hint), QLineEdit.ActionPosition.LeadingPosition
        )
        return field

    def _lay_out(self) -> None:
        self.tools.addWidget(self.search)
        self.tools.addWidget(self.whole.button)
        self.tools.addWidget(self.acts.more.button)
        self.tools.addWidget(button("导出", lambda: export_seen(self), glyph="save"))
        self.tools.addWidget(button("导入", lambda: self.desk.go("import"), glyph="import"))
        self.tools.addWidget(self.add)
        above = row(self.tabs, self.narrowed, 0, self.acts.deeds.button)
        above.setContentsMargins(EDGE - 12, 0, EDGE, 0)
        self.body.addLayout(above)
        self.body.addWidget(self.unfinished.offers)
        self.body.addWidget(self.narrowing)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.sheet)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([2 * WIDTH, WIDTH])
        self.stages = QStackedWidget()
        self.stages.addWidget(split)
        self.stages.addWidget(self.blank)
        self.body.addWidget(self.stages, 1)
        self.body.setSpacing(0)
        self.body.addWidget(self._make_status())

    def _make_status(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("status")
        inside = row(self.count, self.sums.label, self.whole.sign, 0, self.source, gap=16)
        inside.setContentsMargins(EDGE, 6, EDGE, 6)
        frame.setLayout(inside)
        return frame

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.read)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.tabs.currentChanged.connect(self._change_tab)
        header = self.sheet.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.sortIndicatorChanged.connect(self._sort)
        self.headings.changed.connect(self._mark_order)
        self.narrowing.changed.connect(self.read)
        self.narrowing.viewed.connect(self._take_view)
        self.sheet.opened.connect(lambda at, _: self._open_row(at))
        self.desk.waiting_read.connect(self._say)
        self.whole.changed.connect(self._read_again)
        self.panel.moved.connect(lambda step: self.sheet.step(step, 0))
        self.panel.closed.connect(self.sheet.setFocus)
        self.panel.made.connect(self._want)
        news = QShortcut(QKeySequence.StandardKey.New, self)
        news.activated.connect(self.add.click)
        finds = QShortcut(QKeySequence.StandardKey.Find, self)
        finds.activated.connect(self.search.setFocus)
        clears = QShortcut(QKeySequence("Ctrl+Shift+L"), self)
        clears.activated.connect(self.narrowing.clear.click)
        views = QShortcut(QKeySequence("Alt+V"), self)
        views.activated.connect(self.narrowing.views.button.click)

    def _change_tab(self, place: int) -> None:
        self.register = self._registers[place]
        self._only = None
        self._take_register()
        self.read()

    def _take_register(self) -> None:
        """Show the columns of the register, in the order of its fields."""
        self.headings.keep()
        fields = tables.shown_fields(self.register)
        columns = [Column(one.label, one.width, one.kind in FIGURES) for one in fields]
        office, register = self.desk.office, self.register
        self.whole.offer(any(map(is_personal, fields)))
        self._order = None
        self.sheet.horizontalHeader().setSortIndicatorShown(True)
        self.model = TypedModel(
            [one.name for one in fields],
            columns,
            lambda ids: tables.rows(office, register, ids),
            editable=not office.looking and office.role is not Role.VIEWER,
            seen=self._seen,
        )
        self.cells.show_register(register, self.model)
        self.acts.show_register(register, editable=self.model.editable)
        self.headings.take(register, dict(zip(self.model.names, columns, strict=True)))
        self.narrowing.take(register)
        self._mark_order()
        self.sheet.selectionModel().currentRowChanged.connect(lambda at, _: self._moved(at.row()))
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._count_rows())
        self.add.setEnabled(self.model.editable)
        self.panel.put_away()
        self.unfinished.show_register(register)

    def _seen(self, name: str, text: str) -> str:
        """What was typed and is not kept yet: whole numbers of persons are hidden like others."""
        field = REGISTERS[self.register].field(name)
        return text if self.desk.office.unmasked else masked_if_number(field, text, self.desk.today)

    def _view(self) -> View:
        """What is shown, as a view."""
        return View("", self.narrowing.filters, self._order, self.headings.names)

    def _take_view(self, view: View) -> None:
        self._order = view.order
        self.headings.show_view(view.columns)
        self._mark_order()

    def _mark_order(self) -> None:
        """The arrow stands over the column by which the rows are in order, if it is shown."""
        name, descending = self._order or ("", False)
        at = self.headings.names.index(name) if name in self.headings.names else -1
        self.sheet.show_order(at, Qt.SortOrder(int(descending)))
        self.narrowing.look()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        descending = order is Qt.SortOrder.DescendingOrder
        self._order = None if column < 0 else (self.model.names[column], descending)
        self.narrowing.look()
        self.read()

    def _show(self, register: str, answer: tuple[list[int], int]) -> None:
        if register != self.register:  # another one was asked for while a cell was typed into
            return
        ids, self._total = answer
        at = self.sheet.currentIndex()
        before = self._wanted or (self.model.number(at.row()) if at.isValid() else None)
        self._wanted = None
        self.model.set_ids(ids)
        rows = self.model.records
        digits = self.fontMetrics().horizontalAdvance("0") * max(2, len(f"{rows}"))
        self.sheet.verticalHeader().setFixedWidth(digits + 18)
        self._stay_at(before, at.column())
        self._choose_stage(bool(ids))
        self._say()
        self._count_rows()
        if self._opening and self.model.records:
            self.sheet.setCurrentIndex(self.model.index(0, 0))
            self._open_row(0)
        self._opening = False

    def _stay_at(self, record: int | None, column: int) -> None:
        """Keep to the row that was chosen, and to the panel; both go where it is no more."""
        row = -1 if record is None else self.model.row_of(record)
        if row < 0:
            self.source.clear()
            self.panel.let_go()
            return
        cell = self.model.index(row, column)
        if cell == self.sheet.currentIndex():
            self._moved(row)  # the same row, which may say something else
        else:
            self.sheet.setCurrentIndex(cell)

    def _choose_stage(self, any_row: bool) -> None:
        self.stages.setCurrentIndex(0 if any_row or self.panel.is_new else 1)
        if any_row:
            return
        name = REGISTERS[self.register].label
        new = [(f"新增{name}", self.begin_new)] if self.model.editable else []
        if self._total:
            self.blank.say(
                "没有符合条件的行",
                "请换一个词查找，去掉一些筛选条件，或显示全部。",
                ("显示全部", self._show_every_row),
            )
        elif REGISTERS[self.register] in TYPED:
            self.blank.say(
                f"还没有{name}记录",
                "逐条新增；已有表格的，从 Excel 复制后粘贴到第一条下面。",
                *new,
            )
        else:
            self.blank.say(
                f"还没有{name}记录",
                "把工作簿或整个文件夹拖到窗口里，先看清单再导入。",
                ("导入工作簿", lambda: self.desk.go("import")),
                *new,
            )

    def _show_all(self) -> None:
        self._only = None
        self.search.clear()
        self.read()

    def _show_every_row(self) -> None:
        self.narrowing.drop()
        self._show_all()

    def _say(self) -> None:
        waiting = self.desk.waiting_count(self.register)
        label = REGISTERS[self.register].label
        self.say(f"{label} · {self._total:,} 行{not_counted(waiting)}")
        self.narrowed.setVisible(self._only is not None)
        if self._only:
            self.narrowed.setText(f"只看：{self._only.why}")
            self.narrowed.setAccessibleName(f"显示全部，现在只看{self._only.why}")

    def _count_rows(self) -> None:
        self.sums.look(self.register)
        chosen = len(self._chosen())
        text = f"显示 {self.model.records:,} / {self._total:,} 行"
        self.count.setText(text + (f" · 已选 {chosen:,} 行" if chosen else ""))

    def _chosen(self) -> list[int]:
        """The rows of records that have a selected cell."""
        return [row for row in self.sheet.selected_rows() if self.model.is_record(row)]

    def _moved(self, at: int) -> None:
        if not self.model.is_record(at):
            self.source.clear()
            return
        values = self.model.values(at)
        self.source.setText(f"来源：{values.get('_source', '')}")
        if not self.panel.isHidden() and not self.panel.is_new:  # seen, or out of sight
            self._show_row(at)

    def _open_row(self, at: int) -> None:
        """Open a record where one writes in the field of the cell that one comes from."""
        if not self.model.is_record(at):
            self.sheet.edit(self.sheet.currentIndex())  # a new row has nothing to open yet
            return
        self._show_row(at)
        self.panel.form.focus_on(self.model.names[self.sheet.currentIndex().column()])

    def _show_row(self, at: int) -> None:
        values = self.model.values(at)
        self._show_record(self.model.id_at(at), values)

    def _show_record(self, record: int, values: dict[str, str]) -> None:
        source = values.get("_source", "")
        self.panel.show_one(self.register, record, called(values), values, source)

    def open_record(self, record: int, field: str) -> None:
        """Open a record at a field, whether it is among the rows shown or not."""
        office, register = self.desk.office, self.register

        def show(found: list[dict[str, str]]) -> None:
            if found and register == self.register:
                at = self.model.place_of(record)  # none of the rows, where it is not shown
                self.sheet.setCurrentIndex(self.model.index(at, 0 if at >= 0 else -1))
                self._show_record(record, found[0])
                self.panel.form.focus_on(field)
                self.unfinished.look()

        self.fetch(lambda _: tables.rows(office, register, [record]), show, "record")

    def begin_new(self, form: Form | None = None) -> None:
        """Open the form of a new record, or one that was begun before."""
        if self.model.editable:
            self.stages.setCurrentIndex(0)
            self.panel.begin_new(form or self.unfinished.new_form(self.register))

    def _want(self, record: int) -> None:
        self._wanted = record
