"""Damages copies of a database in every way a bad disk knows, and looks what the program says.

Called as `python -m tests.crash.damaging COPIES FOLDER`; prints a Report, whose exit codes are
those of all commands together.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.crash import tracing
from tests.crash.actions import ACTIONS, program
from tests.crash.failing import check_words
from tests.crash.report import Report
from tests.crash.state import Bad, check_backups, digest
from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NEWER_FILE, EXIT_NO_SPACE, EXIT_REJECTED

PAGE = 4096
# 3 is the refusal of one import; a file whose revision was damaged may seem newer.
CODES = (EXIT_REJECTED, EXIT_DAMAGED, EXIT_NEWER_FILE, EXIT_NO_SPACE)
COMMANDS = (("indicators", "--json"), ("history",), ("backup",), ("import", "--yes", "."))

Damage = Callable[[bytearray, Random], None]


def some_bytes(content: bytearray, chance: Random) -> None:
    """A few bytes anywhere are others."""
    for _ in range(chance.choice((1, 4, 32, 256))):
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)


def bytes_of_the_header(content: bytearray, chance: Random) -> None:
    """A byte of the first hundred is another."""
    content[chance.randrange(100)] ^= chance.randrange(1, 256)


def pages_of_zeros(content: bytearray, chance: Random) -> None:
    """Some pages were never written."""
    for _ in range(chance.choice((1, 3, 20))):
        _fill(content, chance, bytes(PAGE))


def pages_of_noise(content: bytearray, chance: Random) -> None:
    """Some pages are of another file."""
    for _ in range(chance.choice((1, 3))):
        _fill(content, chance, chance.randbytes(PAGE))


def exchanged_pages(content: bytearray, chance: Random) -> None:
    """Two pages stand in each other's place."""
    one, other = (chance.randrange(len(content) // PAGE) * PAGE for _ in range(2))
    first, second = content[one : one + PAGE], content[other : other + PAGE]
    content[one : one + PAGE], content[other : other + PAGE] = second, first


def cut_off(content: bytearray, chance: Random) -> None:
    """The end is gone, at a page's bound or not."""
    length = chance.randrange(len(content))
    del content[length if chance.random() < 0.5 else length // PAGE * PAGE :]


def _fill(content: bytearray, chance: Random, page: bytes) -> None:
    start = chance.randrange(max(1, len(content) // PAGE)) * PAGE
    content[start : start + PAGE] = page[: len(content) - start]


WAYS: tuple[Damage, ...] = (
    some_bytes,
    bytes_of_the_header,
    pages_of_zeros,
    pages_of_noise,
    exchanged_pages,
    cut_off,
)


def damage(copies: int, scratch: Path) -> Report:
    """So many damaged copies, each met by every command."""
    report = Report()
    origins = _origins(scratch)
    with program(ACTIONS["import"], scratch):
        truth = Truth(origins, scratch)
        warmed = Path(shutil.copytree(origins[0], scratch / "warmed"))
        tracing.warm(*(_call(warmed, command) for command in COMMANDS))
        for number in range(copies):
            for command in COMMANDS:
                _meet(number, command, truth, report)
            report.points += 1
    return report


class Truth:
    """What the program may say and keep: the records, or those before their last import.

    A log that lost its end is to SQLite what a crash leaves: an earlier commit is the last one.
    """

    def __init__(self, origins: list[Path], scratch: Path) -> None:
        self.origins = origins
        self.scratch = scratch
        self.records = {digest(origin, scratch) for origin in origins}
        self.numbers = {self._numbers(origin) for origin in origins}

    def _numbers(self, origin: Path) -> str:
        copy = Path(shutil.copytree(origin, self.scratch / f"{origin.name}-read"))
        return tracing.run(_call(copy, COMMANDS[0]), self.scratch).out


def _meet(number: int, command: tuple[str, ...], truth: Truth, report: Report) -> None:
    folder = _damaged(truth, number)
    way = WAYS[number % len(WAYS)]
    ran = tracing.run(_call(folder, command), truth.scratch)
    report.ended(ran.code)
    report.struck += ran.code != 0
    try:
        check_words(ran, CODES)
        # A letter that is another is noticed only with encryption, where every page is signed.
        if way is not some_bytes:
            check_backups(folder, truth.scratch, truth.records)
        if command == COMMANDS[0] and ran.code == 0 and ran.out not in truth.numbers:
            raise Bad("other numbers")
    except Bad as bad:
        report.bad.append(f"{number} {way.__name__} {command[0]}: {bad}")


def _origins(scratch: Path) -> list[Path]:
    """Two years' records in a closed file, then half of them in a log, then the first year's."""
    hot, closed, first = scratch / "hot", scratch / "closed", scratch / "first"
    ACTIONS["backup"].prepare(hot)
    shutil.copytree(hot, closed)
    tracing.run(_call(closed, ("history",)), scratch)
    ACTIONS["import"].prepare(first)
    return [closed, hot, first]


def _call(folder: Path, command: tuple[str, ...]) -> list[str]:
    return ["--data-dir", str(folder), *command]


def _damaged(truth: Truth, number: int) -> Path:
    """A closed file, one with a log beside it, or its log, damaged in the turn of ways."""
    kind = number // len(WAYS) % 3
    folder = truth.scratch / "school"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(truth.origins[kind > 0], folder)
    path = folder / ("xqhz.db-wal" if kind == 2 else "xqhz.db")
    content = bytearray(path.read_bytes())
    WAYS[number % len(WAYS)](content, Random(number))
    path.write_bytes(content)
    return folder


if __name__ == "__main__":
    damage(int(sys.argv[1]), Path(sys.argv[2])).hand_over()
