"""Killed at any moment, an action leaves the records as before or as after, and can be done."""

from pathlib import Path

import pytest

from tests.crash.actions import ACTIONS
from tests.crash.report import start

POINTS = 16  # of each action; seven actions make 112, and --long strikes them all
PARTS = ("1/3", "2/3", "3/3")  # every third call: no test may take a quarter of an hour


@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_leaves_the_records_as_before_or_as_after(action: str, tmp_path: Path) -> None:
    found = start("killing", action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.long
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_at_every_lasting_call_does(action: str, part: str, tmp_path: Path) -> None:
    found = start("killing", action, part, tmp_path)
    assert found.bad == []
    assert found.struck == found.points > 25
