"""The recovery code on its way to a printer: whole pages, and a sentence where there is none."""

from datetime import date

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel

from xqhz_desktop.reports.pdf import pdf_of
from xqhz_desktop.reports.recovery_sheet import Sheet, recovery_sheet
from xqhz_desktop.ui.recovery import CodePanel, print_pages

CODE = "7WQ2F-0K9ZT-M4XRD-HB61N-C8VPE"


def sheet():
    """A page as it is printed."""
    return recovery_sheet(Sheet("", CODE, "0123456789abcdef", date(2025, 9, 15), "王敏"))


def test_the_page_fills_the_paper_and_no_other_follows(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    content, pages = pdf_of(sheet())
    assert pages == 1
    print_pages(printer, content)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as pdf:
        assert len(pdf) == 1
        drawn = pdf[0].render(scale=0.5).to_pil().convert("L")
    dark = drawn.point(lambda grey: 255 * (grey < 160)).getbbox()
    assert dark is not None
    assert dark[0] > 20  # the margin stays
    assert dark[2] > drawn.width * 0.8
    assert dark[3] > drawn.height * 0.5


def test_without_a_printer_there_is_the_file_and_the_pen(qtbot, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    panel = CodePanel(CODE, sheet)
    qtbot.addWidget(panel)
    panel.show()
    panel.print.click()
    assert "请存为 PDF" in panel.said.text()
    assert panel.said.property("tone") == "bad"
    assert not panel.tick.isChecked()


def test_the_code_can_be_read_but_not_copied(qtbot):
    panel = CodePanel(CODE, sheet)
    qtbot.addWidget(panel)
    groups = [one for one in panel.findChildren(QLabel) if one.text() in CODE.split("-")]
    assert [one.text() for one in groups] == CODE.split("-")
    by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
    assert not any(one.textInteractionFlags() & by_mouse for one in groups)
