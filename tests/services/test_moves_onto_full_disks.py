"""A pack, an unpacked school and a moved data folder that a disk has no room for leave nothing."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.safe import refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import EXIT_NO_SPACE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import packing, relocating

NOW = datetime(2025, 3, 1, 9, 30)
MIB = 1 << 20
pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    path = tmp_path / "disk"
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", path], check=True)
    yield path
    subprocess.run(["umount", "-l", path], check=True)  # what is still open holds up no test


class School:
    """A closed school with a large scan, its recovery code, and its pack."""

    def __init__(self, desk: Desk, place: Path) -> None:
        office = desk.office
        first = prepare(office.folder, "测试")
        assert first is not None
        first.keep()
        self.folder, self.code = office.folder, first.code
        desk.bring(OFFICE)
        scan = self.folder.attachments / "ab" / ("ab" + "0" * 62)
        scan.parent.mkdir(parents=True)
        scan.write_bytes(os.urandom(3 * MIB))
        self.pack = packing.make(office, place / "school.xqhzpack").path
        office.close()

    def pack_again(self, disk: Path) -> None:
        """Onto the disk."""
        with Office.open(self.folder, "测试", lambda: NOW) as office:
            packing.make(office, disk / "again.xqhzpack")

    def unpack(self, disk: Path) -> None:
        """Onto the disk."""
        folder = DataFolder(disk / "xqhz")
        packing.unpack(self.pack, folder, lambda: self.code, "测试", lambda: NOW)

    def move(self, disk: Path) -> None:
        """Onto the disk."""
        relocating.move(self.folder, disk / "xqhz", "测试", lambda: NOW)


@pytest.mark.parametrize("work", [School.pack_again, School.unpack, School.move])
def test_what_finds_no_room_is_said_and_leaves_nothing(
    desk: Desk, disk: Path, tmp_path: Path, work: Callable[[School, Path], None]
) -> None:
    school = School(desk, tmp_path)
    assert refused(lambda: work(school, disk)) == EXIT_NO_SPACE
    assert list(disk.iterdir()) == []
    Office.open(school.folder, "测试", lambda: NOW).close()
