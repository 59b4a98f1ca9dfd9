"""Damage to a right office: each reason for a bad row at least once, and the warnings."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from tests.other_offices.rows import Flaw, Raw, Row, wrong_last
from tests.other_offices.world import World

Damage = Callable[[Row, random.Random], list[Flaw]]
BLANKS = {
    "firm": {"name": "missing_name", "uscc": "missing_uscc"},
    "agreement": {
        "firm": "missing_name", "code": "missing_code", "start": "missing_date",
        "end": "missing_end_date",
    },
    "student": {"idn": "missing_id", "name": "missing_name"},
    "placement": {
        "idn": "missing_id", "name": "missing_name", "firm": "missing_firm",
        "start": "missing_date",
    },
    "apprentice": {"idn": "missing_id", "name": "missing_name", "end": "missing_end_date"},
    "part_timer": {"idn": "missing_id", "start": "missing_date"},
    "teacher": {"tid": "missing_staff_no", "name": "missing_name"},
    "stint": {"tid": "missing_staff_no", "start": "missing_date", "end": "missing_end_date"},
    "booking": {"date": "missing_date", "slot": "missing_time", "base": "missing_base"},
    "course": {"course": "missing_name"},
}  # fmt: skip
WARNED_BLANKS = {
    "firm": ("ind", "staff", "contact", "phone"),
    "student": ("nation", "phone", "mcode"),
    "placement": (
        "job", "arr", "match", "pay", "ref", "agree", "ins", "phone", "mentor", "tutor",
    ),
    "apprentice": ("job", "mentor", "tutor", "pay", "wno"),
    "teacher": ("edu", "title"),
    "booking": ("people", "content", "owner"),
}  # fmt: skip
NO_DAYS = ("待定", "{}.2.30", "{}年13月1日", "{}.9.31", "{}-06-31", "{}/11/31")


def blank(key: str, reason: str) -> Damage:
    """The cell was left empty."""
    return lambda row, rng: [Flaw(key, reason, None)]


def no_day(key: str) -> Damage:
    """A day that is in no calendar."""

    def damage(row: Row, rng: random.Random) -> list[Flaw]:
        written = rng.choice(NO_DAYS).format(row.v[key].year)
        return [Flaw(key, "impossible_date", Raw(written))]

    return damage


def turned(row: Row, rng: random.Random) -> list[Flaw]:
    """Start and end exchanged."""
    start, end = row.v["start"], row.v["end"]
    return [Flaw("start", "end_before_start", end), Flaw("end", "end_before_start", start)]


def wrong_id(row: Row, rng: random.Random) -> list[Flaw]:
    """Another check digit."""
    return [Flaw("idn", "id_check_digit", wrong_last(row.v["idn"], rng))]


def id_as_number(row: Row, rng: random.Random) -> list[Flaw]:
    """Typed into a cell of numbers: the last three digits are lost."""
    return [Flaw("idn", "id_stored_as_number", Raw(float(row.v["idn"][:15] + "000")))]


def wrong_uscc(row: Row, rng: random.Random) -> list[Flaw]:
    """Another check character."""
    other = rng.choice([c for c in "0123456789ABCDEFGH" if c != row.v["uscc"][-1]])
    return [Flaw("uscc", "uscc_check_digit", row.v["uscc"][:-1] + other)]


def short_uscc(row: Row, rng: random.Random) -> list[Flaw]:
    """One character too few."""
    return [Flaw("uscc", "uscc_length", row.v["uscc"][:-1])]


def slot_as_date(row: Row, rng: random.Random) -> list[Flaw]:
    """Excel made a date of 3-4."""
    day = dt.date(row.v["date"].year, rng.choice((1, 3, 5, 7)), rng.choice((2, 4, 6, 8)))
    return [Flaw("slot", "time_cell_is_a_date", Raw(day))]


def no_slot(row: Row, rng: random.Random) -> list[Flaw]:
    """No time that anybody could read."""
    return [Flaw("slot", "impossible_time", Raw(rng.choice(("另行通知", "时间待定"))))]


def no_base(row: Row, rng: random.Random) -> list[Flaw]:
    """A place that is no base."""
    return [Flaw("base", "unknown_base", Raw(rng.choice(("学术报告厅", "操场东侧"))))]


def wrong_sum(row: Row, rng: random.Random) -> list[Flaw]:
    """A total that is not the sum."""
    return [Flaw("total", "hours_do_not_add_up", row.v["total"] + rng.choice((-8, 4, 36)))]


MORE: dict[str, tuple[Damage, ...]] = {
    "firm": (wrong_uscc, short_uscc),
    "agreement": (no_day("start"), no_day("end"), turned),
    "student": (wrong_id, id_as_number),
    "placement": (
        wrong_id, wrong_id, id_as_number, no_day("start"), no_day("end"), turned,
    ),
    "apprentice": (wrong_id, no_day("start"), turned),
    "part_timer": (wrong_id, turned),
    "teacher": (wrong_id,),
    "stint": (no_day("start"), turned),
    "booking": (no_day("date"), slot_as_date, no_slot, no_base, no_base),
    "course": (wrong_sum, wrong_sum),
}  # fmt: skip


def damage(world: World) -> None:
    """Spoil rows that stand for no edge; each bad row has one reason."""
    rng = world.rng
    for kind, blanks in BLANKS.items():
        rows = [r for r in world.rows[kind] if not r.edge]
        rng.shuffle(rows)
        if kind == "firm":
            # A firm without a name cannot be known by its placements: take the one with none.
            rows.sort(key=lambda r: r is world.rows["firm"][15])
        for apply in (*(blank(k, why) for k, why in blanks.items()), *MORE[kind]):
            row = rows.pop()
            row.bad += apply(row, rng)
        if kind != "course":  # A course has no key that could come twice.
            duplicate(world, rows.pop())
        warn(rng, kind, rows)


def duplicate(world: World, row: Row) -> None:
    """The same row once more, right after or further down."""
    rows = world.rows[row.kind]
    place = world.rng.randrange(rows.index(row) + 1, len(rows) + 1)
    again = Row(row.kind, row.v, copy_of=row)
    again.bad = [Flaw("", "duplicate_row")]
    rows.insert(place, again)


def warn(rng: random.Random, kind: str, rows: list[Row]) -> None:
    """Warnings on rows that stay good: an empty cell, or one that contradicts another."""
    for key in WARNED_BLANKS.get(kind, ()):
        rows.pop().warned.append(Flaw(key, "missing_cell", None))
    contradictions: dict[str, tuple[tuple[str, str, Callable[[Any], Any]], ...]] = {
        "student": (
            ("birth", "birth_differs_from_id", lambda day: day + dt.timedelta(31)),
            ("sex", "sex_differs_from_id", lambda sex: "女" if sex == "男" else "男"),
        ),
        "stint": (("days", "days_differ_from_dates", lambda n: n + 2),),
    }
    for key, reason, other in contradictions.get(kind, ()):
        row = rows.pop()
        row.warned.append(Flaw(key, reason, other(row.v[key])))
