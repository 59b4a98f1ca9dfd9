"""The page of security: encryption and passwords, who works here, and what was done and seen."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QStackedWidget, QWidget

from xqhz_desktop.services import settings
from xqhz_desktop.services.access import audit, passwords, plain_copies, users
from xqhz_desktop.services.access.roles import LABELS, Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import agreed
from xqhz_desktop.ui.guide import open_guide
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.encrypting import Encrypting
from xqhz_desktop.ui.pages.security_dialogs import PasswordDialog, RoleDialog, UserDialog
from xqhz_desktop.ui.pages.security_parts import (
    CIPHER,
    ENTRY_COLUMNS,
    ROLES,
    USER_COLUMNS,
    Member,
    Security,
    entry_cells,
    member_cells,
    minutes_choice,
    read,
    show_minutes,
    state_words,
)
from xqhz_desktop.ui.parts import (
    Blank,
    Card,
    button,
    column,
    label,
    paragraph,
    row,
    set_tone,
)
from xqhz_desktop.ui.table import LinesModel, Sheet
from xqhz_desktop.ui.tokens import EDGE, GROUP


class SecurityPage(Page):
    """Who may open the records and do what; each change stands in the chain below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "安全与用户")
        self.found: Security | None = None
        self.encrypting = Encrypting(desk, self)
        self.encrypting.changed.connect(self.read)
        self._make_encryption()
        self._make_users()
        self._make_chain()
        self.lock = button("立即锁定", desk.locking.emit, glyph="lock")
        self.lock.setToolTip("关闭台账，回来时输入密码（Ctrl+L）")
        self.tools.addWidget(self.lock)
        self._lay_out()
        self.say("正在读取")

    def _make_encryption(self) -> None:
        self.state = label("", 12, bold=True)
        self.meaning = paragraph("", 9)
        self.on = button("启用加密", self.encrypting.turn_on, primary=True, glyph="lock")
        self.off = button("解除加密", self.encrypting.turn_off)
        self.password = button("更改密码", self._change_password, glyph="key")
        self.code = button("更换恢复码", self.encrypting.new_code, glyph="print")
        self.purge = button("", self._purge, glyph="delete")
        self.minutes = minutes_choice()
        self.minutes.activated.connect(self._set_minutes)

    def _make_users(self) -> None:
        self.people = LinesModel(
            USER_COLUMNS, member_cells, lambda one, _: "" if one.account.active else "hint"
        )
        self.members = Sheet("用户", self.people)
        self.members.verticalHeader().hide()
        self.members.selectionModel().selectionChanged.connect(lambda *_: self._may())
        self.nobody = Blank(
            "还没有用户", "谁打开都按管理员对待；添加的第一名是管理员。", glyph="users"
        )
        self.stages = QStackedWidget()
        self.stages.addWidget(self.members)
        self.stages.addWidget(self.nobody)
        self.add = button("添加用户", self._add)
        self.role = button("更改角色", self._set_role)
        self.give = button("设密码", self._give_password)
        self.stop = button("停用", self._deactivate)

    def _make_chain(self) -> None:
        self.verdict = paragraph("", 9)
        self.check = button("核对操作链", self._verify, glyph="chain")
        self.chain = LinesModel(ENTRY_COLUMNS, entry_cells)
        self.entries = Sheet("操作链", self.chain)
        self.entries.verticalHeader().hide()

    # ------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        above = row(self._encryption_card(), self._roles_card(), gap=GROUP)
        above.setStretch(0, 1)
        above.setStretch(1, 1)
        below = row(self._users_part(), self._chain_part(), gap=GROUP)
        below.setStretch(0, 2)
        below.setStretch(1, 3)
        inside = column(above, below, gap=GROUP)
        inside.setStretch(1, 1)
        inside.setContentsMargins(EDGE, 0, EDGE, EDGE)
        self.body.addLayout(inside, 1)

    def _encryption_card(self) -> QWidget:
        ways = row(self.on, self.password, self.code, self.off, 0)
        old = row(self.purge, 0)
        return Card("加密").fill(column(self.state, self.meaning, 0, ways, old, gap=6))

    def _roles_card(self) -> QWidget:
        more = button("角色防什么，加密防什么", self._open_guide, link=True, glyph="guide")
        idle = row(label("自动锁定", tone="second"), self.minutes, 0, more)
        return Card("角色与锁定").fill(
            column(paragraph(ROLES, 9), paragraph(CIPHER, 9), 0, idle, gap=6)
        )

    def _users_part(self) -> QWidget:
        made = QWidget()
        ways = row(self.add, self.role, self.give, self.stop, 0)
        lines = column(label("用户", 12, bold=True), ways, self.stages, gap=8)
        lines.setStretch(2, 1)
        made.setLayout(lines)
        return made

    def _chain_part(self) -> QWidget:
        made = QWidget()
        line = row(self.check, self.verdict)
        line.setStretch(1, 1)
        lines = column(label("操作链", 12, bold=True), line, self.entries, gap=8)
        lines.setStretch(2, 1)
        made.setLayout(lines)
        return made

    # ------------------------------------------------------------ showing

    def read(self) -> None:
        """Ask how things stand."""
        office = self.desk.office
        self.fetch(lambda _: read(office), self._show)

    def _show(self, found: Security) -> None:
        self.found = found
        self.encrypting.found = found
        self.say(f"操作人：{found.who}（{LABELS[found.role]}）· 谁做过什么，都记在操作链里")
        words, tone, meaning = state_words(found)
        self.state.setText(words)
        set_tone(self.state, tone)
        self.meaning.setText(meaning)
        self.people.set_lines(found.members)
        self.stages.setCurrentIndex(0 if found.members else 1)
        self.chain.set_lines(found.entries)
        show_minutes(self.minutes, found.lock_minutes)
        self._name_buttons(found)
        self._may()

    def _name_buttons(self, found: Security) -> None:
        self.on.setVisible(not found.encrypted)
        self.off.setVisible(found.encrypted)
        self.password.setText("更改密码" if found.own_password else "设密码")
        self.code.setText("更换恢复码" if found.has_code else "制作恢复码")
        self.purge.setText(f"删除未加密的旧备份（{found.plain_copies}）")
        self.purge.setVisible(found.plain_copies > 0)
        for one in (self.password, self.code, self.purge):
            one.setAccessibleName(one.text())

    def _may(self) -> None:
        found = self.found
        if found is None:
            return
        admins: tuple[tuple[QWidget, str], ...] = (
            (self.on, "启用加密"),
            (self.off, "解除加密"),
            (self.code, "更换恢复码"),
            (self.purge, "删除旧备份"),
            (self.add, "添加用户"),
            (self.minutes, "改自动锁定"),
        )
        for one, doing in admins:
            _allow(one, found.refusal(Role.ADMIN, doing))
        _allow(self.password, found.refusal(Role.VIEWER, "改密码"))
        self._may_with_member(found)

    def _may_with_member(self, found: Security) -> None:
        chosen = self._chosen()
        none = "" if chosen and chosen.account.active else "请先在下面选中一名在用的用户"
        for one, doing in ((self.role, "更改角色"), (self.stop, "停用用户")):
            _allow(one, found.refusal(Role.ADMIN, doing) or none)
        own = chosen is not None and chosen.account.name == found.who
        least = Role.VIEWER if own else Role.ADMIN
        _allow(self.give, found.refusal(least, "给别人设密码") or none)

    def _chosen(self) -> Member | None:
        rows = self.members.selected_rows()
        return self.people.lines[rows[0]] if len(rows) == 1 else None

    def _open_guide(self) -> None:
        open_guide(self.window(), "security")

    # ------------------------------------------------------------ acting

    def _work(self, verb: Callable[[], object], done: str, *, reopen: bool = False) -> None:
        """Do something on the writing thread, say what was done, and look again.

        `reopen` where whoever is at work is somebody else from then on.
        """

        def told(changes: object) -> None:
            self.desk.said.emit(done, "good", None)
            if isinstance(changes, Changes):
                self.desk.broadcast(changes)
            if reopen:
                self.desk.reopening.emit()

        self.desk.worker.write(lambda _: verb(), told).ended.connect(self.read)

    def _set_minutes(self, _: int) -> None:
        office, minutes = self.desk.office, int(self.minutes.currentData())

        def verb() -> Changes:
            return settings.set_lock_minutes(office, minutes)

        self._work(verb, "自动锁定已保存。")
        self.desk.lock_minutes.emit(minutes)

    def _change_password(self) -> None:
        office = self.desk.office
        if self.found is None or not self.found.own_password:
            self._set_password(office.who)
            return

        def give(present: str, new: str) -> None:
            self._work(
                lambda: passwords.change_password(office, present, new), "密码已更改，恢复码不变。"
            )

        words = ("更改密码", "只改您自己的密码；不用重新加密数据，恢复码不变。", "更改密码")
        PasswordDialog(self, words, give, present=True).open()

    def _give_password(self) -> None:
        if chosen := self._chosen():
            self._set_password(chosen.account.name)

    def _set_password(self, name: str) -> None:
        office = self.desk.office

        def give(_: str, new: str) -> None:
            self._work(lambda: passwords.set_password(office, name, new), f"“{name}”的密码已设好。")

        words = ("设密码", f"给“{name}”一个新密码，原来的随即作废；请当面告诉本人。", "设密码")
        PasswordDialog(self, words, give).open()

    def _purge(self) -> None:
        found = self.found
        asked = f"删除 {found.plain_copies if found else 0} 份未加密的旧备份吗？"
        more = "删了就不能再用它们恢复；加密以后做的备份都留着。U 盘上的旧备份请自行删除。"
        icon = QMessageBox.Icon.Warning
        if agreed(self, icon, asked, more, "删除旧备份", "先不删除"):
            office = self.desk.office
            self._work(lambda: plain_copies.purge(office), "未加密的旧备份已删除。")

    def _add(self) -> None:
        found = self.found
        if found is None:
            return
        first = not any(member.account.active for member in found.members)
        UserDialog(self, self._added(first), first=first, encrypted=found.encrypted).open()

    def _added(self, first: bool) -> Callable[[str, Role, str], None]:
        office = self.desk.office

        def give(name: str, role: Role, password: str) -> None:
            def verb() -> Changes:
                changes = users.add(office, name, role)
                if password:
                    office.who = name if first else office.who
                    passwords.set_password(office, name, password)
                return changes

            said = f"已添加用户“{name}”，角色：{LABELS[role]}。"
            self._work(verb, said, reopen=first)

        return give

    def _set_role(self) -> None:
        chosen, office = self._chosen(), self.desk.office
        if chosen is None:
            return
        name = chosen.account.name

        def give(role: Role) -> None:
            self._work(
                lambda: users.set_role(office, name, role),
                f"“{name}”现在的角色：{LABELS[role]}。",
            )

        RoleDialog(self, name, chosen.account.role, give).open()

    def _deactivate(self) -> None:
        chosen, office = self._chosen(), self.desk.office
        if chosen is None:
            return
        name = chosen.account.name
        asked, more = (
            f"停用“{name}”吗？",
            "停用后不能再打开台账，密码随即作废；以前做的仍记在名下。",
        )
        if not agreed(self, QMessageBox.Icon.Question, asked, more, f"停用“{name}”", "不停用"):
            return

        def verb() -> Changes:
            changes = users.deactivate(office, name)
            if name != office.who:
                passwords.forget(office, name)
            return changes

        self._work(verb, f"已停用“{name}”。", reopen=name == office.who)

    def _verify(self) -> None:
        office = self.desk.office
        self.verdict.setText("正在核对")

        def show(verdict: audit.Verdict) -> None:
            self.verdict.setText(verdict.sentence)
            set_tone(self.verdict, "good" if verdict.whole else "bad")

        self.fetch(lambda _: audit.verify(office), show, "chain", long=True)


def _allow(one: QWidget, refusal: str) -> None:
    one.setEnabled(not refusal)
    one.setToolTip(refusal)
