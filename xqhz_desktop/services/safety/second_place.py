"""A second place for backups, on another disk: asked for, reminded of, read back after writing.

What lies there is always encrypted: sticks are lost.
"""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.safety.backups import Backup
from xqhz_desktop.store import attachments, keyring, sealing
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.cipher import is_plain
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.holders import Wrap
from xqhz_desktop.store.keyring import Ring

REMIND_AFTER = timedelta(days=7)
MARK = "xqhz-second.json"


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """What the data folder knows of it; kept outside the database, which may be damaged."""

    path: Path | None = None
    mark: str = ""  # written into the place too: another stick under the same name is not it
    copied: datetime | None = None


def second_place(folder: DataFolder) -> SecondPlace:
    """The second place; none where it was never said, or where the note of it is damaged."""
    kept = files.read_json(folder.places)
    path, mark, copied = (kept.get(name) for name in ("second", "mark", "copied"))
    if not (isinstance(path, str) and isinstance(mark, str)):
        return SecondPlace()
    moment = None
    with contextlib.suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(copied)  # type: ignore[arg-type]
    return SecondPlace(Path(path), mark, moment)


def plain_there(folder: DataFolder) -> int:
    """How many copies in the second place are not encrypted: an older version wrote them."""
    place = second_place(folder).path
    return sum(is_plain(one.path) for one in backups.listed(place)) if place else 0


def choose(folder: DataFolder, place: Path) -> SecondPlace:
    """Remember a folder as the second place. Raises UserError (7) where it cannot be written."""
    place = place.absolute()
    if place.is_relative_to(folder.root.absolute()):
        raise UserError(f"第二存放处要在另一个磁盘或 U 盘上，不能在数据文件夹里：{place}")
    found = files.read_json(place / MARK).get("mark")
    mark = found if isinstance(found, str) else secrets.token_hex(8)
    try:
        place.mkdir(exist_ok=True)
        files.write_json(place / MARK, {"mark": mark})
        chosen = SecondPlace(place, mark)
        _keep(folder, chosen)
    except OSError as error:
        raise _failing(place) from error
    return chosen


def copy_to(folder: DataFolder, place: Path, backup: Backup, now: datetime) -> str:
    """An encrypted copy of a backup in another place, read back and compared; returns its name.

    A plain backup is encrypted on its way: whoever finds the stick finds nothing, and the recovery
    code or a password opens it. Attachments that lie there already are not written again.
    Raises UserError: the backup is not as it was when it was checked, there is no key ring (5), or
    the disk fails (7); then no copy is there under its name.
    """
    try:
        place.mkdir(exist_ok=True)
        files.sweep(place)
        with _leaving(folder, backup) as copy:
            partial = place / (backup.name + files.PARTIAL)
            _copy_and_compare(copy.path, partial, copy.note.sha256)
            _bring_rings(backup.path.parent, place, copy.ring)
            note = files.write_list(place, copy.note, _bring_attachments(copy, place))
            files.write_note(place, note)
            partial.replace(place / backup.name)
        files.sync_folder(place)
        backups.thin(place, now)
    except OSError as error:
        raise _failing(place) from error
    finally:
        with contextlib.suppress(OSError):  # a place that is gone holds nothing to sweep
            files.sweep(place)
    return backup.name


@dataclass(frozen=True, slots=True)
class _Copy:
    """A backup as it leaves the computer: an encrypted file, its note, and what opens it."""

    path: Path
    note: files.Note
    stored: tuple[str, ...]  # the names of its attachments, as they lie beside the backup
    origin: Path  # where they lie
    key: bytes | None  # None where it was encrypted under a key that is not known
    ring: Ring | None


@contextlib.contextmanager
def _leaving(folder: DataFolder, backup: Backup) -> Iterator[_Copy]:
    """The backup itself where it is encrypted, else an encrypted copy of it, which goes again."""
    note, origin = backup.note, backups.place_of(backup.path.parent)
    if note is None:
        raise UserError(f"备份 {backup.name} 没有核对记录，请先做一次新的备份。")
    stored = files.list_of(backup.path.parent, note)
    if stored is None or not backups.sound(backup):
        raise _damaged(backup.path)
    if not is_plain(backup.path):
        yield _Copy(backup.path, note, stored, origin, folder.key, None)
        return
    ring, key = copies_key(folder)
    fresh = folder.backups / f"{backup.name}.leaving{files.PARTIAL}"
    try:
        sealing.convert(backup.path, None, fresh, key)
        note = replace(note, sha256=files.flush(fresh), size=fresh.stat().st_size)
        yield _Copy(fresh, note, stored, origin, key, ring)
    except driver.DatabaseError as error:
        raise failure(error) or error from error
    finally:
        fresh.unlink(missing_ok=True)


def copies_key(folder: DataFolder) -> tuple[Ring, bytes]:
    """The ring and the key of what leaves the computer.

    For plain records the same as last time, as long as today's ring has the same holders under
    the same secrets: attachments that lie there already can be told by it. It lies beside the
    plain records, which tell more. Raises UserError (5): no key ring; OSError.
    """
    if folder.key is not None:
        return encryption.copy_key(folder)
    today, kept = keyring.read(folder.keys), _kept_key(folder.copies)
    if today and kept and _holders(kept[0]) == _holders(today):
        return kept
    ring, key = encryption.copy_key(folder)
    files.write_json(folder.copies, {"ring": keyring.text_of(ring), "key": key.hex()})
    return ring, key


def known_key(folder: DataFolder) -> bytes | None:
    """The key of the last copies, where it is known."""
    if folder.key is not None:
        return folder.key
    kept = _kept_key(folder.copies)
    return kept[1] if kept else None


def _kept_key(path: Path) -> tuple[Ring, bytes] | None:
    said = files.read_json(path)
    with contextlib.suppress(ValueError, TypeError, KeyError):
        ring, key = keyring.ring_of(said["ring"]), bytes.fromhex(said["key"])
        if ring.opens(key) and ring.whole(key):
            return ring, key
    return None


def _holders(ring: Ring) -> dict[str, tuple[str, Wrap]]:
    holders = {**ring.users, "": ring.recovery}
    return {name: (holder.public, holder.wrap) for name, holder in holders.items()}


def _bring_rings(beside: Path, place: Path, ring: Ring | None) -> None:
    """Without its ring an encrypted copy is lost."""
    keyring.bring(beside, place)
    if ring is not None and keyring.read(place / f"keys-{ring.id}.json") != ring:
        keyring.write(place / f"keys-{ring.id}.json", ring)


def _bring_attachments(copy: _Copy, place: Path) -> files.Kept:
    """Those that the place lacks; what is damaged at home is counted as missing."""
    there = attachments.brought(copy.stored, copy.origin, backups.place_of(place), copy.key)
    lost = len(copy.stored) - len(there)
    return files.Kept(there, copy.note.attachments_size, copy.note.missing + lost)


def _copy_and_compare(source: Path, target: Path, sha256: str) -> None:
    if files.copy_file(source, target) != sha256:
        raise _damaged(source)
    if files.flush(target) != sha256:
        raise _failing(target.parent)


def _damaged(source: Path) -> UserError:
    return UserError(f"备份 {source.name} 已损坏，没有复制，请先做一次新的备份。")


def _failing(place: Path) -> UserError:
    return UserError(
        f"{place} 写不进去，或读回来与写入的不同，这里的备份不可靠，请换一个 U 盘或磁盘。",
        EXIT_NO_SPACE,
    )


def copy_newest(folder: DataFolder, now: datetime) -> str | None:
    """Bring the newest good backup to the second place; None where there is no such place.

    Raises UserError: the place is not there, or another stick lies under its name; and as
    `copy_to` does.
    """
    second = second_place(folder)
    if second.path is None:
        return None
    if files.read_json(second.path / MARK).get("mark") != second.mark:
        raise UserError(
            f"第二存放处现在不在：{second.path}，请插上那个 U 盘后再备份，或另选一处。",
            EXIT_NO_SPACE,
        )
    good = backups.newest_good(folder)
    if good is None:
        raise UserError("还没有完好的备份，请先备份一次。")
    name = copy_to(folder, second.path, good, now)
    _keep(folder, SecondPlace(second.path, second.mark, now))
    return name


def _keep(folder: DataFolder, second: SecondPlace) -> None:
    copied = second.copied.isoformat(timespec="seconds") if second.copied else None
    value = {"second": str(second.path), "mark": second.mark, "copied": copied}
    files.write_json(folder.places, value)


def reminder(folder: DataFolder, now: datetime) -> str:
    """What to remind of; empty where a copy was brought to the second place this week."""
    second = second_place(folder)
    if second.path is None:
        return "备份都在这一块磁盘上，请再选一个 U 盘或另一块磁盘作第二存放处。"
    if second.copied is None or not timedelta(0) <= now - second.copied < REMIND_AFTER:
        return f"第二存放处上次存入：{_day(second.copied)}，请插上 U 盘再备份一次。"
    return ""


def _day(moment: datetime | None) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日" if moment else "还没有过"
