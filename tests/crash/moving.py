"""Kills packing, unpacking and a move of the data folder: whole there, or not there at all.

Called as `python -m tests.crash.moving KIND POINTS FOLDER`; prints a Report.
"""

import os
import shutil
import sys
from pathlib import Path

from tests.crash import copying
from tests.crash.copying import NOW, Copy, kill_at_each
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import passwords
from xqhz_desktop.services.encryption import entered
from xqhz_desktop.services.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.packing import SUFFIX, make
from xqhz_desktop.store import pack
from xqhz_desktop.store.backup import check

PASSWORD = "春江潮水连海平2025"
SCAN = bytes(range(256)) * 3000


class Moving(Copy):
    """A school with a ring, a password, a scan; and its pack."""

    def __init__(self, scratch: Path) -> None:
        super().__init__(scratch)
        os.environ["XDG_DATA_HOME"] = str(scratch / "account")
        self.packed, self.key_file = scratch / f"school{SUFFIX}", scratch / "key.txt"
        self.key_file.write_text(PASSWORD, "utf-8")
        self.scan = Path("ab") / ("ab" + "0" * 62)
        scan = self.school.attachments / self.scan
        scan.parent.mkdir(parents=True)
        scan.write_bytes(SCAN)
        with Office.open(self.school, "测试", lambda: NOW) as office:
            if first := prepare(self.school, "测试"):
                first.keep()
            passwords.set_password(office, "测试", PASSWORD)
            make(office, self.packed)
        self.rows = check(self.school.database)

    def wrong_folder(self, folder: DataFolder) -> str:
        """What is not there of the school; more actions than there were is right."""
        found = check(folder.database)
        lacking = [name for name, rows in self.rows.items() if found[name] < rows]
        scan = folder.attachments / self.scan
        if not scan.exists() or scan.read_bytes() != SCAN:
            lacking.append("scan")
        return "、".join(lacking)


class Pack(Moving):
    """`pack`: what stands under the name can be read to its end."""

    def command(self) -> list[str]:
        """The command line."""
        return ["--data-dir", str(self.school.root), "pack", str(self.made)]

    def again(self) -> None:
        """Away with the pack."""
        self.made.unlink(missing_ok=True)

    def wrong(self) -> str:
        """The pack is not whole, or the school is not what it was."""
        if self.made.exists():
            opened = pack.ring_of(self.made).open(PASSWORD)
            if opened is None or not pack.read(self.made, opened.key).files:
                return "the pack"
        return self.wrong_folder(self.school)


class Unpack(Moving):
    """`unpack`: the folder holds the whole school, or nothing."""

    def command(self) -> list[str]:
        """The command line."""
        where = ["--data-dir", str(self.made), "unpack", str(self.packed)]
        return [*where, "--key-file", str(self.key_file)]

    def wrong(self) -> str:
        """What is missing in a folder that holds something."""
        if not self.made.exists() or not any(self.made.iterdir()):
            return ""
        return self.wrong_folder(entered(DataFolder(self.made), PASSWORD).folder)


class Place(Moving):
    """`place DIR`: the new place holds the whole school or nothing, the old one always does."""

    def command(self) -> list[str]:
        """The command line."""
        return ["--data-dir", str(self.school.root), "place", str(self.made), "--yes"]

    def again(self) -> None:
        """Away with the new place and with the choice."""
        super().again()
        shutil.rmtree(os.environ["XDG_DATA_HOME"], ignore_errors=True)

    def wrong(self) -> str:
        """What is missing, here or there."""
        there = [DataFolder(self.made)] if self.made.exists() else []
        return "、".join(filter(None, map(self.wrong_folder, [self.school, *there])))


KINDS: dict[str, type[Copy]] = {"pack": Pack, "unpack": Unpack, "place": Place}

if __name__ == "__main__":
    copying.KINDS.update(KINDS)
    kill_at_each(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])).hand_over()
