"""Bench row: the restore drill over the records of 50,000 people."""

import itertools
import sys
from datetime import datetime
from pathlib import Path

from cases import Case, process, row
from rosters import write_roster

ROWS = 50_000
HERE = Path(__file__).parent


@row("restore", f"{ROWS:,} 人的恢复演练")
def restore_drill(folder: Path) -> Case:
    """Ours: newest backup found, restored elsewhere, counted. Floor: bare copy and check."""
    backup = made(folder)
    turns = itertools.count()
    command = [sys.executable, str(HERE / "restore_work.py")]

    def run(what: str, source: Path) -> list[str]:
        return [*command, what, str(source), str(folder / f"{what}-{next(turns)}")]

    return Case(
        ours=lambda: process(run("ours", folder / "data"), own_clock=True),
        floor=lambda: process(run("floor", backup), own_clock=True),
        limit=3.0,
    )


def made(folder: Path) -> Path:
    """A school of so many people, imported and backed up; the path of the backup."""
    from xqhz_desktop.base.paths import DataFolder
    from xqhz_desktop.services.office import Office

    write_roster(folder / "roster.xlsx", ROWS)
    work = [sys.executable, str(HERE / "import_work.py")]
    process([*work, str(folder / "roster.xlsx"), str(folder / "data")], own_clock=True)
    with Office.open(DataFolder(folder / "data"), "bench", datetime.now) as office:
        return office.folder.backups / office.backup("手动")
