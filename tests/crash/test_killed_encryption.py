"""Killed at any moment, encryption leaves records that open: plain, or by a known secret."""

from pathlib import Path

import pytest

from tests.crash.report import start
from tests.crash.sealing import ACTIONS

POINTS = 12  # of each action


@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_leaves_records_that_open(action: str, tmp_path: Path) -> None:
    found = start("sealing", action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.long
@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_at_every_lasting_call_does_so_too(action: str, tmp_path: Path) -> None:
    found = start("sealing", action, "all", tmp_path)
    assert found.bad == []
    assert found.struck == found.points > 20
