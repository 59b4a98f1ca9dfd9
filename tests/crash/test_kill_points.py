"""Killed at any moment, an action leaves the records as before or as after, and can be done."""

from pathlib import Path

import pytest

from tests.crash.actions import ACTIONS
from tests.crash.report import start

POINTS = 30  # of each action; six actions make 180


@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_leaves_the_records_as_before_or_as_after(action: str, tmp_path: Path) -> None:
    found = start("killing", action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.long
@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_at_every_lasting_call_does(action: str, tmp_path: Path) -> None:
    found = start("killing", action, "all", tmp_path)
    assert found.bad == []
    assert found.struck == found.points > 100
