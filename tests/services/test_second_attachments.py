"""What leaves the computer is encrypted; a scan that lies there already is not written again."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.safe import NOW, OTHER, Safe, opened, refused
from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption, passwords
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, backups
from xqhz_desktop.services.safety.backups import listed, place_of, sound
from xqhz_desktop.services.safety.restoring import restore
from xqhz_desktop.services.safety.second_place import choose, copy_newest, copy_to
from xqhz_desktop.store import keyring
from xqhz_desktop.store.cipher import is_plain

BOOKS = {"企业.xlsx": table(firm(1, "甲机械有限公司")), "学生.xlsx": table(student(1))}
SCAN = "三方协议的扫描件".encode() * 999


class School:
    """An open office with plain records, a scan and a stick; its recovery code is known."""

    def __init__(self, desk: Desk, root: Path, code: str) -> None:
        self.desk, self.office, self.folder = desk, desk.office, desk.office.folder
        self.stick, self.code, self._scans = root / "U盘", code, root / "scans"
        for path in (self.stick, self._scans):
            path.mkdir()

    def scan(self, name: str, content: bytes) -> None:
        """Attach a scan to the student."""
        path = self._scans / name
        path.write_bytes(content)
        attachments.add(self.office, "students", 1, path)

    def save(self) -> str:
        """A backup, and its copy on the stick."""
        self.office.backup("手动")
        name = copy_newest(self.folder, NOW)
        assert name is not None
        return name

    def stored(self) -> dict[str, int]:
        """The stick's scans, and when each was written."""
        found = place_of(self.stick).rglob("*")
        return {path.name: path.stat().st_mtime_ns for path in found if path.is_file()}


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key ring as the first start leaves it, and the recovery code."""
    first = prepare(DataFolder(tmp_path_factory.mktemp("first")), "测试")
    assert first is not None
    first.keep()
    return first.folder.keys, first.code


@pytest.fixture
def school(desk: Desk, ring: tuple[Path, str], tmp_path: Path) -> School:
    """A school whose stick is known."""
    shutil.copy(ring[0], desk.office.folder.keys)
    desk.bring(BOOKS)
    school = School(desk, tmp_path, ring[1])
    school.scan("协议.pdf", SCAN)
    choose(school.folder, school.stick)
    return school


def bring_home(school: School, folder: DataFolder, secret: str) -> object:
    """Restore the stick's newest copy into a folder."""
    source = listed(school.stick)[0].path
    access = encryption.access(folder, source, lambda: secret)
    return restore(folder, "测试", lambda: NOW, source, Task(), access)


def scans(folder: DataFolder) -> list[bytes]:
    """The content of every attachment of a folder."""
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert attachments.missing(office) == []
        store = attachments.store_of(office)
        return [b"".join(store.blocks(one.sha256)) for one in attachments.all_of(office)]


def test_no_byte_of_plain_records_or_scans_is_readable_on_the_stick(school: School) -> None:
    school.save()
    known = [SCAN[:24], "甲机械有限公司".encode()]
    known += [str(school.desk.one("SELECT id_number FROM student")).encode()]
    files = [path.read_bytes() for path in school.stick.rglob("*") if path.is_file()]
    assert len(files) >= 5
    assert not any(text in content for text in known for content in files)
    (copy,) = listed(school.stick)
    assert sound(copy)
    assert (copy.note.attachments, copy.note.missing) == (1, 0)


def test_the_backup_at_home_stays_as_it_is_and_nothing_is_left_beside_it(school: School) -> None:
    school.office.backup("手动")
    before = {path: path.read_bytes() for path in school.folder.backups.rglob("*.*")}
    copy_newest(school.folder, NOW)
    assert {path: path.read_bytes() for path in school.folder.backups.rglob("*.*")} == before
    assert not is_plain(listed(school.stick)[0].path)


def test_a_scan_that_lies_there_is_not_written_again(school: School) -> None:
    school.save()
    first = school.stored()
    school.scan("照片.jpg", b"photo")
    school.office.now = lambda: NOW + timedelta(minutes=1)
    school.save()
    second = school.stored()
    assert len(second) == 2
    assert first.items() <= second.items()
    assert len(list(school.stick.glob("keys-*.json"))) == 1


def test_a_new_holder_of_the_ring_makes_a_new_key(school: School) -> None:
    school.save()
    passwords.set_password(school.office, "测试", OTHER)
    school.office.now = lambda: NOW + timedelta(minutes=1)
    school.save()
    assert len(list(school.stick.glob("keys-*.json"))) == 2
    there = DataFolder(school.stick.parent / "new")
    bring_home(school, there, OTHER)
    assert scans(there) == [SCAN]


def test_the_recovery_code_brings_records_and_scans_to_a_new_computer_where_they_are_plain(
    school: School, tmp_path: Path
) -> None:
    school.save()
    there = DataFolder(tmp_path / "new")
    done = bring_home(school, there, school.code)
    assert (done.after["attachment"], done.missing, done.warning) == (1, 0, "")
    assert is_plain(there.database)
    assert scans(there) == [SCAN]


def test_without_the_code_the_stick_opens_to_nobody(school: School, tmp_path: Path) -> None:
    school.save()
    there = DataFolder(tmp_path / "new")
    assert refused(lambda: bring_home(school, there, "wrong password")) == EXIT_WRONG_KEY
    source = listed(school.stick)[0].path
    code = refused(lambda: restore(there, "测试", lambda: NOW, source, Task()))
    assert code == EXIT_WRONG_KEY
    assert not there.database.exists()


def test_a_school_without_a_key_ring_copies_nothing(school: School) -> None:
    school.office.backup("手动")
    school.folder.keys.unlink()
    assert refused(lambda: copy_newest(school.folder, NOW)) == EXIT_DAMAGED
    assert listed(school.stick) == []


def test_a_scan_that_is_damaged_at_home_is_counted_and_holds_nothing_up(
    school: School, tmp_path: Path
) -> None:
    school.scan("照片.jpg", b"photo")
    school.office.backup("手动")
    for path in place_of(school.folder.backups).rglob("*"):
        if path.is_file() and path.stat().st_size > 100:
            path.write_bytes(b"damaged")
    copy_newest(school.folder, NOW)
    (copy,) = listed(school.stick)
    assert (copy.note.attachments, copy.note.missing) == (1, 1)
    there = DataFolder(tmp_path / "new")
    done = bring_home(school, there, school.code)
    assert (done.after["attachment"], done.missing) == (2, 1)
    assert "1 个附件" in done.warning


def test_a_backup_whose_list_of_scans_was_changed_is_not_copied(school: School) -> None:
    name = school.office.backup("手动")
    (one,) = listed(school.folder.backups)
    (school.folder.backups / f"{name}.files").write_text("0" * 64 + "\n", "ascii")
    assert not sound(one)
    with pytest.raises(UserError, match="已损坏"):
        copy_to(school.folder, school.stick, one, NOW)
    assert listed(school.stick) == []


# ---------------------------------------------------------------- an encrypted school


@pytest.fixture
def scanned(safe: Safe, tmp_path: Path) -> Safe:
    """An encrypted school with a scan and a backup of it."""
    path = tmp_path / "协议.pdf"
    path.write_bytes(SCAN)
    with opened(safe.unlocked()) as office:
        attachments.add(office, "students", 1, path)
        office.backup("手动")
    return safe


def test_an_encrypted_school_takes_its_scans_to_the_stick_under_its_own_key(
    scanned: Safe, tmp_path: Path
) -> None:
    folder = scanned.unlocked()
    choose(folder, tmp_path / "U盘")
    copy_newest(folder, NOW)
    there = DataFolder(tmp_path / "new")
    source = listed(tmp_path / "U盘")[0].path
    access = encryption.access(there, source, lambda: scanned.code)
    assert restore(there, "测试", lambda: NOW, source, Task(), access).missing == 0
    assert scans(encryption.unlock(there, scanned.code)) == [SCAN]
    assert not any(SCAN[:24] in path.read_bytes() for path in files_of(there))


def files_of(folder: DataFolder) -> list[Path]:
    """Every file of a data folder."""
    return [path for path in folder.root.rglob("*") if path.is_file()]


def test_a_copy_under_a_key_that_is_not_known_goes_as_it_is(scanned: Safe, tmp_path: Path) -> None:
    one = backups.listed(scanned.folder.backups)[0]
    (tmp_path / "U盘").mkdir()
    copy_to(scanned.folder, tmp_path / "U盘", one, NOW)
    (copy,) = listed(tmp_path / "U盘")
    assert copy.note == one.note
    assert keyring.copies(tmp_path / "U盘")
    there = DataFolder(tmp_path / "new")
    access = encryption.access(there, copy.path, lambda: scanned.code)
    assert restore(there, "测试", lambda: NOW, copy.path, Task(), access).missing == 0
