"""A full or read-only disk is one sentence, and records and backups are as before."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_READ_ONLY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety.backups import listed, sound
from xqhz_desktop.services.safety.plain_export import export_all
from xqhz_desktop.services.safety.rebuilding import rebuild
from xqhz_desktop.services.safety.restoring import restore
from xqhz_desktop.services.safety.second_place import copy_to

NOW = datetime(2025, 3, 1, 9, 30)
pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    path = tmp_path / "disk"
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", path], check=True)
    yield path
    subprocess.run(["umount", "-l", path], check=True)  # what is still open holds up no test


@pytest.fixture
def school(desk: Desk, disk: Path) -> DataFolder:
    """A school with one backup on the small disk."""
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"))})
    desk.office.backup("手动")
    desk.office.close()
    folder = DataFolder(disk / "data")
    shutil.copytree(desk.office.folder.root, folder.root)
    return folder


def fill(disk: Path, spare: int = 0) -> None:
    """Leave so many bytes free."""
    found = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.write(b"x" * (found.f_bavail * found.f_frsize - spare))


def everything(folder: DataFolder) -> dict[str, bytes]:
    """What lies there, but what an open database has beside it and the lock."""
    passing = ("-wal", "-shm", "xqhz.lock", "xqhz.open")
    return {
        str(path.relative_to(folder.root)): path.read_bytes()
        for path in sorted(folder.root.rglob("*"))
        if path.is_file() and not path.name.endswith(passing)
    }


@pytest.mark.parametrize("spare", [0, 4096 * 8, 4096 * 60])
def test_a_full_disk_stops_a_backup_and_spoils_none(
    school: DataFolder, disk: Path, spare: int
) -> None:
    with Office.open(school, "测试", lambda: NOW) as office:
        fill(disk, spare)
        before = everything(school)
        with pytest.raises(UserError) as caught:
            office.backup("手动")
        assert caught.value.code == EXIT_NO_SPACE
        assert everything(school) == before
        (disk / "ballast").unlink()
        office.backup("手动")
    assert [sound(one) for one in listed(school.backups)] == [True, True]


@pytest.mark.parametrize("spare", [0, 4096 * 8, 4096 * 60])
def test_a_full_disk_stops_a_restore_and_changes_nothing(
    school: DataFolder, disk: Path, spare: int
) -> None:
    fill(disk, spare)
    before = everything(school)
    with pytest.raises(UserError) as caught:
        restore(school, "测试", lambda: NOW, listed(school.backups)[0].path, Task())
    assert caught.value.code == EXIT_NO_SPACE
    assert everything(school) == before
    (disk / "ballast").unlink()
    restore(school, "测试", lambda: NOW, listed(school.backups)[0].path, Task())


def test_a_full_stick_is_told_and_keeps_no_half_copy(desk: Desk, disk: Path) -> None:
    first = prepare(desk.office.folder, "测试")
    assert first is not None
    first.keep()
    desk.office.backup("手动")
    fill(disk, 4096 * 8)
    with pytest.raises(UserError, match="换一个 U 盘") as caught:
        copy_to(desk.office.folder, disk, listed(desk.office.folder.backups)[0], NOW)
    assert caught.value.code == EXIT_NO_SPACE
    assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_a_full_disk_stops_an_export_and_leaves_no_folder(desk: Desk, disk: Path) -> None:
    fill(disk, 4096 * 8)
    with pytest.raises(UserError, match="导出没有写成") as caught:
        export_all(desk.office, disk / "out", "市局检查")
    assert caught.value.code == EXIT_NO_SPACE
    assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_a_full_disk_stops_a_rebuild_and_leaves_no_database(
    desk: Desk, disk: Path, tmp_path: Path
) -> None:
    export_all(desk.office, tmp_path / "out", "市局检查")
    fill(disk, 4096 * 30)
    target = DataFolder(disk / "new")
    with pytest.raises(UserError) as caught:
        rebuild(tmp_path / "out", target, "测试", lambda: NOW, Task())
    assert caught.value.code == EXIT_NO_SPACE
    assert [path.name for path in target.root.iterdir()] == ["xqhz.lock"]


def test_a_read_only_disk_is_one_sentence(school: DataFolder, disk: Path) -> None:
    before = everything(school)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    source = listed(school.backups)[0].path
    for work in (
        lambda: Office.open(school, "测试", lambda: NOW),
        lambda: restore(school, "测试", lambda: NOW, source, Task()),
    ):
        with pytest.raises(UserError) as caught:
            work()
        assert caught.value.code == EXIT_READ_ONLY
    assert everything(school) == before


def test_a_disk_that_fills_during_an_import_keeps_none_of_it(
    school: DataFolder, disk: Path
) -> None:
    with Office.open(school, "测试", lambda: NOW) as office:
        books = {"学生.xlsx": table(student(1))}
        desk = Desk(office)
        fill(disk)
        with pytest.raises(UserError) as caught:
            desk.bring({"学生.xlsx": table(*(student(number) for number in range(1, 400)))})
        assert caught.value.code == EXIT_NO_SPACE
        assert desk.one("SELECT count(*) FROM student") == 0
        (disk / "ballast").unlink()
        desk.bring(books)
        assert desk.one("SELECT count(*) FROM student") == 1
