"""Restore: a verified copy takes the database's place, and what was there is set aside.

It needs no open office, so that it works when the database is damaged or gone.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_READ_ONLY,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.encryption import Access
from xqhz_desktop.services.access.roles import Role, must_be
from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.safety.places import must_be_fit
from xqhz_desktop.store import attachments, exchange, journal, migrate
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.cipher import key_for
from xqhz_desktop.store.database import open_engine, revision
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.lock import FolderLock

_STEPS = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: rows by table before and after, and where the old state lies.

    `before` is None where the old database could not be read or was not there; `saved` names the
    backup made of it, where it had anything that no backup had. Attachments are among the rows;
    `missing` are those of them whose file nobody has any more.
    """

    name: str
    before: dict[str, int] | None
    after: dict[str, int]
    aside: Path
    saved: str | None
    missing: int

    @property
    def warning(self) -> str:
        """A sentence where not all could be brought back; empty where all is there."""
        if not self.missing:
            return ""
        return (
            f"有 {self.missing} 个附件的文件在备份里不见了或已损坏，其余都已恢复；"
            "找到存有它们的备份盘后，请用“repair --from 备份文件夹”补回。"
        )


def found(folder: DataFolder, which: str) -> Path:
    """The file that a name among the backups, or a path, means. Raises UserError (2)."""
    for path in (folder.backups / which, folder.backups / f"{which}.db"):
        if Path(which).name == which and path.is_file():
            return path
    if Path(which).is_file():
        return Path(which)
    raise UserError(f"找不到备份 {which}，请用“backups”命令查看有哪些备份。", EXIT_USAGE)


def restore(
    folder: DataFolder,
    who: str,
    now: Callable[[], datetime],
    source: Path,
    task: Task,
    access: Access | None = None,
) -> Restored:
    """Put a backup in the database's place, verified first; nothing is deleted.

    What was encrypted stays so: a plain backup is encrypted on its way into an encrypted folder,
    and an encrypted one brings its key ring (`access`) into a plain one.
    Attachments that are not there come back from beside the backup, or from the folder's own
    backups; one that nobody has holds nothing up.
    Raises UserError: the folder is no place for records (2), in use (4), the backup is damaged (5)
    or newer than the program (6), no space (7), read-only (8), not permitted (9), encrypted under a
    key that is not known (10); and Cancelled: then all is as before.
    """
    must_be_fit(folder, encrypting=True)
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"数据文件夹建不了，请检查权限：{folder.root}", EXIT_READ_ONLY) from error
    lock = FolderLock(folder.lock, who, f"{now():%Y-%m-%d %H:%M}")
    try:
        exchange.finish(folder.database, folder.set_aside)
        encryption.must_have_key(folder)
        must_be_permitted(folder, who, "恢复备份")
        return _restore(folder, who, now(), source, task, access or Access(folder.key))
    except OSError as error:
        said = "恢复没有做成，请检查磁盘空间和权限；原来的数据没有丢。"
        raise UserError(said, EXIT_NO_SPACE) from error
    except driver.DatabaseError as error:
        raise failure(error) or error from error
    finally:
        lock.release()


def _restore(
    folder: DataFolder, who: str, moment: datetime, source: Path, task: Task, access: Access
) -> Restored:
    place = exchange.new_place(folder.set_aside, moment)
    try:
        task.step(0, _STEPS, "核对备份")
        ready = _copied(source, place / exchange.PREPARING, access.key)
        task.step(1, _STEPS, "准备数据")
        key = encryption.rekeyed(ready, access, folder.key)
        after = _prepared(ready, key, who, moment, source.name)
        task.step(2, _STEPS, "备份现状")
        before, saved = _present(folder, moment)
        task.step(3, _STEPS, "带回附件")
        missing = _attachments(folder, ready, key, [source.parent, folder.backups], access.key)
        task.step(4, _STEPS, "换上备份")
        encryption.adopt(folder, key, access)
        exchange.exchange(folder.database, place)
    except BaseException:
        exchange.discard(place)
        raise
    revision(folder.database, key)
    with contextlib.suppress(OSError):  # the next opening settles what is left
        attachments.settle(folder.attachments, key)
    return Restored(source.name, before, after, place, saved, missing)


def must_be_permitted(folder: DataFolder, who: str, doing: str, least: Role = Role.CLERK) -> None:
    """Where the present records can be read and name users, only these may. UserError (9)."""
    try:
        with files.opened(folder.database, folder.key, mode="ro") as connection:
            rows = connection.execute("SELECT name, role FROM user WHERE active = 1").fetchall()
    except driver.DatabaseError:  # damaged, gone, or of the time before there were users
        return
    roles = {name: Role(role) for name, role in rows}
    if roles and who not in roles:
        raise UserError(
            f"用户名单里没有“{who}”，不能{doing}；请换用名单里的用户。", EXIT_NOT_PERMITTED
        )
    if roles:
        must_be(roles[who], least, doing)


def _attachments(
    folder: DataFolder, ready: Path, key: bytes | None, places: list[Path], other: bytes | None
) -> int:
    """Have the attachments of the prepared records in the folder; how many are nowhere whole.

    Nothing is taken away, so that what a restore leaves undecided can still read its own.
    """
    with files.opened(ready, key) as connection:
        wanted = attachments.referred(connection)
        standing = attachments.standing(connection)
    live = Store(folder.attachments, key)
    roots = [folder.attachments, *map(backups.place_of, places)]
    others = [
        Store(root, one) for root in roots for one in dict.fromkeys((folder.key, other, None))
    ]
    lost = wanted.keys() - set(live.bring(wanted, *others, checked=True))
    return sum(sha256 in lost for sha256 in standing)


def _copied(source: Path, target: Path, key: bytes | None) -> Path:
    """A verified copy of the backup; a log that lies beside it comes along."""
    digest = files.copy_file(source, target)
    note = files.note_of(source)
    log = source.with_name(source.name + "-wal")
    if note is not None and note.sha256 != digest:
        raise _damaged(source)
    if note is None and log.exists():
        files.copy_file(log, target.with_name(target.name + "-wal"))
    if note is not None and not encryption.opens(target, key):  # whole to the byte, not ours
        raise UserError(
            f"备份 {source.name} 是用另一个密钥加密的，请输入当时的密码或恢复码。", EXIT_WRONG_KEY
        )
    try:
        if not revision(target, key_for(target, key)):
            raise _damaged(source)
        files.check(target, key)
    except driver.DatabaseError as error:
        raise _damaged(source) from error
    except UserError as error:
        raise (_damaged(source) if error.code == EXIT_DAMAGED else error) from error
    return target


def _damaged(source: Path) -> UserError:
    return UserError(
        f"备份 {source.name} 已损坏或不是本程序的数据，没有恢复；它原样留着，请换一份备份。",
        EXIT_DAMAGED,
    )


def _prepared(
    path: Path, key: bytes | None, who: str, moment: datetime, name: str
) -> dict[str, int]:
    """Bring the copy to the newest revision, and journal that it was restored; its rows."""
    migrate.ensure(path, key=key)
    engine = open_engine(path, key=key, make=False)
    at = moment.isoformat(timespec="seconds")
    try:
        with journal.acting(engine, who=who, at=at, kind="restore", title=f"恢复备份 {name}"):
            pass
    finally:
        engine.dispose()
    with files.opened(path, key) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
        counted = files.rows(connection)
    files.flush(path)
    return counted


def _present(folder: DataFolder, moment: datetime) -> tuple[dict[str, int] | None, str | None]:
    """Rows of the state that is to be replaced, and the backup made of it where it needs one."""
    if not folder.database.exists():
        return None, None
    try:
        with files.opened(folder.database, folder.key, mode="ro") as connection:
            return files.rows(connection), _saved(connection, folder, moment)
    except driver.DatabaseError as error:
        known = failure(error)
        if known is not None and known.code != EXIT_DAMAGED:
            raise
        return None, None  # damaged or none of ours: it is set aside as it is


def _saved(connection: object, folder: DataFolder, moment: datetime) -> str | None:
    if backups.holds(folder, files.last_action(connection)):
        return None
    return backups.make(connection, folder, moment, "恢复前").name
