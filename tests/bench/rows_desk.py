"""Bench rows: a register of half a million students at the clerk's desk."""

import sys
from collections.abc import Callable
from pathlib import Path

from cases import Case, Work, process, row
from desk_work import BLOCK
from large_office import ROWS, SMALL, office_of

WORK = Path(__file__).with_name("desk_work.py")
_SORTED = {
    "student_no": "学号",
    "name": "姓名，按拼音",
    "class": "班级，按拼音",
    "birthday": "日期",
}


def work(side: str, what: str, folder: Path, field: str = "") -> Work:
    """One side of a row, in a process of its own that keeps its own clock."""
    command = [sys.executable, str(WORK), side, what, str(folder), *([field] if field else [])]
    return lambda: process(command, own_clock=True)


@row("open", f"{ROWS:,} 行台账打开到首屏，下限为 {SMALL} 行的同一页")
def opened(folder: Path) -> Case:
    """Ours: from the click to the painted rows. Floor: the same page of a small office."""
    large, small = office_of(ROWS), office_of(SMALL)
    return Case(
        ours=work("ours", "open", large, "students"),
        floor=work("ours", "open", small, "students"),
        peer=work("peer", "open", large),
        limit=2.0,
    )


@row("scroll", f"{ROWS:,} 行台账拖到最后一行，途中停 50 次")
def scrolled(folder: Path) -> Case:
    """Ours: read, masked and painted. Floor: the same pages by bare queries, nothing painted."""
    large = office_of(ROWS)
    return Case(
        ours=work("ours", "scroll", large, "students"),
        floor=work("floor", "scroll", large),
        peer=work("peer", "scroll", large),
    )


def sorts(field: str) -> Callable[[Path], Case]:
    """Ours: two clicks on a heading, painted. Floor: the bare ORDER BY, ascending and not."""

    def prepare(folder: Path) -> Case:
        large = office_of(ROWS)
        sides = (work(side, "sort", large, field) for side in ("ours", "floor", "peer"))
        return Case(*sides, limit=1.3)

    return prepare


for name, label in _SORTED.items():
    row(f"sort-{name.replace('_', '-')}", f"{ROWS:,} 行台账排序：{label}")(sorts(name))


@row("find", f"{ROWS:,} 人的查找框里逐字输入，含显示")
def found(folder: Path) -> Case:
    """Ours: the box, letter by letter, its list painted. Floor: the index's bare query of each."""
    large = office_of(ROWS)
    return Case(work("ours", "find", large), work("floor", "find", large), limit=20.0)


@row("paste", f"粘贴 {BLOCK} × 20 格新行")
def pasted(folder: Path) -> Case:
    """Ours: read, checked, linked, kept, shown. Floor: rows inserted and journaled by triggers."""
    large = office_of(ROWS)
    return Case(work("ours", "paste", large), work("floor", "paste", large))


@row("undo", f"撤销粘贴的 {BLOCK} × 20 格")
def undone(folder: Path) -> Case:
    """Ours: Ctrl+Z until it is seen. Floor: the rows deleted and journaled by triggers."""
    large = office_of(ROWS)
    return Case(work("ours", "undo", large), work("floor", "undo", large))


@row("edit", f"{ROWS:,} 行台账改一格并提交，含日志和索引")
def edited(folder: Path) -> Case:
    """Ours: checks, journal, chain, index. Floor: a bare committed UPDATE, no trigger, no index."""
    from desk_floor import lay_bare

    large = office_of(ROWS)
    lay_bare(large)
    return Case(work("ours", "edit", large), work("floor", "edit", large), limit=6.0)
