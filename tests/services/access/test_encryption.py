"""Encryption turned on and off loses no row, lets nobody in, and calls a wrong password so."""

import os
import shutil
from pathlib import Path

import pytest

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.safe import OTHER, PASSWORD, Rows, Safe, dump, opened, refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_NO_SPACE,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption, passwords
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import health
from xqhz_desktop.store import keyring
from xqhz_desktop.store.cipher import is_plain


def schema(office: Office) -> list[tuple[object, ...]]:
    """Tables, indexes and triggers as they were declared, and the file's own numbers."""
    with office.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY 2")
        numbers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("application_id", "user_version", "foreign_keys", "journal_mode")
        ]
        return [*(tuple(row) for row in found), tuple(numbers)]


# ---------------------------------------------------------------- on and off


def test_turning_it_on_keeps_every_row_and_every_promise_of_the_tables(desk: Desk) -> None:
    desk.bring(OFFICE)
    before, promised = dump(desk.office), schema(desk.office)
    shown: list[str] = []
    saved = encryption.turn_on(desk.office, PASSWORD, shown.append)
    assert (dump(desk.office), schema(desk.office)) == (before, promised)
    assert not is_plain(desk.office.folder.database)
    assert not is_plain(desk.office.folder.backups / saved)
    assert len(shown) == 1
    assert encryption.unlock(DataFolder(desk.office.folder.root), shown[0]) == desk.office.folder
    assert actions(desk.office)[0].title == "启用加密"


def test_the_office_goes_on_working_after_it_was_turned_on_and_off(desk: Desk) -> None:
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"))})
    encryption.turn_on(desk.office, PASSWORD, print)
    desk.bring({"学生.xlsx": table(student(1))})
    encryption.turn_off(desk.office)
    desk.bring({"学生2.xlsx": table(student(2))})
    assert len(dump(desk.office)["student"]) == 2
    assert is_plain(desk.office.folder.database)
    assert not encryption.is_encrypted(desk.office.folder)


def test_turned_on_and_off_it_holds_what_it_held(
    safe: Safe, sealed: tuple[Path, str, Rows]
) -> None:
    with opened(safe.unlocked()) as office:
        assert dump(office) == sealed[2]
        encryption.turn_off(office)
        assert dump(office) == sealed[2]
    with opened(safe.folder) as office:
        assert dump(office) == sealed[2]


def test_it_is_turned_on_or_off_once(safe: Safe, desk: Desk) -> None:
    with opened(safe.unlocked()) as office:
        assert refused(lambda: encryption.turn_on(office, PASSWORD, print)) == EXIT_USAGE
    assert refused(lambda: encryption.turn_off(desk.office)) == EXIT_USAGE


def test_a_short_password_is_refused_and_nothing_changed(desk: Desk) -> None:
    before = desk.office.folder.database.read_bytes()
    assert refused(lambda: encryption.turn_on(desk.office, "1234567", print)) == EXIT_USAGE
    assert desk.office.folder.database.read_bytes() == before
    assert not desk.office.folder.keys.exists()


def test_who_does_not_take_the_code_keeps_plain_records(desk: Desk) -> None:
    def leave(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encryption.turn_on(desk.office, PASSWORD, leave)
    assert is_plain(desk.office.folder.database)
    assert not encryption.is_encrypted(desk.office.folder)


@pytest.mark.parametrize("turn", ["on", "off"])
def test_a_full_disk_leaves_all_as_it_was(
    turn: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk.office
    desk.bring(OFFICE)
    if turn == "off":
        encryption.turn_on(office, PASSWORD, print)
    before, plain = dump(office), is_plain(office.folder.database)
    with monkeypatch.context() as full:
        full.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
        work = (
            (lambda: encryption.turn_on(office, PASSWORD, print))
            if turn == "on"
            else (lambda: encryption.turn_off(office))
        )
        assert refused(work) == EXIT_NO_SPACE
    assert is_plain(office.folder.database) is plain
    assert dump(office) == before
    desk.office.close()
    assert not list(office.folder.root.glob("*.converting*"))


# ---------------------------------------------------------------- who is let in


def test_password_and_recovery_code_let_in(safe: Safe) -> None:
    assert safe.unlocked(PASSWORD) == safe.unlocked(safe.code)
    opened(safe.unlocked(safe.code)).close()


def test_a_wrong_password_is_told_so_and_is_no_damage(safe: Safe) -> None:
    assert refused(lambda: safe.unlocked(PASSWORD + "!")) == EXIT_WRONG_KEY
    assert refused(lambda: safe.unlocked("00000-00000-00000-00000-00001")) == EXIT_WRONG_KEY
    assert refused(lambda: opened(safe.folder)) == EXIT_WRONG_KEY
    assert refused(lambda: opened(safe.folder.unlocked(bytes(32)))) == EXIT_WRONG_KEY


def test_the_right_password_to_a_damaged_file_is_damage(safe: Safe) -> None:
    content = bytearray(safe.folder.database.read_bytes())
    content[100] ^= 1
    safe.folder.database.write_bytes(content)
    assert refused(lambda: safe.unlocked(OTHER)) == EXIT_WRONG_KEY
    assert refused(lambda: opened(safe.unlocked())) == EXIT_DAMAGED


def test_a_damaged_plain_file_is_damage_and_asks_for_no_password(desk: Desk) -> None:
    desk.office.close()
    folder = desk.office.folder
    folder.database.write_bytes(b"\0" * 8192)
    assert not encryption.needs_key(folder)
    assert refused(lambda: opened(folder)) == EXIT_DAMAGED


def test_the_key_stands_in_no_message(safe: Safe) -> None:
    folder = safe.unlocked()
    assert folder.key is not None
    assert folder.key.hex() not in repr(folder)
    assert str(folder.key) not in repr(folder)


def test_the_weekly_look_notices_a_changed_byte_on_a_free_page(safe: Safe) -> None:
    with opened(safe.unlocked()) as office, office.acting("test", "") as (connection, _):
        connection.exec_driver_sql("CREATE TABLE long (text TEXT)")
        connection.exec_driver_sql("INSERT INTO long VALUES (zeroblob(100000))")
    with opened(safe.unlocked()) as office, office.acting("test", "") as (connection, _):
        connection.exec_driver_sql("DROP TABLE long")
    content = bytearray(safe.folder.database.read_bytes())
    content[-5000] ^= 1
    safe.folder.database.write_bytes(content)
    with opened(safe.unlocked()) as office:
        assert not health.look(office).sound


# ---------------------------------------------------------------- a ring that is lost


@pytest.mark.parametrize("secret", ["password", "code"])
@pytest.mark.parametrize("loss", ["lost", "damaged", "empty"])
def test_a_lost_or_damaged_ring_is_put_back_from_beside_the_backups(
    safe: Safe, loss: str, secret: str
) -> None:
    ring = keyring.read(safe.folder.keys)
    if loss == "lost":
        safe.folder.keys.unlink()
    else:
        content = safe.folder.keys.read_text("utf-8")
        safe.folder.keys.write_text(content[:-200] if loss == "damaged" else "", "utf-8")
    assert encryption.needs_key(safe.folder)
    opened(safe.unlocked(PASSWORD if secret == "password" else safe.code)).close()
    assert keyring.read(safe.folder.keys) == ring


def test_a_ring_without_any_copy_is_damage_and_no_wrong_password(safe: Safe) -> None:
    shutil.rmtree(safe.folder.backups)
    safe.folder.keys.write_text("{}", "utf-8")
    assert refused(safe.unlocked) == EXIT_DAMAGED
    assert refused(lambda: opened(safe.folder)) == EXIT_WRONG_KEY


def test_of_many_rings_beside_the_backups_the_one_of_the_records_stands_in(safe: Safe) -> None:
    """Encryption was turned off and on again, and a password was changed in between."""
    with opened(safe.unlocked()) as office:
        encryption.turn_off(office)
        passwords.set_password(office, office.who, OTHER)
        encryption.turn_on(office, OTHER, print)
    ring = keyring.read(safe.folder.keys)
    copies = sorted(safe.folder.backups.glob("keys-*.json"))
    assert len(copies) == 2
    for copy in copies:  # whichever is the newer one
        safe.folder.keys.unlink()
        os.utime(copy)
        opened(safe.unlocked(safe.code)).close()
        assert keyring.read(safe.folder.keys) == ring
        opened(safe.unlocked(OTHER)).close()


def test_a_ring_of_plain_records_does_not_lie_beside_backups(desk: Desk) -> None:
    first = prepare(desk.office.folder, desk.office.who)
    assert first is not None
    first.keep()
    encryption.turn_on(desk.office, PASSWORD, print)
    assert keyring.copies(desk.office.folder.backups) == [keyring.read(desk.office.folder.keys)]
