"""Copies of plain records are encrypted on their way, and plain again where they arrive."""

from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.safe import NOW, OTHER, PASSWORD, Rows, dump, opened, refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_WRONG_KEY
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption, first_start, passwords
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.safety import restoring
from xqhz_desktop.store import keyring, sealing
from xqhz_desktop.store.cipher import is_plain


class Carried:
    """A plain school, and an encrypted copy of it on a stick with its ring beside."""

    def __init__(self, desk: Desk, stick: Path) -> None:
        self.desk, self.folder = desk, desk.office.folder
        first = first_start.prepare(self.folder, "测试")
        assert first is not None
        first.keep()
        self.code = first.code
        passwords.set_password(desk.office, "测试", PASSWORD)
        desk.bring(OFFICE)
        self.rows = records(dump(desk.office))
        saved = self.folder.backups / desk.office.backup("手动")
        stick.mkdir()
        self.copy = stick / saved.name
        self.ring, key = encryption.copy_key(self.folder)
        keyring.write(stick / f"keys-{self.ring.id}.json", self.ring)
        sealing.convert(saved, None, self.copy, key)

    def restore(self, folder: DataFolder, secret: str) -> None:
        """Restore the copy into a folder, by a secret."""
        access = encryption.access(folder, self.copy, lambda: secret)
        restoring.restore(folder, "测试", lambda: NOW, self.copy, Task(), access)


def records(found: Rows) -> Rows:
    """The rows of the records, without what tells of the restore itself."""
    return {name: rows for name, rows in found.items() if name in ("student", "firm", "placement")}


@pytest.fixture
def carried(desk: Desk, tmp_path: Path) -> Carried:
    return Carried(desk, tmp_path / "stick")


@pytest.mark.parametrize("by", ["code", "password"])
def test_on_a_new_computer_it_is_plain_and_opens_by_the_same_secrets(
    carried: Carried, tmp_path: Path, by: str
) -> None:
    there = DataFolder(tmp_path / "new")
    carried.restore(there, carried.code if by == "code" else PASSWORD)
    assert is_plain(there.database)
    assert first_start.prepare(there, "测试") is None
    with opened(there) as office:
        assert records(dump(office)) == carried.rows
        assert passwords.verify(there, "测试", PASSWORD)
        encryption.turn_on(office, PASSWORD, print)
    assert encryption.unlock(there, carried.code) == encryption.unlock(there, PASSWORD)


def test_at_home_it_is_plain_again_and_today_s_secrets_stay(carried: Carried) -> None:
    passwords.change_password(carried.desk.office, PASSWORD, OTHER)
    passwords.new_code(carried.desk.office)
    today = keyring.read(carried.folder.keys)
    carried.desk.office.close()
    assert refused(lambda: carried.restore(carried.folder, OTHER)) == EXIT_WRONG_KEY
    carried.restore(carried.folder, carried.code)
    assert is_plain(carried.folder.database)
    assert keyring.read(carried.folder.keys) == today
    with opened(carried.folder) as office:
        assert records(dump(office)) == carried.rows
        assert actions(office)[0].title.startswith("恢复备份")


def test_among_encrypted_records_it_is_under_their_key(carried: Carried) -> None:
    encryption.turn_on(carried.desk.office, PASSWORD, print)
    folder = carried.desk.office.folder
    carried.desk.office.close()
    carried.restore(folder, carried.code)
    assert not is_plain(folder.database)
    with opened(folder) as office:
        assert records(dump(office)) == carried.rows


def test_the_key_of_copies_goes_when_the_records_are_encrypted(carried: Carried) -> None:
    carried.folder.copies.write_text("{}", "utf-8")
    encryption.turn_on(carried.desk.office, PASSWORD, print)
    assert not carried.folder.copies.exists()
    ring, key = encryption.copy_key(carried.desk.office.folder)
    assert key == carried.desk.office.folder.key
    assert ring == keyring.read(carried.folder.keys)


def test_without_a_ring_that_can_be_read_nothing_leaves(carried: Carried) -> None:
    carried.folder.keys.write_text("{}", "utf-8")
    assert refused(lambda: encryption.copy_key(carried.folder)) == EXIT_DAMAGED


def test_a_stick_of_many_copies_finds_the_ring_of_each(carried: Carried) -> None:
    for _ in range(3):
        ring, _key = encryption.copy_key(carried.folder)
        keyring.write(carried.copy.parent / f"keys-{ring.id}.json", ring)
    access = encryption.access(carried.folder, carried.copy, lambda: PASSWORD)
    assert access.ring == carried.ring


def test_a_copy_whose_ring_was_changed_by_hand_is_not_opened(carried: Carried) -> None:
    strange, key, _ = keyring.make()
    thief = strange.with_password(key, "路人", OTHER).users["路人"]
    users = carried.ring.users | {"路人": thief}
    made = carried.ring
    changed = keyring.Ring(made.id, made.check, made.mark, users, made.recovery)
    path = carried.copy.parent / f"keys-{made.id}.json"
    keyring.write(path, changed)
    carried.folder.keys.unlink()
    found = refused(lambda: encryption.access(carried.folder, carried.copy, lambda: PASSWORD))
    assert found == EXIT_DAMAGED
