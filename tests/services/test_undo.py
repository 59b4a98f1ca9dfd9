"""Whatever was done can be taken back, a restart later too, and the taking back as well."""

import shutil
from pathlib import Path

import pytest

from tests.services.books import firm, id_number, placement, student, table
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.history import actions, later, undo
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


def test_with_consent_later_work_on_the_same_rows_goes_back_as_well(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=100))}).action
    second = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=200))}).action
    third = desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=300))}).action
    assert first is not None
    assert second is not None
    after = desk.dump()
    assert [number for number, _ in later(desk.office, second)] == [third]
    undone = undo(desk.office, second, over=True)
    assert desk.one("SELECT staff FROM firm") == 100
    desk.undo(undone.action)
    assert desk.dump() == after
    undo(desk.office, first, over=True)
    assert desk.one("SELECT count(*) FROM firm") == 0


def test_no_consent_takes_from_under_later_records_what_they_need(desk: Desk) -> None:
    first = desk.bring({"a.xlsx": table(firm(1, FIRM))})
    desk.bring({"b.xlsx": table(placement(1, FIRM))})
    before = desk.dump()
    with pytest.raises(UserError, match="先撤销"):
        undo(desk.office, first.action, over=True)
    assert desk.dump() == before


def test_what_only_an_admin_may_do_only_an_admin_takes_back(desk: Desk) -> None:
    users.add(desk.office, "测试", Role.ADMIN)
    added = users.add(desk.office, "经办人", Role.CLERK)
    desk.office.who = "经办人"
    with pytest.raises(UserError) as refused:
        desk.undo(added.action)
    assert refused.value.code == EXIT_NOT_PERMITTED
    desk.office.who = "测试"
    undone = desk.undo(added.action)
    desk.office.who = "经办人"
    with pytest.raises(UserError):
        desk.undo(undone.action)


def test_no_undo_leaves_users_without_an_admin(desk: Desk) -> None:
    first = users.add(desk.office, "测试", Role.ADMIN)
    users.add(desk.office, "经办人", Role.CLERK)
    with pytest.raises(UserError, match="没有管理员"):
        desk.undo(first.action)
    assert [one.name for one in users.users(desk.office)] == ["测试", "经办人"]


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
