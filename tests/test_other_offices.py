"""The whole import held against offices of quite other looks, by the command line."""

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.command_line import Here
from tests.other_offices.make import make, names
from tests.other_offices.rows import Row
from tests.other_offices.world import World

ROOT = Path(__file__).resolve().parents[1]
SCORE = ROOT / "tests" / "office" / "score.py"
KEYS = {
    "firm": "uscc", "agreement": "code", "student": "idn", "placement": "idn",
    "apprentice": "idn", "teacher": "idn", "part_timer": "idn", "stint": "tid", "base": "code",
    "booking": "content", "course": "course",
}  # fmt: skip


def scored(truth: Path, *answers: str) -> subprocess.CompletedProcess[str]:
    """What the measure of the main job says of the answers."""
    return subprocess.run(
        [sys.executable, str(SCORE), str(truth), *answers],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def ask(data: Path, answer: Path, *command: str) -> str:
    """The path of a file with the program's answer to a command."""
    done = Here(data)(*command, "--json")
    assert done.code == 0, done.err
    answer.write_text(done.out, encoding="utf-8")
    return str(answer)


@pytest.mark.parametrize("look", names())
def test_an_office_of_another_look_is_understood_exactly(look: str, tmp_path: Path) -> None:
    office, data = tmp_path / "office", tmp_path / "data"
    make(look, 1, office)
    answers = [
        ask(data, tmp_path / "import.json", "import", str(office), "--yes"),
        ask(data, tmp_path / "indicators.json", "indicators"),
        ask(data, tmp_path / "check.json", "check"),
    ]
    result = scored(office / "truth.json", *answers)
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"
    again = Path(ask(data, tmp_path / "again.json", "import", str(office), "--yes"))
    sheets = json.loads(again.read_text(encoding="utf-8"))["sheets"]
    assert not [s["sheet"] for s in sheets if s["new"] or s["changed"]]


@pytest.mark.parametrize("look", names())
def test_every_good_row_stands_where_the_truth_says(look: str, tmp_path: Path) -> None:
    world = make(look, 1, tmp_path)
    books: dict[Path, Any] = {}
    for row in good_rows(world):
        path = next(tmp_path.rglob(row.at["file"]))
        if path.read_bytes()[:2] != b"PK":
            continue
        if path not in books:
            books[path] = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        cells = line(books[path][row.at["sheet"]], row.at["row"])
        key = row.known(KEYS[row.kind])
        assert key is None or folded(key) in map(folded, cells), (look, row.at)


def line(sheet: Any, row: int) -> list[object]:
    """The cells of a row, with what merged cells above hold for it."""
    spans = [r for r in sheet.merged_cells.ranges if r.min_row < row <= r.max_row]
    return [c.value for c in sheet[row]] + [r.start_cell.value for r in spans]


def good_rows(world: World) -> list[Row]:
    """Rows of every register that are not damaged."""
    return [r for rows in world.rows.values() for r in rows if not r.bad]


def folded(written: object) -> str:
    """Text without white space, width and case."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(written))).upper()


def test_nothing_but_the_rows_of_the_truth_is_written(tmp_path: Path) -> None:
    make("one_book", 1, tmp_path)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    ((file, told),) = truth["workbooks"].items()
    sheets = openpyxl.load_workbook(tmp_path / file).worksheets
    rows = sum(s.max_row - 1 for s in sheets if s.title not in ("说明", "统计"))
    bad = {(b["sheet"], b["row"]) for b in told["bad"]}
    assert rows == told["valid_rows"] + len(bad)


def test_the_planted_edges_are_there(tmp_path: Path) -> None:
    make("one_book", 1, tmp_path)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    reasons = {b["reason"] for book in truth["workbooks"].values() for b in book["bad"]}
    assert len(reasons) == 21
    assert all(truth["violations"].values())
    assert all(truth["double_bookings"].values())
