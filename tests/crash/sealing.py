"""Strikes encryption, decryption, changes of keys and a purge at their lasting calls, and looks.

A blow kills, or lets the call fail; several, with commas between, take turns. Called as
`python -m tests.crash.sealing BLOWS ACTION POINTS FOLDER`; prints a Report.
"""

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests import cheap
from tests.crash import state, tracing
from tests.crash.actions import LATER, NOW, SCANS, clock
from tests.crash.campaign import chosen
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.services.safety.backups import place_of
from xqhz_desktop.store.attachments import Store, plain_files
from xqhz_desktop.store.backup import digest, note_of
from xqhz_desktop.store.cipher import key_for

DOCUMENTED = {0, 5, 7, 8}
PASSWORD, NEW = "春江潮水连海平2025", "another password"
WHO = "测试"
SHA256 = digest(SCANS[0])
ACTIONS = {
    "first": ("history",),
    "encrypt": ("encrypt",),
    "decrypt": ("decrypt",),
    "password": ("password",),
    "reset": ("user", "password", WHO),
    "code": ("recovery-code",),
    "purge": ("encrypt", "--purge-plain-backups", "--yes"),
}
PLAIN = ("first", "encrypt")  # what is done to records that are not encrypted yet


@dataclass(frozen=True, slots=True)
class Trial:
    """One action on one school."""

    arguments: tuple[str, ...]
    scratch: Path
    origin: Path
    known: frozenset[str]  # the records before and after, whatever they are wrapped in
    code: str  # the recovery code of the first start; "" where that is what is struck

    @property
    def folder(self) -> Path:
        """The data folder that the action works on."""
        return self.scratch / "school"

    def call(self, *arguments: str) -> list[str]:
        """The command line, the action's own unless another is given."""
        secrets = ("--key-file", str(self.scratch / "key.txt"))
        return ["--data-dir", str(self.folder), *(arguments or self.arguments), *secrets]

    def lay(self) -> None:
        """Puts the folder back to where it was before the action."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.origin, self.folder)

    def judge(self, out: str) -> None:
        """The records are there, plain or under a secret that is known; raises Bad."""
        folder = DataFolder(self.folder)
        opened = self._opened(folder, out)
        look = self.scratch / "look"
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(self.folder, look)
        key = key_for(look / "xqhz.db", opened.key)
        if state.read(look / "xqhz.db", key) not in self.known:
            raise Bad("the records are neither as before nor as after")
        for path in (look / "backups").glob("*.db"):
            if state.read(path, key_for(path, opened.key)) not in self.known:
                raise Bad(f"backup {path.name} holds other records")
            note = note_of(path)
            if note is not None and digest(path) != note.sha256:
                raise Bad(f"backup {path.name} is not what its note says")
        self._go_on()
        _check_scan(folder, opened.key)

    def _opened(self, folder: DataFolder, out: str) -> DataFolder:
        """The folder by each secret that was promised to open it."""
        found = []
        if not encryption.needs_key(folder):
            found.append(folder)
        codes = _shown(out) or [self.code] * (self.arguments != ACTIONS["code"])
        for secret in (PASSWORD, NEW, *codes):
            try:
                found.append(encryption.unlock(folder, secret))
            except UserError:
                if secret in codes and encryption.needs_key(folder):
                    raise Bad("the recovery code that was shown opens nothing") from None
        if not found:
            raise Bad("nothing opens it")
        return found[-1]

    def _go_on(self) -> None:
        """The program opens it and leaves nothing lying about; raises Bad."""
        with clock(LATER):
            codes = []
            for secret in (PASSWORD, NEW):
                (self.scratch / "key.txt").write_text(secret, "utf-8")
                codes.append(tracing.run(self.call("backup"), self.scratch).code)
            (self.scratch / "key.txt").write_text(f"{PASSWORD}\n{NEW}\n", "utf-8")
        if 0 not in codes or not set(codes) <= {0, 10}:
            raise Bad(f"afterwards it ended with {codes}")
        left = [path.name for path in self.folder.rglob("*") if ".converting" in path.name]
        if left:
            raise Bad(f"left behind: {left}")


def _check_scan(folder: DataFolder, key: bytes | None) -> None:
    """Once it was opened again, the scan lies there whole, readable as the records are."""
    key = key_for(folder.database, key)
    for root in (folder.attachments, place_of(folder.backups)):
        if not Store(root, key).sound(SHA256):
            raise Bad(f"the scan is not there as it was: {root.parent.name}")
    if key is not None and plain_files(folder.attachments):
        raise Bad("the scan lies open beside encrypted records")


def _shown(out: str) -> list[str]:
    return [line.removeprefix("恢复码：") for line in out.splitlines() if line.startswith("恢复码")]


@contextmanager
def trial(name: str, scratch: Path) -> Iterator[Trial]:
    """Prepares an action; wrapping is made cheap, since it is not what is killed."""
    (scratch / "key.txt").write_text(f"{PASSWORD}\n{NEW}\n", "utf-8")
    with (
        cheap.wrapping(),
        clock(NOW),
    ):
        origin = scratch / "before"
        known, code = _prepare(origin, first=name != "first", encrypted=name not in PLAIN)
        made = Trial(ACTIONS[name], scratch, origin, frozenset(), code)
        made.lay()
        tracing.warm(made.call())
        made.lay()
        ran = tracing.run(made.call(), scratch)
        if ran.code:
            raise RuntimeError(f"the action does not work by itself: {ran}")
        after = _records(made.folder)
        yield Trial(ACTIONS[name], scratch, origin, frozenset({*known, after}), code)


def _prepare(folder: Path, *, first: bool, encrypted: bool) -> tuple[set[str], str]:
    """A school with a plain backup, encrypted when asked; its records at each step, its code."""
    known, code = set(), ""
    with Office.open(DataFolder(folder), WHO, lambda: NOW) as office:
        Desk(office).bring(OFFICE)
        attachments.add(office, "firms", 1, SCANS[0])
        office.backup("手动")
        if first and (begun := prepare(office.folder, WHO)):
            code = begun.code
            begun.keep()
    known.add(_records(folder))
    if encrypted:
        with Office.open(DataFolder(folder), WHO, lambda: NOW) as office:
            encryption.turn_on(office, PASSWORD, lambda _: None)
        known.add(_records(folder))
    return known, code


def _records(folder: Path) -> str:
    found = DataFolder(folder)
    for secret in (PASSWORD, NEW):
        if encryption.needs_key(found):
            try:
                found = encryption.unlock(found, secret)
            except UserError:
                continue
    return state.read(found.database, key_for(found.database, found.key))


def strike_at_each(blows: str, name: str, points: str, scratch: Path) -> Report:
    """Strikes at so many points of an action, or at a part of all (`chosen`)."""
    report = Report()
    with trial(name, scratch) as under:
        under.lay()
        calls = chosen(tracing.count(under.call(), scratch), points)
        for call, blow in zip(calls, cycle(blows.split(","))):
            under.lay()
            tracer = tracing.injected(call, blow, scratch)
            ran = tracing.run(under.call(), scratch, tracer)
            report.points += 1
            report.struck += ran.code == -signal.SIGKILL or "INJECTED" in _log(scratch)
            report.ended(ran.code)
            try:
                if ran.code not in {-signal.SIGKILL, *DOCUMENTED} or "Traceback" in ran.err:
                    raise Bad(f"it ended with {ran.code}: {ran.err}")
                under.judge(ran.out + ran.err)
            except Bad as bad:
                report.bad.append(f"{call.name} {call.turn}: {bad}; {call.text}")
    return report


def _log(scratch: Path) -> str:
    return (scratch / "injected.txt").read_text("utf-8", "replace")


if __name__ == "__main__":
    strike_at_each(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])).hand_over()
