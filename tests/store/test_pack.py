"""A pack: every file comes back, nothing may be changed, and no path leads out of the folder."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xqhz_desktop.store import chunks, keyring, pack
from xqhz_desktop.store.chunks import Broken
from xqhz_desktop.store.pack import Manifest, NoPack, Packed, Unsafe

ABOUT = {"made": "2025-03-01T09:30:00", "who": "测试", "program": "0", "rows": {"firm": 3}}
FILES = {"xqhz.db": b"d" * 700_000, "attachments/ab/文件 1": b"", "keys.json": b"{}"}


@pytest.fixture(scope="module")
def ring() -> tuple[keyring.Ring, bytes]:
    """A ring and its key."""
    made, key, _ = keyring.make()
    return made, key


def packed(place: Path, files: dict[str, bytes], ring: tuple[keyring.Ring, bytes]) -> Path:
    """A pack of these files."""
    sources = {}
    for number, (name, content) in enumerate(files.items()):
        sources[name] = place / f"source{number}"
        sources[name].write_bytes(content)
    target = place / "school.xqhzpack"
    pack.write(target, *ring, sources, ABOUT)
    return target


def laid_out(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_file_comes_back_with_its_hash(tmp_path: Path, ring) -> None:
    path = packed(tmp_path, FILES, ring)
    (tmp_path / "out").mkdir()
    found = pack.read(path, ring[1], tmp_path / "out")
    assert laid_out(tmp_path / "out") == FILES
    assert found.rows == {"firm": 3}
    assert {name: one.size for name, one in found.files.items()} == {
        name: len(content) for name, content in FILES.items()
    }
    assert pack.read(path, ring[1]) == found  # read back without being laid out


names = st.text("abc中.-_ ", min_size=1, max_size=8).filter(
    lambda name: name == pack.safe_name(name) and name != "manifest.json"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(files=st.dictionaries(names, st.binary(max_size=2000), max_size=6))
def test_any_bytes_under_any_names_come_back(
    files: dict[str, bytes], ring, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("pack")
    path = packed(place, files, ring)
    (place / "out").mkdir()
    pack.read(path, ring[1], place / "out")
    assert laid_out(place / "out") == files


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_any_flipped_bit_and_any_cut_is_noticed(
    data: st.DataObject, ring, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("pack")
    path = packed(place, {"a": b"content" * 50}, ring)
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    path.write_bytes(content)
    with pytest.raises((Broken, NoPack)):
        pack.read(path, ring[1])


def test_the_ring_can_be_read_by_anybody_and_nothing_else(tmp_path: Path, ring) -> None:
    path = packed(tmp_path, {"geheim.txt": b"a secret that is long enough to be found"}, ring)
    assert pack.ring_of(path) == ring[0]
    content = path.read_bytes()
    for secret in (b"a secret", b"geheim", b"manifest", b"firm", ring[1]):
        assert secret not in content


def test_another_key_opens_nothing(tmp_path: Path, ring) -> None:
    with pytest.raises(Broken):
        pack.read(packed(tmp_path, FILES, ring), bytes(32))


def test_a_ring_cannot_be_exchanged_for_another(tmp_path: Path, ring) -> None:
    path = packed(tmp_path, FILES, ring)
    _, _, rest = path.read_bytes().partition(b"\n")
    other = json.dumps({"format": pack.FORMAT, "ring": keyring.text_of(keyring.make()[0])})
    path.write_bytes(other.encode() + b"\n" + rest)
    with pytest.raises(Broken):
        pack.read(path, ring[1])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b"PK\x03\x04",
        b"\xff\xfe\n",
        b'{"format": "xqhz-pack 1"}\n',
        b"[" * 9999,
        b'{"format": "xqhz-pack 2", "ring": "{}"}\n',
        b"x" * (3 << 20),
    ],
)
def test_what_is_no_pack_is_told_from_a_damaged_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(NoPack):
        pack.ring_of(tmp_path / "x")


OUTSIDE = [
    "../x", "a/../../x", "/etc/x", "C:/x", "C:x", "a\\..\\..\\x", "\\\\nas\\x", "a//x", "", ".",
    "..", "a/./x", "CON", "aux.txt", "a/nul", "x.", "x ", " x", "x\0y", "x\ny", "a:stream", "x?",
    "\u202ex", "/", "a/", "~/x/..",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_path_that_leads_out_or_is_no_name_everywhere_is_refused(
    tmp_path: Path, ring, name: str
) -> None:
    path = packed(tmp_path, {name: b"content"}, ring)
    (tmp_path / "deep" / "out").mkdir(parents=True)
    before = laid_out(tmp_path)
    with pytest.raises(Unsafe):
        pack.read(path, ring[1], tmp_path / "deep" / "out")
    assert laid_out(tmp_path) == before


def by_hand(path: Path, ring, content: list[bytes]) -> Path:
    """A pack whose content somebody with the key has made up."""
    head = json.dumps({"format": pack.FORMAT, "ring": keyring.text_of(ring[0])}).encode() + b"\n"
    sealed = chunks.sealed(content, ring[1], pack._bound(head))
    path.write_bytes(head + b"".join(sealed))
    return path


MANIFEST = json.dumps({**ABOUT, "files": {}}).encode()
ENDING = [pack._line("manifest.json", len(MANIFEST)), MANIFEST]
FILE = b'{"path": "a", "size": 1}\n'


@pytest.mark.parametrize(
    "content",
    [
        [],
        [b"no line"],
        [b"x" * (3 << 20)],
        [b"[]\n"],
        [b'{"path": "a", "size": -1}\n', *ENDING],
        [b'{"path": 3, "size": 1}\n', *ENDING],
        [b'{"path": "a", "size": 99}\n', b"short"],
        [FILE, b"x", *ENDING],  # not in the manifest
        [FILE, b"x", FILE, b"x", *ENDING],
        [*ENDING, b"more"],
        [pack._line("manifest.json", 2), b"[]"],
        [pack._line("manifest.json", 2), b"{}"],
        [pack._line("manifest.json", 3), b"{}{"],
    ],
)
def test_a_content_that_is_not_in_order_is_damage(
    tmp_path: Path, ring, content: list[bytes]
) -> None:
    assert pack.read(by_hand(tmp_path / "good", ring, ENDING), ring[1]).files == {}
    with pytest.raises(Broken):
        pack.read(by_hand(tmp_path / "bad", ring, content), ring[1])


def test_a_file_that_grows_while_it_is_packed_is_an_error(tmp_path: Path, ring) -> None:
    class Growing(type(Path())):  # type: ignore[misc]
        """A file that says it is shorter than it is."""

        def stat(self, **_: object) -> object:
            """One byte too few."""
            return type("Stat", (), {"st_size": 6})

    (tmp_path / "a").write_bytes(b"content")
    with pytest.raises(OSError, match="changed"):
        pack.write(tmp_path / "x", *ring, {"a": Growing(tmp_path / "a")}, ABOUT)


def test_what_a_manifest_says_is_a_plain_value() -> None:
    assert pack._manifest(MANIFEST) == Manifest(files={}, **ABOUT)
    assert Packed(1, "x") == Packed(1, "x")
