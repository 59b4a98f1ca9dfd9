"""The work of the desk's bench rows, in a process of its own: prints the seconds it took.

    desk_work.py ours|floor|peer WHAT FOLDER [FIELD]

Ours is the page itself, offscreen, from the key to the painted rows. The floor asks SQLite alone,
over a connection with the same pragmas. The peer is a QTableView upon a QSqlTableModel.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

TIMES = 300  # edits, of which the median counts
BLOCK = 500  # rows that are pasted
STOPS = 50  # where the scroll bar rests on its way to the end
# As somebody types: a name, its initials, a phone, a class, a firm.
TYPED = (
    *("王", "王芳", "王芳娜"),
    *("w", "wf", "wfn"),
    *("154", "154000", "15400012"),
    *("2016级", "2016级数控"),
    *("机械", "德永机械"),
)


def main(side: str, what: str, folder: Path, field: str = "") -> None:
    """Does the work and prints its seconds."""
    if side == "ours":
        from desk_ours import WORKS
    elif side == "floor":
        from desk_floor import WORKS
    else:
        from desk_peer import WORKS
    print(WORKS[what](folder, field))


def timed(work: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(work: Callable[[int], object], times: int = TIMES) -> float:
    """The median of the seconds of many calls, each with its number."""
    return statistics.median(timed(partial(work, number)) for number in range(times))


def block() -> list[list[str]]:
    """What is pasted: rows of twenty cells, each of an apprentice of another student."""
    from large_office import id_of, name_of

    return [
        [
            name_of(number * 7919 % 500_009),
            id_of(number),
            f"2016{number:06d}",
            "是",
            "2016级数控技术应用1班",
            "2022级数控学徒班",
            "沂川市德永机械有限公司",
            f"154{number:08d}",
            f"HT2022{number:04d}",
            "2022-09-01",
            "2025-06-30",
            f"XY2022{number:04d}",
            f"G{number:05d}",
            "数控车工",
            "2022-09-01",
            "2025-06-30",
            "王师傅",
            "李老师",
            str(3000 + number),
            "粘贴",
        ]
        for number in range(BLOCK)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:3], Path(sys.argv[3]), *sys.argv[4:])
