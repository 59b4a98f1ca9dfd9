"""Encrypted files of any length: numbered chunks, the last one marked, nothing whole in memory.

A changed, missing, repeated, exchanged or added chunk is noticed, and so is a file that ends too
early (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015: the nonce holds the
chunk's number and whether it is the last). Each file has a key of its own, derived from the given
one and a random salt by HKDF (RFC 5869), so that numbers may begin at 0 in every file.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1 << 18  # bytes of content in each chunk but the last
_MAGIC = b"XQC1"
_SALT, _TAG = 32, 16
_MOST = 1 << 32  # chunks that a nonce can number


class Broken(Exception):
    """The file is not as it was sealed, or the key is not its own."""


def sealed(blocks: Iterable[bytes], key: bytes, about: bytes = b"") -> Iterator[bytes]:
    """The blocks as a sealed file's bytes; `about` is bound to them and must be known to open."""
    salt = os.urandom(_SALT)
    yield _MAGIC + salt
    cipher = _cipher(key, salt, about)
    for number, (chunk, last) in enumerate(_with_last(_even(blocks))):
        yield cipher.encrypt(_nonce(number, last=last), chunk, None)


def unsealed(file: BinaryIO, key: bytes, about: bytes = b"") -> Iterator[bytes]:
    """The content of a sealed file from where it stands on, chunk by chunk.

    Each chunk is what was written there; only the end says that none is missing. Raises Broken.
    """
    from cryptography.exceptions import InvalidTag

    head = file.read(len(_MAGIC) + _SALT)
    if len(head) != len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
        raise Broken
    cipher = _cipher(key, head[len(_MAGIC) :], about)
    try:
        for number, (chunk, last) in enumerate(_with_last(_read(file))):
            yield cipher.decrypt(_nonce(number, last=last), chunk, None)
    except InvalidTag as error:
        raise Broken from error


def seal(source: Path, target: Path, key: bytes, about: bytes = b"") -> None:
    """A sealed copy of a file, on the disk when this returns. Raises OSError."""
    with source.open("rb") as origin:
        write(target, sealed(iter(lambda: origin.read(CHUNK), b""), key, about))


def unseal(source: Path, target: Path, key: bytes, about: bytes = b"") -> None:
    """The readable copy of a sealed file, on the disk when this returns.

    Raises OSError, Broken; then what was written so far must not be used.
    """
    with source.open("rb") as file:
        write(target, unsealed(file, key, about))


def write(target: Path, blocks: Iterable[bytes], mode: Literal["wb", "ab", "xb"] = "wb") -> None:
    """Write a file, or the rest of one, and bring it to the disk. Raises OSError."""
    with target.open(mode) as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _cipher(key: bytes, salt: bytes, about: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = b"xqhz chunks\0" + about
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    if number >= _MOST:
        raise OverflowError("too many chunks")
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


def _even(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of equal size; the last one may be shorter, and empty."""
    kept = bytearray()
    for block in blocks:
        kept += block
        while len(kept) > CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    yield bytes(kept)


def _read(file: BinaryIO) -> Iterator[bytes]:
    """The sealed chunks; a file that holds none is no sealed file."""
    chunk = file.read(CHUNK + _TAG)
    if not chunk:
        raise Broken
    while chunk:
        yield chunk
        chunk = file.read(CHUNK + _TAG)


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk and whether it is the last; there is one at least."""
    before = next(chunks)
    for chunk in chunks:
        yield before, False
        before = chunk
    yield before, True
