"""What a page is made of: pieces that know their height, can be parted and draw themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.reports.paper.fonts import chain


@dataclass(slots=True)
class Place:
    """Where a chart's drawing is laid over a page afterwards: corner and size in points."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading and the page and height at which it stands."""

    text: str
    page: int
    top: float
    depth: int  # in the bookmarks, where no step may be left out


@dataclass(slots=True)
class Sheet:
    """What a piece draws on: the canvas, the page's number, all headings, places of charts."""

    canvas: Canvas
    page: int = 0
    marks: Sequence[Mark] = ()
    charts: dict[int, Place] = field(default_factory=dict)

    def text(
        self, left: float, baseline: float, text: str, font: str, size: float, spread: float = 0.0
    ) -> None:
        """Write one line; `spread` points are added after each character."""
        line = self.canvas.beginText(left, baseline)
        line.setFont(font, size)
        if spread:
            line.setCharSpace(spread)
        line.textOut(text)
        if spread:
            line.setCharSpace(0)
        self.canvas.drawText(line)

    def centred(self, middle: float, baseline: float, text: str, font: str, size: float) -> None:
        """Write one line around `middle`."""
        self.text(middle - wide(text, font, size) / 2, baseline, text, font, size)

    def right(self, right: float, baseline: float, text: str, font: str, size: float) -> None:
        """Write one line that ends at `right`."""
        self.text(right - wide(text, font, size), baseline, text, font, size)

    def ink(self, colour: str) -> None:
        """Fill and write in this colour from now on."""
        self.canvas.setFillColor(HexColor(colour))

    def rule(self, left: float, right: float, y: float, weight: float, colour: str) -> None:
        """A level line."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(weight)
        self.canvas.line(left, y, right, y)


class Piece(Protocol):
    """A part of a page. All in points; `top` is measured upwards from the page's foot."""

    @property
    def before(self) -> float:
        """White space above, left out at the top of a page."""

    def height(self, width: float) -> float:
        """How high the piece is when it is this wide."""

    def least(self, width: float) -> float:
        """How much must fit on a page for the piece to begin on it."""

    def split(self, width: float, room: float) -> tuple["Piece", "Piece"] | None:
        """The part that fits into `room` and the rest; None where it cannot be parted."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Draw the piece with its upper left corner there."""


def wide(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    return chain(font).stringWidth(text, size)
