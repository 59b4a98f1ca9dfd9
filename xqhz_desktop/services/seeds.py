"""What a new database begins with: dated targets, and the days that are not what they seem."""

import tomllib
from typing import Any

from xqhz_desktop.base.paths import migrations

Values = dict[str, Any]


def target_rows() -> list[Values]:
    """The plan's dated targets, from db/targets.toml."""
    names = ("indicator", "from_year", "reach", "strive", "source", "status")
    with (migrations() / "targets.toml").open("rb") as file:
        listed = tomllib.load(file)["target"]
    return [{name: target.get(name) for name in names} for target in listed]


def calendar_days() -> list[Values]:
    """Weekdays that rest and weekends that work, of every year that chinesecalendar knows."""
    from chinese_calendar import constants

    rests = [
        {"day": day, "works": False, "name": name}
        for day, name in constants.holidays.items()
        if day.weekday() < 5
    ]
    works = [{"day": day, "works": True, "name": name} for day, name in constants.workdays.items()]
    days = {row["day"]: row for row in [*rests, *works]}
    return [days[day] for day in sorted(days)]
