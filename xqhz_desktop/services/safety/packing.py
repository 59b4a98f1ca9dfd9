"""换机: everything packed into one encrypted file, and unpacked on the new computer."""

import contextlib
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from xqhz_desktop import __version__
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_NO_SPACE,
    EXIT_REJECTED,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Clock, Office
from xqhz_desktop.services.safety import backups, places
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import journal, keyring, migrate, pack
from xqhz_desktop.store.arriving import arriving
from xqhz_desktop.store.chunks import Broken
from xqhz_desktop.store.cipher import key_for
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.holders import Tampered
from xqhz_desktop.store.lock import FolderLock
from xqhz_desktop.store.pack import Manifest, NoPack, Unsafe

SUFFIX = ".xqhzpack"
_ATTACHMENTS = "attachments/"
_STEPS = 3
# What may lie in a data folder in which nobody has recorded anything yet.
_OURS = (
    "attachments",
    "backups",
    "copies.json",
    "erased.json",
    "health.json",
    "logs",
    "places.json",
    "set-aside",
    "xqhz.json",
    "xqhz.lock",
    "xqhz.open",
)
_BEGIN = ("xqhz.db", "search.db", "keys.json")  # with what stands beside them


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a school is: rows by table, attachments and their bytes as they lie there."""

    rows: dict[str, int]
    attachments: int
    size: int

    def __str__(self) -> str:
        """In the words of the office."""
        return f"{backups.counts(self.rows)}，附件文件 {self.attachments:,} 个"


@dataclass(frozen=True, slots=True)
class Carried:
    """A pack that was made or unpacked: where, and what was counted on either side."""

    path: Path
    packed: Counts
    unpacked: Counts
    aside: Path | None = None  # where the empty data folder went that lay there before
    missing: int = 0  # attachments whose files were lost before


def counts_of(manifest: Manifest) -> Counts:
    """What a pack's manifest says of it."""
    sizes = [one.size for name, one in manifest.files.items() if name.startswith(_ATTACHMENTS)]
    return Counts(manifest.rows, len(sizes), sum(sizes))


# ---------------------------------------------------------------- packing


def make(office: Office, target: Path, task: Task | None = None) -> Carried:
    """Pack everything into one file, read back before it gets its name.

    A password of the records, or the recovery code, opens it. Raises UserError: only looking (4),
    the file is there already (2), a backup or a file is damaged (5), no space (7), the role (9);
    Cancelled. Then no file is left.
    """
    office.must_be(Role.CLERK, "打包换机")
    task = task or Task()
    if target.exists():
        raise UserError(f"这个文件已经有了，请换一个名字：{target}", EXIT_USAGE)
    task.step(0, _STEPS, "备份并核对")
    office.record("pack", f"打包换机：{target.name}")
    made = office.folder.backups / office.backup("换机前")
    note = files.note_of(made)
    assert note is not None
    at = office.now().isoformat(timespec="seconds")
    about = {"made": at, "who": office.who, "program": __version__, "rows": note.rows}
    manifest, again = _written(target, office.folder, made, about, task)
    return Carried(target, counts_of(manifest), counts_of(again), missing=note.missing)


def _written(
    target: Path, folder: DataFolder, made: Path, about: Mapping[str, object], task: Task
) -> tuple[Manifest, Manifest]:
    """The manifest as it was written, and as it reads back."""
    ring, key = encryption.copy_key(folder)
    partial = target.with_name(target.name + files.PARTIAL)
    try:
        task.step(1, _STEPS, "打包")
        manifest = pack.write(partial, ring, key, _files(folder, made), about)
        task.step(2, _STEPS, "读回核对")
        again = pack.read(partial, key)
        partial.rename(target)
        files.sync_folder(target.parent)
    except (OSError, Broken) as error:
        said = f"换机包没有写成，或读回来与写入的不同，请检查磁盘空间，或换一个磁盘：{target}"
        raise UserError(said, EXIT_NO_SPACE) from error
    finally:
        with contextlib.suppress(OSError):  # a stick that was pulled out holds nothing to sweep
            partial.unlink(missing_ok=True)
    return manifest, again


def _files(folder: DataFolder, made: Path) -> dict[str, Path]:
    """What belongs to a school, by its place in the data folder."""
    found = {folder.database.name: made}
    small = (folder.keys, folder.places, folder.copies, folder.erased)
    found |= {one.name: one for one in small if one.exists()}
    for path in sorted(folder.attachments.rglob("*")):
        if path.is_file() and not path.is_symlink() and files.PARTIAL not in path.name:
            found[path.relative_to(folder.root).as_posix()] = path
    return found


# ---------------------------------------------------------------- unpacking


def unpack(
    source: Path,
    folder: DataFolder,
    secret: Callable[[], str],
    who: str,
    now: Clock,
    task: Task | None = None,
) -> Carried:
    """Lay a packed school into an empty data folder, whole or not at all.

    A folder in which nothing was recorded yet is moved aside. Raises UserError: no place for it
    (2), no pack or the folder holds records (3), in use (4), damaged (5), newer than the program
    (6), no space (7), a wrong password (10); Cancelled. Then the folder is as it was.
    """
    task = task or Task()
    places.must_be_fit(folder, encrypting=True)
    _must_be_empty(folder, who, now())
    key = _key(source, secret)
    with (
        _explained(source, folder),
        _out_of_the_way(folder, now()) as away,
        arriving(folder.root) as partial,
    ):
        task.step(0, _STEPS, "解包")
        manifest = pack.read(source, key, partial)
        task.step(1, _STEPS, "核对")
        fresh = DataFolder(partial)
        there = _counted(fresh, key, manifest)
        _journal(fresh, key, who, now(), source)
        task.step(2, _STEPS, "放入数据文件夹")
        aside = away()
    return Carried(source, counts_of(manifest), there, aside)


@contextlib.contextmanager
def _explained(source: Path, folder: DataFolder) -> Iterator[None]:
    try:
        yield
    except (Broken, Unsafe, driver.DatabaseError) as error:
        raise failure(error) or _damaged(source) from error
    except NoPack as error:
        raise _no_pack(source) from error
    except OSError as error:
        said = f"解包没有做成，请检查磁盘空间和权限：{folder.root}"
        raise UserError(said, EXIT_NO_SPACE) from error


@contextlib.contextmanager
def _out_of_the_way(folder: DataFolder, moment: datetime) -> Iterator[Callable[[], Path | None]]:
    """Yields what moves a folder aside in which nothing was recorded; it comes back on failure."""
    aside = folder.root.with_name(f"{folder.root.name}-{moment:%Y%m%d-%H%M%S}-空")

    def away() -> Path | None:
        if not folder.root.exists() or not any(folder.root.iterdir()):
            return None
        return folder.root.rename(aside)

    try:
        yield away
    except BaseException:
        if aside.exists() and not folder.root.exists():
            aside.rename(folder.root)
        raise


def _key(source: Path, secret: Callable[[], str]) -> bytes:
    try:
        ring = pack.ring_of(source)
        opened = next(keyring.opening([ring], secret()), None)
    except OSError as error:
        raise UserError(f"换机包读不出来，请检查路径：{source}", EXIT_USAGE) from error
    except NoPack as error:
        raise _no_pack(source) from error
    except Tampered as error:
        raise _damaged(source) from error
    if opened is None:
        raise UserError("密码不对，请输入原来电脑上的密码或恢复码。", EXIT_WRONG_KEY)
    return opened[1].key


def _no_pack(source: Path) -> UserError:
    return UserError(f"{source.name} 不是换机包，请选用“xqhz pack”做出的文件。", EXIT_REJECTED)


def _damaged(source: Path) -> UserError:
    return UserError(
        f"换机包 {source.name} 已损坏，没有解包；请从原来的电脑再复制一次，或重新打包。",
        EXIT_DAMAGED,
    )


def _counted(fresh: DataFolder, key: bytes, manifest: Manifest) -> Counts:
    """What arrived, counted there itself. Raises Broken where it is not what was packed."""
    rows = files.check(fresh.database, key_for(fresh.database, key))
    found = [path for path in fresh.attachments.rglob("*") if path.is_file()]
    there = Counts(rows, len(found), sum(path.stat().st_size for path in found))
    if there != counts_of(manifest):
        raise Broken
    return there


def _journal(fresh: DataFolder, key: bytes, who: str, moment: datetime, source: Path) -> None:
    """Bring the arrived database to this program's revision, and journal where it arrived."""
    path, at = fresh.database, moment.isoformat(timespec="seconds")
    title = f"在电脑“{platform.node()}”上解开换机包 {source.name}"
    migrate.ensure(path, key=key_for(path, key))
    engine = open_engine(path, key=key_for(path, key), make=False)
    try:
        with journal.acting(engine, who=who, at=at, kind="restore", title=title):
            pass
    finally:
        engine.dispose()
    files.check(path, key)  # leaves one file, no log beside it
    files.must_be_alone(path)
    files.flush(path)


def _must_be_empty(folder: DataFolder, who: str, moment: datetime) -> None:
    """Raises UserError: it is the root of a disk (2), holds something (3), is in use (4)."""
    if os.path.ismount(folder.root):
        raise UserError(
            f"请在这个磁盘里指定一个新的文件夹，例如 {folder.root / places.NAME}。", EXIT_USAGE
        )
    if not folder.root.exists() or not any(folder.root.iterdir()):
        return
    occupied = UserError(
        f"这里已有内容，没有解包：{folder.root}；请用 --data-dir 指定一个新的文件夹。",
        EXIT_REJECTED,
    )
    names = [path.name for path in folder.root.iterdir()]
    if any(name not in _OURS and not name.startswith(_BEGIN) for name in names):
        raise occupied
    FolderLock(folder.lock, who, f"{moment:%Y-%m-%d %H:%M}").release()
    if not _is_unused(folder):
        raise occupied


def _is_unused(folder: DataFolder) -> bool:
    """Whether nothing was recorded yet in a data folder of ours."""
    if any(folder.set_aside.glob("*")) or backups.listed(folder.backups):
        return False
    if not folder.database.exists():
        return True
    try:
        with files.opened(folder.database, mode="ro") as connection:
            rows = files.rows(connection)
    except driver.DatabaseError:  # damaged, or encrypted: somebody's all the same
        return False
    return not any(rows.get(table, 0) for table in backups.COUNTED)
