"""With encryption every changed byte of the database is noticed, and called damage."""

from pathlib import Path

import pytest

from tests.crash.report import Report, start


def holds(found: Report, number: int) -> None:
    """Each of so many bytes was noticed."""
    assert found.bad == []
    assert found.struck == found.points == number


def test_a_changed_byte_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    holds(start("changing", 40, tmp_path), 40)


@pytest.mark.long
def test_each_of_a_thousand_changed_bytes_is(tmp_path: Path) -> None:
    holds(start("changing", 1000, tmp_path), 1000)
