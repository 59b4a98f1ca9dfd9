"""The data folder moved to another place: copied, checked, then chosen; the old one stays."""

import os
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_REJECTED, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Clock, Office
from xqhz_desktop.services.safety import places
from xqhz_desktop.services.safety.restoring import must_be_permitted
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import exchange, sealing
from xqhz_desktop.store.arriving import arriving, copied
from xqhz_desktop.store.cipher import key_for
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.lock import FolderLock

_STAYS = frozenset(
    {"moved.json", "xqhz.json", "xqhz.lock", "xqhz.open"}
)  # what is of the old place alone


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move counted: rows by table on either side, and the other files that went along."""

    rows: dict[str, int]
    there: dict[str, int]
    files: int


def move(folder: DataFolder, target: Path, who: str, now: Clock, task: Task | None = None) -> Moved:
    """Copy a closed data folder to a new place, check every file there, and choose that place.

    The old folder keeps everything, and says from now on where its records went. Raises UserError:
    no place for records (2), something lies there (3), in use (4), damaged (5), no space (7),
    encrypted and the folder without its key (10); Cancelled. Then the old place is the one that
    counts.
    """
    target = target.absolute()
    places.must_be_free()
    _must_be_new(folder, target)
    places.must_be_fit(DataFolder(target), encrypting=folder.key is not None)
    lock = FolderLock(folder.lock, who, f"{now():%Y-%m-%d %H:%M}")
    try:
        exchange.finish(folder.database, folder.set_aside)
        sealing.sweep(folder.database)
        encryption.must_have_key(folder)
        must_be_permitted(folder, who, "移动数据文件夹", Role.ADMIN)
        with arriving(target) as partial:
            moved = _copied(folder, DataFolder(partial), task or Task())
    except OSError as error:
        said = f"数据没有移过去，还在原来的地方；请检查磁盘空间和权限：{target}"
        raise UserError(said, EXIT_NO_SPACE) from error
    except driver.DatabaseError as error:
        raise failure(error) or error from error
    finally:
        lock.release()
    with Office.open(DataFolder(target, folder.key), who, now) as office:
        office.record("place", f"数据文件夹移到 {target}")
    places.choose(target)
    places.leave(folder, target, now())
    return moved


def _must_be_new(folder: DataFolder, target: Path) -> None:
    root = folder.root.absolute()
    if target.is_relative_to(root) or root.is_relative_to(target):
        raise UserError(f"新的地方要在原来的数据文件夹外面：{root}", EXIT_USAGE)
    if os.path.ismount(target):
        raise UserError(
            f"请在这个磁盘里指定一个新的文件夹，例如 {target / places.NAME}。", EXIT_USAGE
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(f"这里已有内容，请换一个新的文件夹：{target}", EXIT_REJECTED)


def _copied(folder: DataFolder, fresh: DataFolder, task: Task) -> Moved:
    task.step(0, 2, "复制数据")
    key = key_for(folder.database, folder.key)
    with files.opened(folder.database, key) as connection:
        rows = files.rows(connection)
        files.copy_connection(connection, fresh.database, key)
    there = files.check(fresh.database, key)
    if there != rows:
        raise driver.DatabaseError("database disk image is malformed: rows are missing")
    files.must_be_alone(fresh.database)
    files.flush(fresh.database)
    others = _others(folder)
    for number, path in enumerate(others):
        task.step(number, len(others), "复制备份和附件")
        copied(path, fresh.root / path.relative_to(folder.root))
    return Moved(rows, there, len(others))


def _others(folder: DataFolder) -> list[Path]:
    """Every file but the database, its logs, and what is of the old place alone."""
    return [
        path
        for path in sorted(folder.root.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and files.PARTIAL not in path.name
        and not (path.parent == folder.root and _stays(path, folder))
    ]


def _stays(path: Path, folder: DataFolder) -> bool:
    return path.name in _STAYS or path.name.startswith(folder.database.name)
