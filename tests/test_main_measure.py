"""The main measure: an office's workbooks go in, and every number comes out as the truth has it."""

import subprocess
import sys
from pathlib import Path

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


def score(xqhz, folder: Path, truth: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """The office as the program sees it, held against the truth."""
    answers = [
        answer(xqhz, out, "import", "import", folder, "--yes", "--json"),
        answer(xqhz, out, "indicators", "indicators", "--json"),
        answer(xqhz, out, "check", "check", "--json"),
    ]
    command = [sys.executable, str(SCORE), str(truth), *map(str, answers)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_sample_school_is_read_exactly(xqhz, sample, tmp_path):
    result = score(xqhz, sample, SAMPLE_TRUTH, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("office", ["small", "school"])
def test_the_office_beside_the_project_is_read_exactly(xqhz, shared, tmp_path, office):
    folder = shared / "office" / office
    result = score(xqhz, folder, folder / "truth.json", tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
