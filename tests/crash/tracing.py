"""One call of the program in a forked process under strace, which counts, kills or makes fail.

Forking from a process that has everything imported makes a point cost a tenth of a second
instead of two. Where ptrace is refused, this raises: such a machine cannot run these tests.
"""

import contextlib
import ctypes
import gc
import io
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xqhz_desktop.cli import main

WRITES = ("write", "pwrite64", "ftruncate")
SYNCS = ("fsync", "fdatasync")
NAMES = ("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "link")
LASTING = (*WRITES, *SYNCS, *NAMES)
PATIENCE = 120  # seconds that one call may take
_ANY_TRACER = 0x59616D61, ctypes.c_ulong(-1)  # prctl: PR_SET_PTRACER, PR_SET_PTRACER_ANY
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")


@dataclass(frozen=True, slots=True)
class Call:
    """A call to the system: the `turn`-th of its name, counted from 1."""

    name: str
    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How a call of the program ended: its code (negative: by that signal), what it said."""

    code: int
    out: str
    err: str


def warm(*calls: Sequence[str]) -> None:
    """Runs command lines in this process: what they load late, each fork finds loaded.

    Raises RuntimeError where one leaves a thread behind, which no fork would have.
    """
    for arguments in calls:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            main(arguments)
    if threading.active_count() > 1:
        raise RuntimeError("a thread is left over; forks would wait for it")
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page


def run(arguments: Sequence[str], scratch: Path, tracer: Sequence[str] = ()) -> Ran:
    """The command line in a forked process; `tracer` are strace's arguments, if it is to watch."""
    out, err = scratch / "out.txt", scratch / "err.txt"
    gate, opened = os.pipe()
    pid = os.fork()
    if not pid:
        _become(lambda: main(arguments), gate, out, err)
    os.close(gate)
    try:
        watcher = _attach(pid, tracer) if tracer else None
        os.write(opened, b"!")
    finally:
        os.close(opened)
    _, status = os.waitpid(pid, 0)
    if watcher is not None:
        watcher.communicate(timeout=PATIENCE)
    code = os.waitstatus_to_exitcode(status)
    return Ran(code, out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace"))


def _become(work: Callable[[], int], gate: int, out: Path, err: Path) -> None:
    """The forked process: waits for the tracer, works, and ends without returning."""
    code = 99  # nothing of ours: an exception came as far as this
    try:
        ctypes.CDLL(None).prctl(*_ANY_TRACER)
        for stream, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), stream)
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        os.read(gate, 1)
        code = _exit_code(work)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _exit_code(work: Callable[[], int]) -> int:
    try:
        return work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _attach(pid: int, tracer: Sequence[str]) -> "subprocess.Popen[str]":
    watcher = subprocess.Popen(
        ["strace", "-f", "-p", str(pid), *tracer],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    if "attached" not in said:
        watcher.kill()
        raise RuntimeError(f"strace cannot watch: {said}")
    return watcher


def count(arguments: Sequence[str], scratch: Path, names: Sequence[str] = LASTING) -> list[Call]:
    """The calls of an undisturbed run that lasting things depend on, in order.

    Raises RuntimeError where the run does not end well.
    """
    log = scratch / "calls.txt"
    traced = ["-y", "-s", "0", "-o", str(log), "-e", f"trace={','.join(names)}"]
    ran = run(arguments, scratch, traced)
    if ran.code:
        raise RuntimeError(f"the undisturbed run ended with {ran.code}: {ran.err}")
    return calls(log.read_text("utf-8", "replace"))


def calls(log: str) -> list[Call]:
    """The calls of a log of strace, each with its turn among those of its name."""
    turns: Counter[str] = Counter()
    found = []
    for line in log.splitlines():
        if match := _CALL.match(line):
            turns[match[1]] += 1
            found.append(Call(match[1], turns[match[1]], match[2]))
    return found


def injected(call: Call, what: str, scratch: Path, *, from_then_on: bool = False) -> list[str]:
    """strace's arguments that make a call fail (`error=EIO`) or deadly (`signal=KILL`)."""
    when = f"{call.turn}+" if from_then_on else str(call.turn)
    inject = f"inject={call.name}:{what}:when={when}"
    return ["-o", str(scratch / "injected.txt"), "-e", f"trace={call.name}", "-e", inject]
