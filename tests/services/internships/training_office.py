"""An office with a batch under way: four who are due, two firms, nobody placed yet."""

from collections.abc import Iterator, Sequence

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OTHER
from tests.services.typed import new
from xqhz_desktop.services import tables
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.internships.doing import Done, carry_out
from xqhz_desktop.services.internships.due_list import classes, due_from_classes

BATCH = "2024-2025学年第一批"
PLACED = {"firm": FIRM, "start": "2024-9-1", "position": "钳工", "arrangement": "集中"}


def begin(desk: Desk) -> None:
    """Register firms, a class of four and a batch with its list."""
    desk.bring(
        {
            "01企业.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
            "02学生.xlsx": table(*(student(number) for number in range(1, 5))),
        }
    )
    days = {"start": "2024-9-1", "end": "2025-6-30"}
    new(desk.office, "batches", name=BATCH, school_year="2024", kind="岗位实习", **days)
    (first,) = tables.ids(desk.office, "batches")
    due_from_classes(desk.office, first, [line.id for line in classes(desk.office, first)])


def as_it_was(desk: Desk) -> Iterator[Desk]:
    """The office for one test; what it did is taken back and leaves no trace."""
    mark, before = actions(desk.office)[0].id, desk.dump()
    yield desk
    for line in actions(desk.office):  # the newest first
        if line.id > mark and line.undoable and line.kind != "undo":
            desk.undo(line.id)
    assert desk.dump() == before


def dues(desk: Desk) -> list[int]:
    """The lines of the list, in order."""
    return tables.ids(desk.office, "dues")


def do(desk: Desk, deed: str, ids: Sequence[int], **texts: str) -> Done:
    """Do a deed for chosen rows."""
    return carry_out(desk.office, deed, ids, texts)


def placed(desk: Desk, how_many: int = 4, **texts: str) -> list[int]:
    """Place the first of the list at a firm; the placements."""
    known = set(tables.ids(desk.office, "placements"))
    do(desk, "place", dues(desk)[:how_many], **(PLACED | texts))
    return [one for one in tables.ids(desk.office, "placements") if one not in known]


def reasons(done: Done) -> list[str]:
    """Who was left out, and why."""
    return [f"{one.called}：{one.reason}" for one in done.refused]
