"""Who could be at work, read before the records are open."""

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.cipher import key_for


def known_users(folder: DataFolder) -> dict[str, Role]:
    """The active users and their roles, in the order in which they were added.

    Empty where nobody was named, or where the records cannot be read; opening them says why.
    """
    path = folder.database
    if not path.exists():
        return {}
    wanted = "SELECT name, role FROM user WHERE active = 1 ORDER BY id"
    try:
        with files.opened(path, key_for(path, folder.key), mode="ro") as connection:
            return {name: Role(role) for name, role in connection.execute(wanted)}
    except (driver.DatabaseError, ValueError):
        return {}


def only_admin(folder: DataFolder) -> str:
    """The one 管理员; "" where there are several, or none."""
    admins = [name for name, role in known_users(folder).items() if role is Role.ADMIN]
    return admins[0] if len(admins) == 1 else ""
