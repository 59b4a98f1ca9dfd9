"""The key ring: each secret opens it, no other does, and damage is no wrong password."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from xqhz_desktop.store import keyring
from xqhz_desktop.store.keyring import Cost, Ring

PASSWORD = "春江潮水连海平2025"


@pytest.fixture(scope="module")
def made() -> tuple[Ring, bytes, str]:
    """A ring with one user, its key and its code."""
    return keyring.make("王敏", PASSWORD)


@pytest.fixture
def ring(made: tuple[Ring, bytes, str]) -> Ring:
    return made[0]


@pytest.fixture
def key(made: tuple[Ring, bytes, str]) -> bytes:
    return made[1]


def test_password_and_recovery_code_open_the_same_random_key(
    made: tuple[Ring, bytes, str],
) -> None:
    ring, key, code = made
    assert len(key) == 32
    assert ring.unwrap(PASSWORD) == key
    assert ring.unwrap(code) == key
    assert ring.unwrap(code.lower().replace("-", " ")) == key
    assert keyring.make("王敏", PASSWORD)[1] != key


def test_no_other_secret_opens_it(ring: Ring, made: tuple[Ring, bytes, str]) -> None:
    for wrong in ("", PASSWORD + " ", PASSWORD[:-1], "王敏", made[2][:-1], ring.check):
        assert ring.unwrap(wrong) is None


def test_a_password_typed_full_width_is_the_same_one(ring: Ring, key: bytes) -> None:
    assert ring.unwrap("春江潮水连海平２０２５") == key


def test_a_changed_password_wraps_the_same_key_anew(ring: Ring, key: bytes) -> None:
    after = ring.with_password(key, "王敏", "another one")
    assert after.unwrap("another one") == key
    assert after.unwrap(PASSWORD) is None
    assert (after.id, after.check, after.recovery) == (ring.id, ring.check, ring.recovery)


def test_a_second_user_has_a_password_of_their_own(ring: Ring, key: bytes) -> None:
    both = ring.with_password(key, "李建国", "second password")
    assert both.unwrap("second password") == key
    assert both.unwrap(PASSWORD) == key


def test_a_new_recovery_code_ends_the_old_one(made: tuple[Ring, bytes, str]) -> None:
    ring, key, code = made
    after, fresh = ring.with_new_code(key)
    assert after.unwrap(fresh) == key
    assert after.unwrap(code) is None
    assert after.unwrap(PASSWORD) == key


def test_only_its_own_key_passes_the_check(ring: Ring, key: bytes) -> None:
    assert ring.opens(key)
    assert not ring.opens(os.urandom(32))


def test_a_wrap_moved_to_another_user_or_ring_opens_nothing(ring: Ring, key: bytes) -> None:
    assert replace(ring, users={"李建国": ring.users["王敏"]}).unwrap(PASSWORD) is None
    assert replace(ring, id="0" * 16).unwrap(PASSWORD) is None


def test_the_file_holds_the_ring_and_neither_key_nor_secrets(
    made: tuple[Ring, bytes, str], tmp_path: Path
) -> None:
    ring, key, code = made
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    assert keyring.read(path) == ring
    text = path.read_text("utf-8")
    for secret in (key.hex(), PASSWORD, json.dumps(PASSWORD)[1:-1], code, code.replace("-", "")):
        assert secret not in text


def test_any_changed_byte_of_the_file_is_damage_and_never_a_wrong_password(
    ring: Ring, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    whole = keyring.text_of(ring).encode()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert keyring.read(path) in (None, ring), at  # a blank of the layout says nothing
        path.write_bytes(whole[:at])
        assert keyring.read(path) is None
    assert keyring.read(tmp_path / "missing.json") is None


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"sum": 1}', "[" * 100_000, "\0"])
def test_what_is_no_ring_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(text, "utf-8")
    assert keyring.read(tmp_path / "keys.json") is None


@pytest.mark.parametrize("cost", [(1 << 30, 3, 4), (65536, 1 << 20, 4), (65536, 0, 4), (1, 1, 1)])
def test_a_ring_cannot_ask_for_all_memory_or_for_none(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cost"):
        Cost(*cost)


def test_a_ring_that_cannot_be_replaced_stays_as_it_was(
    ring: Ring, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        keyring.write(path, ring.with_password(key, "王敏", "another one"))
    assert keyring.read(path) == ring
    assert keyring.read(keyring.previous(path)) == ring


def test_the_old_ring_goes_when_the_new_one_reads_back(
    ring: Ring, key: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    keyring.write(path, ring.with_password(key, "王敏", "another one"))
    assert [found.name for found in tmp_path.iterdir()] == ["keys.json"]
