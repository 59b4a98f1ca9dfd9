"""Who works with the records, and as what; each change is an action of a 管理员."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.access.roles import LABELS, Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import User

_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Account:
    """One user as a list shows it; one who left is no longer active and stays listed."""

    name: str
    role: Role
    active: bool

    @property
    def label(self) -> str:
        """The role in Chinese; 已停用 for one who left."""
        return LABELS[self.role] if self.active else "已停用"


def users(office: Office) -> list[Account]:
    """All users in the order in which they were added; empty as long as nobody was named."""
    with office.engine.connect() as connection:
        found = connection.execute(select(User.name, User.role, User.active).order_by(User.id))
        return [Account(row.name, Role(row.role), row.active) for row in found]


def add(office: Office, name: str, role: Role) -> Changes:
    """Add a user, or one who left again; the first one must be a 管理员.

    Raises UserError: the name is empty, too long or taken, or the first is no 管理员 (2); not
    permitted (9).
    """
    said = _name(name)
    known = {account.name: account for account in users(office)}
    if said in known and known[said].active:
        raise UserError(f"已经有用户“{said}”了，请换一个名字。", EXIT_USAGE)
    if not any(account.active for account in known.values()) and role is not Role.ADMIN:
        raise UserError("第一个用户必须是管理员，否则以后没有人能管理用户。", EXIT_USAGE)
    with office.acting("user", f"添加用户：{said}（{LABELS[role]}）") as (connection, action):
        if said in known:
            changed = update(User).where(User.name == said).values(role=role.value, active=True)
            connection.execute(changed)
        else:
            connection.execute(insert(User).values(name=said, role=role.value, active=True))
    return Changes(action, {"user": 1})


def set_role(office: Office, name: str, role: Role) -> Changes:
    """Give a user another role. Raises UserError: unknown, or the last 管理员 (2); (9)."""
    account = _known(office, name)
    if account.role is role:
        return Changes()
    _must_leave_an_admin(office, account, "改成别的角色")
    title = f"更改角色：{account.name}，{LABELS[account.role]} → {LABELS[role]}"
    return _put(office, account, title, role=role.value)


def deactivate(office: Office, name: str) -> Changes:
    """A user who left may do nothing any more, nor does their password open anything.

    What they did keeps their name. Raises UserError: unknown, or the last 管理员 (2); not
    permitted (9); their password could not be taken out (7).
    """
    from xqhz_desktop.services.access import passwords

    account = _known(office, name)
    _must_leave_an_admin(office, account, "停用")
    passwords.forget(office, account.name)
    return _put(office, account, f"停用用户：{account.name}", active=False)


def _put(office: Office, account: Account, title: str, **values: object) -> Changes:
    with office.acting("user", title) as (connection, action):
        connection.execute(update(User).where(User.name == account.name).values(**values))
    return Changes(action, {"user": 1})


def _known(office: Office, name: str) -> Account:
    found = [one for one in users(office) if one.active and one.name == name.strip()]
    if not found:
        raise UserError(f"没有用户“{name}”，请对照用户名单。", EXIT_USAGE)
    return found[0]


def _must_leave_an_admin(office: Office, account: Account, doing: str) -> None:
    others = [one for one in users(office) if one.active and one.name != account.name]
    if account.role is Role.ADMIN and not any(one.role is Role.ADMIN for one in others):
        raise UserError(
            f"“{account.name}”是最后一名管理员，不能{doing}；请先添加另一名管理员。", EXIT_USAGE
        )


def _name(name: str) -> str:
    said = name.strip()
    if not said or len(said) > _LONGEST or not said.isprintable():
        raise UserError(f"用户名请填写 1 到 {_LONGEST} 个字，不要换行。", EXIT_USAGE)
    return said
