"""The first start: three steps, nothing written before the last one's button."""

import shutil
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.ui.conftest import opened
from xqhz_desktop.base import disks
from xqhz_desktop.base.disks import Kind
from xqhz_desktop.base.errors import EXIT_OK
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption, users
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.safety import packing, places
from xqhz_desktop.services.safety.places import Proposal

PASSWORD = "海上明月共潮生2025"


@pytest.fixture
def account(tmp_path, monkeypatch) -> Path:
    """An account whose own place for data is still empty, on a disk that is not the system's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "account"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "account"))
    monkeypatch.setattr(disks, "kind_of", lambda _: Kind.FIXED)
    root = tmp_path / "account" / "xqhz"
    monkeypatch.setattr(places, "proposal", lambda: Proposal(root, "重装系统后数据还在。"))
    return root


def begun(front, folder):
    """The window at its first step, and the page."""
    door = front(DataFolder(folder), may_be_first=True)
    door.open()
    page = door.session.opening.first
    assert page.isVisible()
    assert not door.window.navigation.isVisible()
    return door, page


def at_the_code(front, folder, password=PASSWORD):
    """The window at its third step."""
    door, page = begun(front, folder)
    door.press(page.next)
    page.person.name.setText("王敏")
    if password:
        page.person.password.setText(password)
        page.person.again.setText(password)
    else:
        page.person.plain.setChecked(True)
    door.press(page.next)
    return door, page


def test_the_three_steps_make_an_encrypted_school_of_one_admin(front, account):
    door, page = begun(front, account)
    assert page.step.text() == "第 1 步，共 3 步"
    assert page.place.path.text() == str(account)
    assert page.place.why.text() == "重装系统后数据还在。"
    door.press(page.next)
    assert page.person.encrypted.isChecked()
    assert not page.next.isEnabled()
    door.qtbot.keyClicks(page.person.name, "Wang Min")
    page.person.password.setText(PASSWORD)
    door.qtbot.keyClicks(page.person.again, "x")
    assert "两次输入的密码不一样" in page.person.said.text()
    assert not page.next.isEnabled()
    page.person.again.setText(PASSWORD)
    door.qtbot.keyClick(page.person.again, Qt.Key.Key_Return)
    door.rest()
    code = page.panel.code
    assert not page.next.isEnabled()
    assert not account.exists()
    page.panel.tick.setChecked(True)
    assert page.next.text() == "开始使用"
    door.press(page.next)
    assert door.window.place == "start"
    assert door.session.code == EXIT_OK
    office = door.session.office
    assert (office.who, office.role) == ("Wang Min", Role.ADMIN)
    assert [one.name for one in users.users(office)] == ["Wang Min"]
    assert encryption.is_encrypted(office.folder)
    assert encryption.entered(DataFolder(account), PASSWORD).user == "Wang Min"
    assert encryption.entered(DataFolder(account), code).user == ""


def test_without_encryption_there_is_a_recovery_code_all_the_same(front, account):
    door, page = at_the_code(front, account, password="")
    code = page.panel.code
    page.panel.tick.setChecked(True)
    door.press(page.next)
    assert door.session.office.folder.key is None
    assert not encryption.is_encrypted(DataFolder(account))
    ring, key = encryption.copy_key(DataFolder(account))
    assert ring.unwrap(code) == key


def test_no_encryption_says_what_that_means(front, account):
    door, page = begun(front, account)
    door.press(page.next)
    said = page.person.plain.parentWidget().findChildren(type(page.person.said))
    assert any("谁就能看到全部学生的身份证号" in one.text() for one in said)
    page.person.name.setText("王敏")
    assert not page.next.isEnabled()
    door.qtbot.keyClick(page.person.plain, Qt.Key.Key_Space)
    assert page.next.isEnabled()
    assert not page.person.password.isEnabled()


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_window_closed_half_way_leaves_nothing(front, account, step):
    if step == 3:
        door, _ = at_the_code(front, account)
    else:
        door, page = begun(front, account)
        if step == 2:
            door.press(page.next)
    door.window.close()
    assert not door.window.isVisible()
    assert not account.exists()
    assert not account.parent.exists()


def test_whoever_goes_back_meets_the_same_code_again(front, account):
    door, page = at_the_code(front, account)
    code = page.panel.code
    door.press(page.back)
    assert page.person.password.text() == PASSWORD
    door.press(page.next)
    assert page.panel.code == code


def test_another_folder_gets_the_data_and_is_remembered(front, account, tmp_path, monkeypatch):
    other = tmp_path / "disk"
    other.mkdir()
    (other / "照片.jpg").write_bytes(b"1")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    door, page = begun(front, account)
    door.press(page.place.change)
    assert page.place.path.text() == str(other / places.NAME)
    door.press(page.next)
    page.person.name.setText("王敏")
    page.person.plain.setChecked(True)
    door.press(page.next)
    assert not (other / places.NAME).exists()
    page.panel.tick.setChecked(True)
    door.press(page.next)
    assert door.session.folder.root == other / places.NAME
    assert places.paths.chosen_root() == other / places.NAME
    assert not (account / "xqhz.db").exists()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(Kind.NETWORK, "网络盘"), (Kind.MEMORY, "关机就没有了")],
)
def test_a_place_that_loses_data_is_refused(front, account, tmp_path, monkeypatch, kind, sentence):
    door, page = begun(front, account)
    monkeypatch.setattr(disks, "kind_of", lambda _: kind)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "far"))
    door.press(page.place.change)
    assert sentence in page.place.warning.text()
    assert not page.next.isEnabled()


def test_a_removable_disk_demands_a_password(front, account, monkeypatch):
    monkeypatch.setattr(disks, "kind_of", lambda _: Kind.REMOVABLE)
    door, page = begun(front, account)
    assert "必须设密码加密" in page.place.warning.text()
    door.press(page.next)
    assert not page.person.plain.isEnabled()
    assert page.person.encrypted.isChecked()


def test_a_folder_with_records_is_opened_instead(
    front, account, tmp_path, monkeypatch, sample_data
):
    sample_copy = tmp_path / "there"
    shutil.copytree(sample_data, sample_copy)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(sample_copy))
    door, page = begun(front, account)
    door.press(page.place.change)
    assert "已经有台账" in page.place.warning.text()
    assert page.next.text() == "打开已有台账"
    door.press(page.next)
    door.qtbot.waitUntil(lambda: door.window.place == "start")
    door.rest()
    assert not door.session.office.is_empty()
    assert places.paths.chosen_root() == sample_copy


def test_the_code_is_put_on_paper(front, account, tmp_path, monkeypatch):
    door, page = at_the_code(front, account)
    path = tmp_path / "恢复码.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    door.press(page.panel.save)
    assert "打印后请删掉" in page.panel.said.text()
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert all(part in text for part in page.panel.code.split("-"))
    assert "王敏" in text


def test_a_folder_that_is_there_already_is_not_asked_about(front, account):
    door = front(account, may_be_first=False)
    door.open()
    assert door.window.place == "start"
    assert door.session.opening.first is None
    door.qtbot.waitUntil(lambda: "还没有恢复码" in door.window.notice.text)
    way = door.window.notice._action
    door.press(way)
    assert door.window.place == "security"


def test_a_chosen_disk_that_is_not_there_leads_to_another_folder(front, account, tmp_path):
    gone = tmp_path / "stick" / "data"
    places.choose(gone)
    shutil.rmtree(gone.parent)
    door = front(DataFolder(gone, chosen=True), may_be_first=True)
    door.open()
    assert str(gone) in door.window.blank.text
    ways = {one.text(): one for one in door.window.blank.findChildren(QPushButton)}
    assert list(ways) == ["另选数据文件夹", "再试一次", "退出"]
    assert not gone.exists()
    door.press(ways["另选数据文件夹"])
    page = door.session.opening.first
    assert page.place.path.text() == str(account)
    door.press(page.next)
    page.person.name.setText("王敏")
    page.person.plain.setChecked(True)
    door.press(page.next)
    page.panel.tick.setChecked(True)
    door.press(page.next)
    assert door.session.folder.root == account
    assert places.paths.chosen_root() == account


def test_plain_records_on_a_stick_are_encrypted_before_they_are_opened(
    front, tmp_path, monkeypatch
):
    folder = DataFolder(tmp_path / "stick")
    first = prepare(folder, "王敏")
    assert first is not None
    first.keep()
    with opened(folder.root) as office:
        users.add(office, "王敏", Role.ADMIN)
    monkeypatch.setattr(disks, "kind_of", lambda _: Kind.REMOVABLE)
    door = front(folder)
    door.open()
    assert "必须加密" in door.window.blank.text
    ways = {one.text(): one for one in door.window.blank.findChildren(QPushButton)}
    door.press(ways["设密码并加密"])
    dialog = door.dialog()
    dialog.new.setText(PASSWORD)
    dialog.again.setText(PASSWORD)
    door.press(dialog.yes)
    assert door.window.place == "start"
    assert encryption.entered(folder, PASSWORD).user == "王敏"


def test_a_pack_from_another_computer_is_brought_into_the_folder(
    front, account, tmp_path, monkeypatch, sample_data
):
    source = DataFolder(Path(shutil.copytree(sample_data, tmp_path / "old")))
    first = prepare(source, "王敏")
    assert first is not None
    first.keep()
    path = tmp_path / "带走.xqhzpack"
    with opened(source.root) as office:
        users.add(office, "王敏", Role.ADMIN)
        packing.make(office, path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    door, page = begun(front, account)
    door.press(page.pack)
    dialog = door.dialog()
    dialog.field.setText("not the code")
    door.press(dialog.yes)
    again = door.dialog()
    assert again is not dialog
    assert not (account / "xqhz.db").exists()
    again.field.setText(first.code)
    door.press(again.yes)
    door.qtbot.waitUntil(lambda: door.window.place == "start", timeout=60_000)
    door.rest()
    assert "换机包已恢复" in door.window.notice.text
    assert door.window.notice.text.count("岗位实习 170") == 2
    assert door.session.office.who == "王敏"
    assert door.session.folder.root == account


def test_a_file_that_is_no_pack_is_said_and_the_first_start_goes_on(
    front, account, tmp_path, monkeypatch
):
    path = tmp_path / "照片.xqhzpack"
    path.write_bytes(b"\x89PNG" * 100)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    door, page = begun(front, account)
    door.press(page.pack)
    dialog = door.dialog()
    dialog.field.setText("anything at all")
    door.press(dialog.yes)
    assert page.place.warning.text()
    assert page.place.warning.property("tone") == "bad"
    door.press(page.next)
    assert page.person.name.isVisible()


def test_a_folder_named_at_the_start_is_the_one_that_is_shown(front, account, tmp_path):
    named = tmp_path / "named"
    door = front(named, may_be_first=True)
    door.session.opening.fixed = True
    door.open()
    page = door.session.opening.first
    assert page.place.path.text() == str(named)
    assert not page.place.change.isVisible()
