"""Erasures that die by their own hand before a chosen statement; run as a process.

    python -m tests.services.erasing_to_death FOLDER NUMBER [FOLDER NUMBER …]

Each folder has a process of its own. Every statement counts, those of the cleaning too; a NUMBER
of 0 lives, and its process prints how many statements there were. Prints how each ended.
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
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import erasing


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
    if not last:
        print(counter.count)


def ended(folder: Path, last: int) -> int:
    """How an erasure in a process of its own ended, as `subprocess` has it."""
    child = os.fork()
    if child == 0:
        try:
            work(folder, last)
            sys.stdout.flush()
        finally:
            os._exit(int(sys.exc_info()[0] is not None))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for place, number in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        print(ended(Path(place), int(number)), flush=True)
