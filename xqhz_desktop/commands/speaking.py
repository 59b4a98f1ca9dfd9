"""How the command line speaks: answers on one stream, all else on the other; it reads the clock."""

import sys
from datetime import datetime

from xqhz_desktop.base.task import Task


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
