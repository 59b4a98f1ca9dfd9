"""The line under a form: ways to save it or let it be, and where nothing is typed, to part."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from xqhz_desktop.ui.parts import button, column, label, row


class SaveBar(QFrame):
    """Says what is not saved; the buttons are connected by the form's panel."""

    def __init__(self, *parting: QWidget) -> None:
        """`parting` are ways to part from the record, seen while nothing is typed."""
        super().__init__()
        self.setObjectName("foot")
        self.setAccessibleName("保存")
        self._parting = QWidget()
        self._parting.setLayout(row(*parting))
        self.state = label("", 9, tone="second")
        self.give_up = button("放弃", lambda: None, link=True)
        self.save = button("保存", lambda: None, primary=True)
        self.save_next = button("保存并新增下一条", lambda: None)
        self.register = button("", lambda: None, link=True)
        self.save.setToolTip("Ctrl+S 或 Ctrl+Enter")
        self.save_next.setToolTip("Ctrl+Shift+Enter")
        self.give_up.setToolTip("不要刚才填写的内容")
        line = row(self._parting, self.state, 0, self.give_up, self.save_next, self.save)
        inside = column(row(0, self.register), line, gap=4)
        inside.setContentsMargins(12, 6, 12, 6)
        self.setLayout(inside)
        self.offer([])

    def show_state(self, unsaved: int, *, new: bool) -> None:
        """Say how many fields are typed and not saved."""
        self.state.setText(f"{unsaved} 项没有保存" if unsaved and not new else "")
        self._parting.setVisible(not unsaved and not new)
        self.save.setEnabled(bool(unsaved))
        self.save_next.setEnabled(bool(unsaved))
        self.save_next.setVisible(new)
        self.give_up.setVisible(bool(unsaved) or new)

    def offer(self, missing: Sequence[str]) -> None:
        """Offer to register what fields name and nobody has registered yet."""
        named = "、".join(dict.fromkeys(missing))
        self.register.setText(f"登记“{named}”并保存")
        self.register.setAccessibleName(self.register.text())
        self.register.setVisible(bool(named))
