"""The work of the restore's bench row, in a process of its own: prints the seconds it took.

    restore_work.py ours FOLDER TARGET | floor BACKUP TARGET

Ours is the whole drill: the newest good backup is found (its every byte hashed), restored into an
empty folder by the program's own way, and its counts are held against its note. The floor is a
bare copy by the backup API, brought to the disk, and one integrity_check.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.safety import backups, restoring

MORE = {"action", "audit_entry"}  # the restore is one of them


def ours(folder: Path, target: Path) -> None:
    """Drills; raises when anything differs."""
    best = backups.newest_good(DataFolder(folder))
    assert best is not None
    assert best.note is not None
    done = restoring.restore(DataFolder(target), "bench", datetime.now, best.path, Task())
    wanted = {name: rows + (name in MORE) for name, rows in best.note.rows.items()}
    assert done.after == wanted, "the counts differ"


def floor(backup: Path, target: Path) -> None:
    """Copies and checks; raises when SQLite finds anything wrong."""
    source, copy = driver.connect(str(backup)), driver.connect(str(target))
    source.backup(copy)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    source.close()
    copy.close()


if __name__ == "__main__":
    work = {"ours": ours, "floor": floor}[sys.argv[1]]
    started = time.perf_counter()
    work(Path(sys.argv[2]), Path(sys.argv[3]))
    print(time.perf_counter() - started)
