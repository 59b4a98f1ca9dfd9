"""What the window writes to files: the year book after a look at it, and a register."""

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

from xqhz_desktop.ui.pages import pdf_view

PREVIEW = 2


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Answers the dialog that asks where to save."""

    def answer(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        return path

    return answer


def test_the_year_book_is_looked_through_and_then_saved(school, choose):
    page = school.go("yearbook")
    assert page.choice.currentText() == "2024年度"
    make = [one for one in page.blank.findChildren(QPushButton) if one.isVisible()]
    school.press(make[0])
    school.rest()
    assert page.stages.currentIndex() == PREVIEW
    assert page.pages.pages > 10
    assert f"共 {page.pages.pages} 页" in page.sentence.text()

    assert page.pages.drawn < page.pages.pages
    bar = page.pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    school.rest()
    assert not page.pages.sheet(page.pages.pages - 1).pixmap().isNull()
    assert page.pages.sheet(0).pixmap().isNull()

    choose("没有这个文件夹/报告.pdf")
    school.press(page.keep)
    school.rest()
    assert "报告没有保存" in school.window.notice.text
    path = choose("报告.pdf")
    school.press(page.keep)
    school.rest()
    with pypdfium2.PdfDocument(path) as book:
        assert len(book) == page.pages.pages
    assert path.name in school.window.notice.text


def test_a_school_year_has_a_book_of_its_own(school):
    page = school.go("yearbook")
    page.choice.setCurrentIndex(page.choice.findText("2023-2024学年"))
    assert "2023-2024学年" in page.blank.text


def test_without_records_the_page_says_what_to_do(empty):
    page = empty.go("yearbook")
    assert "还没有可以写进报告的记录" in page.blank.text
    assert not page.choice.isVisible()


def test_a_page_is_drawn_with_its_ink(tmp_path):
    path = tmp_path / "one.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    document.save(path)
    document.close()
    assert pdf_view.page_sizes(path) == [(200, 100)]
    image = pdf_view.page_image(path, 0, 2.0)
    assert (image.width(), image.height()) == (400, 200)
    assert image.format() is QImage.Format.Format_RGB32
    assert image.pixelColor(10, 10).name() == "#ffffff"


def test_a_register_is_exported_where_the_reader_says(school, choose):
    path = choose("课程.xlsx")
    page = school.go("register", "courses")
    school.press(next(one for one in page.findChildren(QPushButton) if one.text() == "导出"))
    school.rest()
    assert f"已导出 {page.model.records} 行" in school.window.notice.text
    book = openpyxl.load_workbook(path, read_only=True)
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    book.close()
    names = set(school.texts(page.sheet, "课程名称"))
    assert names
    assert names <= set(cells)
