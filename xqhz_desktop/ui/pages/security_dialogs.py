"""The dialogs about users and passwords: a few fields, what is wrong with them, and the verb."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QWidget

from xqhz_desktop.services.access.encryption import SHORTEST
from xqhz_desktop.services.access.roles import LABELS, Role
from xqhz_desktop.ui.parts import button, column, label, paragraph, row
from xqhz_desktop.ui.unlock import secret_field

_LONGEST_NAME = 20
_HINT = f"至少 {SHORTEST} 个字符"
WHAT_THEY_MAY = {
    Role.ADMIN: "什么都能做：管理用户，改设置，启用或解除加密，按要求删除个人信息。",
    Role.CLERK: "管台账：导入、修改、撤销、备份、恢复，写明用途后导出完整号码。",
    Role.VIEWER: "只看：看台账和指标，导出遮盖好的表，打印年度总结报告。",
}


class FormDialog(QDialog):
    """A heading, a sentence, fields under their labels; the verb waits until all is right."""

    def __init__(self, parent: QWidget, title: str, sentence: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self.said = paragraph("", 9, tone="bad")
        self.yes = button(verb, self._hand_on, primary=True)
        self.yes.setDefault(True)
        self.no = button("取消", self.reject)
        self.no.setAutoDefault(False)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(8)
        self._grid.setHorizontalSpacing(12)
        ways = row(0, self.no, self.yes)
        heading = column(label(title, 12, bold=True), paragraph(sentence), gap=6)
        inside = column(heading, self._grid, self.said, ways, gap=12)
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)

    def put(self, name: str, field: QWidget) -> None:
        """Add a field under the others."""
        at = self._grid.rowCount()
        self._grid.addWidget(label(name, tone="second"), at, 0)
        self._grid.addWidget(field, at, 1)
        field.setAccessibleName(name)
        if isinstance(field, QLineEdit):
            field.textChanged.connect(lambda _: self.look())
        if isinstance(field, QComboBox):
            field.currentIndexChanged.connect(lambda _: self.look())

    def wrong(self) -> tuple[str, bool]:
        """What is wrong with the fields, and whether it is already to be said."""
        raise NotImplementedError

    def give(self) -> None:
        """Hand on what was filled in."""
        raise NotImplementedError

    def look(self) -> None:
        """Let the verb be pressed where nothing is wrong."""
        wrong, said = self.wrong()
        self.said.setText(wrong if said else "")
        self.said.setVisible(bool(wrong) and said)
        self.yes.setEnabled(not wrong)

    def _hand_on(self) -> None:
        self.accept()
        self.give()


class PasswordDialog(FormDialog):
    """Asks for a new password twice, or for the present one, or for all three."""

    def __init__(
        self,
        parent: QWidget,
        words: tuple[str, str, str],
        give: Callable[[str, str], object],
        *,
        present: bool = False,
        new: bool = True,
    ) -> None:
        """`words` are title, sentence and verb; `give` is told the present and the new one."""
        super().__init__(parent, *words)
        self._give = give
        self.present = secret_field("")
        self.new, self.again = secret_field(_HINT), secret_field("")
        self._asks = present, new
        if present:
            self.put("现在的密码" if not new else "原来的密码", self.present)
        if new:
            self.put("新密码", self.new)
            self.put("再输一次", self.again)
        self.look()
        (self.present if present else self.new).setFocus()

    def wrong(self) -> tuple[str, bool]:
        """Too short, or not twice the same."""
        present, new = self._asks
        if present and not self.present.text():
            return "请填写密码。", False
        return passwords_wrong(self.new, self.again) if new else ("", False)

    def give(self) -> None:
        """The present password and the new one; they stay in no widget."""
        given = self.present.text(), self.new.text()
        for field in (self.present, self.new, self.again):
            field.clear()
        self._give(*given)


def passwords_wrong(new: QLineEdit, again: QLineEdit) -> tuple[str, bool]:
    """What is wrong with a new password, and whether that is to be said while it is typed."""
    if len(new.text().strip()) < SHORTEST:
        return f"密码至少要 {SHORTEST} 个字符。", bool(again.text())
    if new.text() != again.text():
        return "两次输入的密码不一样。", len(again.text()) >= len(new.text())
    return "", False


def role_choice(roles: Sequence[Role], chosen: Role) -> QComboBox:
    """A list of roles; each is explained under it on hover."""
    made = QComboBox()
    for role in roles:
        made.addItem(LABELS[role], role)
        made.setItemData(made.count() - 1, WHAT_THEY_MAY[role], Qt.ItemDataRole.ToolTipRole)
    made.setCurrentIndex(list(roles).index(chosen))
    return made


def chosen_role(choice: QComboBox) -> Role:
    """The role that is chosen; Qt keeps it as plain text."""
    return Role(choice.currentData())


class UserDialog(FormDialog):
    """Asks for a new user's name, role and password; the first one is a 管理员."""

    def __init__(
        self,
        parent: QWidget,
        give: Callable[[str, Role, str], object],
        *,
        first: bool,
        encrypted: bool,
    ) -> None:
        sentence = (
            "请先添加您自己：第一名用户是管理员，添加后以这个名字继续工作。"
            if first
            else "每人一个名字，做过什么都记在自己名下。"
        )
        super().__init__(parent, "添加用户", sentence, "添加用户")
        self._give = give
        self._must_have_password = encrypted
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.role = role_choice([Role.ADMIN] if first else list(Role), Role.ADMIN)
        if not first:
            self.role.setCurrentText(LABELS[Role.CLERK])
        self.may = paragraph("", 9)
        self.new = secret_field(_HINT if encrypted else f"{_HINT}，可以不设")
        self.again = secret_field("")
        fields = (("姓名", self.name), ("角色", self.role), ("", self.may))
        for name, field in (*fields, ("密码", self.new), ("再输一次", self.again)):
            self.put(name, field)
        self.look()
        self.name.setFocus()

    def wrong(self) -> tuple[str, bool]:
        """No name, or a password that is none."""
        self.may.setText(WHAT_THEY_MAY[chosen_role(self.role)])
        if not self.name.text().strip():
            return "请填写姓名。", False
        if self._must_have_password or self.new.text() or self.again.text():
            return passwords_wrong(self.new, self.again)
        return "", False

    def give(self) -> None:
        """Name, role and password; the last may be empty."""
        self._give(self.name.text().strip(), chosen_role(self.role), self.new.text())


class RoleDialog(FormDialog):
    """Asks for another role of a user."""

    def __init__(
        self, parent: QWidget, name: str, role: Role, give: Callable[[Role], object]
    ) -> None:
        super().__init__(
            parent, f"更改“{name}”的角色", "改了马上生效，也可以再改回来。", "更改角色"
        )
        self._give, self._before = give, role
        self.role = role_choice(list(Role), role)
        self.may = paragraph("", 9)
        self.put("角色", self.role)
        self.put("", self.may)
        self.look()

    def wrong(self) -> tuple[str, bool]:
        """The role that they have already."""
        self.may.setText(WHAT_THEY_MAY[chosen_role(self.role)])
        return ("已经是这个角色了。" if chosen_role(self.role) is self._before else ""), False

    def give(self) -> None:
        """The role chosen."""
        self._give(chosen_role(self.role))
