"""F8 and its button: whole ID numbers and phones for this opening, and shortened ones again."""

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from xqhz_desktop.services.privacy.masking import mask_again, unmask
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.parts import button, label, picture, row

SHOWN = "本次已显示全号，已记录"


class WholeNumbers(QObject):
    """Turns masking off and on for a page; `button` and `sign` are placed by the page."""

    changed = Signal()  # the table must be read again

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self.button = button("显示全号", self.toggle, glyph="eye")
        self.sign = QWidget()
        self.sign.setLayout(row(picture("eye", "warn", 14), label(SHOWN, 9, tone="warn"), gap=4))
        self._key = QShortcut(QKeySequence(Qt.Key.Key_F8), page)
        self._key.activated.connect(self.toggle)
        self._seen = desk.office.unmasked
        self._say()

    def offer(self, personal: bool) -> None:
        """Be there only where the register has numbers of persons."""
        self.button.setVisible(personal)
        self._key.setEnabled(personal)

    def toggle(self) -> None:
        """Show whole numbers, which is recorded, or shorten them again; nobody is asked why."""
        office = self._desk.office
        if office.unmasked:
            mask_again(office)
            self.look()
        else:
            self._desk.worker.write(lambda _: unmask(office), lambda _: self.look())

    def look(self) -> None:
        """Follow what another page or opening has done meanwhile."""
        if self._seen != self._desk.office.unmasked:
            self._seen = not self._seen
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        whole, shown = self._seen, theme.tokens()
        verb = "重新遮盖" if whole else "显示全号"
        self.button.setText(verb)
        self.button.setAccessibleName(verb)
        self.button.setIcon(icon("hide" if whole else "eye", shown.second, shown.pale))
        self.button.setIconSize(QSize(14, 14))
        self.button.setToolTip(
            "身份证号和电话重新遮盖（F8）"
            if whole
            else "显示完整的身份证号和电话，不问用途，会记录（F8）"
        )
        self.sign.setVisible(whole)
