"""A kill leaves no half pack, no half unpacked school and no half moved data folder."""

from pathlib import Path

import pytest

from tests.crash.moving import KINDS
from tests.crash.report import start


def kill(kind: str, points: int, scratch: Path) -> None:
    found = start("moving", kind, points, scratch)
    assert found.bad == []
    assert found.struck == found.points == points


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_leaves_a_school_whole_or_not_there(kind: str, tmp_path: Path) -> None:
    kill(kind, 6, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_many_points_leaves_it_whole_too(kind: str, tmp_path: Path) -> None:
    kill(kind, 60, tmp_path)
