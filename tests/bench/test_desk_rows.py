"""The bench's rows of the clerk's desk do what they measure, on a small office."""

import desk_floor
import desk_ours
import pytest
from desk_work import BLOCK, block
from large_office import SMALL, fill

ON_PAGE = [
    ("open", "students"),
    ("scroll", "students"),
    ("sort", "name"),
    ("find", ""),
    ("paste", ""),
    ("undo", ""),
]
BARE = [("sort", "class"), ("sort", "birthday"), ("find", ""), ("paste", ""), ("undo", "")]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A data folder with a few hundred students."""
    folder = tmp_path_factory.mktemp("bench") / "office"
    fill(folder, SMALL)
    return folder


@pytest.mark.parametrize(("what", "field"), ON_PAGE)
def test_the_page_does_the_work(office, qtbot, what, field):
    assert desk_ours.WORKS[what](office, field) > 0


@pytest.mark.parametrize(("what", "field"), BARE)
def test_sqlite_alone_does_the_work(office, what, field):
    assert desk_floor.WORKS[what](office, field) > 0


def test_the_bare_table_has_the_rows_and_no_trigger(office):
    desk_floor.lay_bare(office)
    with desk_floor.connected(office / "bare.db") as bare:
        assert bare.execute("SELECT count(*) FROM student").fetchone() == (SMALL,)
        assert bare.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone() is None


def test_the_block_is_five_hundred_rows_of_twenty_cells():
    assert (len(block()), {len(row) for row in block()}) == (BLOCK, {20})
