"""An erasure that dies by its own hand before a chosen statement; run as a process.

    python -m tests.services.erasing_to_death FOLDER NUMBER

Every statement counts, those of VACUUM's checkpoint too. Ends with 0 where all was done before,
and prints how many statements there were.
"""

import os
import signal
import sys
import time
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.services.safe import NOW
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import erasing
from xqhz_desktop.services.office import Office


class Counter:
    """Counts statements and dies before one of them."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self._last = last
        self.armed = False

    def __call__(self, statement: str) -> None:
        """The next statement is about to be run."""
        self.count += self.armed
        if self.armed and self.count == self._last:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
            time.sleep(60)


def work(folder: Path, last: int) -> None:
    """Erase the first student, and die on the way."""
    counter = Counter(last)
    event.listen(Engine, "connect", lambda made, _: made.set_trace_callback(counter))
    with Office.open(DataFolder(folder), "测试", lambda: NOW) as office:
        plan = erasing.plan(office, "students", 1)
        counter.armed = True
        erasing.erase(office, plan, "家长书面要求")
        counter.armed = False
    print(counter.count)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
