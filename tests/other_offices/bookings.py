"""A year of bookings: clashes, touching ones, cancelled ones, weekends and holidays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.other_offices.rows import SLOTS, Row

if TYPE_CHECKING:
    from tests.other_offices.world import World

D = dt.date
USERS = ("滨北区就业服务中心", "港东区退役军人事务局", "东岭县乡村振兴局")
# Days on which the calendar and the week do not agree: worked Sundays, holidays on weekdays.
ODD_DAYS = {
    2021: (D(2021, 2, 7), D(2021, 10, 4)),
    2022: (D(2022, 4, 2), D(2022, 10, 3)),
    2023: (D(2023, 6, 25), D(2023, 9, 29)),
}


def book(world: World, year: int, slots: list[str]) -> None:
    """Forty or so bookings of a year, in order of date."""
    made = [usual(world, year, slots) for _ in range(26)]
    made += edges(world, year)
    made.sort(key=lambda r: (r.v["date"], r.v["base"].v["code"]))
    world.rows["booking"] = world.rows.get("booking", []) + made


def one(world: World, day: D, slot: str, base: Row, edge: bool, **over: Any) -> Row:
    """One booking, not yet in the list."""
    rng = world.rng
    audience = rng.choice(("在校学生", "在校学生", "在校学生", "企业职工", "城乡劳动者"))
    user: Any = {
        "在校学生": rng.choice(("2020级焊接技术应用1班", "2021级会计事务1班", "20焊接1班")),
        "企业职工": rng.choice(world.rows["firm"]),
        "城乡劳动者": rng.choice(USERS),
    }[audience]
    values = {
        "date": day,
        "week": f"星期{'一二三四五六日'[day.weekday()]}",
        "slot": slot,
        "base": base,
        "user": user,
        "aud": audience,
        "func": rng.choice(("技能实训", "技能实训", "技能培训", "技能鉴定", "技能大赛")),
        "people": rng.randrange(12, 50),
        "content": rng.choice(("综合训练", "考证辅导", "岗前训练", "赛前集训")),
        "owner": rng.choice(world.rows["teacher"]).v["name"],
        "cancelled": False,
        "note": "",
    }
    return Row("booking", values | over, edge)


def usual(world: World, year: int, slots: list[str]) -> Row:
    """A booking on some working weekday at some base."""
    day = world.day(year, year)
    while day.weekday() > 4 and world.rng.random() < 0.9:
        day = world.day(year, year)
    return one(world, day, world.rng.choice(slots), world.rng.choice(world.rows["base"]), False)


def edges(world: World, year: int) -> list[Row]:
    """Pairs that clash, only touch, or would clash were one not cancelled."""
    base = world.rows["base"]
    pairs = (
        ("1-2", "3-4", False), ("am", "3-4", False), ("day", "14:00-16:30", False),
        ("evening", "evening", False), ("am", "1-2", True), ("9:00-11:30", "3-4", False),
    )  # fmt: skip
    made = []
    for n, (first, second, cancelled) in enumerate(pairs):
        day = D(year, 3 + n, 7 + n)
        made.append(one(world, day, first, base[n % 4], True))
        made.append(one(world, day, second, base[n % 4], True, cancelled=cancelled))
    for day in (*ODD_DAYS[year], D(year, 12, 31)):
        made.append(one(world, day, "day", base[2], True))
    return made


def overlap(a: Row, b: Row) -> bool:
    """Whether two bookings of one base and day share more than a moment."""
    return any(max(s, t) < min(e, f) for s, e in SLOTS[a.v["slot"]] for t, f in SLOTS[b.v["slot"]])
