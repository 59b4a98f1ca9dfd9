"""Kills what writes beside the live database: a second copy, a plain export, a rebuild.

Called as `python -m tests.crash.copying KIND POINTS FOLDER`; prints a Report.
"""

import shutil
import signal
import sys
from datetime import datetime
from pathlib import Path

from tests.crash import tracing
from tests.crash.campaign import spread
from tests.crash.report import Report
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety.backups import listed, sound
from xqhz_desktop.services.safety.plain_export import export_all
from xqhz_desktop.store.backup import check

NOW = datetime(2025, 3, 1, 9, 30)


class Copy:
    """A command that makes something in `made`; `wrong` says what a kill has spoilt there."""

    def __init__(self, scratch: Path) -> None:
        self.made = scratch / "made"
        self.school = DataFolder(scratch / "school")
        self.exported = scratch / "exported"
        with Office.open(self.school, "测试", lambda: NOW) as office:
            Desk(office).bring(OFFICE)
            self.rows = export_all(office, self.exported, "检查").rows

    def command(self) -> list[str]:
        """The command line."""
        raise NotImplementedError

    def wrong(self) -> str:
        """What is wrong with what lies there; empty where it is whole, or not there."""
        raise NotImplementedError

    def again(self) -> None:
        """Away with what was made, so that it can be made anew."""
        shutil.rmtree(self.made, ignore_errors=True)


class SecondCopy(Copy):
    """`backup --to`: every backup under its name is whole, there and at home."""

    def command(self) -> list[str]:
        """The command line."""
        return ["--data-dir", str(self.school.root), "backup", "--to", str(self.made)]

    def wrong(self) -> str:
        """Copies that are not sound."""
        found = [*listed(self.made), *listed(self.school.backups)]
        return "、".join(one.name for one in found if not sound(one))


class Export(Copy):
    """`export-all`: the folder has all of it, or is not there."""

    def command(self) -> list[str]:
        """The command line."""
        where = ["--data-dir", str(self.school.root)]
        return [*where, "export-all", str(self.made), "--reason", "检查"]

    def wrong(self) -> str:
        """A folder without its list or without a workbook."""
        if not self.made.exists():
            return ""
        names = {path.name for path in self.exported.iterdir()}
        return "、".join(names - {path.name for path in self.made.iterdir()})


class Rebuild(Copy):
    """`rebuild`: the new database has all rows, or is not there."""

    def command(self) -> list[str]:
        """The command line."""
        return ["--data-dir", str(self.made), "rebuild", str(self.exported)]

    def wrong(self) -> str:
        """Tables whose rows are not all there."""
        database = DataFolder(self.made).database
        if not database.exists():
            return ""
        mine = {name: self.rows[name] for name in ("action", "audit_entry")}
        found = check(database) | mine  # one more each: the rebuilding
        return "、".join(name for name, rows in self.rows.items() if found[name] != rows)


KINDS: dict[str, type[Copy]] = {"second": SecondCopy, "export": Export, "rebuild": Rebuild}


def kill_at_each(kind: str, points: int, scratch: Path) -> Report:
    """Kills the command at so many points; afterwards it must do its work."""
    report = Report()
    under = KINDS[kind](scratch)
    tracing.warm(under.command())  # the first command of a day also looks at the records
    under.again()
    calls = tracing.count(under.command(), scratch)
    for call in spread(calls, points):
        under.again()
        ran = tracing.run(under.command(), scratch, tracing.injected(call, "signal=KILL", scratch))
        report.points += 1
        report.struck += ran.code == -signal.SIGKILL
        if wrong := under.wrong():
            report.bad.append(f"{call.name} {call.turn}: {wrong}")
    under.again()
    ran = tracing.run(under.command(), scratch)
    if ran.code or under.wrong() or any(scratch.rglob("*.partial*")):
        report.bad.append(f"afterwards it did not do its work: {ran.code} {ran.err}")
    return report


if __name__ == "__main__":
    kill_at_each(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])).hand_over()
