"""Encryption of the records: turned on and off, and the passwords that open it.

Whether a password is right is the key ring's to say; what SQLite says about a file afterwards is
about the file.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from xqhz_desktop.services import backups
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import keyring, sealing
from xqhz_desktop.store.cipher import is_plain, key_for
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.keyring import Ring

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

SHORTEST = 8  # characters of a password
_GOING = ".purging"
_BESIDE = ("-wal", "-journal", "-shm", "")


# ---------------------------------------------------------------- opening


def is_encrypted(folder: DataFolder) -> bool:
    """Whether the records need a key. A plain database needs none, whatever lies beside it."""
    return not is_plain(folder.database) and (folder.keys.exists() or bool(_rings(folder)))


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
    """The folder with its key, by a password or the recovery code.

    A ring that was lost or damaged is put back from its copy beside the backups. Raises
    UserError: wrong (10), no ring left that can be read (5).
    """
    rings = _rings(folder)
    for ring in rings:
        if key := ring.unwrap(secret):
            with contextlib.suppress(OSError):  # it opened; a full disk must not keep it shut
                _put_back(folder, ring)
            return folder.unlocked(key)
    if not rings:
        raise UserError(
            f"密钥文件 {folder.keys.name} 已损坏，也没有副本；"
            "请把存有备份的 U 盘里以 keys- 开头的文件复制到备份文件夹再试。",
            EXIT_DAMAGED,
        )
    raise UserError("密码不对，请再输一次；忘了密码可以输入恢复码。", EXIT_WRONG_KEY)


def _rings(folder: DataFolder) -> list[Ring]:
    """The ring; only where it cannot be read, those that stand in for it.

    A readable ring has the last word: an older copy would still take an older password.
    """
    if ring := keyring.read(folder.keys):
        return [ring]
    old = keyring.read(keyring.previous(folder.keys))
    return [*([old] if old else []), *keyring.copies(folder.backups)]


def _put_back(folder: DataFolder, ring: Ring) -> None:
    if keyring.read(folder.keys) is None:
        if folder.keys.exists():
            os.replace(folder.keys, folder.keys.with_name(folder.keys.name + ".damaged"))
        keyring.write(folder.keys, ring)
    keyring.previous(folder.keys).unlink(missing_ok=True)


# ---------------------------------------------------------------- backups


@dataclass(frozen=True, slots=True)
class Access:
    """What opens a backup: its key, and the ring of that key where it is not the folder's own."""

    key: bytes | None
    ring: Ring | None = None


def access(folder: DataFolder, source: Path, ask: Callable[[], str]) -> Access:
    """How a backup is opened: as the folder is, else by a secret for the ring that lies beside.

    `ask` is called where a secret is needed. Raises UserError (10) for a wrong one.
    """
    if opens(source, folder.key):
        return Access(folder.key)
    rings = [*keyring.copies(source.parent), *_rings(folder)]
    if not rings:
        return Access(folder.key)
    secret = ask()
    for ring in rings:
        if key := ring.unwrap(secret):
            return Access(key, ring)
    raise UserError("密码不对，请输入做这份备份时的密码或恢复码。", EXIT_WRONG_KEY)


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


def rekeyed(path: Path, key: bytes | None, wanted: bytes | None) -> bytes | None:
    """Bring a closed copy under the wanted key, where there is one; returns its key then.

    Raises OSError or the driver's error.
    """
    found = key_for(path, key)
    if wanted is None or wanted == found:
        return found
    fresh = path.with_name(path.name + ".fresh")
    sealing.convert(path, found, fresh, wanted)
    if found is None:
        sealing.overwrite(path)
    os.replace(fresh, path)
    return wanted


def adopt(folder: DataFolder, key: bytes | None, opened: Access) -> None:
    """Lay the ring of a backup beside the plain database that it is about to replace."""
    if folder.key is None and key is not None and opened.ring is not None:
        keyring.copy_beside(folder.keys, folder.backups)
        keyring.write(folder.keys, opened.ring)


# ---------------------------------------------------------------- on and off


def turn_on(office: "Office", password: str, show: Callable[[str], object]) -> str:
    """Encrypt the records; returns the name of a first encrypted backup.

    `show` is given the recovery code before anything is changed; what it raises leaves all plain.
    Raises UserError: encrypted already, the password too short (2), damaged (5), no space (7);
    then the records are plain as before.
    """
    folder = office.folder
    if folder.key is not None:
        raise UserError("数据已经加密了，要换密码请用“password”命令。", EXIT_USAGE)
    ring, key, code = keyring.make(office.who, long_enough(password))
    show(code)
    with _explained("加密没有做成，数据还是原样；请检查磁盘空间后再试。"):
        keyring.copy_beside(folder.keys, folder.backups)  # of an encryption that was turned off
        keyring.write(folder.keys, ring)
        with office.exchanging(key):
            sealing.seal(folder.database, key)
    _journal(office, "启用加密")
    return office.backup("加密后")


def turn_off(office: "Office") -> None:
    """Decrypt the records. Raises UserError: not encrypted (2), damaged (5), no space (7).

    Encrypted backups stay so; the ring that opens them stays beside them.
    """
    folder = office.folder
    if folder.key is None:
        raise UserError("数据没有加密，不用解除。", EXIT_USAGE)
    with _explained("解除加密没有做成，数据还是加密的；请检查磁盘空间后再试。"):
        keyring.copy_beside(folder.keys, folder.backups)
        with office.exchanging(folder.key):
            sealing.unseal(folder.database, folder.key)
        folder.keys.unlink(missing_ok=True)
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


# ---------------------------------------------------------------- passwords


def long_enough(password: str) -> str:
    """The password itself. Raises UserError (2) where it is too short to protect anything."""
    if len(password.strip()) < SHORTEST:
        raise UserError(f"密码至少要 {SHORTEST} 个字符，请换一个长些的。", EXIT_USAGE)
    return password


def change_password(office: "Office", secret: str, password: str) -> None:
    """Give whoever has the secret a new password; by the recovery code, the office's user.

    The records stay as they are; only the key is wrapped anew. Raises UserError: wrong (10), too
    short or not encrypted (2), no space (7).
    """
    ring = must_be_encrypted(office)
    opened = ring.open(secret)
    if opened is None:
        raise UserError("原来的密码不对，密码没有改。", EXIT_WRONG_KEY)
    user = opened.user or (next(iter(ring.users)) if len(ring.users) == 1 else office.who)
    _replace(office, ring.with_password(opened.key, user, long_enough(password)))
    _journal(office, "更改密码")


def new_code(office: "Office") -> str:
    """A new recovery code; the old one opens nothing more. Raises UserError (2, 7)."""
    ring = must_be_encrypted(office)
    assert office.folder.key is not None
    ring, code = ring.with_new_code(office.folder.key)
    _replace(office, ring)
    _journal(office, "更换恢复码")
    return code


def must_be_encrypted(office: "Office") -> Ring:
    """The ring of an office that is open under its key. Raises UserError (2) where it is plain."""
    ring = keyring.read(office.folder.keys)
    if office.folder.key is None or ring is None:
        raise UserError("数据没有加密，没有密码可改；请先用“encrypt”命令加密。", EXIT_USAGE)
    return ring


def _replace(office: "Office", ring: Ring) -> None:
    folder = office.folder
    try:
        keyring.write(folder.keys, ring)
        keyring.copy_beside(folder.keys, folder.backups)
    except OSError as error:
        raise UserError("密钥文件没有写成，请检查磁盘空间后再试。", EXIT_NO_SPACE) from error


# ---------------------------------------------------------------- what is still plain


def plain_copies(folder: DataFolder) -> list[Path]:
    """The files of the data folder that still hold records without encryption: old backups."""
    return [
        path
        for place in (folder.backups, folder.set_aside)
        for path in sorted(place.rglob("*"))
        if path.name.endswith(_GOING) or (path.suffix == ".db" and is_plain(path))
    ]


def purge(folder: DataFolder) -> int:
    """Delete the plain copies, overwritten first; how many there were.

    Raises UserError: no sound encrypted backup stands for them (5), the disk fails (7).
    """
    if not any(not is_plain(one.path) and backups.sound(one) for one in _listed(folder)):
        raise UserError("还没有完好的加密备份，未加密的旧备份先留着；请先备份一次。", EXIT_DAMAGED)
    found = plain_copies(folder)
    try:
        for path in found:
            _delete(path)
    except OSError as error:
        raise UserError("有的旧备份删不掉，请检查权限后再试。", EXIT_NO_SPACE) from error
    return len(found)


def _listed(folder: DataFolder) -> list[backups.Backup]:
    return backups.listed(folder.backups)


def _delete(path: Path) -> None:
    """The file goes last, and under a name by which a deletion that was cut off goes on."""
    path.with_name(path.name + ".json").unlink(missing_ok=True)
    for suffix in _BESIDE:
        beside = path.with_name(path.name + suffix)
        if not beside.exists():
            continue
        if not beside.name.endswith(_GOING):
            beside = beside.rename(beside.with_name(beside.name + _GOING))
        sealing.overwrite(beside)
