"""A damaged database is told in one sentence, or its numbers are right; no backup is made of it."""

from pathlib import Path

import pytest

from tests.crash.report import Report, start

COPIES = 36  # six ways in three kinds of files, twice each


def holds(found: Report, copies: int) -> None:
    """Nothing bad, and enough of the damage noticed: a look that sees nothing proves nothing."""
    assert found.bad == []
    assert found.points == copies
    assert found.codes["5"] > copies


def test_damaged_files_are_refused_in_a_sentence_or_read_right(tmp_path: Path) -> None:
    holds(start("damaging", COPIES, tmp_path), COPIES)


@pytest.mark.long
def test_five_hundred_damaged_files_are(tmp_path: Path) -> None:
    holds(start("damaging", 500, tmp_path), 500)
