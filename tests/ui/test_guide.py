"""F1: the guide in a window of its own, at the page that belongs to where one is."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QPushButton

from xqhz_desktop.ui.guide import GuideWindow, guide_folder, page_for, pages
from xqhz_desktop.ui.navigation import PLACES


def press_f1(school) -> GuideWindow:
    """The key, wherever one is."""
    school.window.activateWindow()
    school.qtbot.waitUntil(school.window.isActiveWindow)
    school.qtbot.keyClick(school.window, Qt.Key.Key_F1)
    return school.window.findChild(GuideWindow)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide of three pages, and a file beside it that is no part of it."""
    folder = tmp_path / "guide"
    folder.mkdir()
    (folder / "import.md").write_text("# 导入\n\n见[备份](backups.md)。\n", "utf-8")
    (folder / "backups.md").write_text("# 备份\n\n|甲|乙|\n|---|---|\n|1|2|\n", "utf-8")
    (folder / "odd.md").write_text("# 其他\n\n## 小节\n\n- 一\n- 二\n", "utf-8")
    (tmp_path / "secret.md").write_text("# 不该看到\n", "utf-8")
    return folder


@pytest.fixture
def shown(qtbot, dressed, guide) -> GuideWindow:
    made = GuideWindow(None, guide)
    qtbot.addWidget(made)
    return made


def test_the_key_opens_one_window_at_the_page_of_the_place(school):
    school.go("settings")
    first = press_f1(school)
    assert first.isVisible()
    assert "加密" in first.list.currentItem().text()
    assert "角色" in first.text.toPlainText()
    assert press_f1(school) is first
    assert len(school.window.findChildren(GuideWindow)) == 1
    school.qtbot.waitUntil(first.isActiveWindow)
    school.qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert not first.isVisible()


def test_the_settings_lead_to_the_guide(school):
    page = school.go("settings")
    school.press(next(one for one in page.findChildren(QPushButton) if "F1" in one.text()))
    assert school.window.findChild(GuideWindow).isVisible()


def test_every_place_has_a_page_and_every_link_leads_to_one():
    found = pages(guide_folder())
    assert all(page_for(place, found) for place in (*PLACES, ""))
    names = {one.name for one in found}
    for one in found:
        links = re.findall(r"\]\(([^)#]+)[^)]*\)", one.read_text("utf-8"))
        assert set(links) <= names, one.name


def test_pages_stand_in_the_order_of_the_work(shown):
    titles = [shown.list.item(at).text() for at in range(shown.list.count())]
    assert titles == ["导入", "备份", "其他"]


def test_the_arrows_go_through_the_pages(qtbot, shown):
    shown.open_at("import")
    qtbot.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.text.toPlainText().startswith("备份")


def test_a_link_leads_to_another_page_and_nowhere_else(shown):
    shown.open_at("import")
    shown.text.anchorClicked.emit(QUrl("backups.md"))
    assert shown.list.currentItem().text() == "备份"
    for elsewhere in ("../secret.md", "https://example.org/", "file:///etc/passwd"):
        shown.text.anchorClicked.emit(QUrl(elsewhere))
        assert shown.list.currentItem().text() == "备份"
        kind = QTextDocument.ResourceType.ImageResource.value
        assert shown.text.loadResource(kind, QUrl(elsewhere)) is None


def test_a_heading_is_larger_than_the_text_and_a_table_has_lines(shown):
    shown.open_at("backups")
    document = shown.text.document()
    heading = next(iter(document.begin())).fragment().charFormat().font()
    assert heading.pointSizeF() == 16
    assert heading.bold()
    table = document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    assert table.format().border() == 1
