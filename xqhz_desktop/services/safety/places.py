"""Where the records may lie, where they had better lie, and which folder was chosen."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xqhz_desktop.base import disks, paths
from xqhz_desktop.base.disks import Disk, Kind
from xqhz_desktop.base.errors import (
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_READ_ONLY,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.store.backup import read_json, write_json
from xqhz_desktop.store.cipher import is_plain

NAME = "校企合作台账"  # of a folder at the root of a disk: whoever clears up must know what it is
_SIGNS = ("xqhz.db", "backups", "keys.json", "xqhz.json")  # by which a data folder is known
_GIB = 1 << 30
_ENOUGH = _GIB  # bytes free on a disk that is proposed
LABELS = {
    Kind.FIXED: "本机磁盘（不是系统盘）",
    Kind.SYSTEM: "系统盘",
    Kind.REMOVABLE: "可移动的磁盘",
    Kind.NETWORK: "网络盘",
    Kind.MEMORY: "内存盘（关机就没有了）",
    Kind.UNKNOWN: "不知是什么磁盘",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for the records, and in one sentence why there."""

    folder: Path
    why: str


def proposal() -> Proposal:
    """Where this computer's records had better lie, or where they have survived re-imaging."""
    if paths.is_portable():
        return Proposal(paths.default_data_folder().root, "便携模式：数据就在程序旁边。")
    if there := surviving():
        return Proposal(there, "这里有以前的数据，重装系统后接着用就行。")
    return _proposed_here()


def _proposed_here() -> Proposal:
    default = paths.account_root()
    return proposed(default, disks.kind_of(default), disks.disks())


def surviving() -> Path | None:
    """Records that lie where this program proposes to put them, and that no account has chosen.

    After re-imaging the account is a new one: it must not begin anew beside them in silence.
    """
    if has_records(paths.account_root()) or paths.choice().exists():
        return None
    found = (disk.root / NAME for disk in disks.disks())
    return next((root for root in found if has_records(root)), None)


def has_records(root: Path) -> bool:
    """Whether a school's records lie in a folder."""
    return DataFolder(root).database.exists()


def proposed(default: Path, kind: Kind, found: Sequence[Disk]) -> Proposal:
    """The account's own place, unless that is the system disk and a disk that survives is there.

    Of several the one with most room; a system disk is what re-imaging overwrites.
    """
    if kind is Kind.FIXED:
        return Proposal(default, "默认位置不在系统盘上，重装系统后数据还在。")
    fixed = [one for one in found if one.kind is Kind.FIXED and one.free >= _ENOUGH]
    best = max(fixed, key=lambda one: one.free, default=None)
    if best is None:
        return Proposal(
            default, "没有系统盘以外的本机磁盘，只能放在默认位置；请把备份的第二存放处设在 U 盘上。"
        )
    return Proposal(
        best.root / NAME, f"{best.root} 不是系统盘，重装系统后数据还在；剩余 {_room(best.free)}。"
    )


def _room(free: int) -> str:
    return f"{free / _GIB:,.0f} GB"


def warning(folder: DataFolder) -> str:
    """A sentence where the records lie on the system disk although there is another; else ""."""
    if disks.kind_of(folder.root) is not Kind.SYSTEM:
        return ""
    better = _proposed_here().folder
    if disks.kind_of(better) is not Kind.FIXED:
        return ""
    if has_records(better):
        return f"数据在系统盘上，而 {better} 里也有一份数据，请核对该用哪一份。"
    return f"数据在系统盘上，重装系统就没有了；请用“xqhz place {better}”移到另一块磁盘上。"


def must_be_fit(folder: DataFolder, *, encrypting: bool = False) -> None:
    """Raises UserError where the live records must not be opened or begun in a folder.

    On a network share SQLite's locks and log cannot be relied on (2). On a disk that can be lost
    on the way the records must be encrypted (9), unless they are just about to be. A chosen folder
    that is not there is no empty one (7), and one whose records were moved is no second copy (2).
    """
    _must_be_there(folder)
    _must_not_be_left(folder)
    _must_suit(folder.root)
    if not encrypting and must_be_encrypted(folder):
        raise UserError(
            f"数据在可移动的磁盘上，丢了谁都能看，必须加密：{folder.root}；"
            "请先用“xqhz encrypt”设密码。",
            EXIT_NOT_PERMITTED,
        )


def _must_suit(root: Path) -> None:
    if disks.kind_of(root) is Kind.NETWORK:
        raise UserError(
            f"数据不能放在网络盘上，那里容易损坏：{root}；"
            "请用“xqhz place”换到本机磁盘，网络盘可以作备份的第二存放处。",
            EXIT_USAGE,
        )


def must_be_encrypted(folder: DataFolder) -> bool:
    """Whether the records are plain, or not there yet, on a disk that can be lost on the way."""
    if disks.kind_of(folder.root) is not Kind.REMOVABLE:
        return False
    path = folder.database
    return is_plain(path) or not path.exists() or not path.stat().st_size


def _must_be_there(folder: DataFolder) -> None:
    if not folder.chosen:
        return
    try:
        root = paths.chosen_root()
    except ValueError as error:
        raise UserError(
            f"记着数据在哪里的文件损坏了：{paths.choice()}；"
            "请用“xqhz place 文件夹”重新指定数据文件夹。",
            EXIT_NO_SPACE,
        ) from error
    if root is not None and not root.is_dir():
        raise UserError(
            f"选定的数据文件夹现在不在：{root}；"
            "请插好那块磁盘再打开，或用“xqhz place 文件夹”另选一处。",
            EXIT_NO_SPACE,
        )


def _must_not_be_left(folder: DataFolder) -> None:
    said = read_json(folder.moved)
    if said:
        raise UserError(
            f"这里的数据在 {said.get('at')} 移到了 {said.get('to')}，请打开那里；"
            f"要改用这里的旧数据，请用“xqhz place {folder.root}”。",
            EXIT_USAGE,
        )


def leave(folder: DataFolder, target: Path, moment: datetime) -> None:
    """Mark a folder whose records were moved, so that nobody goes on in the old copy."""
    with contextlib.suppress(OSError):  # a disk that can only be read is no trap either
        write_json(folder.moved, {"to": str(target), "at": f"{moment:%Y-%m-%d %H:%M}"})


def must_be_free() -> None:
    """Raises UserError (2) where the program is portable: its records lie beside it."""
    if paths.is_portable():
        raise UserError(
            "便携模式的数据总在程序旁边；要换地方，请先删除 portable.flag。", EXIT_USAGE
        )


def must_be_own(root: Path) -> None:
    """Raises UserError (2) where records would be begun among files of others."""
    if not root.is_dir() or any((root / name).exists() for name in _SIGNS):
        return
    if os.path.ismount(root) or any(root.iterdir()):
        raise UserError(
            f"请给数据一个自己的新文件夹，例如 {root / NAME}；{root} 里有别的东西。", EXIT_USAGE
        )


def choose(root: Path) -> None:
    """Remember a folder for every start of this account; it is made where it is not there.

    The mark of a folder whose records were moved goes: whoever chooses it wants the old ones.
    Raises UserError: a network share, portable mode (2), the choice cannot be kept (7), the folder
    cannot be written (8).
    """
    must_be_free()
    root = root.absolute()
    _must_suit(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        DataFolder(root).moved.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"这个文件夹不能写入，请换一个：{root}", EXIT_READ_ONLY) from error
    try:
        paths.account_root().mkdir(parents=True, exist_ok=True)
        write_json(paths.choice(), {"data": str(root)})
    except OSError as error:
        raise UserError(
            f"没能记下选定的文件夹，请检查磁盘空间后再用“xqhz place {root}”：{paths.choice()}",
            EXIT_NO_SPACE,
        ) from error
