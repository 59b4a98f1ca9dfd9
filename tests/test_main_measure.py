"""The main measure: an office's workbooks go in, and every number comes out as the truth has it."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

SCORE = Path(__file__).parent / "office" / "score.py"
SAMPLE_TRUTH = Path(__file__).parent / "office" / "truth.json"


def answer(xqhz, out: Path, name: str, *arguments: object) -> Path:
    """The JSON of one command as a file; fails with the program's own words."""
    done = xqhz(*arguments)
    assert done.returncode == 0, f"xqhz {name} ended with {done.returncode}:\n{done.stderr}"
    path = out / f"{name}.json"
    path.write_text(done.stdout, "utf-8")
    return path


def held(truth: Path, *answers: Path) -> subprocess.CompletedProcess[str]:
    """What the score says of the three answers."""
    command = [sys.executable, str(SCORE), str(truth), *map(str, answers)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def score(xqhz, folder: Path, truth: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """The office as the program sees it, held against the truth."""
    answers = [
        answer(xqhz, out, "import", "import", folder, "--yes", "--json"),
        answer(xqhz, out, "indicators", "indicators", "--json"),
        answer(xqhz, out, "check", "check", "--json"),
    ]
    return held(truth, *answers)


def test_the_sample_school_is_read_exactly(xqhz, sample, tmp_path):
    result = score(xqhz, sample, SAMPLE_TRUTH, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("office", ["small", "school"])
def test_the_office_beside_the_project_is_read_exactly(xqhz, shared, tmp_path, office):
    folder = shared / "office" / office
    result = score(xqhz, folder, folder / "truth.json", tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def memory(process: psutil.Process) -> float:
    """The MB that a process and its children hold at this moment."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        # A reader that has just ended holds nothing.
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total / 1e6


def import_watched(folder: Path, data: Path, out: Path) -> float:
    """Imports a folder, its answer into a file; the most MB that all its processes held at once."""
    command = [sys.executable, "-m", "xqhz_desktop", "--data-dir", str(data)]
    env = {**os.environ, "PYTHONPATH": str(SCORE.parents[2]), "PYTHONUTF8": "1"}
    peak = 0.0
    with out.open("wb") as answers:
        child = psutil.Popen(
            [*command, "import", str(folder), "--yes", "--json"],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=answers,
        )
        while child.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                peak = max(peak, memory(child))
            time.sleep(0.05)
    assert child.returncode == 0
    return peak


@pytest.mark.long
def test_the_large_office_is_read_exactly_in_less_than_1500_mb(xqhz, shared, tmp_path):
    office, imported = tmp_path / "large", tmp_path / "import.json"
    maker = shared / "office" / "make_office.py"
    making = [sys.executable, str(maker), "--seed", "1", "--scale", "large", "--out", str(office)]
    subprocess.run(making, check=True, capture_output=True)
    peak = import_watched(office, tmp_path / "data", imported)
    answers = [answer(xqhz, tmp_path, name, name, "--json") for name in ("indicators", "check")]
    result = held(office / "truth.json", imported, *answers)
    assert result.returncode == 0, result.stdout + result.stderr
    assert peak < 1_500
