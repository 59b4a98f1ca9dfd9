"""Backups, restores, exports and repairs have the scans, each content once and every byte right."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.safe import NOW
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_REJECTED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import audit, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, backups
from xqhz_desktop.services.safety.backups import listed, place_of, thin
from xqhz_desktop.services.safety.plain_export import export_all
from xqhz_desktop.services.safety.rebuilding import rebuild
from xqhz_desktop.services.safety.restoring import Restored, restore
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.backup import list_of

LATER = NOW + timedelta(hours=1)


class School:
    """An open office with two students, and scans that are attached to them."""

    def __init__(self, desk: Desk, root: Path) -> None:
        self.desk, self.office, self.folder = desk, desk.office, desk.office.folder
        self._scans = root / "scans"
        self._scans.mkdir()

    def scan(self, content: str, student_row: int = 1) -> str:
        """Attach a scan of that content; its hash."""
        path = self._scans / f"{content}.pdf"
        path.write_text(content, "utf-8")
        attachments.add(self.office, "students", student_row, path)
        return attachments.all_of(self.office)[-1].sha256 if student_row > 1 else self.newest()

    def newest(self) -> str:
        """The hash of the attachment that was added last."""
        return str(self.desk.one("SELECT sha256 FROM attachment ORDER BY id DESC LIMIT 1"))

    def at(self, moment: datetime) -> None:
        """The office's clock shows that moment from now on."""
        self.office.now = lambda: moment


@pytest.fixture
def school(desk: Desk, tmp_path: Path) -> School:
    """A school with two students and no scan yet."""
    desk.bring({"学生.xlsx": table(student(1), student(2))})
    return School(desk, tmp_path)


def stored(folder: Path) -> set[str]:
    """The contents beside the backups of a folder."""
    return Store(place_of(folder)).stored()


def lose(folder: Path) -> None:
    """Somebody deletes the files of a store."""
    shutil.rmtree(folder)


def damage(folder: Path) -> None:
    """One byte of every file of a store changes."""
    for path in folder.glob("??/*"):
        path.write_bytes(b"x" + path.read_bytes()[1:])


# ---------------------------------------------------------------- backups


def test_a_backup_lists_its_scans_and_a_second_one_copies_only_what_is_new(school: School) -> None:
    first = school.scan("一")
    school.office.backup("手动")
    beside = place_of(school.folder.backups) / first[:2] / first
    written = beside.stat().st_mtime_ns
    second = school.scan("二")
    school.at(LATER)
    school.office.backup("手动")
    newest, oldest = listed(school.folder.backups)
    assert newest.note is not None
    assert oldest.note is not None
    assert list_of(school.folder.backups, oldest.note) == (first,)
    assert list_of(school.folder.backups, newest.note) == tuple(sorted((first, second)))
    assert (newest.note.attachments, newest.note.attachments_size) == (2, 6)
    assert beside.stat().st_mtime_ns == written
    assert stored(school.folder.backups) == {first, second}


def test_a_removed_scan_that_can_still_come_back_is_in_the_backup(school: School) -> None:
    school.scan("一")
    attachments.remove(school.office, 1)
    school.office.backup("手动")
    (one,) = listed(school.folder.backups)
    assert one.note is not None
    assert (one.note.rows["attachment"], one.note.attachments) == (0, 1)


@pytest.mark.parametrize("harm", [lose, damage])
def test_a_lost_scan_is_counted_and_holds_no_backup_up(
    school: School, harm: Callable[[Path], None]
) -> None:
    school.scan("一")
    harm(school.folder.attachments)
    school.office.backup("手动")
    (one,) = listed(school.folder.backups)
    assert one.note is not None
    assert (one.note.attachments, one.note.missing) == (0, 1)
    assert stored(school.folder.backups) == set()
    assert "另有 1 个不见了" in backups.attachments_in(one.note)


def save_unthinned(school: School, moment: datetime) -> str:
    """A backup that lets no other go; its name."""
    folder = school.folder
    with school.office.engine.connect() as connection:
        raw = connection.connection.driver_connection
        keep = backups.keeping(folder)
        return backups.files.save(raw, folder.backups, moment, "定时", None, keep).name


def erase(school: School) -> None:
    """Every scan goes, and the journal knows of it no more."""
    with school.office.acting("erase", "删除") as (connection, _):
        connection.exec_driver_sql("DELETE FROM attachment")
        connection.exec_driver_sql("UPDATE change SET before = '{}' WHERE before IS NOT NULL")
        connection.exec_driver_sql("UPDATE change SET after = '{}' WHERE after IS NOT NULL")


def test_a_scan_goes_from_the_backups_with_the_last_that_lists_it(school: School) -> None:
    month_ago = NOW - timedelta(days=30)
    erased, kept = school.scan("一"), school.scan("二")
    first = save_unthinned(school, month_ago - timedelta(hours=3))
    erase(school)
    assert school.scan("二") == kept
    save_unthinned(school, month_ago)
    save_unthinned(school, NOW)
    assert stored(school.folder.backups) == {erased, kept}
    assert thin(school.folder.backups, NOW) == [first]
    assert not (school.folder.backups / f"{first}.files").exists()
    assert stored(school.folder.backups) == {kept}


def test_what_no_backup_lists_goes_and_nothing_while_a_list_is_damaged(school: School) -> None:
    mine = school.scan("一")
    name = school.office.backup("手动")
    left = Store(place_of(school.folder.backups)).put([b"left by a crash"])[0]
    path = school.folder.backups / f"{name}.files"
    text = path.read_text("ascii")
    path.write_text("", "ascii")
    thin(school.folder.backups, NOW)
    assert stored(school.folder.backups) == {mine, left}
    path.write_text(text, "ascii")
    thin(school.folder.backups, NOW)
    assert stored(school.folder.backups) == {mine}


# ---------------------------------------------------------------- restore


def bring_back(school: School, which: int = -1) -> Restored:
    """Close the office and restore one of its backups, the oldest unless another is named."""
    school.office.close()
    path = listed(school.folder.backups)[which].path
    return restore(school.folder, "测试", lambda: LATER, path, Task())


def contents(folder: DataFolder) -> list[str]:
    """What every attachment of a folder says."""
    with Office.open(folder, "测试", lambda: LATER) as office:
        store = attachments.store_of(office)
        return [b"".join(store.blocks(one.sha256)).decode() for one in attachments.all_of(office)]


@pytest.mark.parametrize("harm", [lose, damage, lambda _: None])
def test_a_restore_brings_lost_and_damaged_scans_back_and_counts_before_and_after(
    school: School, harm: Callable[[Path], None]
) -> None:
    school.scan("一")
    school.office.backup("手动")
    school.scan("二")
    harm(school.folder.attachments)
    done = bring_back(school)
    assert done.before is not None
    assert (done.before["attachment"], done.after["attachment"]) == (2, 1)
    assert (done.missing, done.warning) == (0, "")
    assert contents(school.folder) == ["一"]


def test_what_a_backup_has_lost_is_said_in_one_sentence_and_the_rest_is_restored(
    school: School,
) -> None:
    lost = school.scan("一")
    school.scan("二", 2)
    school.scan("一", 2)
    school.office.backup("手动")
    (place_of(school.folder.backups) / lost[:2] / lost).unlink()
    lose(school.folder.attachments)
    done = bring_back(school)
    assert (done.after["attachment"], done.missing) == (3, 2)
    assert "有 2 个附件的文件" in done.warning
    with Office.open(school.folder, "测试", lambda: LATER) as office:
        assert len(attachments.missing(office)) == 2


def test_a_backup_elsewhere_brings_its_scans_along(school: School, tmp_path: Path) -> None:
    school.scan("一")
    school.office.backup("手动")
    shutil.copytree(school.folder.backups, tmp_path / "elsewhere")
    there = DataFolder(tmp_path / "new")
    source = listed(tmp_path / "elsewhere")[0].path
    assert restore(there, "测试", lambda: LATER, source, Task()).missing == 0
    assert contents(there) == ["一"]


def test_a_restore_that_fails_takes_no_scan_away(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xqhz_desktop.store import exchange

    school.scan("一")
    school.office.backup("手动")
    school.scan("二")

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(exchange, "exchange", full)
    with pytest.raises(UserError, match="没有丢"):
        bring_back(school)
    monkeypatch.undo()
    assert contents(school.folder) == ["一", "二"]


def test_what_a_restore_set_aside_can_come_back_with_its_scans(school: School) -> None:
    school.scan("一")
    school.office.backup("手动")
    school.scan("二")
    done = bring_back(school)
    path = done.aside / "xqhz.db"
    assert restore(school.folder, "测试", lambda: LATER, path, Task()).missing == 0
    assert contents(school.folder) == ["一", "二"]


@pytest.mark.parametrize(("who", "may"), [("李四", False), ("王五", True), ("生人", False)])
def test_only_a_clerk_of_the_list_restores_where_the_list_can_be_read(
    school: School, who: str, may: bool
) -> None:
    for name, role in (("测试", Role.ADMIN), ("李四", Role.VIEWER), ("王五", Role.CLERK)):
        users.add(school.office, name, role)
    school.office.backup("手动")
    school.office.close()
    path = listed(school.folder.backups)[0].path
    if may:
        assert restore(school.folder, who, lambda: LATER, path, Task()).aside
        return
    with pytest.raises(UserError) as caught:
        restore(school.folder, who, lambda: LATER, path, Task())
    assert caught.value.code == EXIT_NOT_PERMITTED
    school.folder.database.write_bytes(b"damaged")
    assert restore(school.folder, who, lambda: LATER, path, Task()).aside


# ---------------------------------------------------------------- export and rebuild


def exported(school: School, tmp_path: Path) -> Path:
    """An export of the school."""
    return export_all(school.office, tmp_path / "out", "检查").folder


def home(source: Path, target: Path) -> DataFolder:
    """A new data folder made out of an export."""
    rebuild(source, DataFolder(target), "测试", lambda: LATER, Task())
    return DataFolder(target)


def test_an_export_has_readable_files_and_says_whose_they_are(
    school: School, tmp_path: Path
) -> None:
    school.scan("一")
    school.scan("一", 2)
    folder = exported(school, tmp_path)
    assert sorted(path.name for path in (folder / "附件").iterdir()) == ["1-一.pdf", "2-一.pdf"]
    sheet = openpyxl.load_workbook(folder / "附件.xlsx").worksheets[0]
    beside = {head.value: cell.value for head, cell in zip(sheet[1], sheet[3], strict=True)}
    name = school.desk.one("SELECT name FROM student WHERE id = 1")
    assert beside["所属记录（供阅读）"] == f"学生 {name}"
    assert beside["文件（供阅读）"] == "附件/1-一.pdf"


def test_the_scans_come_home_with_every_byte_and_the_chain_whole(
    school: School, tmp_path: Path
) -> None:
    school.scan("一")
    school.scan("二", 2)
    there = home(exported(school, tmp_path), tmp_path / "new")
    assert contents(there) == ["一", "二"]
    with Office.open(there, "测试", lambda: LATER) as office:
        assert attachments.missing(office) == []
        assert audit.verify(office).whole
        rows = "SELECT * FROM attachment"
        assert Desk(office).read(rows) == school.desk.read(rows)


def test_a_scan_that_was_lost_before_is_lost_after_and_all_else_comes_home(
    school: School, tmp_path: Path
) -> None:
    school.scan("一")
    lose(school.folder.attachments)
    school.scan("二")
    done = export_all(school.office, tmp_path / "out", "检查")
    assert (done.files, done.missing) == (1, 1)
    there = home(done.folder, tmp_path / "new")
    with Office.open(there, "测试", lambda: LATER) as office:
        assert [one.name for one in attachments.missing(office)] == ["一.pdf"]


def replace_by_link(path: Path) -> None:
    """The file is a link to a secret of the computer's owner."""
    path.unlink()
    path.symlink_to(path.parent.parent / "说明.txt")


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_text("三", "utf-8"), replace_by_link]
)
def test_a_file_that_is_missing_or_another_is_named_and_nothing_is_rebuilt(
    school: School, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    school.scan("一")
    folder = exported(school, tmp_path)
    harm(folder / "附件" / "1-一.pdf")
    with pytest.raises(UserError, match=r"1-一\.pdf") as caught:
        home(folder, tmp_path / "new")
    assert caught.value.code == EXIT_REJECTED
    assert {path.name for path in (tmp_path / "new").iterdir()} <= {"xqhz.lock"}


@pytest.mark.parametrize(
    "name", ["../清单.json", "/etc/passwd", "..", "", "a/b", "a\\b", "C:x", "a\x00b", 5, None]
)
def test_no_name_of_a_list_leads_out_of_the_folder(
    school: School, tmp_path: Path, name: object
) -> None:
    school.scan("一")
    folder = exported(school, tmp_path)
    said = json.loads((folder / "清单.json").read_text("utf-8"))
    said["files"]["1"]["file"] = name
    (folder / "清单.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(UserError, match="写坏了") as caught:
        home(folder, tmp_path / "new")
    assert caught.value.code == EXIT_REJECTED


def test_an_export_of_the_first_schema_is_brought_up_to_date(
    school: School, tmp_path: Path
) -> None:
    folder = exported(school, tmp_path)
    said = json.loads((folder / "清单.json").read_text("utf-8"))
    said["revision"] = "0001"
    del said["files"]
    for name in ("user", "audit_entry", "attachment"):
        (folder / said["tables"].pop(name)["file"]).unlink()
    (folder / "清单.json").write_text(json.dumps(said), "utf-8")
    there = home(folder, tmp_path / "new")
    with Office.open(there, "测试", lambda: LATER) as office:
        desk = Desk(office)
        assert desk.one("SELECT count(*) FROM student") == 2
        assert audit.verify(office).whole
        desk.bring({"学生3.xlsx": table(student(3))})
        desk.undo()


def test_who_only_reads_exports_nothing(school: School, tmp_path: Path) -> None:
    users.add(school.office, "测试", Role.ADMIN)
    users.add(school.office, "李四", Role.VIEWER)
    school.office.who = "李四"
    with pytest.raises(UserError) as caught:
        exported(school, tmp_path)
    assert caught.value.code == EXIT_NOT_PERMITTED
    assert not (tmp_path / "out").exists()
