"""Kills packing, unpacking and a move of the data folder, and lets their calls fail.

What they make is whole there, or not there at all.
Called as `python -m tests.crash.moving kill|fail KIND POINTS FOLDER`; prints a Report.
"""

import os
import shutil
import sys
from itertools import cycle
from pathlib import Path

from tests.crash import copying, tracing
from tests.crash.campaign import spread
from tests.crash.copying import NOW, Copy, kill_at_each
from tests.crash.failing import check_words
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.crash.tracing import Call, Ran
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import passwords
from xqhz_desktop.services.access.encryption import entered
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety.packing import SUFFIX, make
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


def fail_at_each(kind: str, points: int, scratch: Path) -> Report:
    """Makes so many calls fail, as by a loose cable or a full disk; each is one sentence."""
    report = Report()
    under = KINDS[kind](scratch)
    tracing.warm(under.command())  # the first command of a day also looks at the records
    under.again()
    calls = [call for call in tracing.count(under.command(), scratch) if _lasting(call, scratch)]
    for call, error in zip(spread(calls, points), cycle(("EIO", "ENOSPC"))):
        under.again()
        tracer = tracing.injected(call, f"error={error}", scratch)
        ran = tracing.run(under.command(), scratch, tracer)
        report.points += 1
        report.struck += "INJECTED" in (scratch / "injected.txt").read_text("utf-8", "replace")
        report.ended(ran.code)
        if wrong := _wrong(under, ran):
            report.bad.append(f"{call.name} {call.turn} {error}: {wrong}; {call.text}")
    return report


def _lasting(call: Call, scratch: Path) -> bool:
    """Whether the call is about what lasts, and not the paper that the answer goes to."""
    return str(scratch) in call.text and ".txt" not in call.text


def _wrong(under: Copy, ran: Ran) -> str:
    try:
        check_words(ran)
    except Bad as bad:
        return str(bad)
    return under.wrong() or ("nothing was made" if not (ran.code or under.made.exists()) else "")


HOW = {"kill": kill_at_each, "fail": fail_at_each}

if __name__ == "__main__":
    copying.KINDS.update(KINDS)
    HOW[sys.argv[1]](sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])).hand_over()
