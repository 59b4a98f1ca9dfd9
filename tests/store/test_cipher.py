"""An encrypted file: it tells nothing, opens by its key alone, and notices every changed byte."""

import random
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import EXIT_DAMAGED, UserError
from xqhz_desktop.store import backup, migrate
from xqhz_desktop.store.cipher import is_plain
from xqhz_desktop.store.database import HEAD, open_engine, revision

KEY = bytes(range(32))
FIRM = "甲机械有限公司"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted database at the newest revision, with free pages and 200 firms."""
    path = tmp_path_factory.mktemp("encrypted") / "xqhz.db"
    assert migrate.ensure(path, key=KEY)
    engine = open_engine(path, key=KEY)
    with engine.begin() as connection:
        for sql in (
            "INSERT INTO action (id, at, who, kind, title) VALUES (1, '', '', 'import', '')",
            "INSERT INTO current_action VALUES (1, 1)",
            f"INSERT INTO firm (name, partner) VALUES ('{FIRM}', 0)",
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
            f" INSERT INTO firm (name, partner) SELECT '{FIRM}' || i, 0 FROM n",
            "DELETE FROM firm WHERE id > 200",
            "DELETE FROM change WHERE id > 100",
            "DELETE FROM current_action",
        ):
            connection.exec_driver_sql(sql)
    engine.dispose()
    with backup.opened(path, KEY) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        assert raw.execute("PRAGMA freelist_count").fetchone()[0]
    return path


@pytest.fixture
def encrypted(filled: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copy(filled, tmp_path / "encrypted.db"))


def firms(path: Path, key: bytes | None) -> int:
    """How many firms a file has."""
    with backup.opened(path, key) as connection:
        return int(connection.execute("SELECT count(*) FROM firm").fetchone()[0])


def test_the_file_tells_nothing_and_its_key_opens_it(encrypted: Path) -> None:
    assert not is_plain(encrypted)
    assert FIRM.encode() not in encrypted.read_bytes()
    assert b"CREATE TABLE" not in encrypted.read_bytes()
    assert revision(encrypted, KEY) == HEAD
    assert firms(encrypted, KEY) == 200


def test_what_is_written_on_the_way_is_encrypted_as_well(encrypted: Path) -> None:
    engine = open_engine(encrypted, key=KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO action (id, at, who, kind, title) VALUES (9, '', '乙电子', 'import', '')"
        )
    log = encrypted.with_name("encrypted.db-wal").read_bytes()
    engine.dispose()
    assert len(log) > 4096
    assert "乙电子".encode() not in log


@pytest.mark.parametrize("key", [None, bytes(32)], ids=["none", "another"])
def test_no_other_key_opens_it_and_nothing_is_said_on_stderr(
    encrypted: Path, key: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    before = encrypted.read_bytes()
    with pytest.raises(driver.DatabaseError, match="not a database"):
        firms(encrypted, key)
    with pytest.raises(UserError) as refused:
        revision(encrypted, key)
    assert refused.value.code == EXIT_DAMAGED
    assert capfd.readouterr().err == ""
    assert encrypted.read_bytes() == before


def test_a_plain_file_is_opened_without_the_key_that_is_at_hand(database: Path) -> None:
    assert is_plain(database)
    assert firms(database, KEY) == 0


def test_backups_of_an_encrypted_file_are_encrypted_under_the_same_key(
    encrypted: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    with backup.opened(encrypted, KEY) as origin:
        note = backup.save(origin, folder, datetime(2025, 3, 1), "手动", KEY)
    saved = folder / note.name
    assert not is_plain(saved)
    assert backup.check(saved, KEY) == note.rows == backup.check(encrypted, KEY)
    assert FIRM.encode() not in saved.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == [note.name, f"{note.name}.json"]


def test_a_copy_is_encrypted_as_its_original_is(
    encrypted: Path, database: Path, tmp_path: Path
) -> None:
    for source, plain in ((encrypted, False), (database, True)):
        target = tmp_path / f"copy-{plain}.db"
        backup.copy_database(source, target, KEY)
        assert is_plain(target) is plain
        assert backup.check(target, KEY) == backup.check(source, KEY)


def test_every_changed_byte_is_noticed(encrypted: Path, request: pytest.FixtureRequest) -> None:
    whole = encrypted.read_bytes()
    chance = random.Random(7)
    count = 500 if request.config.getoption("--long") else 60
    places = [0, 15, 16, 4095, 4096, len(whole) - 1]
    for at in [*places, *(chance.randrange(len(whole)) for _ in range(count - len(places)))]:
        changed = bytes([whole[at] ^ chance.randrange(1, 256)])
        encrypted.write_bytes(whole[:at] + changed + whole[at + 1 :])
        with pytest.raises(driver.DatabaseError, match=r"malformed|not a database"):
            backup.check(encrypted, KEY)
    encrypted.write_bytes(whole)
    assert backup.check(encrypted, KEY)["firm"] == 200


def test_a_file_cut_short_is_noticed(encrypted: Path) -> None:
    whole = encrypted.read_bytes()
    for length in (len(whole) - 1, len(whole) - 4096, 4096, 100):
        encrypted.write_bytes(whole[:length])
        with pytest.raises(driver.DatabaseError):
            backup.check(encrypted, KEY)
