"""The page of security, worked by keys and presses: encryption, users, passwords, the chain."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox

from tests.ui.conftest import opened
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import settings
from xqhz_desktop.services.access import audit, encryption, passwords, users
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.ui.guide import GuideWindow
from xqhz_desktop.ui.recovery import CodeDialog

PASSWORD = "海上明月共潮生2025"
OTHER = "天涯若比邻2025"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A plain school with one 管理员, not to be written, and its recovery code."""
    folder = DataFolder(tmp_path_factory.mktemp("school") / "data")
    first = prepare(folder, "王敏")
    assert first is not None
    first.keep()
    with opened(folder.root) as office:
        users.add(office, "王敏", Role.ADMIN)
        office.backup("手动")
    return folder.root, first.code


@pytest.fixture
def seated(front, once, tmp_path):
    """The page of a copy of that school."""
    door = front(Path(shutil.copytree(once[0], tmp_path / "data")))
    door.open()
    return door, door.page("security")


def filled(door, verb, *texts) -> None:
    """Fill the fields of the dialog that a press opened, and press its verb."""
    dialog = door.dialog()
    lines = dialog.findChildren(QLineEdit)
    for line, text in zip(lines, texts, strict=True):
        line.setFocus()
        line.setText(text)
    assert dialog.yes.text() == verb
    door.press(dialog.yes)


def agree(monkeypatch, verb: str) -> list[str]:
    """Every question is answered by the button of that name; what was asked."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(f"{box.text()}\n{box.informativeText()}")
        next(one for one in box.buttons() if one.text() == verb).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


def choose(door, page, name: str) -> None:
    """Select a user's row."""
    at = [member.account.name for member in page.people.lines].index(name)
    page.members.selectRow(at)
    door.rest()


def cells(page) -> list[list[str]]:
    """The users' table as it is seen."""
    model = page.people
    return [
        [model.text(row, at) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_encryption_is_turned_on_with_a_password_and_the_old_code_still_opens(seated, once):
    door, page = seated
    assert page.state.text() == "数据没有加密"
    assert not page.off.isVisible()
    door.press(page.on)
    dialog = door.dialog()
    dialog.new.setText("short")
    dialog.again.setText("short")
    assert "至少要 8 个字符" in dialog.said.text()
    assert not dialog.yes.isEnabled()
    filled(door, "启用加密", PASSWORD, PASSWORD)
    assert page.state.text() == "数据已加密"
    assert "数据已加密，第一份加密备份已核对" in door.window.notice.text
    assert door.window.navigation.isEnabled()
    folder = DataFolder(door.session.folder.root)
    assert encryption.entered(folder, PASSWORD).user == "王敏"
    assert encryption.entered(folder, once[1]).user == ""
    settings.set_school_name(door.session.office, "沂川市工业中专")


def test_old_plain_backups_are_counted_and_deleted_when_that_was_agreed(seated, monkeypatch):
    door, page = seated
    assert not page.purge.isVisible()
    door.press(page.on)
    filled(door, "启用加密", PASSWORD, PASSWORD)
    assert page.purge.text() == "删除未加密的旧备份（1）"
    asked = agree(monkeypatch, "先不删除")
    door.press(page.purge)
    assert page.purge.isVisible()
    agree(monkeypatch, "删除旧备份")
    door.press(page.purge)
    assert "就不能再用它们恢复" in asked[0]
    assert not page.purge.isVisible()


def test_encryption_is_turned_off_after_a_question_whose_default_keeps_it(seated, monkeypatch):
    door, page = seated
    door.press(page.on)
    filled(door, "启用加密", PASSWORD, PASSWORD)
    asked = agree(monkeypatch, "保持加密")
    door.press(page.off)
    assert "谁拿到数据文件都能看到" in asked[0]
    assert door.session.office.folder.key is not None
    agree(monkeypatch, "解除加密")
    door.press(page.off)
    assert page.state.text() == "数据没有加密"
    assert door.session.office.folder.key is None


def test_the_password_is_changed_only_by_who_knows_the_old_one(seated):
    door, page = seated
    assert page.password.text() == "设密码"
    door.press(page.password)
    filled(door, "设密码", PASSWORD, PASSWORD)
    assert page.password.text() == "更改密码"
    door.press(page.password)
    filled(door, "更改密码", "not the password", OTHER, OTHER)
    assert "原来的密码不对" in door.window.notice.text
    door.press(page.password)
    filled(door, "更改密码", PASSWORD, OTHER, OTHER)
    assert "密码已更改" in door.window.notice.text
    assert passwords.verify(door.session.folder, "王敏", OTHER)


def test_a_new_recovery_code_is_shown_until_it_is_kept(seated, once, monkeypatch):
    door, page = seated
    agree(monkeypatch, "更换恢复码")
    door.press(page.code)
    dialog = door.dialog()
    assert isinstance(dialog, CodeDialog)
    code = dialog.panel.code
    door.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    assert not dialog.yes.isEnabled()
    dialog.panel.tick.setFocus()
    door.qtbot.keyClick(dialog.panel.tick, Qt.Key.Key_Space)
    door.press(dialog.yes)
    ring, key = encryption.copy_key(door.session.folder)
    assert ring.unwrap(code) == key
    assert ring.unwrap(once[1]) is None


def test_a_user_is_added_given_another_role_and_stopped(seated, monkeypatch):
    door, page = seated
    door.press(page.add)
    dialog = door.dialog()
    dialog.role.setCurrentText("查看")
    assert "只看" in dialog.may.text()
    filled(door, "添加用户", "李建国", OTHER, OTHER)
    assert cells(page) == [["王敏", "管理员", "没有", "在用"], ["李建国", "查看", "有", "在用"]]
    choose(door, page, "李建国")
    door.press(page.role)
    dialog = door.dialog()
    assert not dialog.yes.isEnabled()
    dialog.role.setCurrentText("经办")
    door.press(dialog.yes)
    assert cells(page)[1][1] == "经办"
    choose(door, page, "李建国")
    agree(monkeypatch, "停用“李建国”")
    door.press(page.stop)
    assert cells(page)[1] == ["李建国", "经办", "没有", "已停用"]
    choose(door, page, "李建国")
    assert not page.role.isEnabled()
    assert "在用的用户" in page.role.toolTip()


def test_the_last_admin_can_neither_be_stopped_nor_made_less(seated, monkeypatch):
    door, page = seated
    choose(door, page, "王敏")
    agree(monkeypatch, "停用“王敏”")
    door.press(page.stop)
    assert "最后一名管理员" in door.window.notice.text
    assert cells(page) == [["王敏", "管理员", "没有", "在用"]]
    assert door.session.office.who == "王敏"


def test_the_first_user_is_whoever_adds_it_and_goes_on_as_that(front, tmp_path):
    with opened(tmp_path / "data"):
        pass
    door = front(tmp_path / "data")
    door.open()
    page = door.page("security")
    assert "还没有用户" in page.nobody.text
    door.press(page.add)
    dialog = door.dialog()
    assert [dialog.role.itemText(at) for at in range(dialog.role.count())] == ["管理员"]
    filled(door, "添加用户", "李建国", "", "")
    door.qtbot.waitUntil(lambda: door.session.office is not None and door.window.place == "start")
    door.rest()
    assert (door.session.office.who, door.session.office.role) == ("李建国", Role.ADMIN)


def test_a_lesser_role_is_told_why_it_may_not(front, once, tmp_path):
    folder = Path(shutil.copytree(once[0], tmp_path / "data"))
    with opened(folder) as office:
        users.add(office, "李建国", Role.CLERK)
    door = front(folder)
    door.open()
    door.session.opening.door.name.setCurrentText("李建国")
    door.press(door.session.opening.door.yes)
    page = door.page("security")
    for one in (page.on, page.code, page.add, page.minutes):
        assert not one.isEnabled()
        assert "您的角色是“经办”" in one.toolTip()
    assert page.password.isEnabled()
    choose(door, page, "王敏")
    assert not page.give.isEnabled()
    choose(door, page, "李建国")
    assert page.give.isEnabled()
    door.press(page.give)
    filled(door, "设密码", OTHER, OTHER)
    assert cells(page)[1] == ["李建国", "经办", "有", "在用"]


def test_the_chain_is_checked_and_shown_the_newest_first(seated):
    door, page = seated
    shown = [page.chain.text(row, 3) for row in range(page.chain.rowCount())]
    assert shown == ["添加用户：王敏（管理员）", "建立数据库"]
    door.press(page.check)
    assert "操作链完整，共 2 条记录" in page.verdict.text()
    assert audit.verify(door.session.office).whole


def test_a_broken_chain_is_named(seated, monkeypatch):
    door, page = seated
    said = "操作链从第 2 条起不可信。"
    monkeypatch.setattr(audit, "verify", lambda _: audit.Verdict(False, said))
    door.press(page.check)
    assert page.verdict.text() == said
    assert page.verdict.property("tone") == "bad"


def test_the_link_opens_the_guide_at_the_page_about_roles(seated):
    door, page = seated
    page._open_guide()
    guide = door.window.findChild(GuideWindow)
    assert guide.isVisible()
    assert "角色防什么" in guide.list.currentItem().text()
    guide.close()


def test_a_lock_leaves_an_open_dialog_and_a_new_code_behind(seated, monkeypatch):
    door, page = seated
    door.press(page.password)
    filled(door, "设密码", PASSWORD, PASSWORD)
    agree(monkeypatch, "更换恢复码")
    door.press(page.code)
    assert isinstance(door.dialog(), CodeDialog)
    door.session.lock()
    door.see(door.session.opening.door)
    above = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    assert not any(one.isVisible() for one in above)
    assert door.session.office is None
