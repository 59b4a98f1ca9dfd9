"""Prints what each row of work takes beside its floor, measured in turn in one run.

    python dev.py bench [ROW…] [--json] [--peer] [--runs N]

Medians of three runs. stdout holds the table or the JSON alone.
"""

import argparse
import importlib
import json
import statistics
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cases import ROWS, Case, Cost, Row, Work

_SHORT = 0.1  # seconds
HEADINGS = ("项目", "本程序", "下限", "同类", "比值", "上限", "内存峰值")


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of a row; times in seconds, memory in MB, the ratio in floors."""

    name: str
    what: str
    ours: float
    floor: float
    peer: float | None
    ratio: float
    limit: float | None
    peak_mb: float | None


def main(arguments: Sequence[str]) -> int:
    """Measures the rows that were named, or all; 2 for a name that is none."""
    for path in sorted(Path(__file__).parent.glob("rows_*.py")):
        importlib.import_module(path.stem)
    asked = options(arguments)
    unknown = [name for name in asked.rows if name not in ROWS]
    if unknown:
        print(f"没有这一行：{'、'.join(unknown)}。可选：{'、'.join(ROWS)}。", file=sys.stderr)
        return 2
    rows = [ROWS[name] for name in asked.rows or ROWS]
    results = [measure(row, asked.runs, asked.peer) for row in rows]
    print(as_json(results) if asked.json else as_table(results))
    return 0


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line of the bench."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("rows", nargs="*", metavar="ROW")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peer", action="store_true", help="run the slow peers, too")
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args(arguments)


def measure(row: Row, runs: int, with_peer: bool) -> Result:
    """Runs floor and ours in turn, so that a slow minute of the machine meets both."""
    print(f"{row.name}：{row.what} ……", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="xqhz-bench-") as folder:
        case = row.prepare(Path(folder))
        floors, ours = in_turn(case, runs)
        # The peers take a minute; one run shows the order of size.
        peer = case.peer().seconds if with_peer and case.peer else None
    floor, own = median(floors), median(ours)
    peaks = [cost.peak_mb for cost in ours if cost.peak_mb is not None]
    return Result(
        name=row.name,
        what=row.what,
        ours=own,
        floor=floor,
        peer=peer,
        ratio=own / floor,
        limit=case.limit,
        peak_mb=max(peaks, default=None),
    )


def in_turn(case: Case, runs: int) -> tuple[list[Cost], list[Cost]]:
    """The costs of floor and ours, run after run."""
    pairs = [(one(case.floor), one(case.ours)) for _ in range(runs)]
    return [floor for floor, _ in pairs], [ours for _, ours in pairs]


def one(work: Work) -> Cost:
    """One run, named on stderr."""
    cost = work()
    print(f"  {time_of(cost.seconds)}", file=sys.stderr, flush=True)
    return cost


def median(costs: Iterable[Cost]) -> float:
    """The middle of the seconds."""
    return statistics.median(cost.seconds for cost in costs)


def as_json(results: list[Result]) -> str:
    """The rows for a machine."""
    return json.dumps({"rows": [asdict(result) for result in results]}, ensure_ascii=False)


def as_table(results: list[Result]) -> str:
    """The rows for a person, in columns."""
    lines = [HEADINGS, *map(cells, results)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(padded(cell, size) for cell, size in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def cells(result: Result) -> tuple[str, ...]:
    """One row of the table."""
    return (
        f"{result.name} {result.what}",
        time_of(result.ours),
        time_of(result.floor),
        time_of(result.peer),
        shown(result.ratio, "×"),
        shown(result.limit, "×"),
        shown(result.peak_mb, "MB", 0),
    )


def time_of(seconds: float | None) -> str:
    """A time in seconds, a short one in thousandths of them."""
    if seconds is None or seconds >= _SHORT:
        return shown(seconds, "秒")
    return shown(seconds * 1000, "毫秒", 1)


def shown(value: float | None, unit: str, places: int = 2) -> str:
    """A figure with its unit, or a dash where nothing was measured."""
    return "—" if value is None else f"{value:.{places}f} {unit}"


def width(text: str) -> int:
    """The columns that a text takes in a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, size: int) -> str:
    """The text filled up to a width."""
    return text + " " * (size - width(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
