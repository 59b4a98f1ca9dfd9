"""A kill leaves no half copy in a second place, no half export and no half rebuilt database."""

from pathlib import Path

import pytest

from tests.crash.copying import KINDS
from tests.crash.report import start

POINTS = 12  # of each


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_leaves_what_is_made_whole_or_not_there(kind: str, tmp_path: Path) -> None:
    found = start("copying", kind, POINTS, tmp_path)
    assert found.bad == []
    assert found.points == POINTS
    # A rebuild's reading process makes some of the calls, and its end is not the program's.
    assert found.struck >= (POINTS / 2 if kind == "rebuild" else POINTS)
