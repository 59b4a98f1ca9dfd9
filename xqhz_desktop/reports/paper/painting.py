"""Pages drawn one after another: running head, pieces, page x / y, bookmarks."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import Report
from xqhz_desktop.reports.paper import style
from xqhz_desktop.reports.paper.fonts import BOLD, SANS, SERIF, chain
from xqhz_desktop.reports.paper.layout import Layout, Page
from xqhz_desktop.reports.paper.pieces import Place, Sheet, wide

_HEAD = 9.0


def painted(report: Report, layout: Layout, task: Task) -> tuple[bytes, dict[int, Place]]:
    """The pages as an uncompressed PDF without charts, and where the charts belong."""
    for font in (SERIF, SANS, BOLD):
        chain(font)
    target = BytesIO()
    canvas = Canvas(target, pageCompression=0, invariant=1, initialFontName=SERIF, lang="zh-CN")
    sheet = Sheet(canvas, marks=layout.marks)
    for number, page in enumerate(layout.pages, 1):
        task.step(number, len(layout.pages), "生成页面")
        canvas.setPageSize(page.size)
        sheet.page = number
        _page(report, sheet, page, len(layout.pages))
        canvas.showPage()
    canvas.showOutline()
    canvas.save()
    return target.getvalue(), sheet.charts


def _page(report: Report, sheet: Sheet, page: Page, total: int) -> None:
    if not page.bare:
        _furniture(report, sheet, page, total)
    for placed in page.placed:
        placed.piece.draw(sheet, style.MARGIN, placed.top, page.width)
    _bookmarks(sheet)


def _bookmarks(sheet: Sheet) -> None:
    for number, mark in enumerate(sheet.marks):
        if mark.page == sheet.page:
            sheet.canvas.bookmarkHorizontal(f"h{number}", 0, mark.top)
            sheet.canvas.addOutlineEntry(mark.text, f"h{number}", mark.depth, mark.depth > 0)


def _furniture(report: Report, sheet: Sheet, page: Page, total: int) -> None:
    """The running head with school and year, and page x / y."""
    left, right, y = style.MARGIN, style.MARGIN + page.width, page.size[1] - style.MARGIN + 16.0
    year = f"{report.period}{report.title}"
    both = wide(report.school, SANS, _HEAD) + wide(year, SANS, _HEAD) + 20.0
    size = min(_HEAD, _HEAD * page.width / both)
    sheet.ink(style.SECOND)
    sheet.text(left, y, report.school, SANS, size)
    sheet.right(right, y, year, SANS, size)
    sheet.rule(left, right, y - 6.0, 0.5, style.LINE)
    sheet.centred(page.size[0] / 2, style.MARGIN - 30.0, f"{sheet.page} / {total}", SANS, _HEAD)
