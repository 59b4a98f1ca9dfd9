"""The restore drill: the newest backup, restored elsewhere, is what it said it is, to the byte."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, backups, restoring
from xqhz_desktop.store import audit
from xqhz_desktop.store.backup import digest, opened
from xqhz_desktop.store.cipher import key_for

NOW = datetime(2025, 3, 1, 9, 30)
PASSWORD = "春江潮水连海平2025"
SCANS = 5
MORE = {"12学生.xlsx": table(student(20), student(21))}
OF_THE_RESTORE = {"action", "audit_entry"}  # the journal's line that it was done
Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(params=["plain", "encrypted"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DataFolder]:
    """A school with scans, backed up, and worked on after that."""
    with Office.open(DataFolder(tmp_path / "school"), "测试", lambda: NOW) as office:
        if request.param == "encrypted":
            encryption.turn_on(office, PASSWORD, lambda _: None)
        Desk(office).bring(OFFICE)
        chance = random.Random(7)
        for number in range(SCANS):
            scan = tmp_path / f"扫描{number}.jpg"
            scan.write_bytes(b"\xff\xd8\xff" + chance.randbytes(50_000 * number + 1))
            attachments.add(office, "firms", number % 2 + 1, scan)
        office.backup("手动")
        Desk(office).bring(MORE)
        yield office.folder


def tables(path: Path, key: bytes | None) -> Tables:
    """All rows of a closed file."""
    with opened(path, key_for(path, key), mode="ro") as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for (name,) in names
        }


def drilled(folder: DataFolder, target: Path) -> tuple[backups.Backup, DataFolder]:
    """The newest good backup restored elsewhere; where."""
    best = backups.newest_good(folder)
    assert best is not None
    ring = encryption.kept_ring(folder) if folder.key else None
    access = encryption.Access(folder.key, ring)
    restoring.restore(DataFolder(target), "测试", lambda: NOW, best.path, Task(), access)
    return best, DataFolder(target, folder.key)


def test_counts_hashes_and_attachments_are_those_of_the_backup(
    school: DataFolder, tmp_path: Path
) -> None:
    best, there = drilled(school, tmp_path / "elsewhere")
    assert best.note is not None
    assert digest(best.path) == best.note.sha256
    before, after = (tables(place, school.key) for place in (best.path, there.database))
    assert {name: len(rows) for name, rows in before.items()} == best.note.rows
    assert {name for name in before if before[name] != after[name]} == OF_THE_RESTORE
    for name in OF_THE_RESTORE:
        assert after[name][: len(before[name])] == before[name]
        assert len(after[name]) == len(before[name]) + 1
    assert len(before["attachment"]) == best.note.attachments == SCANS
    with Office.open(there, "测试", lambda: NOW) as office:
        store = attachments.store_of(office)
        for one in attachments.all_of(office):
            content = b"".join(store.blocks(one.sha256))
            assert hashlib.sha256(content).hexdigest() == one.sha256
            assert len(content) == one.size
        with office.engine.connect() as connection:
            assert audit.verify(connection) is None


def test_a_drill_notices_a_scan_that_the_backup_has_lost(
    school: DataFolder, tmp_path: Path
) -> None:
    """The control: a drill that cannot fail proves nothing."""
    shutil.rmtree(school.backups / "attachments")
    _, there = drilled(school, tmp_path / "elsewhere")
    with Office.open(there, "测试", lambda: NOW) as office:
        assert len(attachments.missing(office)) == SCANS


def test_a_drill_notices_a_byte_that_the_backup_has_lost(
    school: DataFolder, tmp_path: Path
) -> None:
    (path,) = {one.path for one in backups.listed(school.backups) if one.why == "手动"}
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    best = backups.newest_good(school)
    assert best is None or best.path != path
