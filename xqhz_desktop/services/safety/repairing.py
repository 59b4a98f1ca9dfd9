"""Repair: an index that disagrees with its table is made anew, lost attachments are looked for.

It needs no open office. All else that may be wrong with a database only a backup can mend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.safety import backups, restoring, second_place
from xqhz_desktop.services.safety.health import advice, only_indexes
from xqhz_desktop.store import attachments, exchange, journal
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.cipher import broken_pages, key_for
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.lock import FolderLock

Place = tuple[Path, bytes | None]  # a folder of backups, and the key of the attachments there


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: where the database lies whose indexes were bad, None where they were not;
    how many files of attachments were found again, and of how many attachments they still lack.
    """

    aside: Path | None
    found: int
    missing: int


def repair(
    folder: DataFolder,
    who: str,
    now: Callable[[], datetime],
    task: Task,
    places: Sequence[Place] = (),
) -> Repaired:
    """Mend what can be mended without loss; a database that was exchanged is set aside.

    Attachments are looked for in the folder's backups, in the second place and in `places`.
    Raises UserError: there is no database (2), in use (4), damaged so that only a backup helps
    (5), no space (7), not permitted (9), encrypted and the folder without its key (10); and
    Cancelled: then all is as before.
    """
    if not folder.database.exists():
        raise UserError(f"这里没有数据，请检查数据文件夹：{folder.root}", EXIT_USAGE)
    lock = FolderLock(folder.lock, who, f"{now():%Y-%m-%d %H:%M}")
    try:
        exchange.finish(folder.database, folder.set_aside)
        encryption.must_have_key(folder)
        restoring.must_be_permitted(folder, who, "修复数据")
        task.step(0, 2, "检查数据库")
        aside = _database(folder, who, now())
        task.step(1, 2, "检查附件")
        return Repaired(aside, *_attachments(folder, [*_known_places(folder), *places]))
    except OSError as error:
        said = "修复没有做成，请检查磁盘空间和权限；原来的数据没有丢。"
        raise UserError(said, EXIT_NO_SPACE) from error
    except driver.DatabaseError as error:
        known = failure(error) or error
        raise _advised(folder, known) from error
    finally:
        lock.release()


def _advised(folder: DataFolder, known: BaseException) -> BaseException:
    if isinstance(known, UserError) and known.code == EXIT_DAMAGED:
        return _beyond_repair(folder)
    return known


def _beyond_repair(folder: DataFolder) -> UserError:
    return UserError("数据文件损坏的不只是索引，修复不了；" + advice(folder), EXIT_DAMAGED)


# ---------------------------------------------------------------- the database


def _database(folder: DataFolder, who: str, moment: datetime) -> Path | None:
    """Exchange the database for a copy with new indexes where it needs one; what is set aside."""
    key = key_for(folder.database, folder.key)
    with files.opened(folder.database, key) as connection:
        wrong = _wrong(connection, key)
        if not wrong:
            return None
        if not only_indexes(wrong):
            raise _beyond_repair(folder)
        place = exchange.new_place(folder.set_aside, moment)
        try:
            files.copy_connection(connection, place / exchange.PREPARING, key)
        except BaseException:
            exchange.discard(place)
            raise
    try:
        _mended(place / exchange.PREPARING, key, who, moment)
        exchange.exchange(folder.database, place)
    except BaseException:
        exchange.discard(place)
        raise
    return place


def _wrong(connection: Any, key: bytes | None) -> list[str]:
    lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1000)")]
    strangers = [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    found = [line for line in lines if line != "ok"]
    return [*broken_pages(connection, key), *found, *strangers]


def _mended(copy: Path, key: bytes | None, who: str, moment: datetime) -> None:
    """New indexes, a look at every entry, and a word in the journal."""
    with files.opened(copy, key) as connection:
        connection.execute("REINDEX")
        connection.commit()
    files.check(copy, key)
    engine = open_engine(copy, key=key, make=False)
    at = moment.isoformat(timespec="seconds")
    try:
        with journal.acting(engine, who=who, at=at, kind="repair", title="修复数据库的索引"):
            pass
    finally:
        engine.dispose()
    files.check(copy, key)  # and one file, no -wal beside it
    files.flush(copy)


# ---------------------------------------------------------------- attachments


def _known_places(folder: DataFolder) -> list[Place]:
    """The folder's own backups, and the second place where it is there."""
    found: list[Place] = [(folder.backups, folder.key), (folder.backups, None)]
    second = second_place.second_place(folder)
    if second.path is not None and second.path.is_dir():
        found.append((second.path, second_place.known_key(folder)))
    return found


def _attachments(folder: DataFolder, places: Sequence[Place]) -> tuple[int, int]:
    """(found again, still missing) of the attachments that the records have."""
    key = key_for(folder.database, folder.key)
    with files.opened(folder.database, key) as connection:
        standing = attachments.standing(connection)
    live = Store(folder.attachments, key)
    others = [Store(backups.place_of(root), one) for root, one in places]
    lost = {sha256 for sha256 in set(standing) if not live.sound(sha256)}
    found = set(live.bring(lost, *others, checked=True))
    return len(found), sum(sha256 in lost - found for sha256 in standing)
