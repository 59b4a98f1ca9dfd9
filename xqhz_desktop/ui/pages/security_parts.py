"""What the page of security shows: read at once, and said in words."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services import settings
from xqhz_desktop.services.access import audit, beginning, passwords, plain_copies, users
from xqhz_desktop.services.access.audit import Line
from xqhz_desktop.services.access.roles import LABELS, Role, must_be
from xqhz_desktop.services.access.users import Account
from xqhz_desktop.services.office import Office
from xqhz_desktop.ui.table import Column

_LATEST = 200
_MINUTES = (5, 10, 15, 30, 60, 0)
USER_COLUMNS = (Column("姓名", 12), Column("角色", 8), Column("密码", 8), Column("状态", 8))
ENTRY_COLUMNS = (
    Column("编号", 6, right=True),
    Column("时间", 15),
    Column("操作人", 8),
    Column("操作内容", 20),
)
ROLES = "角色防的是用程序时的失误：查看的人改不了台账，经办的人管不了用户。"
CIPHER = "文件被人拿走，只有加密能挡住：没有加密时，角色和密码都拦不住别的软件打开它。"


@dataclass(frozen=True, slots=True)
class Member:
    """A user and whether they have a password."""

    account: Account
    password: bool


@dataclass(frozen=True, slots=True)
class Security:
    """What the page shows."""

    encrypted: bool
    has_code: bool
    who: str
    role: Role
    own_password: bool
    looking: bool
    members: list[Member]
    plain_copies: int
    lock_minutes: int
    entries: list[Line]

    def refusal(self, least: Role, doing: str) -> str:
        """Why whoever is at work may not do it; empty where they may."""
        if self.looking:
            return "现在是只看不改。"
        try:
            must_be(self.role, least, doing)
        except UserError as error:
            return error.message
        return ""


def read(office: Office) -> Security:
    """All that the page shows; for the reading thread."""
    folder = office.folder
    encrypted = folder.key is not None
    members = [
        Member(account, passwords.has_password(folder, account.name))
        for account in users.users(office)
    ]
    return Security(
        encrypted=encrypted,
        has_code=beginning.has_ring(folder),
        who=office.who,
        role=office.role,
        own_password=passwords.has_password(folder, office.who),
        looking=office.looking,
        members=members,
        plain_copies=len(plain_copies.plain_copies(folder)) if encrypted else 0,
        lock_minutes=settings.lock_minutes(office),
        entries=audit.entries(office, _LATEST),
    )


def member_cells(member: Member) -> tuple[str, ...]:
    """The cells of a user."""
    account = member.account
    state = "在用" if account.active else "已停用"
    return (account.name, LABELS[account.role], "有" if member.password else "没有", state)


def entry_cells(entry: Line) -> tuple[str, ...]:
    """The cells of an entry of the audit chain."""
    return (f"{entry.id}", entry.at.replace("T", " ")[:16], entry.who, entry.title)


def state_words(found: Security) -> tuple[str, str, str]:
    """Whether the records are encrypted: the words, their tone, and what that means."""
    if found.encrypted:
        said = "数据、备份和附件没有密码都打不开；忘了密码只有恢复码管用。"
        return "数据已加密", "good", said
    return "数据没有加密", "warn", "谁拿到这台电脑或数据文件，谁就能看到全部身份证号和电话。"


def minutes_choice() -> QComboBox:
    """How long nobody works until the window locks itself."""
    made = QComboBox()
    made.setAccessibleName("自动锁定")
    for minutes in _MINUTES:
        made.addItem(f"{minutes} 分钟不操作" if minutes else "从不", minutes)
    return made


def show_minutes(choice: QComboBox, minutes: int) -> None:
    """Choose what is set; a number that somebody set elsewhere is added to the list."""
    at = choice.findData(minutes)
    if at < 0:
        choice.addItem(f"{minutes} 分钟不操作", minutes)
        at = choice.count() - 1
    choice.setCurrentIndex(at)
