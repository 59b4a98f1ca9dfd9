"""The pages of a PDF under each other; only those in sight are drawn."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.ui.tokens import EDGE, GROUP
from xqhz_desktop.ui.worker import Worker

WIDEST = 860


class PdfView(QScrollArea):
    """A PDF to look through."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.setAccessibleName("报告预览")
        self.setWidgetResizable(True)
        self._worker = worker
        self._path = Path()
        self._sizes: list[tuple[float, float]] = []
        self._sheets: list[QLabel] = []
        self._drawn: set[int] = set()
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look())

    @property
    def pages(self) -> int:
        """How many pages."""
        return len(self._sheets)

    def sheet(self, number: int) -> QLabel:
        """The place of a page, counted from 0."""
        return self._sheets[number]

    @property
    def drawn(self) -> int:
        """How many pages are drawn now."""
        return sum(not sheet.pixmap().isNull() for sheet in self._sheets)

    def show_file(self, path: Path) -> None:
        """Show a file from its first page."""
        self._path = path
        self._worker.read(lambda _: page_sizes(path), self._lay_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages are as wide as fits."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self, sizes: list[tuple[float, float]]) -> None:
        self._sizes = sizes
        self._sheets = []
        ground = QWidget()
        ground.setObjectName("ground")
        box = QVBoxLayout(ground)
        box.setContentsMargins(EDGE, 8, EDGE, EDGE)
        box.setSpacing(GROUP)
        for number in range(len(sizes)):
            sheet = QLabel()
            sheet.setObjectName("card")
            sheet.setAccessibleName(f"第 {number + 1} 页，共 {len(sizes)} 页")
            sheet.setStyleSheet("background: white;")  # paper is white in the dark, too
            box.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._sheets.append(sheet)
        self.setWidget(ground)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def _fit(self) -> None:
        wide = min(WIDEST, self.viewport().width() - 2 * EDGE)
        self._drawn.clear()
        for sheet, (width, height) in zip(self._sheets, self._sizes, strict=True):
            sheet.setFixedSize(QSize(wide, round(wide * height / width)))
            sheet.setPixmap(QPixmap())
        ground = self.widget()
        if ground and ground.layout():
            ground.layout().activate()  # type: ignore[union-attr]
        self._look()

    def _look(self) -> None:
        """Draw what is in sight and a page around it; let go of what is far away."""
        seen = QRect(0, self.verticalScrollBar().value(), 1, self.viewport().height())
        near = seen.adjusted(0, -600, 0, 600)
        for number, sheet in enumerate(self._sheets):
            place = QRect(0, sheet.y(), 1, sheet.height())
            if near.intersects(place):
                self._ask(number)
            elif number in self._drawn:
                self._drawn.discard(number)
                sheet.setPixmap(QPixmap())

    def _ask(self, number: int) -> None:
        if number in self._drawn:
            return
        self._drawn.add(number)
        path, ratio = self._path, self.devicePixelRatioF()
        wide = self._sheets[number].width() * ratio
        scale = wide / self._sizes[number][0]
        self._worker.read(
            lambda _: page_image(path, number, scale),
            lambda image: self._put(path, number, image, ratio),
        )

    def _put(self, path: Path, number: int, image: QImage, ratio: float) -> None:
        if path == self._path and number in self._drawn:
            image.setDevicePixelRatio(ratio)
            self._sheets[number].setPixmap(QPixmap.fromImage(image))


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_image(path: Path, number: int, scale: float) -> QImage:
    """A page as pixels, `scale` pixels to a point."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[number]
        drawn = page.render(scale=scale, prefer_bgrx=True)
        image = QImage(
            bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
        ).copy()
        drawn.close()
        page.close()
    return image
