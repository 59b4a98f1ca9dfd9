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
        sheet.ink(style.SECOND)
        sheet.text(left, top - 14, cover.school, SANS, 13.0)
        y = top - 190.0
        sheet.canvas.setFillColor(HexColor(style.ACCENT))
        sheet.canvas.rect(left, y + 44.0, 44.0, 4.0, stroke=0, fill=1)
        sheet.ink(style.TEXT)
        for line in break_lines(cover.title, width, partial(wide, font=BOLD, size=30.0)):
            sheet.text(left, y, line, BOLD, 30.0)
            y -= 44.0
        sheet.ink(style.ACCENT)
        sheet.text(left, y - 2.0, cover.period, BOLD, 18.0)
        y -= 34.0
        sheet.ink(style.SECOND)
        for line in break_lines(cover.subtitle, width, partial(wide, font=SERIF, size=12.0)):
            sheet.text(left, y, line, SERIF, 12.0)
            y -= 20.0
        foot = top - self.height(width)
        sheet.rule(left, left + width, foot + 34.0, 0.6, style.LINE)
        sheet.text(left, foot + 12.0, cover.school, SERIF, 12.0)
        sheet.right(left + width, foot + 12.0, cover.day, SERIF, 12.0)
