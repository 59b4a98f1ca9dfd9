"""Whatever call to the disk fails: one sentence, and the records as before or as after."""

from pathlib import Path

import pytest

from tests.crash.actions import ACTIONS
from tests.crash.report import start

POINTS = 8  # of each action; seven actions make 56
MANY = 60


@pytest.mark.parametrize("action", ACTIONS)
def test_a_failing_disk_is_one_sentence_and_loses_nothing(action: str, tmp_path: Path) -> None:
    found = start("failing", action, POINTS, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == POINTS


@pytest.mark.long
@pytest.mark.parametrize("action", ACTIONS)
def test_a_disk_that_fails_at_many_calls_does(action: str, tmp_path: Path) -> None:
    found = start("failing", action, MANY, tmp_path)
    assert found.bad == []
    assert found.struck == found.points == MANY
