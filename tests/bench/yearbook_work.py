"""The work of the year book's bench row, each side in a process of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

from invented_year import invented, roster

from xqhz_desktop.base.paths import resources
from xqhz_desktop.reports.blocks import Chart
from xqhz_desktop.reports.yearbook import Listing, year_book

ROWS = 4000
ROW_HEIGHT = 15.9


def ours(path: Path) -> None:
    """The year book as the program prints it."""
    from xqhz_desktop.reports.pdf import write_pdf

    print(write_pdf(year_book(invented(ROWS)), path), "pages", file=sys.stderr)


def floor(path: Path) -> None:
    """The rows as a bare LongTable, the same charts saved by matplotlib; no book around them."""
    plain_table(roster(ROWS, "名单"), path)
    charts = [block for block in year_book(invented(0)).blocks if isinstance(block, Chart)]
    save_charts(charts, path.with_suffix(".charts.pdf"))


def plain_table(table: Listing, path: Path) -> None:
    """Plain strings in rows of a fixed height, head repeated."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("Plain", str(resources() / "fonts" / "NotoSansSC-Regular.ttf")))
    rows = [table.heads, *table.rows]
    flowable = LongTable(
        rows,
        colWidths=[30, 55, 70, 90, 200, 65, 65, 60, 90],
        rowHeights=[ROW_HEIGHT] * len(rows),
        repeatRows=1,
        style=[("FONT", (0, 0), (-1, -1), "Plain", 8.5)],
    )
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([flowable])


def save_charts(charts: list[Chart], path: Path) -> None:
    """One chart a page, as matplotlib saves them."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    from xqhz_desktop.reports.drawing import draw

    with rc_context({"pdf.fonttype": 42}), PdfPages(path) as pages:
        for chart in charts:
            sheet = Figure(figsize=(6.3, chart.height_mm / 25.4))
            draw(chart.figure, sheet)
            pages.savefig(sheet)


if __name__ == "__main__":
    {"ours": ours, "floor": floor}[sys.argv[1]](Path(sys.argv[2]))
