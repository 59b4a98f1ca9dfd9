"""A whole school in one encrypted file, to be carried to another computer.

First a line that anybody can read: what the file is, and the key ring that opens it. Then, sealed
(`store.chunks`) and bound to that line, the files one after another, each behind a line that says
its path and length; the last of them is the manifest, with every file's SHA-256 and all counts.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from xqhz_desktop.base.filenames import safe_name
from xqhz_desktop.store import chunks, keyring
from xqhz_desktop.store.chunks import Broken
from xqhz_desktop.store.keyring import Ring

FORMAT = "xqhz-pack 1"
_ABOUT = b"xqhz pack "
_MANIFEST = "manifest.json"
_LONGEST_LINE = 1 << 20  # a ring of a hundred users is far shorter


class NoPack(Exception):
    """The file does not begin as a pack does."""


class Unsafe(Exception):
    """A path in a pack leads out of the folder that it is unpacked into."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a pack."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds: when and by whom it was made, rows by table, files by path."""

    made: str  # local time, ISO, to the second
    who: str
    program: str
    rows: dict[str, int]
    files: dict[str, Packed]


def write(
    target: Path, ring: Ring, key: bytes, files: Mapping[str, Path], about: Mapping[str, Any]
) -> Manifest:
    """Write a pack and bring it to the disk; `about` is the manifest's rest.

    Raises OSError, also where a file changed its length while it was read.
    """
    head = json.dumps({"format": FORMAT, "ring": keyring.text_of(ring)}).encode() + b"\n"
    known: dict[str, Packed] = {}
    content = _content(files, known, about)
    with target.open("wb") as file:
        file.write(head)
    chunks.write(target, chunks.sealed(content, key, _bound(head)), mode="ab")
    return Manifest(files=known, **about)


def _bound(head: bytes) -> bytes:
    return _ABOUT + hashlib.sha256(head).digest()


def _content(
    files: Mapping[str, Path], known: dict[str, Packed], about: Mapping[str, Any]
) -> Iterator[bytes]:
    for path, source in files.items():
        size, found, passed = source.stat().st_size, hashlib.sha256(), 0
        yield _line(path, size)
        with source.open("rb") as file:
            while block := file.read(chunks.CHUNK):
                found.update(block)
                passed += len(block)
                yield block
        if passed != size:
            raise OSError(f"a file changed while it was packed: {source.name}")
        known[path] = Packed(size, found.hexdigest())
    manifest = json.dumps({**about, "files": {name: asdict(one) for name, one in known.items()}})
    yield _line(_MANIFEST, len(manifest.encode()))
    yield manifest.encode()


def _line(path: str, size: int) -> bytes:
    return json.dumps({"path": path, "size": size}).encode() + b"\n"


# ---------------------------------------------------------------- reading


def ring_of(path: Path) -> Ring:
    """The ring that opens a pack. Raises OSError, NoPack."""
    with path.open("rb") as file:
        return _head(file)[0]


def read(path: Path, key: bytes, into: Path | None = None) -> Manifest:
    """What a pack holds, every byte of it looked at; its files are laid into an empty folder.

    Raises OSError, NoPack, Unsafe, Broken; then what lies in the folder must not be used.
    """
    with path.open("rb") as file:
        _, head = _head(file)
        stream = _Stream(chunks.unsealed(file, key, _bound(head)))
        found: dict[str, Packed] = {}
        while True:
            name, size = _named(stream)
            if name == _MANIFEST:
                break
            if name in found:
                raise Broken
            found[name] = _taken(stream, size, into / _safe(name) if into else None)
        manifest = _manifest(b"".join(stream.blocks(size)))
        if manifest.files != found or not stream.ended():
            raise Broken
        return manifest


def _head(file: BinaryIO) -> tuple[Ring, bytes]:
    head = file.readline(_LONGEST_LINE)
    try:
        said = json.loads(head)
        if said["format"] != FORMAT or not head.endswith(b"\n"):
            raise NoPack
        return keyring.ring_of(said["ring"]), head
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoPack from error


def _named(stream: "_Stream") -> tuple[str, int]:
    try:
        said = json.loads(stream.line())
        name, size = said["path"], said["size"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Broken from error
    if not isinstance(name, str) or not isinstance(size, int) or size < 0:
        raise Broken
    return name, size


def _safe(name: str) -> PurePosixPath:
    """The path below the folder that a name means. Raises Unsafe."""
    if any(safe_name(part) != part for part in name.split("/")):
        raise Unsafe(name)
    return PurePosixPath(name)


def _taken(stream: "_Stream", size: int, target: Path | None) -> Packed:
    found = hashlib.sha256()

    def passing() -> Iterator[bytes]:
        for block in stream.blocks(size):
            found.update(block)
            yield block

    if target is None:
        for _ in passing():
            pass
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        chunks.write(target, passing(), mode="xb")
    return Packed(size, found.hexdigest())


def _manifest(text: bytes) -> Manifest:
    try:
        said = json.loads(text)
        files = {name: Packed(**one) for name, one in said.pop("files").items()}
        return Manifest(files=files, **said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Broken from error


class _Stream:
    """Blocks of any length, read as lines and as stretches of a known length."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._kept = b""

    def line(self) -> bytes:
        """What stands before the next line break. Raises Broken where there is none."""
        while b"\n" not in self._kept:
            if len(self._kept) > _LONGEST_LINE or not self._more():
                raise Broken
        line, _, self._kept = self._kept.partition(b"\n")
        return line

    def blocks(self, size: int) -> Iterator[bytes]:
        """So many bytes. Raises Broken where there are fewer."""
        while size:
            if not self._kept and not self._more():
                raise Broken
            block, self._kept = self._kept[:size], self._kept[size:]
            size -= len(block)
            yield block

    def ended(self) -> bool:
        """Whether nothing is left."""
        return not self._kept and not self._more()

    def _more(self) -> bool:
        for block in self._blocks:
            if block:
                self._kept += block
                return True
        return False
