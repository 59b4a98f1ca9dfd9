"""Encryption of the records: turned on and off, and what opens them and their backups.

Whether a password is right is the key ring's to say; what SQLite says about a file afterwards is
about the file. The ring lies in every data folder from the first start on; `in_force` says whether
the records are under its key.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_NO_SPACE,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.store import attachments, keyring, sealing
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.cipher import is_plain, key_for
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.holders import Tampered
from xqhz_desktop.store.keyring import Opened, Ring

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

SHORTEST = 8  # characters of a password


# ---------------------------------------------------------------- opening


@dataclass(frozen=True, slots=True)
class Entered:
    """The folder with its key, and whose password gave it; "" where it was the recovery code."""

    folder: DataFolder
    user: str


def is_encrypted(folder: DataFolder) -> bool:
    """Whether the records need a key. A plain database needs none, whatever lies beside it.

    A ring that is not in force is that of plain records: a file that is neither is damaged.
    """
    if is_plain(folder.database):
        return False
    rings = _rings(folder)
    return rings[0].in_force if rings else folder.keys.exists()


def needs_key(folder: DataFolder) -> bool:
    """Whether a password is to be asked for before the folder is opened."""
    return folder.key is None and is_encrypted(folder)


def must_have_key(folder: DataFolder) -> None:
    """Raises UserError (10) where the records are encrypted and the folder has not their key."""
    if not is_encrypted(folder):
        return
    if folder.key is None:
        raise UserError("数据已加密，请输入密码或恢复码。", EXIT_WRONG_KEY)
    ring = keyring.read(folder.keys)
    if ring is not None and not ring.opens(folder.key):
        raise UserError("密钥不是这份数据的，请重新输入密码。", EXIT_WRONG_KEY)


def unlock(folder: DataFolder, secret: str) -> DataFolder:
    """The folder with its key, as `entered` gives it."""
    return entered(folder, secret).folder


def entered(folder: DataFolder, secret: str, user: str = "") -> Entered:
    """The folder with its key, by a password (a named user's alone) or the recovery code.

    A ring that was lost, damaged or tampered with is put back from its copy beside the backups.
    Raises UserError: wrong (10), no ring left that can be read or trusted (5).
    """
    if not _rings(folder):
        raise UserError(
            f"密钥文件 {folder.keys.name} 已损坏，也没有副本；"
            "请把存有备份的 U 盘里以 keys- 开头的文件复制到备份文件夹再试。",
            EXIT_DAMAGED,
        )
    opened = _opened(folder, secret, user)
    if opened is None:
        raise UserError("密码不对，请再输一次；忘了密码可以输入恢复码。", EXIT_WRONG_KEY)
    return Entered(folder.unlocked(opened.key), opened.user)


def changed_by_hand() -> UserError:
    """What is said of a ring that opens, but whose holders somebody has exchanged."""
    return UserError(
        "密钥文件被人改动过，程序不再使用它；"
        "请把存有备份的 U 盘里以 keys- 开头的文件复制到备份文件夹再试。",
        EXIT_DAMAGED,
    )


def _opened(folder: DataFolder, secret: str, user: str) -> Opened | None:
    """By the ring; only where it cannot be read or trusted, by one that stands in for it.

    A readable ring has the last word: an older copy would still take an older password.
    """
    own = keyring.read(folder.keys)
    if own is not None:
        with contextlib.suppress(Tampered):
            opened = own.open(secret, user)
            _put_back_if_it_can_be(folder, own)
            return opened
    found: list[tuple[Ring, Opened]] = []
    with contextlib.suppress(Tampered):
        found = [*keyring.opening([one for one in _stand_ins(folder) if one != own], secret, user)]
    for ring, opened in found:
        if opens(folder.database, opened.key):
            _put_back_if_it_can_be(folder, ring)
            return opened
    if own is not None:
        raise changed_by_hand()
    return found[0][1] if found else None  # the secret is right; what is wrong is the database


def _rings(folder: DataFolder) -> list[Ring]:
    ring = keyring.read(folder.keys)
    return [ring] if ring else _stand_ins(folder)


def _stand_ins(folder: DataFolder) -> list[Ring]:
    """Copies of rings that were in force: the one that is being replaced, those beside backups."""
    old = keyring.read(keyring.previous(folder.keys))
    found = [*([old] if old else []), *keyring.copies(folder.backups)]
    return [ring for ring in found if ring.in_force]


def _put_back_if_it_can_be(folder: DataFolder, ring: Ring) -> None:
    with contextlib.suppress(OSError):  # it opened; a full disk must not keep it shut
        put_back(folder, ring)


def put_back(folder: DataFolder, ring: Ring) -> None:
    """Make a ring the folder's own; one that lies there and is another is kept. Raises OSError."""
    if keyring.read(folder.keys) != ring:
        if folder.keys.exists():
            os.replace(folder.keys, folder.keys.with_name(folder.keys.name + ".damaged"))
        keyring.write(folder.keys, ring)
    with contextlib.suppress(OSError):  # the ring stands; what is left over harms nobody
        keyring.previous(folder.keys).unlink(missing_ok=True)


# ---------------------------------------------------------------- backups


@dataclass(frozen=True, slots=True)
class Access:
    """What opens a backup: its key, and the ring of that key where it is not the folder's own."""

    key: bytes | None
    ring: Ring | None = None


def access(folder: DataFolder, source: Path, ask: Callable[[], str]) -> Access:
    """How a backup is opened: as the folder is, else by a secret for the ring that lies beside.

    `ask` is called where a secret is needed. Raises UserError: wrong (10), a ring was changed (5).
    """
    if opens(source, folder.key):
        return Access(folder.key)
    rings = []
    for ring in [*keyring.copies(source.parent), *_rings(folder), *keyring.copies(folder.backups)]:
        rings += [] if ring in rings else [ring]
    if not rings:
        return Access(folder.key)
    with trusting():
        found = [Access(one.key, ring) for ring, one in keyring.opening(rings, ask())]
    for one in found:
        if opens(source, one.key):
            return one
    if not found or not (_is_damaged(source) or len(found) == len(rings)):
        raise UserError("密码不对，请输入做这份备份时的密码或恢复码。", EXIT_WRONG_KEY)
    return found[0]  # no key that there is fits: what is wrong is the backup


def _is_damaged(source: Path) -> bool:
    """Whether a backup is not what its note says; one without a note is nobody's to judge."""
    note = files.note_of(source)
    return note is not None and files.digest(source) != note.sha256


def opens(path: Path, key: bytes | None) -> bool:
    """Whether a file's first page can be read: a plain one by anybody, others by their key."""
    if not is_plain(path) and key is None:
        return False
    try:
        with files.opened(path, key, mode="ro") as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        return is_plain(path)
    return True


def rekeyed(path: Path, opened: Access, wanted: bytes | None) -> bytes | None:
    """Bring a closed copy under the wanted key, where there is one; returns its key then.

    A copy that was encrypted only for its way (its ring is not in force) becomes plain again.
    Raises OSError or the driver's error.
    """
    found = key_for(path, opened.key)
    for_the_way = opened.ring is not None and not opened.ring.in_force
    if wanted == found or (wanted is None and not for_the_way):
        return found
    fresh = path.with_name(path.name + ".fresh")
    sealing.convert(path, found, fresh, wanted)
    if found is None:
        sealing.overwrite(path)
    os.replace(fresh, path)
    return wanted


def adopt(folder: DataFolder, key: bytes | None, opened: Access) -> None:
    """Lay the ring of a backup beside the plain database that it is about to replace.

    Plain records keep the ring that they have.
    """
    if folder.key is not None or opened.ring is None:
        return
    if key is not None or keyring.read(folder.keys) is None:
        keyring.write(folder.keys, opened.ring)


def copy_key(folder: DataFolder) -> tuple[Ring, bytes]:
    """A ring and its key for a copy that leaves the computer, opened by whom opens the records.

    The key is that of the records, a fresh one where they are plain; the ring belongs beside the
    copy. Raises UserError (5) where there is no ring that can be trusted.
    """
    ring = kept_ring(folder)
    if folder.key is not None:
        return ring, folder.key
    with trusting():
        return ring.renewed()


def kept_ring(folder: DataFolder) -> Ring:
    """The ring of an open folder. Raises UserError (5): lost, damaged."""
    ring = keyring.read(folder.keys)
    if ring is None:
        raise UserError("密钥文件不见了或已损坏，请重新打开程序，再做一次。", EXIT_DAMAGED)
    return ring


@contextlib.contextmanager
def trusting() -> Iterator[None]:
    """What is done with a ring that somebody has changed is one sentence (5)."""
    try:
        yield
    except Tampered as error:
        raise changed_by_hand() from error


# ---------------------------------------------------------------- on and off


def turn_on(office: "Office", password: str, show: Callable[[str], object]) -> str:
    """Encrypt the records under a fresh key; returns the name of a first encrypted backup.

    Who has a password or the recovery code keeps it; for whoever is at work and has no password
    yet, this is the one. `show` is given the recovery code where there was no ring yet, before
    anything is changed; what it raises leaves all plain.
    Raises UserError: encrypted already, the password too short (2), damaged (5), no space (7),
    not permitted (9), not the password of who is at work (10); then the records are plain.
    """
    folder = office.folder
    if folder.key is not None:
        raise UserError("数据已经加密了，要换密码请用“password”命令。", EXIT_USAGE)
    office.must_be(Role.ADMIN, "启用加密")
    ring, key, code = _for_encryption(office, password)
    if code:
        show(code)
    with _explained("加密没有做成，数据还是原样；请检查磁盘空间后再试。"):
        keyring.write(folder.keys, ring)
        if folder.copies.exists():  # it holds a key, beside plain records only
            sealing.overwrite(folder.copies)
        with office.exchanging(key):
            attachments.convert(folder.attachments, None, key)
            sealing.seal(folder.database, key)
    _journal(office, "启用加密")
    return office.backup("加密后")


def _for_encryption(office: "Office", password: str) -> tuple[Ring, bytes, str]:
    """The ring in force of those who are there, its key, and the code if it is a new one."""
    former, code = keyring.read(office.folder.keys), ""
    known = former is not None and office.who in former.users
    with trusting():
        if former is not None and known and not former.verify(office.who, password):
            raise UserError("密码不对，请输入您现在的密码。", EXIT_WRONG_KEY)
        if former is None:
            ring, key, code = keyring.make()
        else:
            ring, key = _of_today(office, former)
        if not known:
            ring = ring.with_password(key, office.who, long_enough(password))
    return replace(ring, in_force=True), key, code


def _of_today(office: "Office", ring: Ring) -> tuple[Ring, bytes]:
    """The ring under a fresh key, without those who are no users any more."""
    from xqhz_desktop.services.access.users import users

    active = {account.name for account in users(office) if account.active}
    ring, key = ring.renewed()
    for name in [name for name in ring.users if active and name not in active]:
        ring = ring.with_user_removed(key, name)
    return ring, key


def turn_off(office: "Office") -> None:
    """Decrypt the records. Raises UserError: not encrypted (2), damaged (5), no space (7), (9).

    Encrypted backups stay so; the ring that opens them stays beside them. Passwords and the
    recovery code stay.
    """
    folder = office.folder
    if folder.key is None:
        raise UserError("数据没有加密，不用解除。", EXIT_USAGE)
    office.must_be(Role.ADMIN, "解除加密")
    with _explained("解除加密没有做成，数据还是加密的；请检查磁盘空间后再试。"):
        keyring.copy_beside(folder.keys, folder.backups)
        with office.exchanging(folder.key):
            attachments.convert(folder.attachments, folder.key, None)
            sealing.unseal(folder.database, folder.key)
        with contextlib.suppress(OSError):  # plain records ask for no key whatever it says
            keyring.write(folder.keys, replace(kept_ring(folder), in_force=False))
    _journal(office, "解除加密")


@contextlib.contextmanager
def _explained(sentence: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(sentence, EXIT_NO_SPACE) from error
    except driver.DatabaseError as error:
        raise failure(error) or error from error


def _journal(office: "Office", title: str) -> None:
    with office.acting("encryption", title):
        pass


def long_enough(password: str) -> str:
    """The password itself. Raises UserError (2) where it is too short to protect anything."""
    if len(password.strip()) < SHORTEST:
        raise UserError(f"密码至少要 {SHORTEST} 个字符，请换一个长些的。", EXIT_USAGE)
    return password
