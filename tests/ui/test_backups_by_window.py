"""Backups in the window: made, copied to a second place, restored, and due when one leaves."""

import shutil
from datetime import date, timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from xqhz_desktop import app
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.history import actions, undo
from xqhz_desktop.services.safety import attachments, backups
from xqhz_desktop.services.settings import set_school_name
from xqhz_desktop.store import backup as files
from xqhz_desktop.ui.pages.backups import question
from xqhz_desktop.ui.standing import look_in

WAIT_MS = 60_000


def answers(monkeypatch, verb: str) -> list[str]:
    """Answer every question with the button of that name; what was asked is kept."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(f"{box.text()}\n{box.informativeText()}")
        next(one for one in box.buttons() if one.text() == verb).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


@pytest.fixture
def session(qtbot, dressed, sample_data, tmp_path):
    """The window with its front door, on a copy of the sample school."""
    shutil.copytree(sample_data, tmp_path / "data")
    made = app.Session(DataFolder(tmp_path / "data"), date(2025, 9, 15))
    qtbot.addWidget(made.window)
    made.window.show()
    made.open()
    rest(qtbot, made)
    yield made
    made.window.before_leaving = lambda: False
    made.close()


def rest(qtbot, session) -> None:
    """Wait until the records are open and nothing is under way."""
    qtbot.waitUntil(lambda: bool(session.window.place) and not session.worker.busy, timeout=WAIT_MS)


def test_a_press_makes_a_checked_backup_that_stands_first_in_the_list(school):
    page = school.go("backups")
    before = page.model.rowCount()
    school.press(page.make)
    school.rest()
    assert page.model.rowCount() == before + 1
    at = school.texts(page.sheet, "原因").index("手动")
    assert school.texts(page.sheet, "状态")[at] == "已核对"
    assert "岗位实习 170" in school.texts(page.sheet, "内容")[at]
    assert "已备份并核对" in school.window.notice.text


def test_a_damaged_backup_is_named_as_such(school):
    page = school.go("backups")
    school.press(page.make)
    school.rest()
    at = school.texts(page.sheet, "原因").index("手动")
    path = page.model.lines[at].path
    path.write_bytes(path.read_bytes()[:-4096])
    page.read()
    school.rest()
    assert school.texts(page.sheet, "状态")[at] == "已损坏，留着"


def test_a_second_place_is_asked_for_chosen_and_gets_its_copy(school, tmp_path, monkeypatch):
    first = prepare(school.desk.office.folder, "王敏")
    assert first is not None
    first.keep()
    page = school.go("backups")
    assert "请再选一个 U 盘" in page.advice.text()
    assert not page.copy.isVisible()
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    school.press(page.choose)
    school.rest()
    assert str(stick) in page.where.text()
    assert "还没有过" in page.advice.text()
    school.press(page.make)
    school.rest()
    assert "上次存入：2025年9月15日" in page.advice.text()
    assert "那里的副本一律加密" in page.advice.text()
    assert len(backups.listed(stick)) == 1


def test_older_copies_in_the_second_place_that_are_not_encrypted_are_counted(
    school, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    office = school.desk.office
    name = office.backup("手动")
    for suffix in ("", ".json"):
        shutil.copy(office.folder.backups / (name + suffix), stick)
    page = school.go("backups")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    school.press(page.choose)
    school.rest()
    assert "其中 1 份旧副本没有加密" in page.advice.text()


def test_attachments_are_counted_with_their_backup(school, tmp_path):
    scan = tmp_path / "三方协议.pdf"
    scan.write_bytes(b"x" * 1_500_000)
    office = school.desk.office
    record = tables.ids(office, "placements")[0]
    attachments.add(office, "placements", record, scan)
    page = school.go("backups")
    school.press(page.make)
    school.rest()
    at = school.texts(page.sheet, "原因").index("手动")
    assert school.texts(page.sheet, "附件文件")[at] == "1 个，1.5 MB"
    more = question(page.model.lines[at], "", backups.present(office))[1]
    assert "附件 1" in more.split("恢复后")[0]
    assert "附件文件 1 个（1.5 MB）" in more.split("恢复后")[1]


def test_a_second_place_that_was_pulled_out_is_said_at_once(school, tmp_path, monkeypatch):
    page = school.go("backups")
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    school.press(page.choose)
    school.rest()
    shutil.rmtree(stick)
    school.press(page.make)
    school.rest()
    assert "第二存放处现在不在" in school.window.notice.text
    assert page.make.isEnabled()
    assert "手动" in school.texts(page.sheet, "原因")  # the backup itself was made


def test_a_backup_is_restored_in_four_clicks_with_counts_before_and_after(
    qtbot, session, monkeypatch
):
    name = session.office.backup("手动")
    undo(session.office, next(one for one in actions(session.office) if one.kind == "import").id)
    assert tables.count(session.office, "placements") == 0
    asked = answers(monkeypatch, "恢复这份备份")

    window = session.window
    qtbot.mouseClick(window.navigation.button("backups"), Qt.MouseButton.LeftButton)  # one
    rest(qtbot, session)
    page = window.pages["backups"]
    at = [one.name for one in page.model.lines].index(name)
    index = page.model.index(at, 0)
    place = page.sheet.visualRect(index).center()
    qtbot.mouseClick(page.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)  # two
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)  # three, and the question is four
    assert "岗位实习 0" in asked[0].split("恢复后")[0]
    assert "岗位实习 170" in asked[0].split("恢复后")[1]
    assert "不会删除" in asked[0]

    qtbot.waitUntil(lambda: "已恢复备份" in window.notice.text, timeout=WAIT_MS)
    rest(qtbot, session)
    assert tables.count(session.office, "placements") == 170
    assert window.place == "start"
    assert f"已恢复备份 {name}" in window.notice.text
    assert "恢复后：" in window.notice.text
    assert any(session.folder.set_aside.iterdir())
    assert actions(session.office)[0].title == f"恢复备份 {name}"


def test_a_restore_that_is_not_wanted_changes_nothing(qtbot, session, monkeypatch):
    session.office.backup("手动")
    answers(monkeypatch, "不恢复")
    session.window.go("backups")
    rest(qtbot, session)
    qtbot.mouseClick(session.window.pages["backups"].back, Qt.MouseButton.LeftButton)
    rest(qtbot, session)
    assert not session.folder.set_aside.exists()


def test_a_restore_waits_for_what_is_being_written(qtbot, session):
    begun, may_end = Event(), Event()

    def slow(_: object) -> None:
        begun.set()
        may_end.wait(WAIT_MS / 1000)

    session.worker.write(slow, lambda _: None)
    qtbot.waitUntil(begun.is_set, timeout=WAIT_MS)
    session.restore(session.folder.backups / "xqhz-20250101-000000-手动.db")
    assert "正在写入，请等它完成" in session.window.notice.text
    assert session.window.navigation.isEnabled()
    may_end.set()
    rest(qtbot, session)
    assert not session.folder.set_aside.exists()


def test_a_damaged_backup_is_refused_and_the_records_stay_open(qtbot, session):
    path = session.folder.backups / session.office.backup("手动")
    path.write_bytes(path.read_bytes()[:-8192])
    session.restore(path)
    qtbot.waitUntil(lambda: bool(session.window.notice.text), timeout=WAIT_MS)
    rest(qtbot, session)
    assert "没有恢复" in session.window.notice.text
    assert tables.count(session.office, "placements") == 170


def test_a_damaged_file_offers_the_newest_whole_backup_and_opens_it(qtbot, session):
    session.office.backup("手动")
    session.office.close()
    session.office = None
    data = session.folder.database.read_bytes()
    session.folder.database.write_bytes(b"garbage " * 512 + data[4096:])
    session.window.close_desk()
    session.open()
    qtbot.waitUntil(lambda: "台账没有打开" in session.window.blank.text, timeout=WAIT_MS)
    ways = {one.text(): one for one in session.window.blank.findChildren(QPushButton)}
    assert "xqhz-" in session.window.blank.text  # it names the backup
    qtbot.mouseClick(ways["从备份恢复"], Qt.MouseButton.LeftButton)
    rest(qtbot, session)
    assert tables.count(session.office, "placements") == 170


def test_leaving_backs_up_what_no_backup_has_and_then_closes(qtbot, session):
    session.office.backup("手动")
    set_school_name(session.office, "沂川职专")
    session.window.close()
    assert "正在备份，随后退出" in session.window.blank.text
    qtbot.waitUntil(lambda: not session.window.isVisible(), timeout=WAIT_MS)
    made = [one for one in backups.listed(session.folder.backups) if one.why == "退出时"]
    assert len(made) == 1
    assert files.note_of(made[0].path) is not None


def test_leaving_without_a_change_makes_no_backup(qtbot, session):
    session.office.backup("手动")
    count = len(backups.listed(session.folder.backups))
    session.window.close()
    qtbot.waitUntil(lambda: not session.window.isVisible(), timeout=WAIT_MS)
    assert len(backups.listed(session.folder.backups)) == count


@pytest.mark.parametrize(("verb", "stays"), [("先不退出", True), ("不备份，直接退出", False)])
def test_leaving_without_the_backup_is_for_the_reader_to_say(
    qtbot, session, monkeypatch, verb, stays
):
    set_school_name(session.office, "沂川职专")
    asked = answers(monkeypatch, verb)

    def full(*_: object) -> str:
        raise UserError("备份没有写成，请检查磁盘空间后再试。", 7)

    monkeypatch.setattr(session.office, "backup", full)
    session.window.close()
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.window.isVisible() is stays, timeout=WAIT_MS)
    assert session.window.navigation.isEnabled() is stays
    assert "请检查磁盘空间" in asked[0]


def test_closing_twice_asks_whether_to_wait_for_the_backup(qtbot, session, monkeypatch):
    set_school_name(session.office, "沂川职专")
    asked = answers(monkeypatch, "等备份做完")
    begun, may_end = Event(), Event()
    real = session.office.backup

    def slow(why: str) -> str:
        begun.set()
        may_end.wait(WAIT_MS / 1000)
        return real(why)

    monkeypatch.setattr(session.office, "backup", slow)
    session.window.close()
    qtbot.waitUntil(begun.is_set, timeout=WAIT_MS)
    session.window.close()
    assert session.window.isVisible()
    assert "以前的备份都还在" in asked[0]
    may_end.set()
    qtbot.waitUntil(lambda: not session.window.isVisible(), timeout=WAIT_MS)


def test_half_an_hour_of_work_makes_a_backup_of_its_own(qtbot, session):
    session.office.backup("手动")
    set_school_name(session.office, "沂川职专")
    before = len(backups.listed(session.folder.backups))
    session.back_up_if_due()
    rest(qtbot, session)
    assert len(backups.listed(session.folder.backups)) == before
    now = session.office.now
    session.office.now = lambda: now() + timedelta(minutes=31)
    session.back_up_if_due()
    rest(qtbot, session)
    assert "定时" in [one.why for one in backups.listed(session.folder.backups)]


def test_a_damaged_page_is_told_at_the_start_with_the_way_to_the_backups(
    qtbot, session, monkeypatch
):
    from xqhz_desktop.services.safety import health

    monkeypatch.setattr(health, "look", lambda _: health.Health(False, "数据文件有损坏。"))
    session.restore(session.folder.backups / session.office.backup("手动"))
    qtbot.waitUntil(lambda: "已恢复" in session.window.notice.text, timeout=WAIT_MS)
    rest(qtbot, session)
    session.window.notice.hide()
    session._tell_health(look_in(session.office, temporary=True))
    assert session.window.notice.text == "数据文件有损坏。"
    assert session.window.notice.tone == "bad"
