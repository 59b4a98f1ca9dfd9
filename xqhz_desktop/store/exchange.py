"""One database put in another's place, whole or not at all, however it is cut off.

A restore is decided by one rename: the ready copy becomes `incoming.db` in a folder of its own
below `set-aside`. What follows is done again at the next start until it is finished. The old
file goes with its -wal and -shm: an old log beside a new file would silently undo the exchange.
"""

import os
from datetime import datetime
from itertools import count
from pathlib import Path

from xqhz_desktop.store.backup import must_be_alone, sync_folder

INCOMING = "incoming.db"
PREPARING = "preparing.db"
_SUFFIXES = ("-wal", "-shm", "-journal", "")


def new_place(aside: Path, moment: datetime) -> Path:
    """A new folder for what will be set aside; leftovers of unfinished preparations are removed.

    Raises OSError.
    """
    aside.mkdir(exist_ok=True)
    for place in aside.iterdir():
        discard(place)
    stem = f"{moment:%Y%m%d-%H%M%S}"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}" for number in count(1))
    place = next(aside / name for name in names if not (aside / name).exists())
    place.mkdir()
    return place


def discard(place: Path) -> None:
    """Remove what was being prepared in a place, and the place where nothing else is in it."""
    for left in place.glob(f"{PREPARING}*"):
        left.unlink()
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()


def exchange(database: Path, place: Path) -> None:
    """Put the place's prepared file where the database is; that one is kept in the place.

    The prepared file must be closed, checked and on the disk. Raises OSError; after the first
    rename `finish` completes it.
    """
    must_be_alone(place / PREPARING)
    os.replace(place / PREPARING, place / INCOMING)
    sync_folder(place)
    sync_folder(place.parent)
    _complete(database, place)


def finish(database: Path, aside: Path) -> bool:
    """Complete an exchange that was cut off; whether there was one. Raises OSError."""
    found = sorted(aside.glob(f"*/{INCOMING}"))
    for incoming in found:
        _complete(database, incoming.parent)
    return bool(found)


def _complete(database: Path, place: Path) -> None:
    """While the incoming file lies in the place, what lies beside the database is still old."""
    for suffix in _SUFFIXES:
        old = database.with_name(database.name + suffix)
        if old.exists():
            os.replace(old, place / old.name)
    sync_folder(place)
    os.replace(place / INCOMING, database)
    sync_folder(database.parent)
    sync_folder(place)
