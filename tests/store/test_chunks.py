"""Sealed files: any bytes come back, and whatever is done to the file is noticed."""

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.store import chunks
from xqhz_desktop.store.chunks import CHUNK, Broken

KEY = bytes(range(32))
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]
SEALED = CHUNK + 16  # bytes of one chunk in the file
HEAD = 36


def seal(content: bytes, about: bytes = b"") -> bytes:
    return b"".join(chunks.sealed([content], KEY, about))


def unseal(sealed: bytes, key: bytes = KEY, about: bytes = b"") -> bytes:
    return b"".join(chunks.unsealed(io.BytesIO(sealed), key, about))


@given(st.lists(st.binary(max_size=300)))
def test_any_bytes_come_back_however_they_were_given(blocks: list[bytes]) -> None:
    assert unseal(b"".join(chunks.sealed(blocks, KEY))) == b"".join(blocks)


@pytest.mark.parametrize("size", EDGES)
def test_a_content_of_any_length_comes_back(size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    assert unseal(seal(content)) == content


@given(st.binary(max_size=200), st.data())
def test_any_changed_bit_is_noticed(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(content))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Broken):
        unseal(bytes(sealed))


@given(st.binary(max_size=200), st.data())
def test_a_file_that_ends_too_early_or_too_late_is_noticed(
    content: bytes, data: st.DataObject
) -> None:
    sealed = seal(content)
    with pytest.raises(Broken):
        unseal(sealed[: data.draw(st.integers(0, len(sealed) - 1))])
    with pytest.raises(Broken):
        unseal(sealed + data.draw(st.binary(min_size=1, max_size=40)))


@pytest.fixture(scope="module")
def three() -> list[bytes]:
    """A file of three chunks, in its parts: head, chunks."""
    sealed = seal(bytes(2 * CHUNK + 9))
    at = [HEAD, HEAD + SEALED, HEAD + 2 * SEALED]
    return [sealed[:HEAD], sealed[at[0] : at[1]], sealed[at[1] : at[2]], sealed[at[2] :]]


@pytest.mark.parametrize("order", [[2, 1, 3], [1, 2], [1, 3], [2, 3], [1, 2, 2, 3], [1], [3], []])
def test_chunks_cut_off_left_out_exchanged_or_repeated_are_noticed(
    three: list[bytes], order: list[int]
) -> None:
    assert unseal(b"".join(three)) == bytes(2 * CHUNK + 9)
    with pytest.raises(Broken):
        unseal(three[0] + b"".join(three[number] for number in order))


def test_another_key_or_another_purpose_opens_nothing() -> None:
    for wrong in ({"key": bytes(32)}, {"about": b"other"}):
        with pytest.raises(Broken):
            unseal(seal(b"content", b"purpose"), **{"about": b"purpose", **wrong})


def test_the_same_content_never_looks_the_same_and_is_not_in_the_file() -> None:
    content = b"what nobody is to read " * 20
    one, other = seal(content), seal(content)
    assert one[HEAD:] != other[HEAD:]
    assert content[:16] not in one


def test_files_are_sealed_and_unsealed_without_being_whole_in_memory(tmp_path: Path) -> None:
    source, target, back = (tmp_path / name for name in ("a", "b", "c"))
    source.write_bytes(bytes(range(256)) * 128 * 1024)  # 32 MiB
    tracemalloc.start()
    chunks.seal(source, target, KEY)
    chunks.unseal(target, back, KEY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert back.read_bytes() == source.read_bytes()
    assert peak < 4 << 20
