"""换机: a school goes into one file and comes out on another computer, whole or not at all."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.safe import PASSWORD, Rows, Safe, dump, opened, refused
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_REJECTED,
    EXIT_USAGE,
    EXIT_WRONG_KEY,
    Cancelled,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import audit, encryption
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, packing
from xqhz_desktop.services.safety.packing import Carried
from xqhz_desktop.store import pack
from xqhz_desktop.store.backup import read_json, write_json

NOW = datetime(2025, 3, 1, 9, 30)
LATER = datetime(2025, 3, 2, 8, 0)
LOGS = {"xqhz.db-wal", "xqhz.db-shm"}  # a reader's, and empty
SCAN = b"a scan of an agreement" * 20_000


class Old:
    """The old computer's school, closed; its recovery code, its rows, and the pack made of it."""

    def __init__(self, root: Path, path: Path, made: Carried, code: str, rows: Rows) -> None:
        self.folder, self.path, self.made = DataFolder(root), path, made
        self.code, self.rows = code, rows

    def pack(self, target: Path, task: Task | None = None) -> Carried:
        """Pack it again."""
        with Office.open(self.folder, "测试", lambda: NOW) as office:
            return packing.make(office, target, task)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory, empty_school: Path) -> Old:
    """A packed school that no test may spoil."""
    place = tmp_path_factory.mktemp("old")
    folder = DataFolder(Path(shutil.copytree(empty_school, place / "school")))
    first = prepare(folder, "测试")
    assert first is not None
    first.keep()
    scan = folder.attachments / "ab" / ("ab" + "0" * 62)
    scan.parent.mkdir(parents=True)
    scan.write_bytes(SCAN)
    for path in (folder.places, folder.copies, folder.erased):
        write_json(path, {"a": path.name})
    with Office.open(folder, "测试", lambda: NOW) as office:
        Desk(office).bring(OFFICE)
        made = packing.make(office, place / "school.xqhzpack")
        return Old(folder.root, made.path, made, first.code, rows_of(office))


@pytest.fixture
def old(packed: Old, tmp_path: Path) -> Old:
    """A copy of it."""
    root = Path(shutil.copytree(packed.folder.root, tmp_path / "old"))
    path = Path(shutil.copy(packed.path, tmp_path))
    return Old(root, path, packed.made, packed.code, packed.rows)


@pytest.fixture
def new(tmp_path: Path) -> DataFolder:
    """The new computer's data folder; nothing is there."""
    return DataFolder(tmp_path / "new" / "xqhz")


def unpack(
    old: Old, new: DataFolder, secret: str | None = None, task: Task | None = None
) -> Carried:
    said = old.code if secret is None else secret
    return packing.unpack(old.path, new, lambda: said, "李四", lambda: LATER, task)


def rows_of(office: Office) -> Rows:
    """All rows, but those that tell of the move itself."""
    own = {"action", "audit_entry"}
    return {name: rows for name, rows in dump(office).items() if name not in own}


def test_everything_arrives_and_the_counts_are_those_that_were_packed(
    old: Old, new: DataFolder
) -> None:
    done = unpack(old, new)
    assert done.packed == done.unpacked == old.made.packed == old.made.unpacked
    assert (done.unpacked.attachments, done.unpacked.size) == (1, len(SCAN))
    assert "企业 2" in str(done.unpacked)
    assert (new.attachments / "ab" / ("ab" + "0" * 62)).read_bytes() == SCAN
    for path in (new.places, new.copies, new.erased):
        assert read_json(path) == {"a": path.name}
    with Office.open(new, "李四", lambda: LATER) as office:
        assert rows_of(office) == old.rows
        assert audit.verify(office).whole
        titles = [entry.title for entry in audit.entries(office, 9)]
        assert any("解开换机包 school.xqhzpack" in str(title) for title in titles)
        assert any("打包换机" in str(title) for title in titles)


def test_the_pack_tells_nothing_although_the_records_are_plain(old: Old) -> None:
    content = old.path.read_bytes()
    for secret in (b"SQLite format 3", SCAN[:22], "甲机械".encode(), old.code.encode()):
        assert secret not in content
    assert not list(old.made.path.parent.glob("*.partial"))


def test_encrypted_records_arrive_encrypted_under_the_same_passwords(
    safe: Safe, tmp_path: Path, new: DataFolder
) -> None:
    with opened(safe.unlocked()) as office:
        before = rows_of(office)
        made = packing.make(office, tmp_path / "school.xqhzpack")
    for secret in (PASSWORD, safe.code):
        new = DataFolder(tmp_path / secret / "xqhz")
        packing.unpack(made.path, new, lambda secret=secret: secret, "李四", lambda: LATER)
        assert not new.database.read_bytes().startswith(b"SQLite")
        with opened(encryption.unlock(new, PASSWORD)) as office:
            assert rows_of(office) == before


def test_a_wrong_password_is_told_from_damage(old: Old, new: DataFolder) -> None:
    assert refused(lambda: unpack(old, new, "wrong password")) == EXIT_WRONG_KEY
    content = bytearray(old.path.read_bytes())
    content[-1000] ^= 1
    old.path.write_bytes(content)
    assert refused(lambda: unpack(old, new, "wrong password")) == EXIT_WRONG_KEY
    assert refused(lambda: unpack(old, new)) == EXIT_DAMAGED
    old.path.write_bytes(content[:-2000])
    assert refused(lambda: unpack(old, new)) == EXIT_DAMAGED
    old.path.write_bytes(b"PK\x03\x04 something else")
    assert refused(lambda: unpack(old, new)) == EXIT_REJECTED
    old.path.unlink()
    assert refused(lambda: unpack(old, new)) == EXIT_USAGE
    assert not list(new.root.parent.glob("*"))


def test_a_pack_whose_database_is_not_what_its_manifest_says_is_refused(
    old: Old, new: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "counts_of", lambda manifest: None)
    assert refused(lambda: unpack(old, new)) == EXIT_DAMAGED
    assert not new.root.exists()


def test_a_path_out_of_the_folder_is_refused(
    old: Old, new: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = packing._files
    monkeypatch.setattr(
        packing, "_files", lambda *of: {**real(*of), "../../escaped": real(*of)["xqhz.db"]}
    )
    old.path.unlink()
    old.pack(old.path)
    assert refused(lambda: unpack(old, new)) == EXIT_DAMAGED
    assert not list(tmp_path.rglob("escaped"))
    assert not new.root.exists()


# ---------------------------------------------------------------- where it goes


def test_a_folder_in_which_nothing_was_recorded_is_moved_aside(old: Old, new: DataFolder) -> None:
    with Office.open(new, "李四", lambda: LATER):
        pass
    (new.logs).mkdir()
    done = unpack(old, new)
    assert done.aside is not None
    assert DataFolder(done.aside).database.exists()
    with Office.open(new, "李四", lambda: LATER) as office:
        assert rows_of(office) == old.rows


def test_a_folder_with_records_or_strange_files_is_left_alone(
    old: Old, new: DataFolder, tmp_path: Path
) -> None:
    with Office.open(new, "李四", lambda: LATER) as office:
        Desk(office).bring({"01企业.xlsx": OFFICE["01企业.xlsx"]})
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").touch()
    before = new.database.read_bytes()
    for folder in (new, DataFolder(tmp_path / "letters")):
        there = {path.name for path in folder.root.iterdir()}
        assert refused(lambda folder=folder: unpack(old, folder)) == EXIT_REJECTED
        assert {path.name for path in folder.root.iterdir()} - LOGS == there
    assert new.database.read_bytes() == before


def test_a_lost_database_beside_its_backups_is_no_empty_folder(old: Old, new: DataFolder) -> None:
    with Office.open(new, "李四", lambda: LATER) as office:
        office.backup("手动")
    for path in new.root.glob("xqhz.db*"):
        path.unlink()
    assert refused(lambda: unpack(old, new)) == EXIT_REJECTED


def test_encrypted_records_are_never_taken_for_none(old: Old, safe: Safe) -> None:
    assert refused(lambda: unpack(old, safe.folder)) == EXIT_REJECTED


def test_a_folder_that_is_in_use_and_the_root_of_a_disk_are_refused(
    old: Old, new: DataFolder
) -> None:
    with Office.open(new, "李四", lambda: LATER):
        assert refused(lambda: unpack(old, new)) == EXIT_LOCKED
    with pytest.raises(UserError, match="新的文件夹") as caught:
        unpack(old, DataFolder(Path("/proc")))
    assert caught.value.code == EXIT_USAGE


# ---------------------------------------------------------------- what goes wrong


def test_a_pack_is_never_written_over_a_file(old: Old) -> None:
    before = old.path.read_bytes()
    assert refused(lambda: old.pack(old.path)) == EXIT_USAGE
    assert old.path.read_bytes() == before


@pytest.mark.parametrize("where", ["write", "read"])
def test_a_disk_that_fails_leaves_no_pack(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(pack, where, fail)
    target = tmp_path / "stick" / "school.xqhzpack"
    target.parent.mkdir()
    assert refused(lambda: old.pack(target)) == EXIT_NO_SPACE
    assert not list(target.parent.iterdir())


def test_a_pack_that_does_not_read_back_gets_no_name(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., object] = pack.write

    def write(target: Path, *rest: object) -> object:
        made = real(target, *rest)
        target.write_bytes(target.read_bytes()[:-1])
        return made

    monkeypatch.setattr(pack, "write", write)
    assert refused(lambda: old.pack(tmp_path / "x")) == EXIT_NO_SPACE
    assert not list(tmp_path.glob("x*"))


def test_a_place_that_is_not_there_is_said(old: Old, tmp_path: Path) -> None:
    code = refused(lambda: old.pack(tmp_path / "gone" / "x"))
    assert code == EXIT_NO_SPACE


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_cancel_leaves_everything_as_it_was(
    old: Old, new: DataFolder, tmp_path: Path, step: int
) -> None:
    def listen(done: int, _total: int, _what: str) -> None:
        if done == step:
            task.cancel()
            task.check()

    task = Task(listen)
    with pytest.raises(Cancelled):
        unpack(old, new, task=task)
    assert not list(new.root.parent.glob("*"))
    task = Task(listen)
    with pytest.raises(Cancelled):
        old.pack(tmp_path / "x", task)
    assert not list(tmp_path.glob("x*"))


def test_who_only_looks_packs_nothing(old: Old, tmp_path: Path) -> None:
    with Office.look(old.folder, "测试", lambda: NOW) as office:
        assert refused(lambda: packing.make(office, tmp_path / "x")) == EXIT_LOCKED


def test_a_folder_that_was_moved_aside_comes_back_when_the_last_step_fails(
    old: Old, new: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office.open(new, "李四", lambda: LATER):
        pass
    there = {path.name for path in new.root.iterdir()}

    def fail(path: Path, target: Path) -> Path:
        if path.name.endswith(".partial") and target == new.root:
            raise OSError("the last rename")
        return real(path, target)

    real = Path.rename
    monkeypatch.setattr(Path, "rename", fail)
    assert refused(lambda: unpack(old, new)) == EXIT_NO_SPACE
    assert {path.name for path in new.root.iterdir()} - LOGS == there
    assert [path.name for path in new.root.parent.iterdir()] == ["xqhz"]


def test_scans_whose_files_are_lost_are_told_of(old: Old, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 a scan")
    with Office.open(old.folder, "测试", lambda: NOW) as office:
        attachments.add(office, "firms", 1, tmp_path / "scan.pdf")
    assert old.pack(tmp_path / "whole").missing == 0
    shutil.rmtree(old.folder.attachments)
    shutil.rmtree(old.folder.backups)
    assert old.pack(tmp_path / "lost").missing == 1
