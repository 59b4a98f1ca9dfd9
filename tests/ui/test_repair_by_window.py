"""What is wrong with the data file is said on the page of backups, and mended from there."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.safety.test_repairing import spoil_index
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import history, tables
from xqhz_desktop.services.privacy import erasing
from xqhz_desktop.services.safety import attachments, health
from xqhz_desktop.services.safety.health import Health
from xqhz_desktop.store.attachments import place
from xqhz_desktop.ui.standing import look_in


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "协议.pdf"
    path.write_bytes(b"%PDF a scan")
    return path


@pytest.fixture
def folder(sample_data, tmp_path) -> DataFolder:
    shutil.copytree(sample_data, tmp_path / "data")
    return DataFolder(tmp_path / "data")


def test_a_bad_index_is_told_at_the_start_and_repaired_with_one_press(front, folder, scan):
    spoil_index(folder, scan)
    folder.running.touch()  # as a crash leaves it: the start looks at every entry
    door = front(folder)
    door.open()
    door.rest()
    assert "索引有损坏，记录都在" in door.window.notice.text
    page = door.page("backups")
    door.rest()
    assert page.health.isVisible()
    assert page.health.repair.isVisible()
    door.window.notice.hide()
    door.press(page.health.repair)
    door.qtbot.waitUntil(lambda: "索引已重做" in door.window.notice.text, timeout=60_000)
    door.rest()
    office = door.session.office
    assert health.look(office).sound
    assert history.actions(office)[0].kind == "repair"
    assert tables.count(office, "placements") == 170
    page = door.page("backups")
    door.rest()
    assert not page.health.isVisible()


def test_a_lost_scan_is_found_again_in_a_backup(front, folder, scan):
    door = front(folder)
    door.open()
    office = door.session.office
    attachments.add(office, "placements", 1, scan)
    office.backup("手动")
    one = attachments.of(office, "placements", 1)[0]
    place(folder.attachments, one.sha256).unlink()
    page = door.page("backups")
    door.rest()
    assert "有 1 个附件的文件不见了" in page.health.sentence.text()
    door.press(page.health.repair)
    door.qtbot.waitUntil(lambda: "找回了 1 个附件文件" in door.window.notice.text, timeout=60_000)
    door.rest()
    assert health.absent(door.session.office) == 0


def test_nothing_is_shown_where_all_is_well(school):
    page = school.go("backups")
    assert not page.health.isVisible()


def test_other_damage_names_the_backup_and_offers_no_repair(school):
    page = school.go("backups")
    page.health.show_found(Health(True, "数据文件有损坏，请恢复备份。"), 0)
    assert page.health.isVisible()
    assert page.health.sentence.text() == "数据文件有损坏，请恢复备份。"
    assert not page.health.repair.isVisible()


def test_a_clock_that_stands_before_the_last_action_is_told_at_the_start(school):
    office = school.desk.office
    now = office.now()
    office.now = lambda: now - timedelta(days=400)
    said, tone, place = look_in(office, temporary=True)
    assert "电脑的时钟" in said
    assert (tone, place) == ("warn", "history")


def test_a_person_whom_a_restore_brought_back_is_told_at_the_start(front, folder):
    door = front(folder)
    door.open()
    office = door.session.office
    name = office.backup("手动")
    plan = erasing.plan(office, "students", tables.ids(office, "students")[0])
    erasing.erase(office, plan, "家长书面要求")
    assert look_in(office, temporary=True)[1] == ""
    door.session.restore(folder.backups / name)
    door.qtbot.waitUntil(lambda: "已恢复备份" in door.window.notice.text, timeout=60_000)
    door.rest()
    said, tone, place = look_in(door.session.office, temporary=True)
    assert "那些人的信息又回来了" in said
    assert (tone, place) == ("warn", "history")
