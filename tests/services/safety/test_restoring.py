"""A restore is verified before, whole after, and loses nothing of what was there."""

import contextlib
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.services.books import firm, student, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NEWER_FILE,
    EXIT_USAGE,
    Cancelled,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety.backups import listed, newest_good
from xqhz_desktop.services.safety.restoring import Restored, found, restore
from xqhz_desktop.store import exchange

NOW = datetime(2025, 3, 1, 9, 30)
LATER = NOW + timedelta(hours=1)
FIRST = {"企业.xlsx": table(firm(1, "甲机械有限公司"))}
SECOND = {"学生.xlsx": table(student(1), student(2))}


@pytest.fixture
def school(desk: Desk) -> DataFolder:
    """A closed office with one firm; it was backed up, then two students came."""
    desk.bring(FIRST)
    desk.office.backup("手动")
    desk.bring(SECOND)
    desk.office.close()
    return desk.office.folder


def bring_back(school: DataFolder, source: Path | None = None) -> Restored:
    """Restore a file, or the oldest backup."""
    path = source or listed(school.backups)[-1].path
    return restore(school, "测试", lambda: LATER, path, Task())


def counted(path: Path) -> tuple[int, int]:
    """Firms and students in a database file, its log included."""
    connection = driver.connect(str(path))
    found = connection.execute(
        "SELECT (SELECT count(*) FROM firm), (SELECT count(*) FROM student)"
    ).fetchone()
    connection.close()
    return found


def everything(folder: DataFolder) -> dict[str, bytes]:
    """Every file of a data folder but the lock's, and SQLite's own beside a closed database."""
    paths = [path for path in folder.root.rglob("*") if path.is_file() and path != folder.lock]
    return {
        str(path.relative_to(folder.root)): path.read_bytes()
        for path in paths
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_a_backup_comes_back_and_the_counts_are_told(school: DataFolder) -> None:
    done = bring_back(school)
    assert (done.before["firm"], done.before["student"]) == (1, 2)
    assert (done.after["firm"], done.after["student"]) == (1, 0)
    assert counted(school.database) == (1, 0)


def test_what_was_there_is_set_aside_whole(school: DataFolder) -> None:
    before = school.database.read_bytes()
    done = bring_back(school)
    assert done.aside == school.set_aside / "20250301-103000"
    assert (done.aside / "xqhz.db").read_bytes() == before
    assert counted(done.aside / "xqhz.db") == (1, 2)


def test_work_that_no_backup_had_is_backed_up_first_so_that_a_restore_can_be_taken_back(
    school: DataFolder,
) -> None:
    done = bring_back(school)
    assert done.saved == "xqhz-20250301-103000-恢复前.db"
    bring_back(school, school.backups / done.saved)
    assert counted(school.database) == (1, 2)


def test_a_state_that_a_backup_holds_already_is_not_backed_up_again(school: DataFolder) -> None:
    with Office.open(school, "测试", lambda: LATER) as office:
        office.backup("手动")
    assert bring_back(school).saved is None


def test_a_restored_office_opens_and_its_journal_tells_of_it(school: DataFolder) -> None:
    name = bring_back(school).name
    with Office.open(school, "测试", lambda: LATER) as office:
        lines = actions(office)
        assert [line.kind for line in lines] == ["restore", "import", "seed"]
        assert lines[0].title == f"恢复备份 {name}"
        assert not lines[0].undoable
        desk = Desk(office)
        desk.bring(SECOND)
        assert desk.one("SELECT count(*) FROM student") == 2


def test_the_old_log_does_not_undo_a_restore(school: DataFolder, tmp_path: Path) -> None:
    live = DataFolder(tmp_path / "live")
    with Office.open(school, "测试", lambda: NOW) as office:
        Desk(office).undo()
        shutil.copytree(school.root, live.root)  # as a crash leaves it: the undo in the log alone
    assert (live.root / "xqhz.db-wal").stat().st_size > 0
    done = bring_back(live)
    assert done.before["student"] == 0
    assert counted(live.database) == (1, 0)
    assert counted(done.aside / "xqhz.db") == (1, 0)
    bring_back(live, done.aside / "xqhz.db")
    assert counted(live.database) == (1, 0)


def test_a_state_set_aside_can_come_back_with_its_log(school: DataFolder, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    with Office.open(school, "测试", lambda: NOW) as office:
        Desk(office).bring({"企业2.xlsx": table(firm(2, "乙电子有限公司"))})
        for name in ("xqhz.db", "xqhz.db-wal"):
            shutil.copy(school.root / name, aside / name)
    assert bring_back(school, aside / "xqhz.db").after["firm"] == 2
    assert counted(school.database) == (2, 2)


def spoil(path: Path) -> None:
    """One bit is not what it was."""
    content = bytearray(path.read_bytes())
    content[9000] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """The end of the file is missing."""
    path.write_bytes(path.read_bytes()[:9000])


def empty(path: Path) -> None:
    """Nothing is left in it."""
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    """It never was a database, and nobody has noted what it was."""
    path.with_name(f"{path.name}.json").unlink()
    path.write_bytes(b"PK\x03\x04" * 5000)


def foreign(path: Path) -> None:
    """A sound database of another program."""
    garbage(path)
    path.unlink()
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE action (id INTEGER PRIMARY KEY)")
    connection.close()


@pytest.mark.parametrize("harm", [spoil, cut, empty, garbage, foreign])
def test_a_damaged_backup_is_refused_kept_and_changes_nothing(
    school: DataFolder, harm: Callable[[Path], None]
) -> None:
    bad = listed(school.backups)[-1].path
    harm(bad)
    before = everything(school)
    with pytest.raises(UserError, match=bad.name) as caught:
        bring_back(school, bad)
    assert caught.value.code == EXIT_DAMAGED
    assert everything(school) == before


def test_a_backup_of_a_newer_program_is_refused_untouched(school: DataFolder) -> None:
    newer = school.root / "newer.db"
    shutil.copy(listed(school.backups)[-1].path, newer)
    connection = driver.connect(str(newer))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = everything(school)
    with pytest.raises(UserError, match="升级程序") as caught:
        bring_back(school, newer)
    assert caught.value.code == EXIT_NEWER_FILE
    assert everything(school) == before


def no_database(school: DataFolder) -> None:
    """Somebody deleted it."""
    school.database.unlink()


def no_header(school: DataFolder) -> None:
    """The first page was overwritten."""
    content = school.database.read_bytes()
    school.database.write_bytes(b"\xa5" * 4096 + content[4096:])


def no_middle(school: DataFolder) -> None:
    """A disk that dies."""
    content = bytearray(school.database.read_bytes())
    content[4096 * 3 : 4096 * 60] = b"\x00" * (4096 * 57)
    school.database.write_bytes(content)


def others(school: DataFolder) -> None:
    """Another program's database lies there."""
    school.database.unlink()
    connection = driver.connect(str(school.database))
    connection.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY)")
    connection.close()


@pytest.mark.parametrize("harm", [no_database, no_header, no_middle, others])
def test_a_restore_works_where_the_database_does_not_and_keeps_what_is_left_of_it(
    school: DataFolder, harm: Callable[[DataFolder], None]
) -> None:
    harm(school)
    left = school.database.read_bytes() if school.database.exists() else None
    good = newest_good(school)
    assert good is not None
    done = bring_back(school, good.path)
    assert counted(school.database) == (1, 0)
    kept = done.aside / "xqhz.db"
    assert (kept.read_bytes() if kept.exists() else None) == left
    with Office.open(school, "测试", lambda: LATER) as office:
        assert not office.is_empty()


def test_a_folder_in_use_is_not_restored(school: DataFolder) -> None:
    with Office.open(school, "李四", lambda: NOW), pytest.raises(UserError, match="李四") as caught:
        bring_back(school)
    assert caught.value.code == EXIT_LOCKED
    assert counted(school.database) == (1, 2)


def test_a_cancelled_restore_changes_nothing(school: DataFolder) -> None:
    task = Task(lambda done, *_: task.cancel() if done == 2 else None)
    with Office.open(school, "测试", lambda: LATER) as office:
        office.backup("手动")
    before = everything(school)
    with pytest.raises(Cancelled):
        restore(school, "测试", lambda: LATER, listed(school.backups)[-1].path, task)
    assert everything(school) == before


@pytest.mark.parametrize("step", range(8))
def test_an_exchange_that_breaks_off_is_completed_by_the_next_opening(
    school: DataFolder, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    for suffix in ("-wal", "-shm"):
        school.database.with_name(school.database.name + suffix).touch()
    calls = []

    def dying(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == step + 1:
            raise OSError(5, "gone")
        Path(source).rename(target)

    monkeypatch.setattr(exchange.os, "replace", dying)
    with contextlib.suppress(UserError):  # the later steps are never reached
        bring_back(school)
    monkeypatch.undo()
    with Office.open(school, "测试", lambda: LATER) as office:
        students = Desk(office).one("SELECT count(*) FROM student")
    decided = any(path.name == exchange.PREPARING for path in calls[:step])
    assert students == (0 if decided else 2)
    if decided:
        (aside,) = school.set_aside.iterdir()
        assert counted(aside / "xqhz.db") == (1, 2)


def test_a_backup_is_found_by_name_with_or_without_suffix_or_by_path(school: DataFolder) -> None:
    path = listed(school.backups)[-1].path
    assert found(school, path.name) == found(school, path.stem) == found(school, str(path)) == path


@pytest.mark.parametrize("name", ["没有.db", "", "..", "../xqhz.db"])
def test_what_is_no_backup_is_not_found(school: DataFolder, name: str) -> None:
    with pytest.raises(UserError) as caught:
        found(school, name)
    assert caught.value.code == EXIT_USAGE
