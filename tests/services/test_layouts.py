"""Each clerk has columns of their own, which outlive the program and are no part of the history."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.services.conftest import NOW
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.layouts import Layout, keep, layout, usually_frozen, with_column
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import Action, Change
from xqhz_desktop.store.models import Layout as Kept

NAMES = tuple(one.name for one in REGISTERS["firms"].stored())
WANTED = Layout(NAMES[2:] + NAMES[:1], frozenset(NAMES[1:2]), {"name": 31.25}, 2)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = DataFolder(tmp_path_factory.mktemp("layouts") / "data")
    with Office.open(folder, "测试", lambda: NOW) as made:
        yield made


def test_columns_are_kept_by_who_and_register_and_without_an_action(office: Office) -> None:
    before = _journal(office)
    assert layout(office, "firms") == Layout()
    keep(office, "firms", WANTED)
    keep(office, "firms", replace(WANTED, frozen=1))
    assert layout(office, "firms") == replace(WANTED, frozen=1)
    assert layout(office, "students") == Layout()
    assert _journal(office) == before
    office.who, me = "李静", office.who
    assert layout(office, "firms") == Layout()
    office.who = me


def test_the_usual_columns_leave_nothing_behind(office: Office) -> None:
    keep(office, "teachers", Layout(frozen=0))
    keep(office, "teachers", Layout())
    with office.engine.connect() as connection:
        kept = connection.execute(select(Kept.register).where(Kept.register == "teachers"))
        assert kept.all() == []


def test_what_the_registers_have_gained_and_lost_since_is_seen(office: Office) -> None:
    columns = tuple(one for one in NAMES if one != NAMES[3])
    keep(office, "firms", Layout(("gone", *columns), frozenset({"gone_too"}), {"gone": 3.0}))
    assert layout(office, "firms") == Layout(NAMES, frozenset(), {})


def test_a_column_comes_back_behind_its_neighbour() -> None:
    assert with_column("firms", NAMES[1:], NAMES[0]) == NAMES
    moved = (NAMES[4], NAMES[0], NAMES[1])
    assert with_column("firms", moved, NAMES[2]) == (*moved, NAMES[2])


@pytest.mark.parametrize(
    ("register", "frozen"),
    [("firms", 1), ("students", 2), ("agreements", 2), ("stints", 1), ("bookings", 3)],
)
def test_the_columns_up_to_the_name_stay_in_sight(register: str, frozen: int) -> None:
    names = tuple(one.name for one in REGISTERS[register].stored())
    assert usually_frozen(names) == frozen


def test_a_single_column_is_never_frozen_and_neither_is_one_without_a_name() -> None:
    assert usually_frozen(("name",)) == 0
    assert usually_frozen(("nature", "staff")) == 0


def _journal(office: Office) -> tuple[int, int]:
    with office.engine.connect() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(one)).scalar()
            for one in (Action, Change)
        )
