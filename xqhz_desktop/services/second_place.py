"""A second place for backups, on another disk: asked for, reminded of, read back after writing."""

import contextlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import backups
from xqhz_desktop.services.backups import Backup
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import keyring

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


def copy_to(place: Path, backup: Backup, now: datetime) -> str:
    """A copy of a backup in another folder, read back and compared; returns its name.

    Raises UserError: the backup is not as it was when it was checked, or the disk fails (7);
    then no copy is there under its name.
    """
    note = backup.note
    if note is None:
        raise UserError(f"备份 {backup.name} 没有核对记录，请先做一次新的备份。")
    partial = place / (backup.name + files.PARTIAL)
    try:
        place.mkdir(exist_ok=True)
        files.sweep(place)
        _copy_and_compare(backup.path, partial, note.sha256)
        keyring.bring(backup.path.parent, place)  # without its ring an encrypted copy is lost
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


def _copy_and_compare(source: Path, target: Path, sha256: str) -> None:
    if files.copy_file(source, target) != sha256:
        raise UserError(f"备份 {source.name} 已损坏，没有复制，请先做一次新的备份。")
    if files.flush(target) != sha256:
        raise _failing(target.parent)


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
    name = copy_to(second.path, good, now)
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
