"""Bench row: a year book of 4,000 listed rows on about a hundred pages, with all its charts."""

import sys
from pathlib import Path

from cases import Case, process, row

WORK = Path(__file__).with_name("yearbook_work.py")


@row("yearbook", "4,000 行名单的年度总结报告")
def year_book(folder: Path) -> Case:
    """Ours: the whole book. Floor: reportlab's LongTable of these rows, the same charts saved."""
    return Case(
        ours=lambda: process([sys.executable, str(WORK), "ours", str(folder / "ours.pdf")]),
        floor=lambda: process([sys.executable, str(WORK), "floor", str(folder / "floor.pdf")]),
        limit=1.5,
    )
