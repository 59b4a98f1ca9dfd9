"""The recovery code on screen: large, in groups, to be written down or printed before going on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QFrame, QWidget

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.ui.parts import button, column, label, paragraph, row, set_tone

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from xqhz_desktop.reports.blocks import Report

TICK = "已抄写或打印，放在安全的地方"
WHAT = "忘了密码、要打开 U 盘上的副本或换机包，都只有它管用。程序不保存它，只显示这一次。"
_DOTS = 300 / 72  # pixels to a point of the printed page


class CodePanel(QWidget):
    """A recovery code, its two ways to paper, and the tick that it is kept."""

    kept = Signal(bool)

    def __init__(self, code: str, sheet: Callable[[], "Report"]) -> None:
        super().__init__()
        self._sheet = sheet
        self.code = code
        self.said = paragraph("", 9)
        self.said.hide()
        self.tick = QCheckBox(TICK)
        self.tick.setAccessibleName(TICK)
        self.tick.toggled.connect(self.kept)
        self.print = button("打印", self._print, glyph="print")
        self.save = button("存为 PDF", self._save, glyph="save")
        ways = row(self.print, self.save, 0)
        self.setLayout(column(self._large(), paragraph(WHAT), ways, self.said, self.tick, gap=12))

    def _large(self) -> QFrame:
        """Never to be selected: a copy of it belongs on paper, in no clipboard."""
        ground = QFrame()
        ground.setObjectName("code")
        ground.setAccessibleName("恢复码")
        groups = [label(part, 18, bold=True, tone="accent") for part in self.code.split("-")]
        ground.setLayout(row(0, *groups, 0, gap=18))
        ground.layout().setContentsMargins(12, 14, 12, 14)  # type: ignore[union-attr]
        return ground

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "恢复码存为 PDF", "恢复码.pdf", "PDF (*.pdf)")
        if name:
            self._try(lambda: self._write(Path(name)))

    def _write(self, path: Path) -> str:
        from xqhz_desktop.reports.pdf import write_pdf

        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        write_pdf(self._sheet(), path)
        return f"已存为 {path}；打印后请删掉这个文件。"

    def _print(self) -> None:
        self._try(self._printed)

    def _printed(self) -> str:
        from xqhz_desktop.reports.pdf import pdf_of

        printer = chosen_printer(self)
        if printer is None:
            return ""
        print_pages(printer, pdf_of(self._sheet())[0])
        return "已送去打印，请到打印机取走这一页。"

    def _try(self, verb: Callable[[], str]) -> None:
        tone = "good"
        try:
            sentence = verb()
        except UserError as error:
            sentence, tone = error.message, "bad"
        self.said.setText(sentence)
        set_tone(self.said, tone)
        self.said.setVisible(bool(sentence))


class CodeDialog(QDialog):
    """A new recovery code; it is closed when it has been written down."""

    def __init__(self, parent: QWidget, title: str, sentence: str, panel: CodePanel) -> None:
        super().__init__(parent)
        self.setWindowTitle("校企合作台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(600)
        self.panel = panel
        self.yes = button("收好了", self.accept, primary=True)
        self.yes.setEnabled(False)
        panel.kept.connect(self.yes.setEnabled)
        inside = column(
            label(title, 14, bold=True), paragraph(sentence), panel, row(0, self.yes), gap=12
        )
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)

    def reject(self) -> None:
        """Escape does not lose a code that nobody has written down."""
        if self.panel.tick.isChecked():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nor does the window's cross."""
        if self.panel.tick.isChecked():
            super().closeEvent(event)
        else:
            event.ignore()


def chosen_printer(parent: QWidget) -> "QPrinter | None":
    """The printer that the reader chooses; None on cancel. Raises UserError where there is none."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        raise UserError("这台电脑没有打印机，请存为 PDF 拿到别处打印，或者抄下来。")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    return printer if QPrintDialog(printer, parent).exec() else None


def print_pages(printer: "QPrinter", content: bytes) -> None:
    """Send a PDF's pages to a printer as they are; nothing is written to a disk on the way."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document, QPainter(printer) as painter:
        for number in range(len(document)):
            if number:
                printer.newPage()
            painter.drawImage(
                QRect(0, 0, printer.width(), printer.height()), _page(document, number)
            )


def _page(document: object, number: int) -> QImage:
    page = document[number]  # type: ignore[index]
    drawn = page.render(scale=_DOTS, prefer_bgrx=True)
    size = drawn.width, drawn.height, drawn.stride
    image = QImage(bytes(drawn.buffer), *size, QImage.Format.Format_RGB32).copy()
    drawn.close()
    page.close()
    return image
