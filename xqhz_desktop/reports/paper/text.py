"""Pieces of running text: headings, paragraphs, notes, the contents."""

from dataclasses import dataclass, replace
from functools import partial

from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SANS, SERIF
from xqhz_desktop.reports.paper.lines import break_lines
from xqhz_desktop.reports.paper.pieces import Sheet, wide


@dataclass(frozen=True, slots=True)
class Lines:
    """Text in one type, broken into lines; justified where `justified`."""

    text: str
    font: str
    size: float
    leading: float
    colour: str = style.TEXT
    indent: float = 0.0
    justified: bool = False
    centred: bool = False
    before: float = 0.0
    broken: tuple[str, ...] | None = None  # the rest of a parted text is broken already
    ends: bool = True  # whether the last line ends the paragraph

    def lines(self, width: float) -> list[str]:
        """The lines at this width."""
        if self.broken is not None:
            return list(self.broken)
        return break_lines(
            self.text, width, partial(wide, font=self.font, size=self.size), self.indent
        )

    def height(self, width: float) -> float:
        """The height of all lines."""
        return len(self.lines(width)) * self.leading

    def least(self, width: float) -> float:
        """Two lines, or the one there is."""
        return min(2, len(self.lines(width))) * self.leading

    def split(self, width: float, room: float) -> tuple["Lines", "Lines"] | None:
        """Part between lines, leaving no single line on either side."""
        lines = self.lines(width)
        fit = min(int(room / self.leading + 1e-6), len(lines) - 2)
        if fit < 2:
            return None
        return self._part(lines[:fit], False), self._part(lines[fit:], self.ends, indent=0.0)

    def _part(self, lines: list[str], ends: bool, indent: float | None = None) -> "Lines":
        indent = self.indent if indent is None else indent
        return replace(self, indent=indent, before=0.0, broken=tuple(lines), ends=ends)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Write the lines."""
        sheet.ink(self.colour)
        lines = self.lines(width)
        baseline = top - (self.leading - self.size) / 2 - self.size * style.ASCENT
        for number, line in enumerate(lines):
            indent = self.indent if number == 0 else 0.0
            if self.centred:
                indent = (width - wide(line, self.font, self.size)) / 2
            last = self.ends and number == len(lines) - 1
            spread = 0.0 if last else self._spread(line, width - indent)
            sheet.text(left + indent, baseline, line, self.font, self.size, spread)
            baseline -= self.leading

    def _spread(self, line: str, width: float) -> float:
        """Space after each character that makes the line full; not where it would show."""
        if not self.justified or len(line) < 2:
            return 0.0
        spread = (width - wide(line, self.font, self.size)) / (len(line) - 1)
        return spread if 0 < spread < self.size * 0.12 else 0.0


def paragraph(text: str) -> Lines:
    """Body text: 宋体-class, two characters indented, on 1.6."""
    return Lines(
        text,
        SERIF,
        style.BODY_SIZE,
        style.BODY_LEADING,
        indent=2 * style.BODY_SIZE,
        justified=True,
        before=4.0,
    )


def note(text: str, *, centred: bool = False) -> Lines:
    """A small remark."""
    size, leading = style.NOTE_SIZE, style.NOTE_LEADING
    return Lines(text, SANS, size, leading, colour=style.HINT, centred=centred, before=4.0)


@dataclass(frozen=True, slots=True)
class HeadingPiece:
    """A heading; the composer keeps it with what follows."""

    level: int
    text: str

    @property
    def before(self) -> float:
        """More white above than below binds the heading to its text."""
        return {1: 0.0, 2: 18.0, 3: 12.0}[self.level]

    def _lines(self) -> Lines:
        size = style.HEADING_SIZE[self.level]
        colour = style.ACCENT if self.level == 1 else style.TEXT
        return Lines(self.text, BOLD, size, size * 1.4, colour=colour)

    def height(self, width: float) -> float:
        """Lines and the white below."""
        return self._lines().height(width) + (14.0 if self.level == 1 else 5.0)

    def least(self, width: float) -> float:
        """The whole heading."""
        return self.height(width)

    def split(self, width: float, room: float) -> None:
        """A heading is never parted."""

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Write the heading; a chapter's stands on a rule."""
        self._lines().draw(sheet, left, top, width)
        if self.level == 1:
            below = top - self._lines().height(width) - 5.0
            sheet.rule(left, left + width, below, 0.8, style.ACCENT)


@dataclass(frozen=True, slots=True)
class ContentsPiece:
    """The contents, or the part of it that stands on one page; page numbers come when drawn."""

    title: str
    entries: tuple[tuple[int, str], ...]
    first: int = 0  # the place of its first entry among all headings
    before: float = 0.0

    def _title(self) -> float:
        return 0.0 if self.first else 42.0

    def _heights(self) -> list[float]:
        return [26.0 if level == 1 else 18.5 for level, _ in self.entries]

    def height(self, width: float) -> float:
        """The title and one line for each heading."""
        return self._title() + sum(self._heights())

    def least(self, width: float) -> float:
        """The title and the first three lines."""
        return self._title() + sum(self._heights()[:3])

    def split(self, width: float, room: float) -> tuple["ContentsPiece", "ContentsPiece"] | None:
        """Part between entries."""
        fit, used = 0, self._title()
        for height in self._heights():
            used += height
            if used > room:
                break
            fit += 1
        if fit in (0, len(self.entries)):
            return None
        rest = ContentsPiece(self.title, self.entries[fit:], self.first + fit)
        return ContentsPiece(self.title, self.entries[:fit], self.first), rest

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Write the entries, each a link to its heading."""
        if not self.first:
            sheet.ink(style.ACCENT)
            sheet.text(left, top - 18.0, self.title, BOLD, style.HEADING_SIZE[1])
        top -= self._title()
        heights = self._heights()
        for number, (level, text) in enumerate(self.entries):
            top -= heights[number]
            self._entry(sheet, left, top + 6.0, width, level, text, self.first + number)

    def _entry(
        self, sheet: Sheet, left: float, y: float, width: float, level: int, text: str, number: int
    ) -> None:
        font, size = (BOLD, 11.0) if level == 1 else (SERIF, 10.5)
        start = left + (0.0 if level == 1 else 2 * 11.0)
        page = str(sheet.marks[number].page)
        room = width - (start - left) - wide(page, SANS, 10.0) - 16.0
        size = min(size, size * room / max(1.0, wide(text, font, size)))
        sheet.ink(style.TEXT)
        sheet.text(start, y, text, font, size)
        sheet.right(left + width, y, page, SANS, 10.0)
        dots = start + wide(text, font, size) + 6.0
        end = left + width - wide(page, SANS, 10.0) - 6.0
        if end > dots:
            _leader(sheet, dots, end, y)
        sheet.canvas.linkRect("", f"h{number}", (left, y - 4, left + width, y + 13), relative=0)


def _leader(sheet: Sheet, left: float, right: float, y: float) -> None:
    sheet.canvas.setDash([0.6, 3.4])
    sheet.rule(left, right, y + 1.5, 0.6, style.HINT)
    sheet.canvas.setDash([])
