"""The little of an OLE2 file that calamine does not tell: which streams, 1904 dates, a password.

Nothing here trusts a number of the file: chains end at their first repeat, reads past the end are
short, and what does not add up is answered by "unknown", for calamine to judge.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "encryptedpackage"

_HEADER = 512
_ENTRY = 128  # bytes of a directory entry
_PIECE = 64  # streams below 4096 bytes lie in such pieces within the root entry's stream
_SMALL = 4096
_MARKS = 0xFFFFFFFA  # sector numbers from here on are marks
_GLOBALS = 256 * 1024  # the records asked for stand at the beginning of the workbook's stream
_DIRECTORY = 4 * 1024 * 1024
_DATEMODE, _FILEPASS, _EOF = 0x22, 0x2F, 0x0A


@dataclass(frozen=True, slots=True)
class Globals:
    """What the head of an .xls workbook says."""

    date1904: bool = False
    password: bool = False


def stream_names(data: bytes) -> set[str]:
    """The names of all streams and storages, in lower case; empty where they cannot be read."""
    return set(_Compound(data).directory)


def is_workbook_storage(data: bytes) -> bool:
    """Whether an OLE2 file holds a workbook of Excel or WPS."""
    return bool(stream_names(data) & {"workbook", "book"})


def read_globals(data: bytes) -> Globals:
    """The date mode and password mark of an .xls file."""
    compound = _Compound(data)
    name = "workbook" if "workbook" in compound.directory else "book"
    found = dict(_records(compound.beginning(name, _GLOBALS)))
    return Globals(found.get(_DATEMODE, b"")[:1] == b"\x01", _FILEPASS in found)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records up to the end of the workbook's own part."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


class _Compound:
    """The sectors of an OLE2 file and the chains that they form."""

    def __init__(self, data: bytes) -> None:
        self.data = data if data.startswith(COMPOUND_MAGIC) else b""
        self.size = 1 << min(self._number(0x1E) & 0xFFFF, 12)

    @cached_property
    def directory(self) -> dict[str, tuple[int, int]]:
        """(first sector, size) of each entry, by its name in lower case."""
        raw = self._chain(self._number(0x30), _DIRECTORY)
        entries: dict[str, tuple[int, int]] = {}
        for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length: int = struct.unpack_from("<H", raw, place + 64)[0]
            if 2 <= length <= 64 and raw[place + 66]:
                name = raw[place : place + length - 2].decode("utf-16-le", "replace").lower()
                entries.setdefault(name, struct.unpack_from("<II", raw, place + 116))
        return entries

    def beginning(self, name: str, limit: int) -> bytes:
        """The first bytes of a stream; empty where there is none."""
        start, size = self.directory.get(name, (_MARKS, 0))
        wanted = min(size, limit)
        if size >= _SMALL:
            return self._chain(start, wanted)[:wanted]
        root, root_size = self.directory.get("root entry", (_MARKS, 0))
        pieces = self._chain(root, min(root_size, len(self.data)))
        table = _numbers(self._chain(self._number(0x3C), _DIRECTORY))
        places = _follow(start, table, wanted // _PIECE + 1)
        return b"".join(pieces[p * _PIECE : (p + 1) * _PIECE] for p in places)[:wanted]

    def _chain(self, sector: int, limit: int) -> bytes:
        return b"".join(map(self._sector, _follow(sector, self._table, limit // self.size + 1)))

    @cached_property
    def _table(self) -> list[int]:
        """Which sector follows which."""
        places = [*_numbers(self.data[0x4C:_HEADER])]
        # The header has room for the table of a 7 MB file; more of it is listed in a chain.
        following, seen = self._number(0x44), set[int]()
        while following < _MARKS and following not in seen:
            seen.add(following)
            *more, following = _numbers(self._sector(following)) or [_MARKS]
            places += more
        return _numbers(b"".join(self._sector(place) for place in places if place < _MARKS))

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _number(self, place: int) -> int:
        return int.from_bytes(self.data[place : place + 4], "little")


def _follow(sector: int, table: list[int], limit: int) -> list[int]:
    """The sectors of a chain, at most `limit`; a chain that bites its tail ends there."""
    places: dict[int, None] = {}
    while sector < _MARKS and sector not in places and len(places) < limit:
        places[sector] = None
        sector = table[sector] if sector < len(table) else _MARKS
    return list(places)


def _numbers(raw: bytes) -> list[int]:
    count = len(raw) // 4
    return list(struct.unpack(f"<{count}I", raw[: count * 4]))
