"""Struck at any moment, encryption leaves records that open: plain, or by a known secret."""

from pathlib import Path

import pytest

from tests.crash.report import start
from tests.crash.sealing import ACTIONS

POINTS = 12  # of each action
FAILURES = ("error=ENOSPC", "error=EIO")


@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_leaves_records_that_open(action: str, tmp_path: Path) -> None:
    found = start("sealing", "signal=KILL", action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.parametrize("action", ACTIONS)
def test_a_failing_disk_does_so_too_and_is_one_sentence(action: str, tmp_path: Path) -> None:
    found = start("sealing", ",".join(FAILURES), action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.long
@pytest.mark.parametrize("part", ["1/2", "2/2"])
@pytest.mark.parametrize("blow", ["signal=KILL", *FAILURES])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_blow_at_every_lasting_call_does_so_too(
    action: str, blow: str, part: str, tmp_path: Path
) -> None:
    found = start("sealing", blow, action, part, tmp_path)
    assert found.bad == []
    assert found.struck == found.points > 5
