"""What a campaign found, handed from its own process to the test that started it."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.crash import counting

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Report:
    """How many points were tried, at how many the blow fell, and what was wrong at which."""

    points: int = 0
    struck: int = 0
    bad: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)  # exit code: how often

    def ended(self, code: int) -> None:
        """Counts an exit code."""
        self.codes[str(code)] = self.codes.get(str(code), 0) + 1

    def hand_over(self) -> None:
        """Prints itself for `start`."""
        print(json.dumps(asdict(self), ensure_ascii=False))


def start(module: str, *arguments: object) -> Report:
    """Runs a campaign in a process of its own, which may fork as it likes: it has no threads.

    Raises RuntimeError with what it said where it ends badly.
    """
    done = subprocess.run(
        [sys.executable, "-m", f"tests.crash.{module}", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the campaign ended with {done.returncode}: {done.stderr[-3000:]}")
    found = Report(**json.loads(done.stdout.splitlines()[-1]))
    counting.note(module, tuple(map(str, arguments)), found.points, found.struck, len(found.bad))
    return found
