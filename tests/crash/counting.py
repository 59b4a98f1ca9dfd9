"""Counts what all campaigns of a run of the tests have tried, for one line at its end.

Every process that runs tests appends to one file, whose name stands in the environment.
"""

import json
import os
from collections import Counter
from pathlib import Path

COUNTS = "XQHZ_CRASH_COUNTS"
_KINDS = {
    "killing": "kill points",
    "copying": "kill points",
    "losing": "power losses",
    "failing": "failing calls",
    "damaging": "damaged files",
    "changing": "changed bytes",
}


def kind(module: str, arguments: tuple[str, ...]) -> str:
    """What a campaign tries; "" for a control, which is to fail."""
    if "careless" in arguments:
        return ""
    if module == "sealing":
        return "kill points" if "signal=KILL" in arguments else "failing calls"
    if module == "moving":
        return "kill points" if "kill" in arguments else "failing calls"
    return _KINDS[module]


def note(module: str, arguments: tuple[str, ...], points: int, struck: int, bad: int) -> None:
    """Keep what a campaign found, where a run of the tests counts."""
    if path := os.environ.get(COUNTS):
        line = json.dumps([kind(module, arguments), points, struck, bad])
        with Path(path).open("a", encoding="ascii") as file:
            file.write(line + "\n")


def summary(path: Path) -> str:
    """All of it in one line; "" where no campaign ran."""
    found: Counter[str] = Counter()
    bad = 0
    for line in path.read_text("ascii").splitlines() if path.exists() else ():
        what, points, _, wrong = json.loads(line)
        if what:
            found[what] += points
            bad += wrong
    listed = ", ".join(f"{points:,} {what}" for what, points in sorted(found.items()))
    return f"crash harness: {listed}; {bad} bad" if found else ""
