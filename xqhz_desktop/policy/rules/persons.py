"""Age and year of study: shared by the rules of placements and of apprentices."""

from datetime import date

from xqhz_desktop.base.identity import birthday
from xqhz_desktop.base.period import birthday_at, school_year_days


def days_until_age(id_number: str, age: int, day: date) -> int:
    """Days from `day` until the person is of `age`; 0 where already, or where the ID is no ID."""
    if id_number[6:10].isdecimal() and int(id_number[6:10]) + age < day.year:
        return 0  # most are older by more than a year
    try:
        reached = birthday_at(birthday(id_number), age)
    except ValueError:
        return 0
    return max(0, (reached - day).days)


def in_first_year(intake: int | None, day: date) -> bool:
    """Whether one who entered in `intake` is still in the first year on `day`.

    It ends on 31 August after entry; an unknown intake is no first year.
    """
    return intake is not None and day <= school_year_days(intake)[1]
