"""Workbooks that fall on the window, and the import's page with their plan."""

from pathlib import Path

import xlsxwriter

PLAN, ENDED = 2, 3


def book(path: Path, headings: list[str], *rows: list[object]) -> Path:
    """A workbook of one sheet."""
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("名册")
        for at, row in enumerate([headings, *rows]):
            sheet.write_row(at, 0, row)
    return path


def firms(path: Path, staff: int, code: str = "91371300MA3QY7NX7F") -> Path:
    headings = ["企业名称", "统一社会信用代码", "企业性质", "所在县区", "在岗职工人数", "联系人"]
    return book(path, headings, ["沂川市美新电气有限公司", code, "民营", "蒙岭县", staff, "唐蕾婷"])


def planned(seat, *paths: Path):
    """The import's page with the plan of files that were dropped."""
    seat.drop(*paths)
    page = seat.window.pages["import"]
    seat.rest()
    assert page.stages.currentIndex() == PLAN
    return page
