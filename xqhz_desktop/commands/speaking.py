"""How the command line speaks: answers on one stream, all else on the other; it reads the clock."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable
from datetime import datetime

from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.registers.kinds import Register


def answer(text: str) -> None:
    """What was asked for, on standard output."""
    print(text, flush=True)


def say(text: str) -> None:
    """What is to be known beside the answer, on standard error."""
    print(text, file=sys.stderr, flush=True)


def agreed(question: str) -> bool:
    """Whether somebody at a terminal says yes; where nobody sits there, no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    say(f"{question}输入 y 确认：")
    return input().strip().lower() in ("y", "yes", "是")


def told_task() -> Task:
    """A task whose steps are told where somebody looks on."""
    if not sys.stderr.isatty():
        return Task()
    return Task(lambda done, total, what: say(f"[{done}/{total}] {what}"))


def clock() -> datetime:
    """The time of this computer."""
    return datetime.now()  # noqa: DTZ005 - a front door reads the clock


def record_number(text: str) -> int:
    """The number of a record or an action. Raises ValueError for what can be none."""
    number = int(text)
    if not 0 < number < 2**63:
        raise ValueError(text)
    return number


def any_register(text: str) -> str:
    """The name of a register, which may be given as the office calls it.

    Raises ArgumentTypeError, which names all there are.
    """
    return _register(text, REGISTERS.values())


def workbook_register(text: str) -> str:
    """As `any_register`, of those that have workbooks to be filled in."""
    return _register(text, IMPORTED)


def _register(text: str, known: Iterable[Register]) -> str:
    for one in known:
        if text in (one.name, one.label):
            return one.name
    names = "、".join(f"{one.label}（{one.name}）" for one in known)
    raise ArgumentTypeError(f"没有“{text}”这个台账，可写的有：{names}")
