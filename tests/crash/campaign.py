"""One action, done again and again from the same folder; each time what is left is judged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import cheap
from tests.crash import state, tracing
from tests.crash.actions import ACTIONS, LATER, Action, clock, program
from tests.crash.state import Bad
from xqhz_desktop.store import migrate


@dataclass(frozen=True, slots=True)
class Campaign:
    """An action and its folder: as it was before, and the digests of before and after."""

    action: Action
    scratch: Path
    origin: Path
    before: str
    after: str
    between: frozenset[str]  # steps of the way that the next start goes on from
    copied: frozenset[str]  # what the backups hold that were there before

    @property
    def folder(self) -> Path:
        """The data folder that the action works on."""
        return self.scratch / "school"

    def call(self, *arguments: str) -> list[str]:
        """The command line, the action's own unless another is given."""
        return ["--data-dir", str(self.folder), *(arguments or self.action.arguments)]

    def lay(self) -> None:
        """Puts the folder back to where it was before the action."""
        _copy(self.origin, self.folder)

    def records(self) -> str:
        """What the folder holds now. Raises Bad where it is neither before nor after.

        An exchange that was decided on and cut off is as good as done: the next start ends it.
        """
        decided = next(self.folder.glob("set-aside/*/incoming.db"), None)
        found = self._after_the_exchange(decided) if decided else self._digest(self.folder)
        if found not in {self.before, self.after} | self.between:
            raise Bad("the records are neither as before nor as after")
        known = {self.before, self.after} | self.between | self.copied
        state.check_backups(self.folder, self.scratch, known)
        if self.action.name == "restore" and found == self.after and not decided:
            self._nothing_gone()
        return found

    def _digest(self, folder: Path) -> str:
        return state.digest(folder, self.scratch, self.folder / "attachments")

    def _nothing_gone(self) -> None:
        """What a restore replaced is kept, log and all; raises Bad."""
        places = list(self.folder.glob("set-aside/*/"))
        if not places or self.before not in map(self._digest, places):
            raise Bad("what was replaced is not kept as it was")

    def _after_the_exchange(self, decided: Path) -> str:
        """The records to come; what they replace, half moved away, must be whole. Raises Bad."""
        told, old = self.scratch / "told", self.scratch / "old"
        for place in (told, old):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        shutil.copy(decided, told / "xqhz.db")
        for place in (decided.parent, self.folder):
            for path in place.glob("xqhz.db*"):
                shutil.copy(path, old)
        if self._digest(old) != self.before:
            raise Bad("what is being replaced is not whole")
        return self._digest(told)

    def judge(self, ran: tracing.Ran, *, tidy: bool = True) -> None:
        """Looks at what an action that was cut off has left; raises Bad."""
        found = self.records()
        if self.promised(ran.out + ran.err) and not self.kept(found):
            raise Bad("it was said to be done, and is not")
        self.do_again(found)
        if tidy:
            state.check_tidy(self.folder)

    def promised(self, said: str) -> bool:
        """Whether the clerk was told that it was done."""
        return self.action.promise in said

    def kept(self, records: str) -> bool:
        """Whether the action stands: its records, and the backup where that was the action."""
        copies = self.folder / "backups"
        return records == self.after and (self.action.name != "backup" or any(copies.glob("*.db")))

    def do_again(self, found: str) -> None:
        """The action can be done now, as if nothing had been; raises Bad."""
        done = found == self.after
        with clock(LATER):
            ran = tracing.run(
                self.call(*(self.action.when_done if done else self.action.arguments)), self.scratch
            )
        if ran.code:
            raise Bad(f"afterwards it ended with {ran.code}: {ran.err}")
        if self.records() != self.after:
            raise Bad("afterwards it did not do what it should")


@contextmanager
def campaign(name: str, scratch: Path) -> Iterator[Campaign]:
    """Prepares an action, and does it once undisturbed to know the records after it.

    Wrapping keys is made cheap: it is not what is struck.
    """
    action = ACTIONS[name]
    between = frozenset({_unseeded(scratch)} if name == "start" else ())
    with cheap.wrapping():
        action.prepare(scratch / "before")
        with program(action, scratch):
            yield _made(action, scratch, between)


def _made(action: Action, scratch: Path, between: frozenset[str]) -> Campaign:
    origin, goal = scratch / "before", scratch / "after"
    call = ["--data-dir", str(goal), *action.arguments]
    _copy(origin, goal)
    tracing.warm(call)
    _copy(origin, goal)
    ran = tracing.run(call, scratch)
    if ran.code or action.promise not in ran.out + ran.err:
        raise RuntimeError(f"the action does not work by itself: {ran}")
    before, after = (state.digest(folder, scratch) for folder in (origin, goal))
    return Campaign(action, scratch, origin, before, after, between, _copied(origin))


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _copied(origin: Path) -> frozenset[str]:
    return frozenset(state.read(path) for path in (origin / "backups").glob("*.db"))


def _unseeded(scratch: Path) -> str:
    """A first start that was cut off between making the database and filling its lists."""
    folder = scratch / "unseeded"
    folder.mkdir()
    migrate.ensure(folder / "xqhz.db")
    return state.digest(folder, scratch)


def spread(calls: list[tracing.Call], points: int | None) -> list[tracing.Call]:
    """So many of the calls (None: all): those that name, remove and sync first, then the rest."""
    if points is None or points >= len(calls):
        return calls
    rare = [call for call in calls if call.name not in tracing.WRITES]
    often = [call for call in calls if call.name in tracing.WRITES]
    half = min(len(rare), points // 2)
    return [*_evenly(rare, half), *_evenly(often, points - half)]


def chosen(calls: list[tracing.Call], points: str) -> list[tracing.Call]:
    """So many of the calls ("24"), or every n-th of all from the k-th on ("k/n")."""
    if "/" in points:
        first, step = map(int, points.split("/"))
        return calls[first - 1 :: step]
    return spread(calls, int(points))


def _evenly(calls: list[tracing.Call], wanted: int) -> list[tracing.Call]:
    return [calls[number * len(calls) // wanted] for number in range(wanted)]
