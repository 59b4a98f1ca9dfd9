"""What a bench row is: work of ours beside its floor and, where there is one, a peer."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds on the wall, and the peak memory in MB where it was measured."""

    seconds: float
    peak_mb: float | None = None


Work = Callable[[], Cost]


@dataclass(frozen=True, slots=True)
class Case:
    """The prepared work of a row; the limit is the most that ours may take, in floors."""

    ours: Work
    floor: Work
    peer: Work | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A registered row: its name on the command line, what it measures, how it is prepared."""

    name: str
    what: str
    prepare: Callable[[Path], Case]


ROWS: dict[str, Row] = {}


def row(name: str, what: str) -> Callable[[Callable[[Path], Case]], Callable[[Path], Case]]:
    """Registers a function that prepares a row's input in an empty folder."""

    def register(prepare: Callable[[Path], Case]) -> Callable[[Path], Case]:
        ROWS[name] = Row(name, what, prepare)
        return prepare

    return register


def timed(work: Callable[[], object]) -> Cost:
    """The cost of a call in this process; its memory is not told apart."""
    started = time.perf_counter()
    work()
    return Cost(time.perf_counter() - started)


def process(command: Sequence[str], *, own_clock: bool = False) -> Cost:
    """The cost of a command; raises when it fails.

    With its own clock the command prints its seconds and nothing else; without, the whole process
    counts. The peak is the largest of it and its children, known on Unix only.
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    out = subprocess.PIPE if own_clock else subprocess.DEVNULL
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=sys.stderr
    ) as child:
        said = child.stdout.read() if child.stdout else b""
        code, peak = ended(child)
    seconds = time.perf_counter() - started
    if code:
        raise subprocess.CalledProcessError(code, command)
    return Cost(float(said) if own_clock else seconds, peak)


def ended(child: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    """Waits for the end of a process: exit code, and peak memory in MB where it is known."""
    if sys.platform == "win32":
        return child.wait(), None
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # Kilobytes on Linux, bytes on macOS.
    return child.returncode, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
