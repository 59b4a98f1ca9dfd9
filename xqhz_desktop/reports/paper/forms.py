"""What a form needs: a text to be copied by hand, and lines to be signed."""

from dataclasses import dataclass

from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SERIF
from xqhz_desktop.reports.paper.pieces import Sheet, wide

_LARGEST = 26.0
_ROOM = 12.0
_SIGNED = 34.0  # from line to line
_DAY = "日期："


@dataclass(frozen=True, slots=True)
class LargePiece:
    """One line in a box, as large as the width allows."""

    text: str
    before: float = 14.0

    def _size(self, width: float) -> float:
        fits = (width - 2 * _ROOM) / wide(self.text, BOLD, 1.0) if self.text else _LARGEST
        return min(_LARGEST, fits)

    def height(self, width: float) -> float:
        """The line and the white around it."""
        return self._size(width) * 1.4 + 2 * _ROOM

    def least(self, width: float) -> float:
        """The whole box."""
        return self.height(width)

    def split(self, width: float, room: float) -> None:
        """A line is never parted."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """The box and the text in its middle."""
        high, size = self.height(width), self._size(width)
        sheet.ink(style.WEAK)
        sheet.canvas.roundRect(left, top - high, width, high, 4.0, stroke=0, fill=1)
        sheet.ink(style.TEXT)
        sheet.centred(left + width / 2, top - high / 2 - size * 0.36, self.text, BOLD, size)


@dataclass(frozen=True, slots=True)
class SignaturesPiece:
    """For each role a line to sign on and one for the day."""

    roles: tuple[str, ...]
    before: float = 16.0

    def height(self, width: float) -> float:
        """All lines."""
        return len(self.roles) * _SIGNED

    def least(self, width: float) -> float:
        """All lines."""
        return self.height(width)

    def split(self, width: float, room: float) -> None:
        """Who signs signs on one page."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Each role at the left, its day at the right."""
        name = max((wide(f"{role}：", SERIF, style.BODY_SIZE) for role in self.roles), default=0.0)
        day, middle = wide(_DAY, SERIF, style.BODY_SIZE), left + width * 0.62
        sheet.ink(style.TEXT)
        for number, role in enumerate(self.roles, 1):
            y = top - number * _SIGNED + 8.0
            sheet.text(left, y, f"{role}：", SERIF, style.BODY_SIZE)
            sheet.rule(left + name + 4.0, middle - 16.0, y - 3.0, 0.6, style.HINT)
            sheet.text(middle, y, _DAY, SERIF, style.BODY_SIZE)
            sheet.rule(middle + day + 4.0, left + width, y - 3.0, 0.6, style.HINT)
