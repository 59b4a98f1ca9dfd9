"""Backups of an encrypted school: they come back, elsewhere too, and tell nobody anything."""

from pathlib import Path

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.safe import NOW, OTHER, PASSWORD, Safe, dump, opened, refused
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_WRONG_KEY,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption, passwords, plain_copies
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups, restoring, second_place
from xqhz_desktop.store import keyring
from xqhz_desktop.store.cipher import is_plain


def test_the_rings_go_with_the_backups_to_a_second_place(safe: Safe, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with opened(safe.unlocked()) as office:
        second_place.choose(office.folder, stick)
        office.backup("手动")
        second_place.copy_newest(office.folder, NOW)
    assert not any(is_plain(path) for path in stick.glob("*.db"))
    assert keyring.copies(stick) == [keyring.read(safe.folder.keys)]


def test_an_encrypted_backup_comes_back(safe: Safe) -> None:
    folder = safe.unlocked()
    newest = backups.listed(folder.backups)[0]
    with opened(folder) as office:
        Desk(office).bring({"学生9.xlsx": table(student(9))})
    done = restoring.restore(folder, "测试", lambda: NOW, newest.path, Task())
    assert done.before is not None
    assert done.after["student"] == done.before["student"] - 1
    assert not is_plain(folder.database)
    with opened(folder) as office:
        assert actions(office)[0].title.startswith("恢复备份")


def test_a_plain_backup_is_encrypted_on_its_way_into_an_encrypted_folder(safe: Safe) -> None:
    folder = safe.unlocked()
    plain = next(one for one in backups.listed(folder.backups) if is_plain(one.path))
    restoring.restore(folder, "测试", lambda: NOW, plain.path, Task())
    assert not is_plain(folder.database)
    assert not any(is_plain(path) for path in folder.set_aside.rglob("*") if path.is_file())
    opened(folder).close()


def test_a_stick_alone_brings_the_records_to_a_new_computer(safe: Safe, tmp_path: Path) -> None:
    there = DataFolder(tmp_path / "new")
    source = backups.listed(safe.folder.backups)[0].path
    opening = encryption.access(there, source, lambda: safe.code)
    restoring.restore(there, "测试", lambda: NOW, source, Task(), opening)
    assert refused(lambda: opened(there)) == EXIT_WRONG_KEY
    with opened(encryption.unlock(there, PASSWORD)) as office:
        assert len(dump(office)["student"]) == 3


def test_a_backup_of_an_earlier_key_needs_its_own_password(safe: Safe) -> None:
    with opened(safe.unlocked()) as office:
        old = backups.listed(office.folder.backups)[0].path
        encryption.turn_off(office)
        passwords.set_password(office, office.who, OTHER)
        encryption.turn_on(office, OTHER, print)
    folder = safe.unlocked(OTHER)

    def back(secret: str) -> None:
        opening = encryption.access(folder, old, lambda: secret)
        restoring.restore(folder, "测试", lambda: NOW, old, Task(), opening)

    assert refused(lambda: back("neither password")) == EXIT_WRONG_KEY
    assert (
        refused(lambda: restoring.restore(folder, "测试", lambda: NOW, old, Task()))
        == EXIT_WRONG_KEY
    )
    back(PASSWORD)
    opened(safe.unlocked(OTHER)).close()


def test_a_damaged_encrypted_backup_is_damage_and_no_wrong_password(safe: Safe) -> None:
    folder = safe.unlocked()
    source = backups.listed(folder.backups)[0].path
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 1
    source.write_bytes(content)
    code = refused(lambda: restoring.restore(folder, "测试", lambda: NOW, source, Task()))
    assert code == EXIT_DAMAGED


# ---------------------------------------------------------------- nothing readable is left


def test_no_byte_of_the_folder_tells_a_number_once_the_plain_backups_are_gone(
    safe: Safe,
) -> None:
    folder = safe.unlocked()
    office = opened(folder)
    found = dump(office)
    known = [
        str(value)
        for name, column in (("student", "id_number"), ("student", "phone"), ("firm", "name"))
        for value in _column(office, name, column)
        if value
    ]
    assert len(known) >= 5
    (plain,) = plain_copies.plain_copies(folder)
    assert all(text.encode() in plain.read_bytes() for text in known)
    assert plain_copies.purge(office) == 1
    Desk(office).bring({"学生9.xlsx": table(student(9))})
    office.backup("手动")
    log = folder.database.with_name("xqhz.db-wal")
    assert log.stat().st_size
    assert len(found["student"]) == 3
    for path in folder.root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for text in known:
            assert text.encode() not in content, path.name
            assert text.encode("utf-16-le") not in content, path.name
    office.close()


def _column(office: Office, name: str, column: str) -> list[object]:
    with office.engine.connect() as connection:
        return list(connection.exec_driver_sql(f"SELECT {column} FROM {name}").scalars())


def test_plain_backups_stay_while_no_encrypted_one_stands_for_them(safe: Safe) -> None:
    for one in backups.listed(safe.folder.backups):
        if not is_plain(one.path):
            one.path.write_bytes(b"damaged")
    office = opened(safe.unlocked())
    assert refused(lambda: plain_copies.purge(office)) == EXIT_DAMAGED
    office.close()
    assert plain_copies.plain_copies(safe.folder)
