"""The key ring: each secret opens it, no other does, and damage is no wrong password."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests import cheap
from xqhz_desktop.store import holders, keyring
from xqhz_desktop.store.holders import Cost, Tampered
from xqhz_desktop.store.keyring import Ring

PASSWORD = "春江潮水连海平2025"
OTHER = "another one"


@pytest.fixture(scope="module")
def made() -> tuple[Ring, bytes, str]:
    """A ring with one user, its key and its code."""
    ring, key, code = keyring.make()
    return ring.with_password(key, "王敏", PASSWORD), key, code


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
    assert keyring.make()[1] != key


def test_whose_secret_it_was_is_told(ring: Ring, key: bytes, made: tuple[Ring, bytes, str]) -> None:
    both = ring.with_password(key, "李建国", OTHER)
    found = [both.open(secret) for secret in (PASSWORD, OTHER, made[2])]
    assert [one.user if one else None for one in found] == ["王敏", "李建国", ""]


def test_no_other_secret_opens_it(ring: Ring, made: tuple[Ring, bytes, str]) -> None:
    for wrong in ("", PASSWORD + " ", PASSWORD[:-1], "王敏", made[2][:-1], ring.check):
        assert ring.unwrap(wrong) is None
        assert not ring.verify("王敏", wrong)


def test_a_named_user_is_let_in_by_their_own_password_or_the_code(
    made: tuple[Ring, bytes, str],
) -> None:
    ring, key, code = made
    both = ring.with_password(key, "李建国", OTHER)
    assert both.open(PASSWORD, "李建国") is None
    assert both.open(OTHER, "路人") is None
    assert both.open(OTHER, "李建国") is not None
    assert both.open(code, "李建国") is not None
    assert both.verify("李建国", OTHER)
    assert not both.verify("李建国", PASSWORD)
    assert not both.verify("路人", PASSWORD)


def test_a_password_typed_full_width_is_the_same_one(ring: Ring, key: bytes) -> None:
    assert ring.unwrap("春江潮水连海平２０２５") == key


def test_a_changed_password_wraps_the_same_private_key_anew(ring: Ring, key: bytes) -> None:
    opened = ring.open(PASSWORD)
    assert opened is not None
    after = ring.rewrapped(opened, OTHER)
    assert after.unwrap(OTHER) == key
    assert after.unwrap(PASSWORD) is None
    assert (after.id, after.check, after.recovery) == (ring.id, ring.check, ring.recovery)
    was, now = ring.users["王敏"], after.users["王敏"]
    assert (was.public, was.sender, was.sealed) == (now.public, now.sender, now.sealed)


def test_a_password_that_is_given_ends_the_one_that_was_forgotten(ring: Ring, key: bytes) -> None:
    after = ring.with_password(key, "王敏", OTHER)
    assert after.unwrap(OTHER) == key
    assert after.unwrap(PASSWORD) is None
    assert after.users["王敏"].public != ring.users["王敏"].public


def test_who_is_removed_opens_nothing_and_others_do(made: tuple[Ring, bytes, str]) -> None:
    ring, key, code = made
    after = ring.with_password(key, "李建国", OTHER).with_user_removed(key, "王敏")
    assert after.unwrap(PASSWORD) is None
    assert after.unwrap(OTHER) == after.unwrap(code) == key


def test_a_new_recovery_code_ends_the_old_one(made: tuple[Ring, bytes, str]) -> None:
    ring, key, code = made
    after, fresh = ring.with_new_code(key)
    assert after.unwrap(fresh) == key
    assert after.unwrap(code) is None
    assert after.unwrap(PASSWORD) == key


def test_a_fresh_key_is_for_the_same_holders_and_asks_none_of_them(
    made: tuple[Ring, bytes, str],
) -> None:
    ring, key, code = made
    after, other = ring.renewed()
    assert other != key
    assert after.id != ring.id
    assert after.unwrap(PASSWORD) == after.unwrap(code) == other
    assert not after.opens(key)
    assert ring.unwrap(PASSWORD) == key


def test_only_its_own_key_passes_the_check(ring: Ring, key: bytes) -> None:
    assert ring.opens(key)
    assert not ring.opens(os.urandom(32))


# ---------------------------------------------------------------- tampering


def test_a_private_key_moved_to_another_user_opens_nothing(ring: Ring) -> None:
    assert replace(ring, users={"李建国": ring.users["王敏"]}).unwrap(PASSWORD) is None


def test_an_exchanged_public_key_is_noticed_by_its_holder(ring: Ring) -> None:
    """Else the next key would be sealed to whoever exchanged it."""
    strange, _, _ = keyring.make()
    mine = replace(ring.users["王敏"], public=strange.recovery.public)
    tampered = replace(ring, users={"王敏": mine})
    with pytest.raises(Tampered):
        tampered.open(PASSWORD)
    with pytest.raises(Tampered):
        tampered.verify("王敏", PASSWORD)


def test_a_holder_who_was_slipped_in_is_noticed_by_everybody(
    made: tuple[Ring, bytes, str],
) -> None:
    ring, key, code = made
    strange, other, _ = keyring.make()
    thief = strange.with_password(other, "路人", OTHER).users["路人"]
    tampered = replace(ring, users=ring.users | {"路人": thief})
    for secret in (PASSWORD, code, OTHER):
        with pytest.raises(Tampered):
            tampered.open(secret)
    assert not tampered.whole(key)
    for change in (
        lambda: tampered.with_password(key, "王敏", OTHER),
        lambda: tampered.with_user_removed(key, "路人"),
        lambda: tampered.with_new_code(key),
    ):
        with pytest.raises(Tampered):
            change()


def test_a_data_key_of_another_ring_is_noticed(ring: Ring) -> None:
    with pytest.raises(Tampered):
        replace(ring, id="0" * 16).unwrap(PASSWORD)
    after, _ = ring.renewed()
    with pytest.raises(Tampered):
        replace(after, users=ring.users).unwrap(PASSWORD)


@pytest.mark.parametrize("point", ["00" * 32, "01" + "00" * 31])
def test_a_public_key_that_agrees_with_everybody_gets_no_data_key(ring: Ring, point: str) -> None:
    weak = replace(ring, users={"王敏": replace(ring.users["王敏"], public=point)})
    with pytest.raises(Tampered):
        weak.renewed()


def test_of_many_rings_each_holder_is_tried_once(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick of two years holds many rings; a wrong password must not take minutes."""
    rings = [ring, *(ring.renewed()[0] for _ in range(20))]
    tries = []
    stretched = holders._stretched
    monkeypatch.setattr(holders, "_stretched", lambda *a: (tries.append(1), stretched(*a))[1])
    assert len(list(keyring.opening(rings, PASSWORD))) == 21
    assert list(keyring.opening(rings, OTHER)) == []
    assert len(tries) == 2


def test_a_ring_that_was_changed_is_passed_over_where_another_opens(ring: Ring) -> None:
    bad = replace(ring, mark="0" * 64)
    assert [found.id for found, _ in keyring.opening([bad, ring], PASSWORD)] == [ring.id]
    with pytest.raises(Tampered):
        list(keyring.opening([bad], PASSWORD))


# ---------------------------------------------------------------- the file


def test_the_file_holds_the_ring_and_neither_key_nor_secrets(
    made: tuple[Ring, bytes, str], tmp_path: Path
) -> None:
    ring, key, code = made
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    assert keyring.read(path) == ring
    text = path.read_text("utf-8")
    opened = ring.open(PASSWORD)
    assert opened is not None
    assert key.hex() not in repr(opened)
    for secret in (
        key.hex(),
        opened.private.hex(),
        PASSWORD,
        json.dumps(PASSWORD)[1:-1],
        code,
        code.replace("-", ""),
    ):
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


def test_a_guess_at_a_secret_costs_what_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "Cost", cheap.TRUE)
    began, key, code = keyring.make()
    ring = began.with_password(key, "王敏", PASSWORD)
    for holder in (ring.recovery, *ring.users.values()):
        assert (holder.wrap.cost.memory, holder.wrap.cost.passes) == (64 * 1024, 3)
    assert ring.unwrap(PASSWORD) == ring.unwrap(code) == key


def test_a_ring_that_cannot_be_replaced_stays_as_it_was(
    ring: Ring, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        keyring.write(path, ring.with_password(key, "王敏", OTHER))
    assert keyring.read(path) == ring
    assert keyring.read(keyring.previous(path)) == ring


def test_the_old_ring_goes_when_the_new_one_reads_back(
    ring: Ring, key: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    keyring.write(path, ring)
    keyring.write(path, ring.with_password(key, "王敏", OTHER))
    assert [found.name for found in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("field", ["public", "sender", "sealed"])
def test_a_part_that_has_not_its_length_is_no_ring(ring: Ring, field: str) -> None:
    body = json.loads(keyring.text_of(ring))
    body["recovery"][field] = body["recovery"][field][2:]
    del body["sum"]
    with pytest.raises(ValueError):
        keyring.ring_of(json.dumps(body | {"sum": keyring._sum(body)}))
