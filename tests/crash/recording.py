"""What an action did to its data folder, write by write, as strace saw it.

Only what this reads may change the folder: any other call that could raises, so that nothing
passes the replay by.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash import tracing

_SYNCS = ("fsync", "fdatasync")
_UNKNOWN = (
    *("writev", "pwritev", "pwritev2", "truncate", "fallocate", "sendfile", "copy_file_range"),
    *("link", "linkat", "symlink", "symlinkat", "dup", "dup2", "dup3", "openat2", "creat"),
)
_READ = (
    *("openat", "open", "close", "lseek", "write", "pwrite64", "ftruncate", *_SYNCS),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for a file, not yet on the disk."""

    file: int
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file's new length, not yet on the disk."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All that was written to a file is on the disk."""

    file: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the folder: of a file, of a folder (file 0), or removed (None)."""

    path: str
    file: int | None
    gone: str = ""  # the name that it had before, where it was renamed


@dataclass(frozen=True, slots=True)
class NamesSync:
    """All names of a folder are on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the clerk has read by now."""

    text: str


Event = Write | Cut | Sync | Name | NamesSync | Said


@dataclass(slots=True)
class _Open:
    """An open file: which, and where the next plain write goes."""

    file: int
    position: int = 0


@dataclass(slots=True)
class Recorder:
    """Reads a log of strace; `files` numbers the files that lie there at the beginning."""

    folder: str
    files: dict[str, int]
    events: list[Event] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    opened: dict[int, _Open | str] = field(default_factory=dict)

    def read(self, log: str) -> list[Event]:
        """The events of a whole log."""
        for line in log.splitlines():
            if "unfinished" in line:
                raise ValueError("two threads write at once: their order is not in the log")
            if (match := _LINE.match(line)) and int(match[3]) >= 0:
                self._call(match[1], match[2], int(match[3]))
        return self.events

    def _call(self, name: str, text: str, result: int) -> None:
        texts = [_bytes(hexed, more) for hexed, more in _TEXT.findall(text)]
        paths = [part.decode("utf-8", "replace") for part in texts]
        if name in ("open", "openat"):
            self._open(paths[0], text, result)
        elif name == "close":
            self.opened.pop(int(text), None)
        elif name.startswith(("rename", "unlink", "mkdir", "rmdir")):
            self._name(name, paths)
        else:
            self._written(name, text, result, texts)

    def _inside(self, path: str) -> bool:
        return path.startswith(self.folder) and not path.endswith("-shm")

    def _open(self, path: str, text: str, handle: int) -> None:
        self.opened.pop(handle, None)
        if not self._inside(path):
            return
        if "O_DIRECTORY" in text or Path(path).is_dir() or path == self.folder:
            self.opened[handle] = path
            return
        if path not in self.files:
            self.files[path] = max(self.files.values(), default=0) + 1
            self.events.append(Name(path, self.files[path]))
        number = self.files[path]
        if "O_TRUNC" in text:
            self._cut(number, 0)
        at_end = self.sizes.get(number, 0) if "O_APPEND" in text else 0
        self.opened[handle] = _Open(number, at_end)

    def _name(self, call: str, paths: list[str]) -> None:
        inside = [path for path in paths if self._inside(path)]
        if not inside:
            return
        if call.startswith("mkdir"):
            self.events.append(Name(paths[0], 0))
        elif call.startswith("rename"):
            number = self.files.pop(paths[0])
            self.files[paths[1]] = number
            self.events.append(Name(paths[1], number, gone=paths[0]))
        else:
            self.files.pop(paths[0], None)
            self.events.append(Name(paths[0], None))

    def _written(self, name: str, text: str, result: int, texts: list[bytes]) -> None:
        handle = int(text.split(",")[0])
        if handle in (1, 2) and name == "write":
            self.events.append(Said(texts[0].decode("utf-8", "replace")))
            return
        target = self.opened.get(handle)
        if isinstance(target, str) and name in _SYNCS:
            self.events.append(NamesSync(target))
        elif isinstance(target, _Open):
            self._change(target, name, text, result, texts)

    def _change(self, target: _Open, name: str, text: str, result: int, texts: list[bytes]) -> None:
        if name in _SYNCS:
            self.events.append(Sync(target.file))
        elif name == "ftruncate":
            self._cut(target.file, int(text.split(",")[1]))
        elif name == "lseek":
            target.position = result
        elif name == "pwrite64":
            self._write(target.file, int(text.rsplit(",", 1)[1]), texts[0][:result])
        elif name == "write":
            self._write(target.file, target.position, texts[0][:result])
            target.position += result
        else:
            raise ValueError(f"{name} changes the folder in a way that is not replayed")

    def _write(self, file: int, offset: int, content: bytes) -> None:
        self.events.append(Write(file, offset, content))
        self.sizes[file] = max(self.sizes.get(file, 0), offset + len(content))

    def _cut(self, file: int, size: int) -> None:
        self.events.append(Cut(file, size))
        self.sizes[file] = size


def _bytes(hexed: str, more: str) -> bytes:
    if more:
        raise ValueError("strace has cut a write short")
    return bytes.fromhex(hexed.replace("\\x", ""))


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of a folder whose loss would matter."""
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in sorted(names) if not name.endswith("-shm"))


def record(arguments: Sequence[str], folder: Path, scratch: Path) -> tuple[list[Event], list[Path]]:
    """Runs an action undisturbed: what it did, and the files that were there (numbered from 1).

    Raises RuntimeError where it does not end well, ValueError where the log cannot be replayed.
    """
    there = list(files_of(folder))
    log = scratch / "recorded.txt"
    traced = ["-xx", "-s", "4000000", "-o", str(log), "-e", f"trace={','.join(_READ + _UNKNOWN)}"]
    recorder = Recorder(str(folder), {str(path): number for number, path in enumerate(there, 1)})
    recorder.sizes = {number: path.stat().st_size for number, path in enumerate(there, 1)}
    ran = tracing.run(arguments, scratch, traced)
    if ran.code:
        raise RuntimeError(f"the undisturbed run ended with {ran.code}: {ran.err}")
    return recorder.read(log.read_text("ascii", "replace")), there
