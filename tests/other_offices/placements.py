"""Placements of three school years, with every edge of the internship rules among them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.other_offices import people
from tests.other_offices.rows import INTAKES, Row

if TYPE_CHECKING:
    from tests.other_offices.world import World

D = dt.date
MAJOR = "焊接技术应用"


def place(world: World) -> None:
    """Twenty or so placements a school year: usual ones first, then the edges."""
    for intake in INTAKES:
        mates = [s for s in world.rows["student"] if s.v["intake"] == intake and not s.edge]
        for student in world.rng.sample(mates, 16):
            usual(world, student, intake + 2)
        edges(world, intake, intake + 2)


def one(
    world: World, student: Row, firm: Row | str, start: D, end: D, edge: bool = True, **over: Any
) -> Row:
    """One placement in good order unless told otherwise."""
    copied = {k: student.v[k] for k in ("sid", "name", "sex", "idn", "cls", "short_cls", "phone")}
    values: dict[str, Any] = {
        "job": world.rng.choice(("焊工", "记账员", "质检员", "仓管员")),
        "mentor": people.name(world.rng, True),
        "tutor": world.rng.choice(world.rows["teacher"]).v["name"],
        "arr": "集中",
        "match": True,
        "pay": 2600,
        "ref": 3000,
        "agree": True,
        "ins": True,
        "night": False,
    }
    return world.add(
        "placement",
        edge,
        **copied,
        major=student.v["major"],
        intake=student.v["intake"],
        firm=firm,
        start=start,
        end=end,
        **(values | over),
    )


def usual(world: World, student: Row, year: int) -> None:
    """A placement as most are, on either side of the rules by chance."""
    rng = world.rng
    start = rng.choice((D(year, 9, 1), D(year, 10, 8), D(year + 1, 1, 4), D(year + 1, 2, 20)))
    ends = (D(year + 1, 6, 30), D(year + 1, 7, 31), D(year + 1, 7, 15))
    ref = rng.choice((2800, 3000, 3500, 4200))
    hosts: tuple[Row | str, ...] = (*world.rows["firm"][4:15], "南塘镇老周电焊铺")
    one(
        world,
        student,
        rng.choice(hosts),
        start,
        rng.choice(ends),
        edge=False,
        arr="集中" if rng.random() < 0.8 else "自主",
        match=rng.random() < 0.8,
        pay=round(ref * rng.choice((0.7, 0.85, 0.9, 1))),
        ref=ref,
        night=rng.random() < 0.06,
    )


def edges(world: World, intake: int, year: int) -> None:
    """The edges of one school year, each on students of its own."""
    firm = world.rows["firm"]
    sep, jun = D(year, 9, 1), D(year + 1, 6, 30)

    def new(birth: D | None = None, late: int = 0) -> Row:
        return world.student(intake + late, MAJOR, birth, edge=True)

    def day(count: int) -> D:
        return sep + dt.timedelta(count)

    one(world, new(), firm[6], sep, day(179))
    one(world, new(), firm[6], sep, day(178))
    one(world, new(), firm[12], sep, jun, pay=2400)
    one(world, new(), firm[12], sep, jun, pay=2399)
    one(world, new(), "青屿海工维修部", sep, jun, agree=False, arr="自主")
    one(world, new(), firm[10], sep, jun, ins=False, match=False)
    one(world, new(D(year - 16, 9, 1)), firm[12], sep, jun)
    one(world, new(D(year - 16, 9, 2)), firm[12], sep, jun)
    # On the last day of the first year, and on the first day after it.
    one(world, new(late=2), firm[10], D(year + 1, 8, 31), D(year + 2, 3, 31))
    one(world, new(late=1), firm[10], sep, D(year + 1, 5, 31))
    changes_of_firm(world, new, year)
    shares(world, new, year)


def changes_of_firm(world: World, new: Any, year: int) -> None:
    """Two rows of one student: the later one decides, the days of both count once."""
    firm = world.rows["firm"]
    sep = D(year, 9, 1)
    for first_end, second_start, second_end in (
        (D(year, 12, 31), D(year + 1, 1, 1), D(year + 1, 5, 31)),
        (D(year, 11, 30), D(year, 11, 15), D(year + 1, 2, 26)),
    ):
        student = new()
        one(world, student, firm[9], sep, first_end, arr="自主", match=False)
        one(world, student, firm[11], second_start, second_end, arr="集中", match=True)


def shares(world: World, new: Any, year: int) -> None:
    """Interns at once against ten in a hundred of the staff, in the first school year only."""
    firm = world.rows["firm"]
    if year != 2021:
        return
    jun = D(2022, 6, 30)
    for _ in range(3):
        one(world, new(), firm[0], D(2021, 9, 1), jun)
    for start in (D(2021, 9, 1), D(2021, 12, 31), D(2022, 1, 1), D(2022, 3, 1)):
        one(world, new(), firm[1], start, jun)
    for n, gap in ((2, 0), (3, 1)):
        middle = D(2022, 3, 1)
        one(world, new(), firm[n], D(2021, 9, 1), middle)
        one(world, new(), firm[n], middle + dt.timedelta(gap), D(2022, 8, 31))
