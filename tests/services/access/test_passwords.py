"""Passwords and the recovery code: whose they are, who may change them, what they open."""

from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.safe import NOW, OTHER, PASSWORD, Safe, dump, opened, refused
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import at_work, audit, encryption, first_start, passwords, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.store import keyring
from xqhz_desktop.store.cipher import is_plain

ME = "测试"  # who is at work at the desk


def started(desk: Desk) -> str:
    """The folder after its first start; the recovery code."""
    first = first_start.prepare(desk.office.folder, ME)
    assert first is not None
    first.keep()
    return first.code


def closed(office: Office) -> DataFolder:
    """The folder as the next start finds it."""
    office.close()
    return DataFolder(office.folder.root)


def as_(folder: DataFolder, who: str) -> Office:
    """The office as somebody opens it."""
    return Office.open(folder, who, lambda: NOW)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Two users beside who is at work; nobody has a password."""
    users.add(desk.office, ME, Role.ADMIN)
    users.add(desk.office, "李", Role.CLERK)
    users.add(desk.office, "赵", Role.VIEWER)
    return desk


# ---------------------------------------------------------------- the first start


def test_the_first_start_makes_a_code_that_is_kept_nowhere(desk: Desk) -> None:
    code = started(desk)
    for path in (path for path in desk.office.folder.root.rglob("*") if path.is_file()):
        for written in (code, code.replace("-", "")):
            assert written.encode() not in path.read_bytes()
    assert first_start.prepare(desk.office.folder, ME) is None


def test_nothing_is_written_before_the_code_was_taken(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    first = first_start.prepare(folder, ME)
    assert first is not None
    assert first.code not in repr(first)
    assert not folder.root.exists()
    other = first_start.prepare(folder, ME)
    assert other is not None
    assert other.code != first.code
    first.keep()
    assert not encryption.is_encrypted(folder)
    as_(folder, ME).close()


def test_the_code_of_the_first_start_opens_what_is_encrypted_later(desk: Desk) -> None:
    code, shown = started(desk), []
    encryption.turn_on(desk.office, PASSWORD, shown.append)
    assert shown == []
    folder = closed(desk.office)
    assert encryption.entered(folder, code).user == ""
    assert encryption.entered(folder, PASSWORD).user == ME
    assert encryption.unlock(folder, code) == encryption.unlock(folder, PASSWORD)


def test_the_key_of_plain_records_is_another_one_than_that_of_encrypted_ones(desk: Desk) -> None:
    code = started(desk)
    before = keyring.read(desk.office.folder.keys)
    encryption.turn_on(desk.office, PASSWORD, print)
    assert before is not None
    assert before.unwrap(code) != desk.office.folder.key


def test_turned_off_and_on_again_all_secrets_stay(desk: Desk) -> None:
    code = started(desk)
    encryption.turn_on(desk.office, PASSWORD, print)
    key = desk.office.folder.key
    encryption.turn_off(desk.office)
    assert refused(lambda: encryption.turn_on(desk.office, OTHER, print)) == EXIT_WRONG_KEY
    assert is_plain(desk.office.folder.database)
    encryption.turn_on(desk.office, PASSWORD, print)
    assert desk.office.folder.key != key
    folder = closed(desk.office)
    assert encryption.unlock(folder, code) == encryption.unlock(folder, PASSWORD)


def test_a_start_that_was_cut_off_while_the_ring_was_replaced_keeps_it(desk: Desk) -> None:
    started(desk)
    keys = desk.office.folder.keys
    ring = keyring.read(keys)
    keys.rename(keyring.previous(keys))
    keys.write_text("cut off", "utf-8")
    assert first_start.prepare(desk.office.folder, ME) is None
    assert keyring.read(keys) == ring


def test_a_full_disk_at_the_first_start_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    first = first_start.prepare(DataFolder(tmp_path / "file" / "data"), ME)
    assert first is not None
    assert refused(first.keep) == EXIT_NO_SPACE


# ---------------------------------------------------------------- changing


def test_a_new_password_wraps_the_same_key_and_touches_no_record(safe: Safe) -> None:
    with opened(safe.unlocked()) as office:
        before = dump(office)
        passwords.change_password(office, PASSWORD, OTHER)
        assert dump(office) == before
    assert refused(lambda: safe.unlocked(PASSWORD)) == EXIT_WRONG_KEY
    assert safe.unlocked(OTHER) == safe.unlocked(safe.code)


def test_a_forgotten_password_is_replaced_by_the_recovery_code(safe: Safe) -> None:
    with opened(safe.unlocked(safe.code)) as office:
        passwords.change_password(office, safe.code, OTHER)
    opened(safe.unlocked(OTHER)).close()
    assert refused(lambda: safe.unlocked(PASSWORD)) == EXIT_WRONG_KEY


def test_a_new_recovery_code_ends_the_old_one_beside_the_backups_too(safe: Safe) -> None:
    with opened(safe.unlocked()) as office:
        fresh = passwords.new_code(office)
    safe.folder.keys.unlink()
    assert refused(lambda: safe.unlocked(safe.code)) == EXIT_WRONG_KEY
    opened(safe.unlocked(fresh)).close()


def test_passwords_are_changed_by_who_knows_one(safe: Safe) -> None:
    with opened(safe.unlocked()) as office:
        wrong = refused(lambda: passwords.change_password(office, OTHER, OTHER))
        short = refused(lambda: passwords.change_password(office, PASSWORD, "short"))
    assert (wrong, short) == (EXIT_WRONG_KEY, EXIT_USAGE)
    opened(safe.unlocked(PASSWORD)).close()


def test_a_new_code_of_plain_records_leaves_passwords_as_they_are(desk: Desk) -> None:
    code = started(desk)
    passwords.set_password(desk.office, ME, PASSWORD)
    fresh = passwords.new_code(desk.office)
    ring = keyring.read(desk.office.folder.keys)
    assert ring is not None
    assert ring.open(code) is None
    assert ring.open(fresh) is not None
    assert passwords.verify(desk.office.folder, ME, PASSWORD)


def test_a_code_is_made_where_a_folder_has_no_ring(desk: Desk) -> None:
    assert refused(lambda: passwords.set_password(desk.office, ME, PASSWORD)) == EXIT_DAMAGED
    code = passwords.new_code(desk.office)
    passwords.set_password(desk.office, ME, PASSWORD)
    ring = keyring.read(desk.office.folder.keys)
    assert ring is not None
    assert ring.open(code) is not None


# ---------------------------------------------------------------- users


def test_each_user_opens_as_themselves(staffed: Desk) -> None:
    started(staffed)
    passwords.set_password(staffed.office, "李", OTHER)
    encryption.turn_on(staffed.office, PASSWORD, print)
    assert passwords.without_password(staffed.office) == ["赵"]
    passwords.set_password(staffed.office, "赵", "third password")
    folder = closed(staffed.office)
    said = {PASSWORD: ME, OTHER: "李", "third password": "赵"}
    for secret, who in said.items():
        entered = encryption.entered(folder, secret)
        assert entered.user == who
        with as_(entered.folder, who) as office:
            assert office.who == who
    assert refused(lambda: encryption.entered(folder, OTHER, "赵")) == EXIT_WRONG_KEY


def test_in_plain_mode_a_password_only_tells_who_it_is(staffed: Desk) -> None:
    started(staffed)
    passwords.set_password(staffed.office, "李", OTHER)
    folder = closed(staffed.office)
    assert not encryption.needs_key(folder)
    assert passwords.has_password(folder, "李")
    assert not passwords.has_password(folder, ME)
    assert passwords.verify(folder, "李", OTHER)
    assert not passwords.verify(folder, "李", PASSWORD)
    assert not passwords.verify(folder, "路人", OTHER)


def test_others_get_a_password_from_an_admin_alone(staffed: Desk) -> None:
    started(staffed)
    folder = closed(staffed.office)
    with as_(folder, "李") as office:
        assert refused(lambda: passwords.set_password(office, "赵", OTHER)) == EXIT_NOT_PERMITTED
        assert refused(lambda: passwords.new_code(office)) == EXIT_NOT_PERMITTED
        assert refused(lambda: passwords.forget(office, "赵")) == EXIT_NOT_PERMITTED
        assert refused(lambda: encryption.turn_on(office, OTHER, print)) == EXIT_NOT_PERMITTED
    with as_(folder, "赵") as office:
        passwords.set_password(office, "赵", OTHER)
        passwords.change_password(office, OTHER, PASSWORD)
    assert passwords.verify(folder, "赵", PASSWORD)
    with as_(folder, ME) as office:
        assert refused(lambda: passwords.set_password(office, "路人", OTHER)) == EXIT_USAGE
        passwords.set_password(office, "赵", OTHER)
    assert passwords.verify(folder, "赵", OTHER)


def test_who_only_looks_changes_no_password(staffed: Desk) -> None:
    started(staffed)
    with Office.look(staffed.office.folder, ME, lambda: NOW) as office:
        assert refused(lambda: passwords.set_password(office, ME, OTHER)) == EXIT_LOCKED
        assert refused(lambda: passwords.new_code(office)) == EXIT_LOCKED


def test_who_left_opens_nothing_any_more(staffed: Desk) -> None:
    started(staffed)
    encryption.turn_on(staffed.office, PASSWORD, print)
    passwords.set_password(staffed.office, "李", OTHER)
    users.deactivate(staffed.office, "李")
    folder = closed(staffed.office)
    assert refused(lambda: encryption.unlock(folder, OTHER)) == EXIT_WRONG_KEY
    folder.keys.unlink()
    assert refused(lambda: encryption.unlock(folder, OTHER)) == EXIT_WRONG_KEY
    encryption.unlock(folder, PASSWORD)


def test_who_is_no_user_any_more_gets_no_key_when_encryption_is_turned_on(staffed: Desk) -> None:
    started(staffed)
    passwords.set_password(staffed.office, "李", OTHER)
    ring = keyring.read(staffed.office.folder.keys)
    users.deactivate(staffed.office, "李")
    assert ring is not None
    keyring.write(staffed.office.folder.keys, ring)  # as an older copy of the file would
    encryption.turn_on(staffed.office, PASSWORD, print)
    assert not passwords.has_password(staffed.office.folder, "李")


def test_the_audit_chain_says_who_got_a_password_and_not_which(staffed: Desk) -> None:
    started(staffed)
    passwords.set_password(staffed.office, "李", OTHER)
    passwords.change_password(staffed.office, OTHER, PASSWORD)
    passwords.new_code(staffed.office)
    titles = [line.title for line in audit.entries(staffed.office)]
    assert titles[:3] == ["更换恢复码", "更改密码：李", "设置密码：李"]
    assert audit.verify(staffed.office).whole


def test_by_the_recovery_code_it_is_the_only_admin(staffed: Desk) -> None:
    code = started(staffed)
    encryption.turn_on(staffed.office, PASSWORD, print)
    folder = closed(staffed.office)
    assert at_work.only_admin(folder) == ""  # nothing can be read yet
    open_ = encryption.unlock(folder, code)
    assert at_work.only_admin(open_) == ME
    assert at_work.known_users(open_) == {ME: Role.ADMIN, "李": Role.CLERK, "赵": Role.VIEWER}
    with as_(open_, ME) as office:
        users.set_role(office, "李", Role.ADMIN)
    assert at_work.only_admin(open_) == ""


# ---------------------------------------------------------------- a ring that was changed


def test_a_ring_changed_by_hand_is_not_trusted_and_no_wrong_password(safe: Safe) -> None:
    ring = keyring.read(safe.folder.keys)
    assert ring is not None
    strange, key, _ = keyring.make()
    thief = strange.with_password(key, "路人", OTHER).users["路人"]
    changed = keyring.Ring(
        ring.id, ring.check, ring.mark, ring.users | {"路人": thief}, ring.recovery, True
    )
    keyring.write(safe.folder.keys, changed)
    opened(safe.unlocked()).close()  # the copy beside the backups stands in
    assert keyring.read(safe.folder.keys) == ring
    keyring.write(safe.folder.keys, changed)
    for copy in safe.folder.backups.glob("keys-*.json"):
        copy.unlink()
    assert refused(safe.unlocked) == EXIT_DAMAGED
    assert refused(lambda: safe.unlocked(OTHER)) == EXIT_DAMAGED
    assert refused(lambda: safe.unlocked("no password at all")) == EXIT_WRONG_KEY
