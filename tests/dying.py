"""A program that dies by its own hand at a chosen moment, as by a power cut; run as a process.

    python -m tests.dying FOLDER open|import|undo statement|commit NUMBER [PASSWORD]

`statement`: dead before the NUMBER-th statement of the work. `commit`: dead NUMBER microseconds
after its last commit began. Ends with 0 where the work was done before that.
"""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from threading import Thread

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from tests.services.books import id_number, student, table
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office

NOW = datetime(2025, 3, 1, 9, 30)
BOOKS = {
    **OFFICE,
    "12更多学生.xlsx": table(
        *(student(n, 身份证号=id_number(n, NOW.date().replace(year=2005))) for n in range(1, 900))
    ),
}


def die(*_: object) -> None:
    """End at once: nothing is flushed, closed or released."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    time.sleep(60)


def spill(connection: Connection) -> None:
    """Let pages reach the disk long before the commit."""
    connection.exec_driver_sql("PRAGMA cache_size = 10")


def die_at_statement(number: int) -> None:
    """Die before the number-th statement from now on."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            die()

    event.listen(Engine, "before_cursor_execute", note)


def die_in_commit(microseconds: int) -> None:
    """Die so long after a commit has begun."""

    def later() -> None:
        time.sleep(microseconds / 1e6)
        die()

    event.listen(Engine, "commit", lambda _: Thread(target=later, daemon=True).start())


ARM = {"statement": die_at_statement, "commit": die_in_commit}


def work(place: Path, what: str, moment: str, number: int, password: str = "") -> None:
    """Open, import or undo, and die on the way."""
    folder = DataFolder(place)
    if password:
        folder = encryption.unlock(folder, password)
    event.listen(Engine, "begin", spill)
    if what == "open":
        ARM[moment](number)
    with Office.open(folder, "测试", lambda: NOW) as office:
        desk = Desk(office)
        if what == "import":
            plan = desk.plan(BOOKS)
            ARM[moment](number)
            desk.apply(plan)
        elif what == "undo":
            ARM[moment](number)
            desk.undo()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
