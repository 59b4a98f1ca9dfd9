"""Backups as people use them: when one is due, which there are, and which may go."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.safety.thinning import thinned
from xqhz_desktop.store import attachments, keyring
from xqhz_desktop.store import backup as files
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.backup import Kept, Note
from xqhz_desktop.store.models import Action

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

EVERY = timedelta(minutes=30)
# What the rows of a backup are told by: table → what people call it.
COUNTED = {
    "student": "学生",
    "firm": "企业",
    "placement": "岗位实习",
    "apprentice": "学徒",
    "teacher": "教师",
    "booking": "基地排期",
    "quarantined_row": "待更正",
    "attachment": "附件",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backup:
    """One file of the backups' folder; without a note nobody has checked it."""

    path: Path
    moment: datetime
    why: str
    note: Note | None
    whole: bool  # it has the size that its note says; `sound` looks at every byte

    @property
    def name(self) -> str:
        """Its file name, by which it is asked for."""
        return self.path.name


def listed(folder: Path) -> list[Backup]:
    """The backups that lie in a folder, the newest first; damaged and unchecked ones too."""
    found = [_backup(path) for path in folder.glob("xqhz-*.db")]
    return sorted((one for one in found if one), key=_age, reverse=True)


def _age(one: Backup) -> tuple[datetime, int]:
    """Two backups of one second are told apart by what had been done."""
    return one.moment, one.note.action if one.note else 0


def _backup(path: Path) -> Backup | None:
    """What a file's name and note say; None for a file that is none of ours, or just went."""
    note = files.note_of(path)
    with contextlib.suppress(ValueError, OSError):
        _, day, time, why = path.stem.split("-", 3)
        moment = datetime.strptime(day + time, "%Y%m%d%H%M%S")
        whole = note is not None and path.stat().st_size == note.size
        return Backup(path, moment, note.why if note else why, note, whole)
    return None


def sound(backup: Backup) -> bool:
    """Whether every byte is as it was when the backup was checked, its list of attachments too."""
    if backup.note is None or not backup.whole:
        return False
    if files.list_of(backup.path.parent, backup.note) is None:
        return False
    try:
        return files.digest(backup.path) == backup.note.sha256
    except OSError:
        return False


def newest_good(folder: DataFolder) -> Backup | None:
    """The newest backup whose every byte is right."""
    return next((one for one in listed(folder.backups) if sound(one)), None)


def counts(rows: dict[str, int]) -> str:
    """Rows by table in the words of the office: 学生 340，企业 18."""
    return "，".join(f"{label} {rows.get(table, 0):,}" for table, label in COUNTED.items())


def attachments_in(note: Note) -> str:
    """What a backup has of attachments: 附件文件 12 个（3.4 MB）."""
    lost = f"；另有 {note.missing} 个不见了或已损坏，没有进备份" if note.missing else ""
    return f"附件文件 {note.attachments:,} 个（{note.attachments_size / 1e6:.1f} MB）{lost}"


def present(office: "Office") -> dict[str, int]:
    """Rows by table as the records stand, to be held against a backup's."""
    with office.engine.connect() as connection:
        return files.rows(connection.connection.driver_connection)


def make(origin: Any, folder: DataFolder, now: datetime, why: str) -> Note:
    """A checked backup of an open connection; then those that another stands for are let go.

    Raises OSError or the driver's error; then the backups are as before.
    """
    if folder.key is not None:
        keyring.copy_beside(folder.keys, folder.backups)
    note = files.save(origin, folder.backups, now, why, folder.key, keeping(folder))
    thin(folder.backups, now)
    return note


def keeping(folder: DataFolder) -> Callable[[Any], Kept]:
    """What brings the attachments of a copied database beside the folder's backups."""
    live = Store(folder.attachments, folder.key)
    beside = Store(place_of(folder.backups), folder.key)
    return partial(attachments.keep, live=live, beside=beside)


def place_of(folder: Path) -> Path:
    """Where the attachments of a folder's backups lie, each content once."""
    return folder / "attachments"


def attachments_of(folder: Path) -> frozenset[str] | None:
    """The stored names of the attachments of all backups of a folder.

    None where a backup does not say for certain what it has: then none may go.
    """
    lists = [
        None if one.note is None else files.list_of(folder, one.note) for one in listed(folder)
    ]
    known = [names for names in lists if names is not None]
    return (
        frozenset(name for names in known for name in names) if len(known) == len(lists) else None
    )


def thin(folder: Path, now: datetime) -> list[str]:
    """Let go what `thinned` names; returns the names.

    A backup goes only when the one that stands for it has every byte right. One that has not is
    kept, stands for nothing, and is named in the log.
    """
    good = {one.moment: one for one in listed(folder) if one.whole}
    while True:
        plan = thinned(good, now)
        rotten = {keeper for keeper in plan.values() if keeper and not sound(good[keeper])}
        if not rotten:
            gone = _let_go([good[moment] for moment in plan])
            _let_attachments_go(folder)
            return gone
        for moment in rotten:
            _log.warning("backup is damaged: %s", good.pop(moment).name)


def _let_go(backups: list[Backup]) -> list[str]:
    for one in backups:
        try:
            one.path.unlink()
            for suffix in (".json", files.LIST):
                one.path.with_name(one.name + suffix).unlink(missing_ok=True)
        except OSError as error:  # the backup that was just made is good all the same
            _log.warning("backup not removed: %s %s", one.name, error.strerror)
    return [one.name for one in backups]


def _let_attachments_go(folder: Path) -> None:
    """Let those go that no backup lists any more."""
    store = Store(place_of(folder))
    stored = store.stored()
    wanted = attachments_of(folder) if stored else None
    for name in stored - wanted if wanted is not None else ():
        try:
            attachments.place(store.root, name).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("attachment not removed: %s %s", name, error.strerror)


def due(now: datetime, last: datetime | None, changed: bool) -> bool:
    """Whether a backup is to be made during work: something changed, and 30 minutes went by.

    A last backup that lies in the future is one of a wrong clock, and holds nothing up.
    """
    return changed and (last is None or last > now or now - last >= EVERY)


def back_up_if_due(office: "Office", *, leaving: bool = False) -> str | None:
    """A backup where one is due, when leaving whenever something changed; its name, or None.

    Cheap where there is nothing to do. Raises UserError (5, 7).
    """
    if office.is_empty() or holds(office.folder, latest_action(office)):
        return None
    now = office.now()
    past = [one.moment for one in listed(office.folder.backups) if one.whole and one.moment <= now]
    if not leaving and not due(now, max(past, default=None), True):
        return None
    return office.backup("退出时" if leaving else "定时")


def back_up_if_new(office: "Office", why: str) -> str | None:
    """A backup unless one has all that was done so far; its name, or None.

    Raises UserError (5, 7).
    """
    return None if holds(office.folder, latest_action(office)) else office.backup(why)


def latest_action(office: "Office") -> tuple[int, str]:
    """The journal's last action: its number and its time."""
    latest = select(Action.id, Action.at).order_by(Action.id.desc()).limit(1)
    with office.engine.connect() as connection:
        number, at = connection.execute(latest).one()
    return number, at


def holds(folder: DataFolder, action: tuple[int, str]) -> bool:
    """Whether a backup has all that was done up to the journal's last action (number, time)."""
    notes = [one.note for one in listed(folder.backups) if one.note and one.whole]
    return any((note.action, note.acted) == action for note in notes)
