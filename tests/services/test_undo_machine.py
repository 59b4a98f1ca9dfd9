"""Any order of imports, deletions, undos, undos with consent and returns equals the obvious way."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import base, booking, firm, id_number, placement, student, table, wrong
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OTHER
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import deleting
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.history import put_back, undo
from xqhz_desktop.services.internships.doing import carry_out
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of

BOOKS = {
    "firms": table(firm(1, FIRM, 职工人数=100)),
    "firms again": table(firm(1, FIRM, 职工人数=200), firm(2, OTHER)),
    "students": table(student(1), student(2, 身份证号=wrong(id_number(2)))),
    "corrected": table(student(2), student(1, 联系电话="15400000001")),
    "roster": table(placement(1, FIRM), placement(2, OTHER)),
    "bookings": table(booking("数控实训室")),
    "bases": table(base(1, "数控实训室")),
}
REGISTERS = ("firms", "students", "placements", "bases")
# What is done for all interns at once.
DEEDS: dict[str, dict[str, str]] = {
    "change_post": {"day": "2023-10-9", "position": "焊工", "reason": "轮岗"},
    "leave": {"day": "2023-11-6", "reason": "病假"},
    "come_back": {"day": "2023-11-13"},
    "move": {"day": "2024-1-2", "firm": OTHER, "reason": "企业停产"},
    "end": {"day": "2024-4-30", "reason": "期满"},
}
# A deed is done for all interns; a book is imported; an action so far back is undone, with consent
# to lose later work; a record of a register is deleted with what belongs to it; a deleted one is
# put back.
Steps = st.lists(
    st.sampled_from(list(BOOKS))
    | st.tuples(st.sampled_from(["undo", "over"]), st.integers(1, 6))
    | st.tuples(st.sampled_from(REGISTERS), st.integers(1, 3))
    | st.tuples(st.just("put back"), st.integers(1, 3))
    | st.tuples(st.just("deed"), st.integers(0, len(DEEDS) - 1)),
    min_size=2,
    max_size=9,
)
Step = str | tuple[str, int]
Place = tuple[str, int]
State = dict[Place, dict[str, Any]]


def state(desk: Desk) -> State:
    """Every row by table and id."""
    return {(called, row["id"]): row for called, rows in desk.dump().items() for row in rows}


class Model:
    """The slow and obvious way: what every action found, and what it left."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = state(desk)
        self.found: dict[int, State] = {}
        self.left: dict[int, State] = {}
        self.undone_by: dict[int, int] = {}
        self.required = {
            called: {row[1] for row in desk.read(f"PRAGMA table_info({called})") if row[3]}
            for called in desk.tables()
        }
        self.links = {
            called: [(row[3], row[2]) for row in desk.read(f"PRAGMA foreign_key_list({called})")]
            for called in desk.tables()
        }

    def took(self, action: int | None) -> None:
        """Remember what an action did."""
        if action is not None:
            self.found[action], self.now = self.now, state(self.desk)
            self.left[action] = self.now

    def without(self, action: int, *, over: bool) -> State | None:
        """The rows as they must be when the action is taken back; None where that cannot be.

        Without `over` it cannot where they have changed since.
        """
        found, left, now = self.found[action], self.left[action], dict(self.now)
        for place in {*found, *left}:
            if found.get(place) == left.get(place):
                continue
            if now.get(place) != left.get(place) and not over:
                return None
            now.pop(place, None)
            if place in found:
                now[place] = found[place]
        return now if self._sound(now) else None

    def less(self, called: str, number: int) -> State:
        """The rows without one, without all that must refer to it, and no link to any of them."""
        going = {(called, number)}
        while more := {
            place
            for place, row in self.now.items()
            if place not in going and self._needs(place[0], row, going)
        }:
            going |= more
        return {
            place: self._free(place[0], row, going)
            for place, row in self.now.items()
            if place not in going
        }

    def _needs(self, called: str, row: dict[str, Any], going: set[Place]) -> bool:
        required = self.required[called]
        return any(
            (target, row[column]) in going
            for column, target in self.links[called]
            if column in required or called == "certificate"
        )

    def _free(self, called: str, row: dict[str, Any], going: set[Place]) -> dict[str, Any]:
        lost = [column for column, target in self.links[called] if (target, row[column]) in going]
        return row | dict.fromkeys(lost)

    def with_back(self, action: int, called: str, number: int) -> State | None:
        """The rows with a deleted one, and what referred to it when it was deleted."""
        found, now = self.found[action], dict(self.now)
        lost = {place for place in found if place not in self.left[action]}
        back = {(called, number)}
        while more := {
            place for place in lost - back if self._points(place[0], found[place], back)
        }:
            back |= more
        if any(place in now for place in back):
            return None
        for place, row in now.items():
            was = found.get(place, {})
            again = {
                column: was[column]
                for column, target in self.links[place[0]]
                if row[column] is None and (target, was.get(column)) in back
            }
            now[place] = row | again
        now |= {place: found[place] for place in back}
        return now if self._sound(now) else None

    def _points(self, called: str, row: dict[str, Any], to: set[Place]) -> bool:
        return any((target, row[column]) in to for column, target in self.links[called])

    def _sound(self, rows: State) -> bool:
        """Whether all that is referred to is there, and nothing is there twice."""
        for called in self.desk.tables():
            mine = [row for (where, _), row in rows.items() if where == called]
            for column, target in self.links[called]:
                wanted = {row[column] for row in mine if row[column] is not None}
                if target != "source" and not {(target, number) for number in wanted} <= {*rows}:
                    return False
            if any(len(set(keys)) < len(keys) for keys in self._keys(called, mine)):
                return False
        return True

    def _keys(self, called: str, rows: list[dict[str, Any]]) -> list[list[tuple[Any, ...]]]:
        unique = [row[1] for row in self.desk.read(f"PRAGMA index_list({called})") if row[2]]
        columns = [
            [row[2] for row in self.desk.read(f'PRAGMA index_info("{name}")')] for name in unique
        ]
        keys = [[tuple(row[c] for c in key) for row in rows] for key in columns if None not in key]
        return [[key for key in many if None not in key] for many in keys]


QUIETLY = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@given(Steps)
@settings(max_examples=25, **QUIETLY)
def test_any_work_and_any_undo_leave_what_the_obvious_way_leaves(
    empty_school: Path, steps: list[Step]
) -> None:
    both_ways(empty_school, steps)


@pytest.mark.long
@given(Steps)
@settings(max_examples=150, **QUIETLY)
def test_very_much_work_and_undoing_does(empty_school: Path, steps: list[Step]) -> None:
    both_ways(empty_school, steps)


def both_ways(school: Path, steps: list[Step]) -> None:
    """Do the steps at a school of their own."""
    with tempfile.TemporaryDirectory() as place:
        folder = DataFolder(Path(place) / "office")
        shutil.copytree(school, folder.root)
        with Office.open(folder, "测试", lambda: NOW) as office:
            work(Desk(office), steps)


def work(desk: Desk, steps: list[Step]) -> None:
    """Do the steps both ways, at an office that has some records."""
    model = Model(desk)
    first = {f"{name}.xlsx": BOOKS[name] for name in ("firms", "bookings", "roster")}
    model.took(desk.bring(first).action)
    for step in steps:
        if isinstance(step, str):
            model.took(desk.bring({f"{step}.xlsx": BOOKS[step]}).action)
        elif step[0] in ("undo", "over"):
            take_back(model, step[1], over=step[0] == "over")
        elif step[0] == "put back":
            back_again(model, step[1])
        elif step[0] == "deed":
            do(model, list(DEEDS)[step[1]])
        else:
            delete(model, *step)


def same(model: Model, expected: State | None, verb: Callable[[], Changes]) -> int | None:
    """The verb does what is expected, or is refused where nothing is and leaves all as it was."""
    if expected is None:
        with pytest.raises(UserError):
            verb()
        assert state(model.desk) == model.now
        return None
    done = verb().action
    model.took(done)
    assert model.now == expected
    return done


def do(model: Model, deed: str) -> None:
    """Do a deed for all interns whom it fits; where a firm is gone there is none."""
    office = model.desk.office
    there = [number for name, number in sorted(model.now) if name == "placement"]
    try:
        model.took(carry_out(office, deed, there, DEEDS[deed]).changes.action)
    except UserError:
        assert state(model.desk) == model.now


def take_back(model: Model, back: int, *, over: bool) -> None:
    """Undo an action that still stands."""
    if standing := [action for action in model.found if action not in model.undone_by]:
        action = standing[-back % len(standing)]
        expected = model.without(action, over=over)
        done = same(model, expected, lambda: undo(model.desk.office, action, over=over))
        if done is not None:
            model.undone_by[action] = done


def delete(model: Model, register: str, back: int) -> None:
    """Delete a record of a register."""
    called = model_of(register).__tablename__
    if there := [number for name, number in sorted(model.now) if name == called]:
        number = there[-back % len(there)]
        expected = model.less(called, number)
        office = model.desk.office
        whole = partial(deleting.delete, office, register, [number], with_what_belongs=True)
        assert same(model, expected, whole)


def back_again(model: Model, back: int) -> None:
    """Put a deleted record back."""
    gone = deleting.deleted(model.desk.office)
    if gone:
        one = gone[-back % len(gone)]
        called = model_of(one.register).__tablename__
        number = model.desk.one("SELECT row_id FROM change WHERE id = ?", one.change)
        expected = model.with_back(one.action, called, number)
        same(model, expected, lambda: put_back(model.desk.office, [one.change]))
