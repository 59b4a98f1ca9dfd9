"""The passwords of those who work with the records, and the recovery code.

Encrypted records open by them; plain ones are protected by nothing, there a password only tells
who is at work. Changing one wraps a private key anew and touches no record.
"""

from typing import TYPE_CHECKING

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.encryption import kept_ring, long_enough, trusting
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.access.users import users
from xqhz_desktop.store import keyring
from xqhz_desktop.store.keyring import Ring

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office


def has_password(folder: DataFolder, user: str) -> bool:
    """Whether this user is to be asked for a password."""
    ring = keyring.read(folder.keys)
    return ring is not None and user in ring.users


def verify(folder: DataFolder, user: str, secret: str) -> bool:
    """Whether it is this user's password. Raises UserError (5): the ring was changed by hand."""
    ring = keyring.read(folder.keys)
    with trusting():
        return ring is not None and ring.verify(user, secret)


def without_password(office: "Office") -> list[str]:
    """The users who could not open encrypted records."""
    return [
        account.name
        for account in users(office)
        if account.active and not has_password(office.folder, account.name)
    ]


def set_password(office: "Office", user: str, password: str) -> None:
    """Give a user a password, whatever it was before: as 管理员 to others, else to oneself.

    Raises UserError: no such user, too short (2), no space (7), not permitted (4, 9).
    """
    user = user.strip()
    if user == office.who:
        office.must_be(Role.VIEWER, "设密码")
    else:
        office.must_be(Role.ADMIN, "给别人设密码")
    _must_be_user(office, user)
    with trusting():
        ring, key = _open(office)
        ring = ring.with_password(key, user, long_enough(password))
    _keep(office, ring, f"设置密码：{user}")


def _must_be_user(office: "Office", user: str) -> None:
    active = {account.name for account in users(office) if account.active} or {office.who}
    if user not in active:
        raise UserError(f"没有用户“{user}”，请对照用户名单。", EXIT_USAGE)


def change_password(office: "Office", secret: str, password: str) -> None:
    """Give whoever has the secret a new password; by the recovery code, whoever is at work.

    Raises UserError: wrong (10), too short (2), no space (7), only looking (4).
    """
    office.must_be(Role.VIEWER, "改密码")
    with trusting():
        ring = kept_ring(office.folder)
        opened = ring.open(secret)
        if opened is None:
            raise UserError("原来的密码不对，密码没有改。", EXIT_WRONG_KEY)
        user = opened.user or _at_work(office, ring)
        long_enough(password)
        if opened.user:
            ring = ring.rewrapped(opened, password)
        else:
            ring = ring.with_password(opened.key, user, password)
    _keep(office, ring, f"更改密码：{user}")


def _at_work(office: "Office", ring: Ring) -> str:
    """Whose password was forgotten: the only one's, where nobody else has any."""
    if len(ring.users) == 1 and office.who not in ring.users:
        return next(iter(ring.users))
    return office.who


def forget(office: "Office", user: str) -> None:
    """Who is no user any more opens nothing more. Raises UserError (7, 9)."""
    office.must_be(Role.ADMIN, "取消别人的密码")
    if not has_password(office.folder, user):
        return
    with trusting():
        ring, key = _open(office)
        ring = ring.with_user_removed(key, user)
    _keep(office, ring, f"取消密码：{user}")


def new_code(office: "Office") -> str:
    """A new recovery code; the old one opens nothing more. Raises UserError (7, 9)."""
    office.must_be(Role.ADMIN, "更换恢复码")
    with trusting():
        if office.folder.key is None and keyring.read(office.folder.keys) is None:
            ring, _, code = keyring.make()
        else:
            ring, key = _open(office)
            ring, code = ring.with_new_code(key)
    _keep(office, ring, "更换恢复码")
    return code


def _open(office: "Office") -> tuple[Ring, bytes]:
    """The ring and its key; plain records need none, so that theirs may be a fresh one."""
    ring, key = kept_ring(office.folder), office.folder.key
    return (ring, key) if key is not None else ring.renewed()


def _keep(office: "Office", ring: Ring, title: str) -> None:
    """Write the ring, encrypted backups' copy too, and say so in the audit chain."""
    folder = office.folder
    try:
        keyring.write(folder.keys, ring)
        if folder.key is not None:
            keyring.copy_beside(folder.keys, folder.backups)
    except OSError as error:
        raise UserError("密钥文件没有写成，请检查磁盘空间后再试。", EXIT_NO_SPACE) from error
    office.record("encryption", title)
