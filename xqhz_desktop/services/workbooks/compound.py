"""The little of an OLE2 file that calamine does not tell: which streams, 1904 dates, a password.

Nothing here trusts a number of the file: chains end at their first repeat, reads past the end are
short, and what does not add up is answered by "unknown", for calamine to judge.
"""

import struct
from dataclasses import dataclass

COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "encryptedpackage"

_ENTRY = 128  # bytes of a directory entry
_GLOBALS = 256 * 1024  # the records asked for stand at the beginning of the workbook's stream
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_BOUNDSHEET, _DATEMODE, _FILEPASS, _EOF = 0x85, 0x22, 0x2F, 0x0A


@dataclass(frozen=True, slots=True)
class Globals:
    """What the head of an .xls workbook says."""

    date1904: bool = False
    password: bool = False


def stream_names(data: bytes) -> set[str]:
    """The names of all streams and storages, in lower case; empty where they cannot be read."""
    return set(_directory(data))


def is_workbook_storage(data: bytes) -> bool:
    """Whether an OLE2 file holds a workbook of Excel or WPS."""
    return bool(stream_names(data) & {"workbook", "book"})


def read_globals(data: bytes) -> Globals:
    """The date mode and password mark of an .xls file."""
    directory = _directory(data)
    start, size = directory.get("workbook") or directory.get("book") or (_END, 0)
    stream = _stream(data, start, min(size, _GLOBALS), small=size < 4096)
    found = dict(_records(stream))
    return Globals(
        date1904=found.get(_DATEMODE, b"")[:1] == b"\x01",
        password=_FILEPASS in found,
    )


def _records(stream: bytes) -> list[tuple[int, bytes]]:
    records: list[tuple[int, bytes]] = []
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            break
        if kind in (_DATEMODE, _FILEPASS):
            records.append((kind, stream[place + 4 : place + 4 + size]))
        place += 4 + size
    return records


def _directory(data: bytes) -> dict[str, tuple[int, int]]:
    """(first sector, size) of each entry, by its name in lower case."""
    if len(data) < 512 or not data.startswith(COMPOUND_MAGIC):
        return {}
    first: int = struct.unpack_from("<I", data, 0x30)[0]
    raw = _chain(data, first, 4 * 1024 * 1024)
    entries: dict[str, tuple[int, int]] = {}
    for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
        length: int = struct.unpack_from("<H", raw, place + 64)[0]
        if 2 <= length <= 64 and raw[place + 66]:
            name = raw[place : place + length - 2].decode("utf-16-le", "replace").lower()
            entries.setdefault(name, struct.unpack_from("<II", raw, place + 116))
    return entries


def _stream(data: bytes, start: int, size: int, *, small: bool) -> bytes:
    if not small:
        return _chain(data, start, size)[:size]
    # Streams below 4096 bytes lie in 64-byte pieces within the root entry's stream.
    root, root_size = _directory(data).get("root entry", (_END, 0))
    pieces = _chain(data, root, min(root_size, 16 * 1024 * 1024))
    table = _numbers(_chain(data, struct.unpack_from("<I", data, 0x3C)[0], 1024 * 1024))
    parts, seen = [], set[int]()
    while start < _END and start not in seen and len(parts) * 64 < size:
        seen.add(start)
        parts.append(pieces[start * 64 : start * 64 + 64])
        start = table[start] if start < len(table) else _END
    return b"".join(parts)[:size]


def _chain(data: bytes, sector: int, limit: int) -> bytes:
    """The bytes of a chain of sectors, at most about `limit`."""
    size = 1 << min(struct.unpack_from("<H", data, 0x1E)[0], 12)
    table = _sector_table(data, size)
    parts, seen = [], set[int]()
    while sector < _END and sector not in seen and len(parts) * size < limit:
        seen.add(sector)
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector] if sector < len(table) else _END
    return b"".join(parts)


def _sector_table(data: bytes, size: int) -> list[int]:
    """Which sector follows which, as far as the header lists the table (files up to 7 MB).

    Beyond that the sectors asked for still lie near the beginning in practice.
    """
    sectors = [number for number in struct.unpack_from("<109I", data, 0x4C) if number < _END]
    return _numbers(b"".join(data[(s + 1) * size : (s + 2) * size] for s in sectors))


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
