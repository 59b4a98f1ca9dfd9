"""When backups will be gone by themselves: thinning, played through over the days to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.safety.backups import Backup
from xqhz_desktop.services.safety.thinning import thinned

_FAR = timedelta(days=3 * 366)  # by then every tier is full


@dataclass(frozen=True, slots=True)
class Expiry:
    """A backup, and the day by which it will be gone: with daily backups, and with weekly ones."""

    name: str
    made: datetime
    gone: date
    slowly: date


def expiring(found: Iterable[Backup], now: datetime) -> list[Expiry]:
    """When backups will have gone, the last first: if every working day brings one, or every week.

    Time without any work puts it off: only days, weeks and months that have a backup count.
    """
    standing = {one.moment: one for one in found}
    daily = _played(set(standing), now, frozenset(range(5)))
    weekly = _played(set(standing), now, frozenset({now.weekday()}))
    far = (now + _FAR).date()
    listed = [
        Expiry(one.name, moment, daily.get(moment, far), weekly.get(moment, far))
        for moment, one in standing.items()
    ]
    return sorted(listed, key=lambda one: (one.gone, one.slowly, one.made), reverse=True)


def _played(wanted: set[datetime], now: datetime, weekdays: frozenset[int]) -> dict[datetime, date]:
    """The day on which each goes, where a backup is made on those days of the week."""
    gone: dict[datetime, date] = {}
    moments, day = set(wanted), now
    while wanted - gone.keys() and day < now + _FAR:
        day += timedelta(days=1)
        if day.weekday() in weekdays:
            moments.add(day)
            for moment in thinned(moments, day):
                moments.discard(moment)
                if moment in wanted:
                    gone[moment] = day.date()
    return gone


def holding(folder: Path, first: int, until: int) -> list[Backup]:
    """Backups made between two actions of the journal; those that nobody checked count as well."""
    return [
        one
        for one in backups.listed(folder)
        if one.note is None or first <= one.note.action < until
    ]
