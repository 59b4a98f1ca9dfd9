"""Backups come when they are due, go when another stands for them, and never the last good one."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NO_SPACE, UserError
from xqhz_desktop.services import history
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.safety.backups import (
    back_up_if_due,
    due,
    listed,
    newest_good,
    sound,
    thin,
)
from xqhz_desktop.services.safety.thinning import thinned

NOW = datetime(2025, 3, 1, 9, 30)
BOOKS = {"企业.xlsx": table(firm(1, "甲机械有限公司"))}
MORE = {"学生.xlsx": table(student(1), student(2))}


def at(desk: Desk, moment: datetime) -> None:
    """The office's clock shows that moment from now on."""
    desk.office.now = lambda: moment


def names(desk: Desk) -> list[str]:
    """The backups that lie there, the newest first."""
    return [one.name for one in listed(desk.office.folder.backups)]


# --- when


@pytest.mark.parametrize(
    ("minutes", "changed", "expected"),
    [(30, True, True), (29, True, False), (300, False, False), (-60, True, True)],
)
def test_a_backup_is_due_half_an_hour_after_the_last_if_something_changed(
    minutes: int, changed: bool, expected: bool
) -> None:
    assert due(NOW, NOW - timedelta(minutes=minutes), changed) is expected


def test_the_first_change_is_due_at_once() -> None:
    assert due(NOW, None, True)
    assert not due(NOW, None, False)


def test_an_office_without_records_needs_no_backup(desk: Desk) -> None:
    assert back_up_if_due(desk.office, leaving=True) is None


def test_work_is_backed_up_every_half_hour_and_nothing_twice(desk: Desk) -> None:
    desk.bring(BOOKS)
    assert back_up_if_due(desk.office) == "xqhz-20250301-093000-定时.db"
    at(desk, NOW + timedelta(minutes=40))
    assert back_up_if_due(desk.office) is None
    desk.bring(MORE)
    assert back_up_if_due(desk.office) == "xqhz-20250301-101000-定时.db"
    at(desk, NOW + timedelta(minutes=50))
    desk.undo()
    assert back_up_if_due(desk.office) is None
    at(desk, NOW + timedelta(minutes=70))
    assert back_up_if_due(desk.office) == "xqhz-20250301-104000-定时.db"


def test_leaving_does_not_wait_for_the_half_hour(desk: Desk) -> None:
    desk.bring(BOOKS)
    back_up_if_due(desk.office)
    assert back_up_if_due(desk.office, leaving=True) is None
    desk.bring(MORE)
    assert back_up_if_due(desk.office) is None
    assert back_up_if_due(desk.office, leaving=True) == "xqhz-20250301-093000-退出时.db"


def test_a_clock_turned_back_stops_no_backup(desk: Desk) -> None:
    desk.bring(BOOKS)
    back_up_if_due(desk.office)
    at(desk, NOW - timedelta(days=400))
    desk.bring(MORE)
    assert back_up_if_due(desk.office) == "xqhz-20240126-093000-定时.db"
    assert len(names(desk)) == 2


def test_an_undo_of_very_many_rows_makes_a_backup_first_unless_one_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MANY", 3)
    desk.bring(BOOKS)
    desk.bring({"学生.xlsx": table(*(student(number) for number in range(1, 5)))})
    desk.undo()
    (one,) = listed(desk.office.folder.backups)
    assert (one.why, one.note.rows["student"]) == ("撤销前", 4)
    desk.undo()
    assert len(names(desk)) == 1


# --- what lies there


def test_a_list_says_when_why_and_how_much(desk: Desk) -> None:
    desk.bring(BOOKS | MORE)
    desk.office.backup("手动")
    (one,) = listed(desk.office.folder.backups)
    assert (one.moment, one.why, one.whole) == (NOW, "手动", True)
    assert one.note is not None
    assert backups.counts(one.note.rows).startswith("学生 2，企业 1，")


def test_files_of_other_people_are_not_listed(desk: Desk) -> None:
    folder = desk.office.folder.backups
    folder.mkdir()
    for name in ("xqhz-2025.db", "xqhz-20251301-093000-手动.db", "合影.jpg", "xqhz-a-b-c.db"):
        (folder / name).touch()
    assert listed(folder) == []


def test_one_flipped_bit_makes_a_backup_unsound(desk: Desk) -> None:
    desk.office.backup("手动")
    (one,) = listed(desk.office.folder.backups)
    assert sound(one)
    content = bytearray(one.path.read_bytes())
    content[5000] ^= 1
    one.path.write_bytes(content)
    assert not sound(one)
    assert newest_good(desk.office.folder) is None


def test_a_backup_without_a_note_is_listed_and_not_counted_as_good(desk: Desk) -> None:
    name = desk.office.backup("手动")
    (desk.office.folder.backups / f"{name}.json").unlink()
    (one,) = listed(desk.office.folder.backups)
    assert (one.name, one.note, one.whole) == (name, None, False)
    assert newest_good(desk.office.folder) is None


# --- which may go

moments = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31))


@given(st.lists(moments), moments)
def test_the_newest_never_goes(made: list[datetime], now: datetime) -> None:
    gone = thinned(made, now)
    assert not made or max(made) not in gone
    assert set(gone) <= set(made)


@given(st.lists(moments), moments)
def test_what_goes_has_a_newer_one_that_stays(made: list[datetime], now: datetime) -> None:
    gone = thinned(made, now)
    for moment, keeper in gone.items():
        assert keeper is None or (keeper > moment and keeper not in gone)


@given(st.lists(moments), moments)
def test_all_of_two_days_and_what_is_of_the_future_stay(
    made: list[datetime], now: datetime
) -> None:
    assert all(moment.date() < (now - timedelta(days=2)).date() for moment in thinned(made, now))


@given(st.lists(moments), moments)
def test_thinning_twice_lets_go_nothing_more(made: list[datetime], now: datetime) -> None:
    kept = set(made) - set(thinned(made, now))
    assert thinned(kept, now) == {}


steps = st.lists(st.integers(min_value=0, max_value=60 * 24 * 40), min_size=1, max_size=80)


@given(steps)
def test_thinning_after_every_backup_keeps_the_same_as_thinning_at_the_end(
    minutes: list[int],
) -> None:
    now, all_of, kept = NOW, set[datetime](), set[datetime]()
    for step in minutes:
        now += timedelta(minutes=step)
        all_of.add(now)
        kept.add(now)
        kept -= set(thinned(kept, now))
    assert kept == all_of - set(thinned(all_of, now))


def test_three_years_of_daily_work_leave_a_few_dozen() -> None:
    start = datetime(2022, 1, 1)
    made = [start + timedelta(days=day, hours=hour) for day in range(1100) for hour in (9, 12, 16)]
    kept = sorted(set(made) - set(thinned(made, made[-1])))
    assert len(kept) == 3 * 3 + 12 + 10 + 9
    assert kept[-10:-8] == [made[-10], made[-9]]
    assert {moment.hour for moment in kept[:-9]} == {16}
    assert made[-1] - kept[0] > timedelta(days=300)


def test_a_clock_that_ran_ahead_empties_no_tier() -> None:
    made = [datetime(2024, 1, 1) + timedelta(days=day) for day in range(400)]
    kept = set(made) - set(thinned(made, datetime(2099, 1, 1)))
    assert len(kept) == 1 + 12 + 10 + 9


def save_at(desk: Desk, *moments: datetime) -> list[str]:
    """One backup at each moment, unthinned; their names."""
    made = []
    for moment in moments:
        with desk.office.engine.connect() as connection:
            raw = connection.connection.driver_connection
            made.append(backups.files.save(raw, desk.office.folder.backups, moment, "定时").name)
    return made


def test_the_one_that_goes_takes_its_note_along(desk: Desk) -> None:
    old = [NOW - timedelta(days=30, hours=hour) for hour in (0, 3)]
    made = save_at(desk, *old, NOW)
    assert thin(desk.office.folder.backups, NOW) == [made[1]]
    left = sorted(path.name for path in desk.office.folder.backups.iterdir())
    assert left == sorted([made[0], f"{made[0]}.json", made[2], f"{made[2]}.json"])


def test_a_damaged_one_stands_for_no_other_and_stays(desk: Desk) -> None:
    old = [NOW - timedelta(days=30, hours=hour) for hour in (0, 3, 6)]
    made = save_at(desk, *old, NOW)
    path = desk.office.folder.backups / made[0]
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    assert thin(desk.office.folder.backups, NOW) == [made[2]]
    assert path.read_bytes() == content


def test_every_backup_thins(desk: Desk) -> None:
    save_at(desk, *[NOW - timedelta(days=30, hours=hour) for hour in (0, 3)])
    desk.office.backup("手动")
    assert len(names(desk)) == 2


# --- when it fails


def test_a_damaged_database_is_told_and_replaces_no_backup(desk: Desk) -> None:
    desk.bring(BOOKS)
    good = desk.office.backup("手动")
    folder, now = desk.office.folder, desk.office.now
    page = desk.one("SELECT rootpage FROM sqlite_master WHERE name = 'calendar_day'") - 1
    desk.office.close()
    content = bytearray(folder.database.read_bytes())
    content[page * 4096 : page * 4096 + 40] = b"\xa5" * 40
    folder.database.write_bytes(content)
    with Office.open(folder, "测试", now) as office, pytest.raises(UserError) as caught:
        office.backup("手动")
    assert caught.value.code == EXIT_DAMAGED
    assert newest_good(folder).name == good
    assert sorted(path.name for path in folder.backups.iterdir()) == [good, f"{good}.json"]


def test_a_backups_folder_that_cannot_be_written_is_one_sentence(desk: Desk) -> None:
    desk.office.folder.backups.touch()
    with pytest.raises(UserError, match="备份没有写成") as caught:
        desk.office.backup("手动")
    assert caught.value.code == EXIT_NO_SPACE


def test_a_database_deleted_under_the_program_is_rescued(desk: Desk) -> None:
    desk.bring(BOOKS)
    desk.office.folder.database.unlink()
    with pytest.raises(UserError, match=r"被删除或换掉.*抢救") as caught:
        desk.bring(MORE)
    assert caught.value.code == EXIT_DAMAGED
    saved = newest_good(desk.office.folder)
    assert (saved.note.rows["firm"], saved.note.rows["student"]) == (1, 0)
    assert not desk.office.folder.database.exists()


def test_a_school_that_has_backups_does_not_begin_anew_in_silence(desk: Desk) -> None:
    desk.bring(BOOKS)
    name = desk.office.backup("手动")
    desk.office.close()
    folder = desk.office.folder
    for path in folder.root.glob("xqhz.db*"):
        path.unlink()
    with pytest.raises(UserError, match=name) as caught:
        Office.open(folder, "测试", lambda: NOW)
    assert caught.value.code == EXIT_DAMAGED
    assert not folder.database.exists()


def test_a_note_names_no_person(desk: Desk) -> None:
    desk.bring(MORE)
    name = desk.office.backup("手动")
    note = json.loads((desk.office.folder.backups / f"{name}.json").read_text("utf-8"))
    said = {"name", "made", "why", "rows", "action", "acted", "sha256", "size", "revision"}
    said |= {"program", "attachments", "attachments_size", "missing", "files", "chain"}
    assert set(note) == said
    assert str(Path(desk.office.folder.root)) not in json.dumps(note)
