"""The first start of a school: its key ring, its database, its first 管理员, its encryption."""

import getpass
import os
from dataclasses import dataclass, field
from pathlib import Path

from xqhz_desktop.base import disks
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption, users
from xqhz_desktop.services.access.first_start import FirstStart, prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Clock, Office
from xqhz_desktop.services.safety import packing, places
from xqhz_desktop.store import keyring

_SHUT = "这里不能写入，请换一个文件夹。"
_REFUSED = {
    Kind.NETWORK: (
        "这是网络盘，台账放在那里容易损坏；请换成本机磁盘，网络盘可以作备份的第二存放处。"
    ),
    Kind.MEMORY: "这里的文件关机就没有了，请换一个文件夹。",
}
_WARNED = {
    Kind.SYSTEM: "这是系统盘，重装系统后数据就没有了；有别的磁盘时，请换到别的磁盘上。",
    Kind.REMOVABLE: "这是可移动的磁盘，丢了谁都能看，所以下一步必须设密码加密。",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder in which records could be begun, and what is to be said of it.

    `refused` is a sentence where they must not be; `theirs` where records lie there already.
    """

    root: Path
    why: str = ""
    warning: str = ""
    refused: str = ""
    theirs: bool = False
    must_encrypt: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What was said at the first start; without a password the records are not encrypted."""

    folder: DataFolder
    who: str
    password: str = field(repr=False)
    first: FirstStart | None = field(repr=False)  # None where the folder has its ring already
    remember: bool  # the folder is another one than the account's own


def is_first(folder: DataFolder) -> bool:
    """Whether nothing has been kept here yet. A chosen folder that is not there is not empty."""
    if folder.chosen and not folder.root.is_dir():
        return False
    return not any(one.exists() for one in (folder.database, folder.backups, folder.set_aside))


def has_ring(folder: DataFolder) -> bool:
    """Whether a recovery code was made for the folder."""
    return keyring.read(folder.keys) is not None


def proposed_ground(folder: DataFolder) -> Ground:
    """Where the first start proposes to begin: a folder that was named, else the best disk."""
    if folder.chosen:
        return ground(folder.root)
    found = places.proposal()
    return ground(found.folder, found.why)


def ground(root: Path, why: str = "") -> Ground:
    """What is to be said of a folder as the place of the records."""
    kind = disks.kind_of(root)
    better = kind is not Kind.SYSTEM or places.warning(DataFolder(root))
    return Ground(
        root,
        why,
        _WARNED.get(kind, "") if better else "",
        _REFUSED.get(kind, "" if _can_write(root) else _SHUT),
        not is_first(DataFolder(root)),
        kind is Kind.REMOVABLE,
    )


def inside(folder: Path) -> Path:
    """The folder of the records where somebody chose one: itself, or one of its own in it."""
    own = folder.name == places.NAME or not _has_any(folder) or not is_first(DataFolder(folder))
    return folder if own else folder / places.NAME


def _has_any(folder: Path) -> bool:
    try:
        return any(True for _ in folder.iterdir())
    except OSError:
        return False


def _can_write(root: Path) -> bool:
    there = next((one for one in (root, *root.parents) if one.exists()), root)
    return there.is_dir() and os.access(there, os.W_OK)


def prepared(root: Path, who: str) -> FirstStart | None:
    """The recovery code of a folder that has none yet, shown before anything is written."""
    return prepare(DataFolder(root), who)


def begin(start: Start, now: Clock) -> Office:
    """Make all that a first start makes, and open it.

    Raises UserError as `Office.open` and `encryption.turn_on` do; what stands then opens, too.
    """
    if start.remember:
        places.choose(start.folder.root)
    if start.first:
        start.first.keep()
    office = Office.open(start.folder, start.who, now, encrypting=bool(start.password))
    try:
        if start.password:
            encryption.turn_on(office, start.password, lambda _: None)
        if not users.users(office):
            users.add(office, start.who, Role.ADMIN)
    except BaseException:
        office.close()
        raise
    return office


def unpacked(source: Path, root: Path, secret: str, now: Clock, task: Task) -> str:
    """Bring a school from another computer; what was counted. Raises UserError as `unpack` does."""
    who = getpass.getuser()
    done = packing.unpack(source, DataFolder(root), lambda: secret, who, now, task)
    return f"换机包已恢复。打包时：{done.packed}；恢复后：{done.unpacked}。"


def encrypted(folder: DataFolder, who: str, password: str, now: Clock) -> Office:
    """Open plain records that lie where they must not be plain, to encrypt them.

    Raises UserError as `Office.open` and `encryption.turn_on` do; then they are closed and plain.
    """
    office = Office.open(folder, who, now, encrypting=True)
    try:
        encryption.turn_on(office, password, lambda _: None)
    except BaseException:
        office.close()
        raise
    return office
