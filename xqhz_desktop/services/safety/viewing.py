"""Looking without changing: the live records where another process of this computer has them.

Where another computer has them, or they lie on a network share, the newest good backup is shown:
SQLite's log cannot be read beside a writer on another computer.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from xqhz_desktop.base import disks
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Clock, Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.safety.backups import Backup
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import lock, migrate
from xqhz_desktop.store.cipher import key_for


@contextmanager
def looking(folder: DataFolder, who: str, now: Clock) -> Iterator[Office]:
    """An office that can be read and not written, live or as the last backup has it.

    `seen` says which of the two. Raises UserError: nothing good to show, elsewhere in use (4),
    damaged (5), newer or older than this program (6), no space for the copy (7), no user (9), the
    folder without its key (10).
    """
    if is_live(folder):
        with Office.look(folder, who, now) as office:
            yield office
        return
    encryption.must_have_key(folder)
    with TemporaryDirectory(prefix="xqhz-look-", ignore_cleanup_errors=True) as place:
        copy = _snapshot(folder, _newest(folder), Path(place))
        with Office.look(copy, who, now) as office:
            yield office


def seen(folder: DataFolder) -> str:
    """What `looking` would show, as one sentence. Raises UserError (4) where it is nothing."""
    holder = lock.holder_of(folder.lock)
    by = f"数据正由{holder}使用" if holder else "现在没有人在用这份数据"
    if is_live(folder):
        return f"只看不改：{by}，看到的是已保存的内容。"
    made = _newest(folder).moment
    day = f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}"
    return f"只看不改：{by}，不在这台电脑上，看到的是 {day} 的备份。"


def is_live(folder: DataFolder) -> bool:
    """Whether the live file can be read: it lies on this computer and nobody else's writes it."""
    if disks.kind_of(folder.root) is Kind.NETWORK or not os.access(folder.root, os.W_OK):
        return False  # what may only be read has no place for SQLite's log either
    holder = lock.holder_of(folder.lock)
    return holder is None or holder.here


def _newest(folder: DataFolder) -> Backup:
    for one in backups.listed(folder.backups):
        if backups.sound(one) and encryption.opens(one.path, folder.key):
            return one
    raise UserError("数据在别的电脑上，还没有完好的备份可看，请等那边关闭后再打开。", EXIT_LOCKED)


def _snapshot(folder: DataFolder, backup: Backup, place: Path) -> DataFolder:
    """A copy of a backup as a data folder of its own, as encrypted as the backup is."""
    copy = DataFolder(place, key=key_for(backup.path, folder.key))
    try:
        files.copy_file(backup.path, copy.database)
        if folder.keys.exists():
            shutil.copyfile(folder.keys, copy.keys)
    except OSError as error:
        raise UserError("临时文件夹写不进去，请腾出磁盘空间后再看。", EXIT_NO_SPACE) from error
    migrate.ensure(copy.database, key=copy.key)
    return copy
