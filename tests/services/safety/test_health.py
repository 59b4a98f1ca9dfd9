"""A look at the database finds damage, names the newest good backup and changes nothing."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.services.books import firm, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_DAMAGED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import health

NOW = datetime(2025, 3, 1, 9, 30)


@contextmanager
def opened(folder: DataFolder, moment: datetime = NOW) -> Iterator[Office]:
    """The office as a later start finds it."""
    with Office.open(folder, "测试", lambda: moment) as office:
        yield office


def harm(desk: Desk, name: str, start: int = 0) -> None:
    """Close the office and spoil the first page of a table or index."""
    page = desk.one("SELECT rootpage FROM sqlite_master WHERE name = ?", name) - 1
    desk.office.close()
    path = desk.office.folder.database
    content = bytearray(path.read_bytes())
    content[page * 4096 + start : page * 4096 + start + 40] = b"\xa5" * 40
    path.write_bytes(content)


def test_a_sound_database_has_nothing_to_say(desk: Desk) -> None:
    found = health.look(desk.office)
    assert found.sound
    assert found.sentence == ""


def test_the_first_look_is_thorough_and_the_next_after_a_week(desk: Desk) -> None:
    assert health.look(desk.office).thorough
    assert not health.look(desk.office).thorough
    for days, due in ((6.9, False), (7, True), (-1, True)):
        moment = NOW + timedelta(days=days)
        desk.office.now = lambda moment=moment: moment
        assert health.thorough_due(desk.office) is due


def test_a_look_after_a_crash_is_thorough(desk: Desk, tmp_path: Path) -> None:
    health.look(desk.office)
    crashed = DataFolder(tmp_path / "crashed")
    shutil.copytree(desk.office.folder.root, crashed.root)
    with opened(crashed) as office:
        assert office.after_crash
        assert health.look(office).thorough
        assert not health.look(office).thorough
    with opened(crashed) as office:
        assert not office.after_crash


def test_damage_is_told_with_the_newest_good_backup(desk: Desk) -> None:
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"))})
    name = desk.office.backup("手动")
    harm(desk, "calendar_day")
    before = desk.office.folder.database.read_bytes()
    with opened(desk.office.folder) as office:
        found = health.look(office)
        assert not found.sound
        assert name in found.sentence
        with pytest.raises(UserError, match=name) as caught:
            health.must_be_sound(office)
    assert caught.value.code == EXIT_DAMAGED
    assert desk.office.folder.database.read_bytes() == before


def test_damage_without_a_backup_is_told_too(desk: Desk) -> None:
    harm(desk, "calendar_day")
    with opened(desk.office.folder) as office:
        assert "没有完好的备份" in health.look(office).sentence


def test_a_thorough_look_finds_an_index_that_does_not_agree(desk: Desk) -> None:
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"), firm(2, "乙电子有限公司"))})
    health.look(desk.office)
    raw = desk.office.engine.raw_connection()
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(
        "UPDATE sqlite_master SET sql = replace(sql, '(name)', '(nature)')"
        " WHERE name = 'ix_firm_name'"
    )
    raw.commit()
    raw.close()
    desk.office.close()
    (desk.office.folder.health).unlink()
    with opened(desk.office.folder) as office:
        assert not health.look(office).sound


@pytest.mark.parametrize("text", ["", "{", '{"thorough": 5}', '{"thorough": "yesterday"}'])
def test_a_damaged_note_of_the_last_look_only_costs_another(desk: Desk, text: str) -> None:
    desk.office.folder.health.write_text(text, "utf-8")
    assert health.look(desk.office).thorough
    assert json.loads(desk.office.folder.health.read_text("utf-8"))["thorough"] == NOW.isoformat()


@pytest.mark.parametrize(("hours", "warned"), [(0, False), (-0.5, False), (-2, True), (5, False)])
def test_a_clock_that_was_turned_back_is_told(desk: Desk, hours: float, warned: bool) -> None:
    desk.office.now = lambda: NOW + timedelta(hours=hours)
    assert bool(health.clock_warning(desk.office)) is warned
    assert not warned or "2025-03-01 09:30" in health.clock_warning(desk.office)


def test_work_goes_on_under_a_clock_that_was_turned_back(desk: Desk) -> None:
    desk.office.now = lambda: NOW - timedelta(days=700)
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"))})
    desk.undo()
    assert desk.one("SELECT count(*) FROM firm") == 0


def test_only_damage_gets_advice(desk: Desk) -> None:
    name = desk.office.backup("手动")
    folder = desk.office.folder
    other = UserError("磁盘已满。", 7)
    assert health.advised(other, folder) is other
    told = health.advised(UserError("数据库文件已损坏。", EXIT_DAMAGED), folder)
    assert name in told.message
    assert health.advised(told, folder) is told
