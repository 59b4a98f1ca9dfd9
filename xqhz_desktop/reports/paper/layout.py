"""Blocks become pieces, pieces find their pages; nothing is drawn yet, so all numbers are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import (
    Block,
    Chart,
    Contents,
    Cover,
    Heading,
    KeyIndicators,
    Large,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Signatures,
    Table,
)
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.cards import cards_piece
from xqhz_desktop.reports.paper.charts import ChartPiece
from xqhz_desktop.reports.paper.cover import CoverPiece
from xqhz_desktop.reports.paper.forms import LargePiece, SignaturesPiece
from xqhz_desktop.reports.paper.pieces import Mark, Piece
from xqhz_desktop.reports.paper.tables import is_wide, table_piece
from xqhz_desktop.reports.paper.text import ContentsPiece, HeadingPiece, note, paragraph

_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece at its height on a page."""

    piece: Piece
    top: float


@dataclass(slots=True)
class Page:
    """One page: its kind and what stands on it."""

    landscape: bool = False
    placed: list[Placed] = field(default_factory=list)
    bare: bool = False  # the cover has neither head nor foot

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return style.A4 if not self.landscape else (style.A4[1], style.A4[0])

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.size[0] - 2 * style.MARGIN


@dataclass(slots=True)
class Layout:
    """All pages, the headings on them, the charts in order."""

    pages: list[Page] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)


def laid_out(report: Report, task: Task) -> Layout:
    """Give every block of the report its place."""
    writer = _Writer(Layout(), report.blocks)
    for number, block in enumerate(report.blocks):
        task.step(number, len(report.blocks), "排版")
        writer.add(number, block)
    return writer.layout


class _Writer:
    """Fills pages from top to foot."""

    def __init__(self, layout: Layout, blocks: Sequence[Block]) -> None:
        self.layout = layout
        self.blocks = blocks
        self.y = 0.0
        self.tables = 0
        self.fresh = True  # what comes next must begin on a new page

    def add(self, number: int, block: Block) -> None:
        if isinstance(block, PageBreak) or (isinstance(block, Heading) and block.level == 1):
            self.fresh = True
        if isinstance(block, PageBreak):
            return
        landscape = self._landscape(number)
        width = Page(landscape).width
        piece = self._piece(block, width)
        self._begin(piece, width, landscape, self._with_next(number, width))
        if isinstance(block, Heading):
            self._mark(block, self.y - (piece.before if self._page.placed else 0.0))
        self._page.bare = isinstance(block, Cover)
        self._place(piece)
        self.fresh = isinstance(block, Cover | Contents)

    def _mark(self, heading: Heading, top: float) -> None:
        marks = self.layout.marks
        deepest = marks[-1].depth + 1 if marks else 0
        depth = min(heading.level - 1, deepest)
        marks.append(Mark(heading.text, len(self.layout.pages), top, depth))

    def _landscape(self, number: int) -> bool:
        """A heading, and a note right below it, lie as the block that they head."""
        heads = number and isinstance(self.blocks[number - 1], Heading)
        passed = (
            (Heading, Note) if heads or isinstance(self.blocks[number], Heading) else (Heading,)
        )
        for block in self.blocks[number:]:
            if not isinstance(block, passed):
                return isinstance(block, Table) and is_wide(block, Page().width)
        return False

    def _with_next(self, number: int, width: float) -> float:
        """What must fit below a heading: further headings and the beginning of the next block."""
        if not isinstance(self.blocks[number], Heading):
            return 0.0
        need = 0.0
        for block in self.blocks[number + 1 :]:
            piece = self._sketch(block, width)
            if piece is None:
                return need
            need += piece.before + piece.least(width)
            if not isinstance(block, Heading):
                return need
        return need

    def _sketch(self, block: Block, width: float) -> Piece | None:
        if isinstance(block, PageBreak | Cover | Contents):
            return None
        if isinstance(block, Table):
            return table_piece(_few_rows(block), "表", width)
        return self._piece_of(block, width, "")

    def _piece(self, block: Block, width: float) -> Piece:
        caption = ""
        if isinstance(block, Table):
            self.tables += 1
            caption = f"表{self.tables}　{block.caption}"
        if isinstance(block, Chart):
            self.layout.charts.append(block)
            caption = f"图{len(self.layout.charts)}　{block.caption}"
        return self._piece_of(block, width, caption)

    def _piece_of(self, block: Block, width: float, caption: str) -> Piece:
        match block:
            case Cover():
                return CoverPiece(block)
            case Contents():
                return ContentsPiece(block.title, tuple(self._headings()))
            case Heading():
                return HeadingPiece(block.level, block.text)
            case Paragraph():
                return paragraph(block.text)
            case Note():
                return note(block.text)
            case Table():
                return table_piece(block, caption, width)
            case Chart():
                high = block.height_mm * style.MM
                return ChartPiece(block, caption, len(self.layout.charts) - 1, high)
            case KeyIndicators():
                return cards_piece(block)
            case Large():
                return LargePiece(block.text)
            case Signatures():
                return SignaturesPiece(block.roles)
            case PageBreak():
                raise AssertionError("a page break is no piece")

    def _headings(self) -> Iterator[tuple[int, str]]:
        for block in self.blocks:
            if isinstance(block, Heading):
                yield block.level, block.text

    @property
    def _page(self) -> Page:
        return self.layout.pages[-1]

    def _begin(self, piece: Piece, width: float, landscape: bool, follow: float) -> None:
        turned = not self.layout.pages or self._page.landscape != landscape
        need = piece.before + piece.least(width) + follow
        if self.fresh or turned or need > self._room + _SLACK:
            self._new_page(landscape)

    @property
    def _room(self) -> float:
        return self.y - style.MARGIN

    def _new_page(self, landscape: bool) -> None:
        self.layout.pages.append(Page(landscape))
        self.y = self._page.size[1] - style.MARGIN
        self.fresh = False

    def _place(self, piece: Piece) -> None:
        """Put the piece here, carrying over what does not fit."""
        while True:
            page = self._page
            if page.placed:
                self.y -= piece.before
            if isinstance(piece, ChartPiece):
                piece = piece.shrunk(page.width, self._room)
            if piece.height(page.width) <= self._room + _SLACK:
                break
            parts = piece.split(page.width, self._room + _SLACK)
            if parts is None and not page.placed:
                break  # higher than a whole page and not to be parted
            if parts is not None:
                page.placed.append(Placed(parts[0], self.y))
                piece = parts[1]
            self._new_page(page.landscape)
        self._page.placed.append(Placed(piece, self.y))
        self.y -= piece.height(self._page.width)


def _few_rows(table: Table) -> Table:
    """The beginning of a table: enough to know how much must stand below its heading."""
    return replace(table, rows=table.rows[:9], groups=frozenset(), strong=frozenset(), note="")
