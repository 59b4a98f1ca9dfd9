"""What a clerk hands over is what stands in the records and in the data folder."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.books import id_number
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.policy.handover import HandoverData, Login
from xqhz_desktop.services.access import passwords, users
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.handover import gather
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.safety import attachments, second_place
from xqhz_desktop.services.settings import set_school_name


@pytest.fixture
def data(desk: Desk, tmp_path: Path) -> HandoverData:
    """What is handed over of a small office with two users, a backup and a scan."""
    office = desk.office
    first = prepare(office.folder, "测试")
    assert first is not None
    first.keep()
    desk.bring(OFFICE)
    set_school_name(office, "示例市工业中等专业学校")
    users.add(office, "测试", Role.ADMIN)
    users.add(office, "李四", Role.CLERK)
    passwords.set_password(office, "李四", "春江潮水连海平2025")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 a scan")
    agreement = desk.one("SELECT id FROM agreement WHERE code = 'XY1'")
    attachments.add(office, "agreements", agreement, tmp_path / "scan.pdf")
    office.backup("手动")
    (tmp_path / "usb").mkdir()
    second_place.choose(office.folder, tmp_path / "usb")
    return gather(office, "王接收")


def test_accounts_are_listed_with_their_role_and_whether_they_have_a_password(
    data: HandoverData,
) -> None:
    assert data.logins == (Login("测试", "管理员", False), Login("李四", "经办", True))
    assert (data.giver, data.receiver, data.encrypted) == ("测试", "王接收", False)
    assert data.school == "示例市工业中等专业学校"
    assert data.day == date(2025, 3, 1)


def test_where_data_backups_and_second_place_lie_is_said(
    data: HandoverData, desk: Desk, tmp_path: Path
) -> None:
    places = dict(data.places)
    assert str(desk.office.folder.root) in places["数据文件夹"]
    assert places["备份文件夹"].endswith("共 1 份")
    assert "20250301" in places["最近的备份"]
    assert places["备份的第二存放处"] == str(tmp_path / "usb")
    assert any("插上 U 盘" in said for said in data.reminders)


def test_every_register_is_counted_with_its_scans_and_waiting_rows(
    data: HandoverData, desk: Desk
) -> None:
    kept = {one.register: one for one in data.kept}
    assert (kept["合作企业"].records, kept["岗位实习"].records) == (2, 2)
    assert (kept["合作协议"].records, kept["合作协议"].attachments) == (2, 1)
    waiting = desk.one("SELECT count(*) FROM quarantined_row WHERE state = 'open'")
    assert sum(one.waiting for one in data.kept) == waiting


def test_open_red_findings_are_those_of_the_check(data: HandoverData, desk: Desk) -> None:
    red = [one for one in numbers(desk.office).findings if one.severity == "red"]
    assert sum(number for _, number in data.red) == len(red)


def test_papers_that_lack_are_counted_and_those_under_way_told_apart(
    data: HandoverData, desk: Desk
) -> None:
    papers = {(one.register, one.paper): one for one in data.papers}
    scan = papers["合作协议", "协议扫描件（附件）"]
    assert (scan.lacking, scan.of) == (1, 2)
    agreement = papers["岗位实习", "三方协议"]
    lacking = desk.one("SELECT count(*) FROM placement WHERE agreement IS NOT 1")
    assert (agreement.lacking, agreement.of) == (lacking, 2)
    with desk.office.acting("test", "测试") as (connection, _):
        connection.exec_driver_sql('UPDATE placement SET agreement = 0, "end" = NULL')
    papers = {(one.register, one.paper): one for one in gather(desk.office).papers}
    assert papers["岗位实习", "三方协议"].lacking == 2
    assert papers["岗位实习", "三方协议"].under_way == 2


def test_no_number_of_a_person_is_in_it(data: HandoverData) -> None:
    said = repr(data)
    for number in range(1, 4):
        assert id_number(number) not in said
    assert "1390" not in said
    assert "138" not in said
