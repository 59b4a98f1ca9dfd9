"""A computer whose disks are whatever a test says."""

from pathlib import Path, PurePosixPath

import pytest

from xqhz_desktop.base import disks
from xqhz_desktop.base.disks import Kind, Volume


def lies_on(monkeypatch: pytest.MonkeyPatch, **folders: tuple[Path, Kind]) -> None:
    """All of the computer is its system disk, but for these folders: name → where, what kind."""
    volumes = [Volume(PurePosixPath("/"), Kind.SYSTEM, "system")]
    for name, (folder, kind) in folders.items():
        volumes.append(Volume(PurePosixPath(folder.resolve()), kind, name))
    monkeypatch.setattr(disks, "_volumes", lambda: volumes)
