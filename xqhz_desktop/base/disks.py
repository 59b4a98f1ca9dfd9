"""What kind of disk a path lies on: one that survives re-imaging, a stick, a network share.

The system is asked for its table of volumes; what the table means is decided by pure functions, so
that the tables of both systems can be judged anywhere.
"""

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


class Kind(StrEnum):
    """What may be said of a disk."""

    FIXED = "fixed"  # built in, and not the one that the system lies on
    SYSTEM = "system"
    REMOVABLE = "removable"
    NETWORK = "network"
    MEMORY = "memory"  # gone when the computer is switched off
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Volume:
    """One line of the system's table: where something begins, and what it is."""

    root: PurePath
    kind: Kind
    device: str  # volumes of one device are one disk seen twice


@dataclass(frozen=True, slots=True)
class Disk:
    """A place of this computer that can be written, and the bytes free on it."""

    root: Path
    kind: Kind
    free: int


def kind_of(path: Path) -> Kind:
    """What kind of disk a path lies on, or would lie on where it does not exist yet."""
    try:
        return kind_in(_volumes(), path.resolve())
    except (OSError, RuntimeError):  # a loop of links
        return Kind.UNKNOWN


def disks() -> list[Disk]:
    """The disks of this computer that whoever is at work can write to, each once."""
    found: dict[str, Disk] = {}
    for volume in _volumes():
        if volume.kind not in (Kind.FIXED, Kind.SYSTEM, Kind.REMOVABLE):
            continue
        root = Path(volume.root)
        try:
            if volume.device not in found and root.is_dir() and os.access(root, os.W_OK):
                found[volume.device] = Disk(root, volume.kind, shutil.disk_usage(root).free)
        except OSError:  # a card reader without a card
            continue
    return list(found.values())


def kind_in(volumes: Iterable[Volume], path: PurePath) -> Kind:
    """The kind of the volume that holds an absolute path; later lines hide earlier ones."""
    if isinstance(path, PureWindowsPath):
        plain = _without_prefix(path)
        if plain is None:
            return Kind.NETWORK
        path = plain
    best: Volume | None = None
    for volume in volumes:
        deeper = best is None or len(volume.root.parts) >= len(best.root.parts)
        if deeper and path.is_relative_to(volume.root):
            best = volume
    return best.kind if best else Kind.UNKNOWN


def _without_prefix(path: PureWindowsPath) -> PureWindowsPath | None:
    r"""The path as its drive knows it; None for a share, however it is written (\\?\UNC\…)."""
    plain = PureWindowsPath(re.sub(r"^\\\\[?.]\\(?!UNC\\)", "", str(path), flags=re.IGNORECASE))
    return None if plain.drive.startswith("\\\\") else plain


def _volumes() -> list[Volume]:
    if os.name == "nt":
        from xqhz_desktop.base import windows_disks

        return windows_volumes(*windows_disks.drives())
    return linux_volumes(_said(Path("/proc/self/mountinfo")), on_removable)


# ---------------------------------------------------------------- Linux

_NETWORK = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "curlftpfs",
        "davfs",
        "davfs2",
        "glusterfs",
        "gpfs",
        "gvfsd-fuse",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "onedriver",
        "ossfs",
        "prl_fs",
        "rclone",
        "s3fs",
        "smb3",
        "smbfs",
        "smbnetfs",
        "sshfs",
        "vboxsf",
        "vmhgfs",
        "vmhgfs-fuse",
    }
)
# A sandbox's own files come over 9p from the process beside it; those of Windows in WSL do, too.
_SANDBOX, _WINDOWS_DRIVE = "trans=fd", "drvfs"
_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
_LOCAL = frozenset({"overlay", "zfs", "btrfs", "bcachefs", "f2fs"})
_CARRIES_THE_SYSTEM = frozenset({"/", "/boot", "/etc", "/opt", "/usr", "/var"})


def linux_volumes(mountinfo: str, removable: Callable[[str, str], bool]) -> list[Volume]:
    """The volumes of a table as /proc/self/mountinfo gives it (man 5 proc).

    `removable` is asked for a device's number ("8:17") and its name ("/dev/sdb1").
    """
    lines = [line for line in map(_mount, mountinfo.splitlines()) if line]
    systems = {device for point, device, _, _ in lines if point == "/"}
    return [
        Volume(PurePosixPath(line[0]), _linux_kind(line, systems, removable), line[1])
        for line in lines
    ]


Mount = tuple[str, str, str, str]  # where, the device's number, the kind of file system, its name


def _mount(line: str) -> Mount | None:
    left, separator, right = line.partition(" - ")
    fields, named = left.split(" "), right.split(" ")
    if not separator or len(fields) < 5 or len(named) < 2:
        return None
    system, options = named[0].removeprefix("fuse."), named[-1]
    if system == "9p" and _SANDBOX in options and _WINDOWS_DRIVE not in options:
        system = "sandbox"
    return _unescaped(fields[4]), fields[2], system, _unescaped(named[1])


def _unescaped(text: str) -> str:
    r"""Blanks and backslashes stand in the table as \040 and \134."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _linux_kind(line: Mount, systems: set[str], removable: Callable[[str, str], bool]) -> Kind:
    point, device, system, name = line
    if system in _MEMORY:
        return Kind.MEMORY
    if system in _NETWORK:
        return Kind.NETWORK
    if device in systems or point in _CARRIES_THE_SYSTEM or point.startswith("/boot/"):
        return Kind.SYSTEM
    if not name.startswith("/dev/") and system not in _LOCAL:
        return Kind.UNKNOWN
    return Kind.REMOVABLE if removable(device, name) else Kind.FIXED


def on_removable(device: str, name: str, sys_root: Path = Path("/sys")) -> bool:
    """Whether a block device says that it can be taken out: a stick, a card, a disk on USB."""
    for node in (sys_root / "dev/block" / device, sys_root / "class/block" / PurePath(name).name):
        if node.exists():
            return _is_removable(node.resolve())
    return False


def _is_removable(node: Path) -> bool:
    disk = node.parent if (node / "partition").exists() else node
    below = sorted((disk / "slaves").glob("*"))  # what an encrypted or joined disk is made of
    if below:
        return any(_is_removable(one.resolve()) for one in below)
    usb = any(re.fullmatch(r"usb\d+", part) for part in disk.parts)
    return usb or _said(disk / "removable") == "1" or _said(disk / "device/type") == "SD"


def _said(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""


# ---------------------------------------------------------------- Windows

# What GetDriveTypeW answers; 5 is a disc, which holds no records.
_DRIVE_TYPES = {2: Kind.REMOVABLE, 3: Kind.FIXED, 4: Kind.NETWORK, 6: Kind.MEMORY}


def windows_volumes(
    types: Mapping[str, int], system: str, plugged_in: Collection[str] = ()
) -> list[Volume]:
    """The volumes of the drives ("D:" → what GetDriveTypeW answers).

    `system` is the drive of Windows itself; `plugged_in` are those on USB and cards, which call
    themselves fixed all the same.
    """
    return [
        Volume(PureWindowsPath(f"{drive}\\"), _windows_kind(drive, kind, system, plugged_in), drive)
        for drive, kind in types.items()
    ]


def _windows_kind(drive: str, kind: int, system: str, plugged_in: Collection[str]) -> Kind:
    found = _DRIVE_TYPES.get(kind, Kind.UNKNOWN)
    if found is Kind.FIXED and drive.upper() == system.upper():
        return Kind.SYSTEM
    return Kind.REMOVABLE if found is Kind.FIXED and drive in plugged_in else found


_BUS_TYPE_AT = 28  # in STORAGE_DEVICE_DESCRIPTOR
_PLUGGED_IN = frozenset({4, 7, 12})  # IEEE 1394, USB, SD; 13 would be a chip that is built in


def is_plugged_in(descriptor: bytes) -> bool:
    """Whether a drive's STORAGE_DEVICE_DESCRIPTOR names a bus that disks are unplugged from."""
    bus = int.from_bytes(descriptor[_BUS_TYPE_AT : _BUS_TYPE_AT + 4], "little")
    return bus in _PLUGGED_IN
