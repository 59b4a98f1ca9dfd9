"""What an encrypted school still keeps without encryption: its older backups, until they go."""

from pathlib import Path
from typing import TYPE_CHECKING

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import attachments, sealing
from xqhz_desktop.store.cipher import is_plain

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

_GOING = ".purging"
_BESIDE = ("-wal", "-journal", "-shm", "")


def plain_copies(folder: DataFolder) -> list[Path]:
    """The files of the data folder that still hold records without encryption: old backups."""
    return [
        path
        for place in (folder.backups, folder.set_aside)
        for path in sorted(place.rglob("*"))
        if path.name.endswith(_GOING) or (path.suffix == ".db" and is_plain(path))
    ]


def purge(office: "Office") -> int:
    """Delete the plain copies and their attachments, overwritten first; how many copies.

    Attachments go first, so that a deletion that was cut off leaves a copy to be named by.
    Raises UserError: no sound encrypted backup stands for them (5), the disk fails (7), not
    permitted (9).
    """
    folder = office.folder
    office.must_be(Role.ADMIN, "删除未加密的旧备份")
    if not any(not is_plain(one.path) and backups.sound(one) for one in _listed(folder)):
        raise UserError("还没有完好的加密备份，未加密的旧备份先留着；请先备份一次。", EXIT_DAMAGED)
    found = plain_copies(folder)
    try:
        for path in attachments.plain_files(backups.place_of(folder.backups)):
            sealing.overwrite(path)
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
