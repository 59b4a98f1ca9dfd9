"""The navigation at the left: places in groups, folding to icons in a narrow window."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QSizePolicy, QToolButton

from xqhz_desktop.ui import theme
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.parts import column, label, row

WIDE = 184
NARROW = 56
_TALL, _LOW = 32, 26  # a place's height, and in a low window


class Place(NamedTuple):
    """One place: its name, what the reader sees, its icon."""

    name: str
    label: str
    glyph: str


GROUPS: tuple[tuple[Place, ...], ...] = (
    (Place("start", "工作台", "inbox"), Place("board", "看板", "board")),
    (
        Place("firms", "合作企业", "firm"),
        Place("placements", "岗位实习", "student"),
        Place("apprentices", "学徒制", "apprentice"),
        Place("stints", "教师企业实践", "teacher"),
        Place("bookings", "基地排期", "base"),
        Place("more", "更多台账", "more"),
    ),
    (
        Place("import", "导入", "import"),
        Place("waiting", "待更正", "waiting"),
        Place("handing_out", "下发与收回", "open"),
        Place("findings", "合规检查", "rules"),
        Place("yearbook", "年度总结报告", "book"),
    ),
)
LAST: tuple[Place, ...] = (
    Place("backups", "备份与恢复", "backup"),
    Place("history", "历史", "history"),
    Place("security", "安全与用户", "lock"),
    Place("settings", "设置", "settings"),
)
# Pages that are reached from a place, and stand under it.
WITHIN = {"batch": "placements"}
PLACES: dict[str, Place] = {place.name: place for group in (*GROUPS, LAST) for place in group}


class _PlaceButton(QToolButton):
    """As high as is pleasant; in a low window as low as can still be hit."""

    def sizeHint(self) -> QSize:
        """The height where there is room."""
        return QSize(super().sizeHint().width(), _TALL)

    def minimumSizeHint(self) -> QSize:
        """The height where there is none."""
        return QSize(super().minimumSizeHint().width(), _LOW)


class Navigation(QFrame):
    """Says where one is and leads to the other places; arrows move, Enter goes."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName("导航")
        self._buttons: dict[str, QToolButton] = {}
        self._counts: dict[str, int] = {}
        self._folded = False
        self._exclusive = QButtonGroup(self)
        self._name = label("校企合作台账", 12, bold=True)
        self._school = label("", 9, tone="second")
        self.account = QToolButton()
        self.account.setObjectName("account")
        self.account.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.account.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.account.hide()
        self._lay_out()
        self.fold(False)

    def _lay_out(self) -> None:
        for part in (self._name, self._school):
            part.setIndent(10)
        box = column(self._name, self._school, row(5, self.account, 0, gap=0), 8, gap=2)
        for group in GROUPS:
            for place in group:
                box.addWidget(self._make(place))
            box.addSpacing(10)
        box.addStretch(1)
        for place in LAST:
            box.addWidget(self._make(place))
        box.setContentsMargins(10, 14, 10, 12)
        self.setLayout(box)

    def _make(self, place: Place) -> QToolButton:
        made = _PlaceButton()
        made.setObjectName("place")
        made.setCheckable(True)
        made.setAccessibleName(place.label)
        made.setIconSize(QSize(16, 16))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setIcon(self._icon(place.glyph))
        made.clicked.connect(lambda: self.chosen.emit(place.name))
        self._exclusive.addButton(made)
        self._buttons[place.name] = made
        return made

    def _icon(self, glyph: str) -> QIcon:
        shown = theme.tokens()
        made = icon(glyph, shown.second, shown.pale)
        accent = icon(glyph, shown.accent).pixmap(QSize(32, 32))
        made.addPixmap(accent, QIcon.Mode.Normal, QIcon.State.On)
        return made

    def show_school(self, name: str) -> None:
        """Name the school under the program's name."""
        self._school.setText(name)

    def show_account(self, who: str, lock: Callable[[], object]) -> None:
        """Say who is at work; its menu locks the records."""
        menu = QMenu(self.account)
        menu.addAction("锁定\tCtrl+L", lambda: lock())
        menu.addAction("安全与用户", lambda: self.chosen.emit("security"))
        self.account.setMenu(menu)
        self.account.setText(who)
        self.account.setAccessibleName(f"操作人：{who}")
        self.account.setToolTip(f"操作人：{who}")
        self.account.setVisible(not self._folded)

    def leave_account(self) -> None:
        """Nobody is at work."""
        self.account.setText("")
        self.account.hide()

    def count(self, place: str, number: int) -> None:
        """Set the count beside a place; 0 shows none."""
        self._counts[place] = number
        self._write(place)

    def button(self, place: str) -> QToolButton:
        """The button of a place."""
        return self._buttons[place]

    def mark(self, place: str) -> None:
        """Mark the place where one is."""
        self._buttons[WITHIN.get(place, place)].setChecked(True)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons and words."""
        self._folded = folded
        self.setFixedWidth(NARROW if folded else WIDE)
        for part in (self._name, self._school):
            part.setVisible(not folded)
        self.account.setVisible(not folded and bool(self.account.text()))
        for name in self._buttons:
            self._write(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the places."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        names = list(self._buttons)
        focused = [name for name in names if self._buttons[name].hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        place = (names.index(focused[0]) + step) % len(names)
        self._buttons[names[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _write(self, name: str) -> None:
        made, words, count = self._buttons[name], PLACES[name].label, self._counts.get(name, 0)
        text = f"{words}  {count:,}" if count else words
        made.setText("" if self._folded else f" {text}")
        made.setToolTip(text if self._folded else "")
        style = Qt.ToolButtonStyle
        made.setToolButtonStyle(
            style.ToolButtonIconOnly if self._folded else style.ToolButtonTextBesideIcon
        )
