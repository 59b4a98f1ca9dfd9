"""A report on paper: lays out, draws, lays the charts over the pages, writes the file at once."""

import os
from pathlib import Path

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import Report
from xqhz_desktop.reports.paper.charts import drawn
from xqhz_desktop.reports.paper.layout import laid_out
from xqhz_desktop.reports.paper.painting import painted
from xqhz_desktop.reports.paper.placing import assembled


def write_pdf(report: Report, path: Path, *, task: Task | None = None) -> int:
    """Write the report to `path` and return its number of pages.

    The file appears whole or not at all. Raises UserError (exit code 7) where it cannot be
    written, Cancelled where the task was cancelled.
    """
    content, pages = pdf_of(report, task)
    _replace(path, content)
    return pages


def pdf_of(report: Report, task: Task | None = None) -> tuple[bytes, int]:
    """The report as a file's bytes and its number of pages; for what must lie on no disk."""
    task = task or Task()
    layout = laid_out(report, task)
    pages, places = painted(report, layout, task)
    charts = drawn(layout.charts, places, task) if layout.charts else b""
    task.check()
    return assembled(report, pages, charts, places), len(layout.pages)


def _replace(path: Path, content: bytes) -> None:
    """Write beside the target, flush to disk, then put in its place."""
    beside = path.with_name(f".{os.getpid()}.tmp")  # short: a Chinese name may fill all 255 bytes
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(
            f"无法写入“{path}”（{error.strerror or error}），"
            "请换一个位置，或关闭正在打开它的程序后再试。",
            EXIT_NO_SPACE,
        ) from error
