"""Cards of key numbers: value large, target and last year small, a bar with ticks."""

from dataclasses import dataclass
from functools import partial

from reportlab.lib.colors import HexColor

from xqhz_desktop.reports.blocks import Card, KeyIndicators
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SANS
from xqhz_desktop.reports.paper.lines import break_lines
from xqhz_desktop.reports.paper.pieces import Sheet, wide

_ACROSS = 3
_GAP = 10.0
_INSIDE = 10.0
_COLOURS = {
    "good": style.GOOD,
    "warn": style.WARN,
    "bad": style.BAD,
    "plain": style.ACCENT,
}


@dataclass(frozen=True, slots=True)
class CardsPiece:
    """Rows of three cards each."""

    cards: tuple[Card, ...]
    before: float = 8.0

    def _rows(self) -> list[tuple[Card, ...]]:
        return [self.cards[start : start + _ACROSS] for start in range(0, len(self.cards), _ACROSS)]

    def height(self, width: float) -> float:
        """All rows with the gaps between."""
        return sum(_row_height(row, width) + _GAP for row in self._rows())

    def least(self, width: float) -> float:
        """The first row."""
        return _row_height(self.cards[:_ACROSS], width)

    def split(self, width: float, room: float) -> tuple["CardsPiece", "CardsPiece"] | None:
        """Part between rows."""
        fit, used = 0, 0.0
        for row in self._rows():
            used += _row_height(row, width) + _GAP
            if used > room:
                break
            fit += _ACROSS
        if not 0 < fit < len(self.cards):
            return None
        return CardsPiece(self.cards[:fit]), CardsPiece(self.cards[fit:])

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Draw the cards row by row."""
        across = _card_width(width)
        for row in self._rows():
            high = _row_height(row, width)
            for number, card in enumerate(row):
                _card(sheet, left + number * (across + _GAP), top, across, high, card)
            top -= high + _GAP


def cards_piece(block: KeyIndicators) -> CardsPiece:
    """The cards as a piece."""
    return CardsPiece(block.cards)


def _card_width(width: float) -> float:
    return (width - (_ACROSS - 1) * _GAP) / _ACROSS


def _row_height(row: tuple[Card, ...], width: float) -> float:
    inner = _card_width(width) - 2 * _INSIDE
    lines = (len(_small(card, inner)) + len(_label(card, inner)) for card in row)
    return max((58.0 + 12.0 * count for count in lines), default=0.0)


def _small(card: Card, inner: float) -> list[str]:
    measure = partial(wide, font=SANS, size=8.0)
    return [line for text in card.lines for line in break_lines(text, inner, measure)]


def _label(card: Card, inner: float) -> list[str]:
    return break_lines(card.label, inner, partial(wide, font=SANS, size=9.0))


def _card(sheet: Sheet, left: float, top: float, across: float, high: float, card: Card) -> None:
    canvas = sheet.canvas
    canvas.setStrokeColor(HexColor(style.LINE))
    canvas.setLineWidth(0.7)
    canvas.roundRect(left, top - high, across, high, 4.5)
    inner, x, y = across - 2 * _INSIDE, left + _INSIDE, top - _INSIDE - 8.0
    sheet.ink(style.SECOND)
    for line in _label(card, inner):
        sheet.text(x, y, line, SANS, 9.0)
        y -= 12.0
    y -= 12.0
    _value(sheet, x, y, inner, card)
    y -= 15.0
    sheet.ink(style.SECOND)
    for line in _small(card, inner):
        sheet.text(x, y, line, SANS, 8.0)
        y -= 12.0
    if card.done is not None:
        _bar(sheet, x, top - high + 8.0, inner, card)


def _value(sheet: Sheet, x: float, y: float, inner: float, card: Card) -> None:
    size = min(
        19.0, 19.0 * (inner - wide(card.state_word, BOLD, 8.0)) / wide(card.value, BOLD, 19.0)
    )
    sheet.ink(style.TEXT)
    sheet.text(x, y, card.value, BOLD, size)
    if card.state_word:
        sheet.ink(_COLOURS[card.state])
        sheet.right(x + inner, y, card.state_word, BOLD, 8.0)


def _bar(sheet: Sheet, x: float, y: float, inner: float, card: Card) -> None:
    canvas = sheet.canvas
    canvas.setFillColor(HexColor(style.LINE))
    canvas.rect(x, y, inner, 3.2, stroke=0, fill=1)
    canvas.setFillColor(HexColor(_COLOURS[card.state]))
    canvas.rect(x, y, inner * max(0.0, min(1.0, card.done or 0.0)), 3.2, stroke=0, fill=1)
    canvas.setFillColor(HexColor(style.TEXT))
    for tick in card.ticks:
        canvas.rect(x + inner * max(0.0, min(1.0, tick)) - 0.5, y - 2.0, 1.0, 7.2, stroke=0, fill=1)
