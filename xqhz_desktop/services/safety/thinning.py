"""Which backups may go: all of two days stay, then 12 daily, 10 weekly and 9 monthly ones."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta

ALL_OF = timedelta(days=2)
_TIERS: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (12, lambda day: day),
    (10, lambda day: day.isocalendar()[:2]),
    (9, lambda day: (day.year, day.month)),
)


def thinned(moments: Iterable[datetime], now: datetime) -> dict[datetime, datetime | None]:
    """What may be deleted, each with the one that stands for it; None for what is too old.

    The newest of a day, week or month stands for it. Only days, weeks and months that have a
    backup count, so that a holiday or a wrong clock empties no place. What is dated after `now`
    stays, and so does the newest of all. What was let go is never wanted again later.
    """
    ordered = sorted(set(moments), reverse=True)
    rest = [moment for moment in ordered[1:] if moment.date() < (now - ALL_OF).date()]
    gone: dict[datetime, datetime | None] = {}
    for places, bucket in _TIERS:
        rest, replaced = _tier(rest, places, bucket)
        gone |= replaced
    return gone | dict.fromkeys(rest)


def _tier(
    moments: list[datetime], places: int, bucket: Callable[[date], Hashable]
) -> tuple[list[datetime], dict[datetime, datetime | None]]:
    """What is older than this tier's last place; and what another one stands for."""
    standing: dict[Hashable, datetime] = {}
    replaced: dict[datetime, datetime | None] = {}
    for index, moment in enumerate(moments):
        found = standing.setdefault(bucket(moment.date()), moment)
        if found is not moment:
            replaced[moment] = found
        elif len(standing) > places:
            return moments[index:], replaced
    return [], replaced
