"""The page of backups, seldom used: to another computer, to another clerk, for support."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from xqhz_desktop.base import paths
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import tables
from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.pages.moving import UnpackDialog


@pytest.fixture
def code(school) -> str:
    """The recovery code of the sample school."""
    first = prepare(school.desk.office.folder, "王敏")
    assert first is not None
    first.keep()
    return first.code


@pytest.fixture
def account(tmp_path, monkeypatch) -> Path:
    """Where the account keeps which folder was chosen."""
    root = tmp_path / "account"
    monkeypatch.setattr(paths, "account_root", lambda: root)
    return root


def choose(school, page, text: str) -> None:
    """Open 更多 and go to an entry by the arrows."""
    school.press(page.more.button)
    menu = page.more.menu
    while menu.activeAction().text() != text:
        school.qtbot.keyClick(menu, Qt.Key.Key_Down)
    school.qtbot.keyClick(menu, Qt.Key.Key_Return)
    school.rest()


def packed(school, tmp_path: Path, monkeypatch) -> Path:
    """A pack of the school, made through the menu."""
    path = tmp_path / "带走.xqhzpack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    choose(school, school.go("backups"), "换机打包…")
    return path


def test_everything_is_packed_into_one_file_and_counted(school, code, tmp_path, monkeypatch):
    path = packed(school, tmp_path, monkeypatch)
    assert path.is_file()
    assert "已打包并读回核对" in school.window.notice.text
    assert "岗位实习 170" in school.window.notice.text
    assert "pack" in [line.kind for line in audit.entries(school.desk.office)]


def test_a_name_that_is_taken_is_refused_and_the_file_stays(school, code, tmp_path, monkeypatch):
    (tmp_path / "带走.xqhzpack").write_bytes(b"another")
    path = packed(school, tmp_path, monkeypatch)
    assert path.read_bytes() == b"another"
    assert "请换一个名字" in school.window.notice.text


def test_a_pack_is_unpacked_beside_the_records_and_opened_from_then_on(
    school, code, tmp_path, monkeypatch, account
):
    path = packed(school, tmp_path, monkeypatch)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page = school.go("backups")
    choose(school, page, "从换机包恢复…")
    dialog = page.findChild(UnpackDialog)
    target = tmp_path / "新电脑"
    dialog.folder.setText(str(target))

    school.write(dialog.secret, "不是这个密码")
    school.press(dialog.yes)
    school.rest()
    assert dialog.isVisible()
    assert "密码不对" in dialog.wrong.text()
    assert not target.exists()

    dialog.secret.clear()
    school.write(dialog.secret, code)
    school.press(dialog.yes)
    school.rest()
    school.qtbot.waitUntil(lambda: page.findChild(UnpackDialog) is None)
    said = school.window.notice.text
    assert said.count("岗位实习 170") == 2
    assert "退出程序再打开" in said
    assert DataFolder(target).database.is_file()
    assert paths.chosen_root() == target
    assert tables.count(school.desk.office, "placements") == 170


def test_without_a_password_nothing_begins(school, code, tmp_path, monkeypatch):
    path = packed(school, tmp_path, monkeypatch)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page = school.go("backups")
    choose(school, page, "从换机包恢复…")
    dialog = page.findChild(UnpackDialog)
    school.press(dialog.yes)
    assert "请填写文件夹和密码" in dialog.wrong.text()
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_handover_list_is_printed_for_whoever_receives(school, tmp_path, monkeypatch):
    path = tmp_path / "移交.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = school.go("backups")
    choose(school, page, "工作移交清单…")
    dialog = page.findChild(LineDialog)
    school.write(dialog.field, "李建国")
    school.press(dialog.yes)
    school.rest()
    assert "已生成工作移交清单" in school.window.notice.text
    with pypdfium2.PdfDocument(path) as book:
        text = book[0].get_textpage().get_text_range()
    assert "李建国" in text
    assert "王敏" in text


def test_a_copy_for_support_has_invented_people_only(school, tmp_path, monkeypatch):
    target = tmp_path / "副本"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    names = set(school.texts(school.go("placements").sheet, "姓名"))
    page = school.go("backups")
    choose(school, page, "测试副本…")
    assert "里面的人名和号码都是编造的" in school.window.notice.text
    content = DataFolder(target).database.read_bytes()
    assert not [name for name in names if len(name) > 2 and name.encode() in content]


def test_a_copy_for_support_is_made_by_an_admin_alone(school, monkeypatch):
    for name in ("王敏", "李建国"):
        users.add(school.desk.office, name, Role.ADMIN)
    users.set_role(school.desk.office, "王敏", Role.CLERK)
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(1) or "")
    choose(school, school.go("backups"), "测试副本…")
    assert "要请管理员来做" in school.window.notice.text
    assert asked == []
