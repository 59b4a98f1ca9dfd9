"""The cover: title, school, year, day; a page of its own without head and foot."""

from dataclasses import dataclass
from functools import partial

from reportlab.lib.colors import HexColor

from xqhz_desktop.reports.blocks import Cover
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SANS, SERIF
from xqhz_desktop.reports.paper.lines import break_lines
from xqhz_desktop.reports.paper.pieces import Sheet, wide


@dataclass(frozen=True, slots=True)
class CoverPiece:
    """The whole first page."""

    cover: Cover
    before: float = 0.0

    def height(self, width: float) -> float:
        """The whole page."""
        return style.A4[1] - 2 * style.MARGIN

    def least(self, width: float) -> float:
        """The whole page."""
        return self.height(width)

    def split(self, width: float, room: float) -> None:
        """A cover is never parted."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """A bar of the accent colour, the title, and at the foot who and when."""
        cover = self.cover
        self._lines(sheet, left, top - 14.0, width, cover.school, SANS, 13.0, style.SECOND)
        y = top - 190.0
        sheet.canvas.setFillColor(HexColor(style.ACCENT))
        sheet.canvas.rect(left, y + 44.0, 44.0, 4.0, stroke=0, fill=1)
        y = self._lines(sheet, left, y, width, cover.title, BOLD, 30.0, style.TEXT)
        y = self._lines(sheet, left, y, width, cover.period, BOLD, 18.0, style.ACCENT)
        self._lines(sheet, left, y - 4.0, width, cover.subtitle, SERIF, 12.0, style.SECOND)
        foot = top - self.height(width)
        sheet.rule(left, left + width, foot + 34.0, 0.6, style.LINE)
        self._lines(sheet, left, foot + 12.0, width * 0.7, cover.school, SERIF, 12.0, style.SECOND)
        sheet.right(left + width, foot + 12.0, cover.day, SERIF, 12.0)

    def _lines(
        self,
        sheet: Sheet,
        left: float,
        y: float,
        width: float,
        text: str,
        font: str,
        size: float,
        colour: str,
    ) -> float:
        """Write a text from the baseline `y` down; returns the next baseline."""
        sheet.ink(colour)
        for line in break_lines(text, width, partial(wide, font=font, size=size)):
            sheet.text(left, y, line, font, size)
            y -= size * 1.5
        return y
