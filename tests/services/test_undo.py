"""Whatever was done can be taken back, a restart later too, and the taking back as well."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import base, booking, firm, id_number, placement, student, table, wrong
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office

THOUSANDS = {
    "a.xlsx": table(*(student(n % 1000, 身份证号=number) for n, number in enumerate(
        id_number(n % 1000, NOW.date().replace(year=2004 + n // 1000)) for n in range(3000)
    ))),
    "b.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
}  # fmt: skip


def test_an_undone_import_leaves_every_table_as_it_was(desk: Desk) -> None:
    before = desk.dump()
    changes = desk.bring(OFFICE)
    desk.undo(changes.action)
    assert desk.dump() == before


def test_an_undone_import_of_thousands_over_known_rows_leaves_no_trace(desk: Desk) -> None:
    desk.bring({"a.xlsx": THOUSANDS["a.xlsx"][:1500], "c.xlsx": table(placement(1, FIRM))})
    before = desk.dump()
    changes = desk.bring(THOUSANDS)
    assert changes.registers["students"] >= 1500
    desk.undo(changes.action)
    assert desk.dump() == before


def test_an_undone_undo_brings_everything_back(desk: Desk) -> None:
    changes = desk.bring(OFFICE)
    after = desk.dump()
    undone = desk.undo(changes.action)
    desk.undo(undone.action)
    assert desk.dump() == after


def test_what_came_back_can_be_undone_again(desk: Desk) -> None:
    before = desk.dump()
    changes = desk.bring(OFFICE)
    for _ in range(2):
        undone = desk.undo(changes.action)
        assert desk.dump() == before
        desk.undo(undone.action)
    desk.undo(changes.action)
    assert desk.dump() == before


def test_the_history_says_what_was_undone_and_what_was_brought_back(desk: Desk) -> None:
    action = desk.bring({"a.xlsx": table(student(1))}).action
    for _ in range(3):
        action = desk.undo(action).action
    told = [(line.title[:3], line.undone) for line in actions(desk.office)[:4]]
    assert told == [("撤销：", False), ("恢复：", True), ("撤销：", False), ("导入 ", True)]


def test_without_a_number_the_last_action_that_stands_is_undone(desk: Desk) -> None:
    before = desk.dump()
    desk.bring({"a.xlsx": table(student(1))})
    desk.bring({"b.xlsx": table(student(2))})
    desk.undo()
    assert desk.read("SELECT id_number FROM student") == [(id_number(1),)]
    desk.undo()
    assert desk.dump() == before
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        desk.undo()


def test_an_undo_survives_a_restart(empty_school: Path, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "office")
    shutil.copytree(empty_school, folder.root)
    with Office.open(folder, "测试", lambda: NOW) as office:
        before = Desk(office).dump()
        Desk(office).bring(OFFICE)
    with Office.open(folder, "测试", lambda: NOW) as office:
        Desk(office).undo()
        assert Desk(office).dump() == before


def test_later_work_on_the_same_rows_is_named_and_must_go_first(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=100))})
    later = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=200))})
    with pytest.raises(UserError, match=f"{later.action} 号"):
        desk.undo(first.action)
    assert desk.one("SELECT staff FROM firm") == 200
    desk.undo(later.action)
    desk.undo(first.action)
    assert desk.one("SELECT count(*) FROM firm") == 0


def test_later_work_that_was_put_back_is_named_again(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=100))})
    later = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=200))})
    undone = desk.undo(later.action)
    desk.undo(undone.action)
    with pytest.raises(UserError, match="后来的操作改过同样的记录"):
        desk.undo(first.action)
    assert desk.one("SELECT staff FROM firm") == 200


def test_later_work_on_other_rows_does_not_stand_in_the_way(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(student(1))})
    desk.bring({"b.xlsx": table(firm(1, FIRM))})
    desk.undo(first.action)
    assert desk.one("SELECT count(*) FROM student") == 0
    assert desk.one("SELECT count(*) FROM firm") == 1


def test_what_later_records_need_is_not_taken_from_under_them(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(firm(1, FIRM))})
    desk.bring({"b.xlsx": table(placement(1, FIRM))})
    before = desk.dump()
    with pytest.raises(UserError, match="先撤销"):
        desk.undo(first.action)
    assert desk.dump() == before


def test_the_same_action_is_undone_only_once(desk: Desk) -> None:
    changes = desk.bring({"a.xlsx": table(student(1))})
    desk.undo(changes.action)
    with pytest.raises(UserError, match="已经撤销过"):
        desk.undo(changes.action)


def test_the_first_filling_of_the_database_stays(desk: Desk) -> None:
    (seed,) = actions(desk.office)
    with pytest.raises(UserError, match="不能撤销"):
        desk.undo(seed.id)


# ---------------------------------------------------------------- any order of work

BOOKS = {
    "firms": table(firm(1, FIRM, 职工人数=100)),
    "firms again": table(firm(1, FIRM, 职工人数=200), firm(2, OTHER)),
    "students": table(student(1), student(2, 身份证号=wrong(id_number(2)))),
    "corrected": table(student(2), student(1, 联系电话="15400000001")),
    "roster": table(placement(1, FIRM), placement(2, OTHER)),
    "bookings": table(booking("数控实训室")),
    "bases": table(base(1, "数控实训室")),
}
Steps = st.lists(
    st.sampled_from(list(BOOKS)) | st.integers(min_value=1, max_value=6), min_size=2, max_size=9
)
State = dict[tuple[str, int], dict[str, Any]]


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

    def took(self, action: int | None) -> None:
        """Remember what an action did."""
        if action is not None:
            self.found[action], self.now = self.now, state(self.desk)
            self.left[action] = self.now

    def without(self, action: int) -> State | None:
        """The rows as they must be when the action is taken back; None where they have changed."""
        found, left, now = self.found[action], self.left[action], dict(self.now)
        for place in {*found, *left}:
            if found.get(place) == left.get(place):
                continue
            if now.get(place) != left.get(place):
                return None
            now.pop(place, None)
            if place in found:
                now[place] = found[place]
        return now if self._sound(now) else None

    def _sound(self, rows: State) -> bool:
        """Whether all that is referred to is there, and nothing is there twice."""
        for called in self.desk.tables():
            mine = [row for (where, _), row in rows.items() if where == called]
            for _, _, target, column, *_ in self.desk.read(f"PRAGMA foreign_key_list({called})"):
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


@given(Steps)
@settings(
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_work_and_any_undo_leave_what_the_obvious_way_leaves(
    empty_school: Path, steps: list[str | int]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = DataFolder(Path(place) / "office")
        shutil.copytree(empty_school, folder.root)
        with Office.open(folder, "测试", lambda: NOW) as office:
            work(Desk(office), steps)


def work(desk: Desk, steps: list[str | int]) -> None:
    """Do the steps both ways; a number undoes the action so far back, if it still stands."""
    model = Model(desk)
    for step in steps:
        if isinstance(step, str):
            model.took(desk.bring({f"{step}.xlsx": BOOKS[step]}).action)
            continue
        standing = [action for action in model.found if action not in model.undone_by]
        if not standing:
            continue
        action = standing[-step % len(standing)]
        expected = model.without(action)
        if expected is None:
            with pytest.raises(UserError):
                desk.undo(action)
            assert state(desk) == model.now
        else:
            undone = desk.undo(action).action
            assert undone is not None
            model.took(undone)
            model.undone_by[action] = undone
            assert model.now == expected
