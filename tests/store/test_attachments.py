"""Contents lie under their hash, sealed where there is a key, and nothing half made is kept."""

import hashlib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from xqhz_desktop.store import attachments, journal
from xqhz_desktop.store.attachments import ARRIVING, Missing, Store, convert, referred, settle

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
SCAN = "三方协议的扫描件".encode() * 50_000


@pytest.fixture(params=[None, KEY], ids=["plain", "sealed"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store that has no file yet."""
    return Store(tmp_path / "attachments", request.param)


def content(store: Store, sha256: str) -> bytes:
    """A content as it comes out."""
    return b"".join(store.blocks(sha256))


def there(store: Store) -> list[str]:
    """The files of a store."""
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def spoil(path: Path) -> None:
    """One bit is not what it was."""
    found = bytearray(path.read_bytes())
    found[len(found) // 2] ^= 1
    path.write_bytes(found)


def test_a_content_comes_back_under_its_hash(store: Store) -> None:
    sha256, size = store.put([SCAN[:1000], SCAN[1000:]])
    assert (sha256, size) == (hashlib.sha256(SCAN).hexdigest(), len(SCAN))
    assert content(store, sha256) == SCAN
    assert store.sound(sha256)
    assert there(store) == [store.path(sha256).name]


@given(st.binary(min_size=1, max_size=4000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for key in (None, KEY):
        store = Store(tmp_path_factory.mktemp("any"), key)
        assert content(store, store.put([data])[0]) == data


def test_the_same_content_is_kept_once(store: Store) -> None:
    assert store.put([SCAN]) == store.put([SCAN[:9], SCAN[9:]])
    assert len(there(store)) == 1


def test_a_sealed_file_shows_nothing_of_its_content(tmp_path: Path) -> None:
    store = Store(tmp_path, KEY)
    path = store.path(store.put([SCAN])[0])
    assert SCAN[:24] not in path.read_bytes()
    assert not Store(tmp_path, OTHER).holds(path.name[:64])


def test_one_flipped_bit_is_noticed_and_no_byte_after_the_end_is_believed(store: Store) -> None:
    sha256 = store.put([SCAN])[0]
    spoil(store.path(sha256))
    assert not store.sound(sha256)
    with pytest.raises(Missing):
        content(store, sha256)


def test_a_file_that_ends_early_is_noticed(store: Store) -> None:
    sha256 = store.put([SCAN])[0]
    path = store.path(sha256)
    path.write_bytes(path.read_bytes()[:-7])
    assert not store.sound(sha256)


@pytest.mark.parametrize("sha256", ["", "../../xqhz.db", "a" * 63, "A" * 64, "/etc/passwd", "*"])
def test_what_is_no_hash_names_no_file(store: Store, sha256: str) -> None:
    store.put([SCAN])
    assert not store.holds(sha256)
    assert not store.sound(sha256)
    with pytest.raises(Missing):
        store.path(sha256)
    store.forget(sha256)
    assert len(there(store)) == 1


def test_what_is_not_as_expected_is_not_kept(store: Store) -> None:
    with pytest.raises(Missing):
        store.put([SCAN], "0" * 64)
    assert there(store) == []


def test_a_disk_that_forgets_is_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetting(path: Path) -> str:
        spoil(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr(attachments, "flush", forgetting)
    with pytest.raises(OSError):
        store.put([SCAN])
    assert there(store) == []


def test_a_cut_off_arrival_leaves_nothing(store: Store) -> None:
    def cut() -> object:
        yield SCAN
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put(cut())
    assert there(store) == []


def test_a_content_is_brought_from_the_first_that_has_it_whole(
    store: Store, tmp_path: Path
) -> None:
    bad, good = Store(tmp_path / "bad"), Store(tmp_path / "good", OTHER)
    sha256 = bad.put([SCAN])[0]
    good.put([SCAN])
    spoil(bad.path(sha256))
    assert store.bring([sha256], bad) == []
    assert store.bring([sha256, "../../x"], bad, good) == [sha256]
    assert store.sound(sha256)
    spoil(store.path(sha256))
    assert store.bring([sha256]) == [sha256]
    assert store.bring([sha256], bad, checked=True) == []
    assert store.bring([sha256], good, checked=True) == [sha256]
    assert store.sound(sha256)


def test_forgetting_removes_every_form(tmp_path: Path) -> None:
    plain, sealed = Store(tmp_path), Store(tmp_path, KEY)
    sha256 = plain.put([SCAN])[0]
    sealed.put([SCAN])
    other = plain.put([b"other"])[0]
    sealed.forget(sha256)
    assert there(plain) == [other]


# ---------------------------------------------------------------- encryption


@pytest.mark.parametrize(("key", "becomes"), [(None, KEY), (KEY, None), (KEY, OTHER)])
def test_all_files_take_on_another_key_and_both_forms_are_read_meanwhile(
    tmp_path: Path, key: bytes | None, becomes: bytes | None
) -> None:
    old, new = Store(tmp_path, key), Store(tmp_path, becomes)
    hashes = [old.put([SCAN, bytes([number])])[0] for number in range(3)]
    convert(tmp_path, key, becomes)
    assert all(store.sound(sha256) for store in (old, new) for sha256 in hashes)
    settle(tmp_path, becomes)
    assert there(new) == sorted(new.name(sha256) for sha256 in hashes)
    assert all(new.sound(sha256) for sha256 in hashes)


@pytest.mark.parametrize(("key", "becomes"), [(None, KEY), (KEY, None), (KEY, OTHER)])
@pytest.mark.parametrize("decided", [True, False])
@pytest.mark.parametrize("done", range(4))
def test_a_conversion_that_was_cut_off_is_settled_by_the_key_in_force(
    tmp_path: Path, key: bytes | None, becomes: bytes | None, decided: bool, done: int
) -> None:
    old, new = Store(tmp_path, key), Store(tmp_path, becomes)
    hashes = sorted(old.put([SCAN, bytes([number])])[0] for number in range(3))
    new.bring(hashes[: 3 if decided else done], old)
    if decided:  # settling was cut off
        for sha256 in hashes[:done]:
            old.path(sha256).unlink()
    (tmp_path / ARRIVING).touch()
    force = new if decided else old
    settle(tmp_path, force.key)
    assert there(force) == sorted(force.name(sha256) for sha256 in hashes)
    assert all(force.sound(sha256) for sha256 in hashes)


def test_settling_seals_what_is_still_plain_and_overwrites_it(tmp_path: Path) -> None:
    sha256 = Store(tmp_path).put([SCAN])[0]
    settle(tmp_path, KEY)
    assert there(Store(tmp_path)) == [Store(tmp_path, KEY).name(sha256)]


def test_what_only_another_key_opens_is_kept(tmp_path: Path) -> None:
    name = Store(tmp_path, OTHER).path(Store(tmp_path, OTHER).put([SCAN])[0]).name
    for key in (None, KEY):
        settle(tmp_path, key)
    assert there(Store(tmp_path)) == [name]


def test_a_good_form_is_not_given_up_for_a_damaged_one(tmp_path: Path) -> None:
    old, new = Store(tmp_path), Store(tmp_path, KEY)
    sha256 = old.put([SCAN])[0]
    convert(tmp_path, None, KEY)
    spoil(new.path(sha256))
    settle(tmp_path, KEY)
    assert old.path(sha256).is_file()


# ---------------------------------------------------------------- what refers to them


def test_rows_and_the_journal_both_refer(engine: Engine, database: Path) -> None:
    def act(*statements: str) -> None:
        with journal.acting(engine, who="", at="今天", kind="edit", title="") as (connection, _):
            for statement in statements:
                connection.exec_driver_sql(statement)

    row = "INSERT INTO attachment (table_name, row_id, name, sha256, size, added) VALUES"
    act(f"{row} ('student', 1, 'a.pdf', '{'a' * 64}', 5, '今天')")
    act(f"{row} ('student', 1, 'b.pdf', '{'b' * 64}', 6, '今天')")
    act("DELETE FROM attachment WHERE name = 'a.pdf'")
    connection = driver.connect(str(database))
    assert referred(connection) == {"a" * 64: 5, "b" * 64: 6}
    connection.execute("UPDATE change SET before = '{}' WHERE before IS NOT NULL")
    connection.execute("UPDATE change SET after = '{}' WHERE after IS NOT NULL")
    assert referred(connection) == {"b" * 64: 6}
    connection.close()


def test_a_database_without_attachments_refers_to_none() -> None:
    connection = driver.connect(":memory:")
    assert referred(connection) == {}
    connection.close()
