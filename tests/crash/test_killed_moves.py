"""A kill or a failing disk leaves no half pack, unpacked school or moved data folder."""

from pathlib import Path

import pytest

from tests.crash.moving import KINDS
from tests.crash.report import start


def strike(how: str, kind: str, points: int, scratch: Path) -> None:
    found = start("moving", how, kind, points, scratch)
    assert found.bad == []
    assert found.points == points
    # A write that another thread had made already is not met again.
    assert found.struck >= (points if how == "kill" else points * 0.9)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_leaves_a_school_whole_or_not_there(kind: str, tmp_path: Path) -> None:
    strike("kill", kind, 6, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_failing_disk_is_one_sentence_and_leaves_it_whole(kind: str, tmp_path: Path) -> None:
    strike("fail", kind, 4, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["kill", "fail"])
def test_many_points_leave_it_whole_too(how: str, kind: str, tmp_path: Path) -> None:
    strike(how, kind, 60, tmp_path)
