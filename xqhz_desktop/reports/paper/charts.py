"""Charts on paper: the layout leaves room, matplotlib's vectors are laid over it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import Chart
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD
from xqhz_desktop.reports.paper.pieces import Place, Sheet
from xqhz_desktop.reports.paper.text import Lines, note

_LOWEST = 0.8


@dataclass(frozen=True, slots=True)
class ChartPiece:
    """Room for a chart and its caption below."""

    chart: Chart
    caption: str
    number: int  # its place among the report's charts
    high: float
    before: float = 10.0

    def _caption(self) -> Lines:
        size = style.CAPTION_SIZE
        return Lines(self.caption, BOLD, size, size * 1.5, centred=True)

    def height(self, width: float) -> float:
        """Chart, caption and note."""
        return self.high + self._below(width)

    def _below(self, width: float) -> float:
        foot = note(self.chart.note).height(width) if self.chart.note else 0.0
        return 4.0 + self._caption().height(width) + foot + 6.0

    def least(self, width: float) -> float:
        """The chart as low as it may become."""
        return self.high * _LOWEST + self._below(width)

    def shrunk(self, width: float, room: float) -> "ChartPiece":
        """The chart a little lower where that makes it fit into `room`."""
        high = room - self._below(width)
        return replace(self, high=high) if self.high * _LOWEST <= high < self.high else self

    def split(self, width: float, room: float) -> None:
        """A chart is never parted."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Note the room's place and write the caption in its middle."""
        high = self.high
        sheet.charts[self.number] = Place(sheet.page, left, top - high, width, high)
        y = top - high - 4.0
        self._caption().draw(sheet, left, y, width)
        y -= self._caption().height(width)
        if self.chart.note:
            note(self.chart.note, centred=True).draw(sheet, left, y, width)


def drawn(charts: Sequence[Chart], places: dict[int, Place], task: Task) -> bytes:
    """A PDF with one chart a page, fonts embedded once as TrueType (type 42), no bitmaps."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    from xqhz_desktop.reports.drawing import draw

    target = BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(target) as pages:
        for number, chart in enumerate(charts):
            task.step(number, len(charts), "绘制图表")
            figure = Figure(figsize=(places[number].width / 72, places[number].height / 72))
            figure.patch.set_visible(False)
            draw(chart.figure, figure)
            pages.savefig(figure)
    return target.getvalue()
