"""Attachments in the record panel: dropped, added, opened, saved out, taken away and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from xqhz_desktop.services.safety import attachments
from xqhz_desktop.ui.asking import LineDialog
from xqhz_desktop.ui.pages.readable_copies import ReadableCopies, sweep

CONTENT = b"%PDF-1.7 an invented agreement"


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "三方协议.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def page(school):
    """The register's page with the record of its third row open."""
    shown = school.go("placements")
    shown.sheet.setCurrentIndex(shown.model.index(2, 0))
    school.qtbot.keyClick(shown.sheet, Qt.Key.Key_Return)
    school.rest()
    return shown


def names(page) -> list[str]:
    """The attachments that the panel lists."""
    shown = page.panel.attachments.list
    return [shown.item(at).text() for at in range(shown.count())]


def drop(panel, *paths: Path) -> None:
    """Drag files over the record and let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(20, 20), action, data, buttons, keys)
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    assert "松开鼠标" in panel.attachments.empty.text()
    QApplication.sendEvent(panel, QDropEvent(QPointF(20, 20), action, data, buttons, keys))


def attach(school, page, *paths: Path, note: str = "") -> None:
    """Drop files onto the panel and agree."""
    box = page.panel.attachments
    drop(page.panel, *paths)
    dialog = box.findChild(LineDialog)
    school.write(dialog.field, note)
    school.press(dialog.yes)
    school.rest()


def test_a_file_dropped_onto_the_panel_is_attached_after_a_question(school, page, scan):
    box = page.panel.attachments
    assert "拖到这里" in box.empty.text()
    assert not box.acts.isVisible()
    attach(school, page, scan, note="已盖章")
    assert names(page) == ["三方协议.pdf"]
    assert box.title.text() == "附件 1"
    assert "1 KB · 2025年9月15日 · 已盖章" in box.list.item(0).toolTip()
    assert page.panel.isVisible()
    assert page.sheet.currentIndex().row() == 2
    assert "已添加 1 个附件" in school.window.notice.text
    record = page.model.id_at(2)
    kept = attachments.of(school.desk.office, "placements", record)
    assert [one.note for one in kept] == ["已盖章"]


def test_files_that_are_dragged_on_again_leave_no_trace(school, page, scan):
    box = page.panel.attachments
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(page.panel, enter)
    assert box.property("tone") == "drop"
    QApplication.sendEvent(page.panel, QDragLeaveEvent())
    assert box.property("tone") == ""
    assert "拖到这里" in box.empty.text()


def test_a_record_that_was_left_open_is_there_again_with_what_changed_meanwhile(school, page, scan):
    attach(school, page, scan)
    school.go("history")
    school.undo_all()
    school.go("placements")
    assert page.panel.isVisible()
    assert names(page) == []


def test_escape_at_the_question_attaches_nothing(school, page, scan):
    drop(page.panel, scan)
    dialog = page.panel.attachments.findChild(LineDialog)
    assert dialog.yes.text() == "添加 1 个附件"
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    school.rest()
    assert names(page) == []


def test_files_are_chosen_by_the_button_too(school, page, scan, monkeypatch):
    chosen = ([str(scan)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: chosen)
    school.press(page.panel.attachments.add)
    school.qtbot.keyClick(page.panel.attachments.findChild(LineDialog), Qt.Key.Key_Return)
    school.rest()
    assert names(page) == ["三方协议.pdf"]


def test_a_refused_file_is_named_and_those_before_it_stay(school, page, scan, tmp_path):
    program = tmp_path / "坏.exe"
    program.write_bytes(b"MZ")
    attach(school, page, scan, program)
    assert "“坏.exe”是程序" in school.window.notice.text
    assert names(page) == ["三方协议.pdf"]


def test_another_record_shows_its_own(school, page, scan):
    attach(school, page, scan)
    page.sheet.setCurrentIndex(page.model.index(3, 0))
    school.rest()
    assert names(page) == []
    page.sheet.setCurrentIndex(page.model.index(2, 0))
    school.rest()
    assert names(page) == ["三方协议.pdf"]


def test_enter_opens_a_copy_that_goes_when_the_records_close(school, page, scan, monkeypatch):
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: not opened.append(Path(url.toLocalFile()))
    )
    attach(school, page, scan)
    school.qtbot.keyClick(page.panel.attachments.list, Qt.Key.Key_Return)
    school.rest()
    assert opened[0].name == scan.name
    assert opened[0].read_bytes() == CONTENT
    assert not opened[0].is_relative_to(school.desk.office.folder.root)
    school.window.close_desk()
    school.qtbot.waitUntil(lambda: not opened[0].exists())


def test_without_a_program_for_it_the_way_on_is_said(school, page, scan, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    attach(school, page, scan)
    school.press(page.panel.attachments.open)
    school.rest()
    assert "请用“另存到”存出来再看" in school.window.notice.text


def test_an_attachment_is_saved_where_the_reader_says(school, page, scan, tmp_path, monkeypatch):
    attach(school, page, scan)
    place = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    school.press(page.panel.attachments.save)
    school.rest()
    assert (place / scan.name).read_bytes() == CONTENT
    assert str(place) in school.window.notice.text


def test_delete_takes_an_attachment_away_and_the_way_back_stands_beside(school, page, scan):
    attach(school, page, scan)
    school.qtbot.keyClick(page.panel.attachments.list, Qt.Key.Key_Delete)
    school.rest()
    assert names(page) == []
    assert "已移除附件“三方协议.pdf”" in school.window.notice.text
    school.press(school.window.notice._action)
    school.rest()
    assert names(page) == ["三方协议.pdf"]


def test_copies_that_were_left_over_are_swept(tmp_path, monkeypatch, school):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    old = tmp_path / "temporary" / "xqhz-view-old"
    old.mkdir(parents=True)
    sweep(old.stat().st_mtime + 3600)
    assert old.exists()
    sweep(old.stat().st_mtime + 25 * 3600)
    assert not old.exists()
    first, second = (ReadableCopies(school.desk).folder() for _ in range(2))
    assert first != second
