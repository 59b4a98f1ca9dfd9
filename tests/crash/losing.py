"""Replays an action up to a moment at which the power goes, with unsynced writes lost.

The model of the disk: what was synced is there. Of what was not, any writes are there, any are
lost, and any are torn at the bounds of a sector. Names (made, renamed, removed) are kept in
their order, as every file system with a journal does, but only up to any point behind the last
sync of their folder. The index of a log (-shm) is memory and gone.

Called as `python -m tests.crash.losing ACTION REPLAYS FOLDER [careless]`; prints a Report.
"""

import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from tests.crash.campaign import Campaign, campaign
from tests.crash.recording import Cut, Event, Name, NamesSync, Said, Sync, Write, record
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.crash.tracing import Ran
from xqhz_desktop.store import database

SECTOR = 512
# How likely an unsynced write is there, is torn; a disk without a cache, a lazy one, a full mix.
MOODS = ((0.0, 0.0), (0.9, 0.05), (0.5, 0.2), (1.0, 0.0), (0.2, 0.4))
AGAIN = 20  # every so manyth replay the action is done again


def lose(name: str, replays: int, scratch: Path, *, careless: bool = False) -> Report:
    """Replays an action so often; `careless` takes its syncs away (the control)."""
    report = Report()
    with campaign(name, scratch) as under, _without_syncs() if careless else nullcontext():
        under.lay()
        originals = {}
        events, there = record(under.call(), under.folder, scratch)
        for number, path in enumerate(there, 1):
            originals[number] = (under.origin / path.relative_to(under.folder)).read_bytes()
        names = {str(path): number for number, path in enumerate(there, 1)}
        # The last replays are of the end: what was promised must be there.
        late = replays - replays // (2 if careless else 10)
        for number in range(replays):
            disk = Disk(events, originals, names, Random(f"{name} {number}"))
            _replay(under, disk, number, number >= late, report)
    return report


class Disk:
    """A disk that lost its power at a moment of the events."""

    def __init__(
        self,
        events: list[Event],
        originals: dict[int, bytes],
        names: dict[str, int],
        chance: Random,
    ) -> None:
        self.events = events
        self.originals = originals
        self.names = names
        self.chance = chance

    def files_at(self, moment: int) -> dict[str, bytes]:
        """Path to content, as the next start finds it."""
        kept, torn = self.chance.choice(MOODS)
        past = self.events[:moment]
        return {
            path: self._content(past, file, kept, torn)
            for path, file in self._names(past).items()
            if file
        }

    def _names(self, past: list[Event]) -> dict[str, int]:
        """The names after a chance part of those that no sync has settled."""
        turns = [place for place, event in enumerate(past) if isinstance(event, Name)]
        settled = max((place for place in turns if self._settled(past, place)), default=-1)
        open_ones = [place for place in turns if place > settled]
        last = self.chance.choice([settled, *open_ones])
        names = dict(self.names)
        for event in past[: last + 1]:
            if isinstance(event, Name):
                names.pop(event.gone, None)
                names.pop(event.path, None)
                if event.file is not None:
                    names[event.path] = event.file
        return names

    def _settled(self, past: list[Event], place: int) -> bool:
        event = past[place]
        assert isinstance(event, Name)
        folder = str(Path(event.path).parent)
        return NamesSync(folder) in past[place:]

    def _content(self, past: list[Event], file: int, kept: float, torn: float) -> bytes:
        synced = max((place for place, event in enumerate(past) if event == Sync(file)), default=-1)
        content = bytearray(self.originals.get(file, b""))
        for place, event in enumerate(past):
            if isinstance(event, Write | Cut) and event.file == file:
                fate = 0.0 if place < synced else self.chance.random()
                if place < synced or fate < kept:
                    _apply(content, event)
                elif isinstance(event, Write) and fate < kept + torn:
                    self._tear(content, event)
        return bytes(content)

    def _tear(self, content: bytearray, write: Write) -> None:
        for start in range(0, len(write.content), SECTOR):
            if self.chance.random() < 0.5:
                part = write.content[start : start + SECTOR]
                _apply(content, Write(write.file, write.offset + start, part))


def _apply(content: bytearray, event: Write | Cut) -> None:
    end = event.size if isinstance(event, Cut) else event.offset + len(event.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(event, Cut):
        del content[end:]
    else:
        content[event.offset : end] = event.content


def _replay(under: Campaign, disk: Disk, number: int, late: bool, report: Report) -> None:
    moment = len(disk.events) if late else disk.chance.randrange(len(disk.events) + 1)
    _lay(under.folder, disk.files_at(moment))
    said = "".join(event.text for event in disk.events[:moment] if isinstance(event, Said))
    report.points += 1
    try:
        if number % AGAIN:
            found = under.records()
            if under.promised(said) and not under.kept(found):
                raise Bad("it was said to be done, and is lost")
        else:
            under.judge(Ran(0, said, ""))
    except Bad as bad:
        report.bad.append(f"replay {number}, after {moment} of {len(disk.events)}: {bad}")


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)


def _without_syncs() -> Any:
    prepare = database._prepare

    def careless(connection: Any, *more: Any) -> None:
        prepare(connection, *more)
        connection.execute("PRAGMA synchronous = OFF")

    return patch.object(database, "_prepare", careless)


if __name__ == "__main__":
    lose(
        sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), careless=sys.argv[4:] == ["careless"]
    ).hand_over()
