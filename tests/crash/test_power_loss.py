"""The power may go at any moment: what was said to be done is there, all else is as before."""

from pathlib import Path

import pytest

from tests.crash.actions import ACTIONS
from tests.crash.report import start

REPLAYS = 32  # of each action; seven actions make 224
MANY = 500


@pytest.mark.parametrize("action", ACTIONS)
def test_a_power_cut_leaves_the_records_as_before_or_as_after(action: str, tmp_path: Path) -> None:
    found = start("losing", action, REPLAYS, tmp_path)
    assert found.bad == []
    assert found.points == REPLAYS


def test_without_syncs_the_same_replay_finds_loss(tmp_path: Path) -> None:
    """The control: the replay can see what it is meant to see."""
    found = start("losing", "import", REPLAYS, tmp_path, "careless")
    assert len(found.bad) > 3


@pytest.mark.long
@pytest.mark.parametrize("action", ACTIONS)
def test_many_power_cuts_do(action: str, tmp_path: Path) -> None:
    found = start("losing", action, MANY, tmp_path)
    assert found.bad == []
    assert found.points == MANY
