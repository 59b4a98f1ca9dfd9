"""Whatever is done in whatever order, nothing that a record or a backup needs is ever let go."""

import os
import shutil
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import student, table
from tests.services.desk import Desk
from tests.services.safe import NOW
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, backups
from xqhz_desktop.store.attachments import Store, referred
from xqhz_desktop.store.backup import list_of

STEPS = ("add", "same", "remove", "undo", "backup", "month", "sweep")
works = st.lists(st.sampled_from(STEPS), min_size=4, max_size=24)


class Clerk:
    """Does the steps, and looks after each whether all that is needed is there."""

    def __init__(self, office: Office, scans: Path) -> None:
        self.office, self.desk, self._scans = office, Desk(office), scans
        self._numbers, self._now = count(), NOW
        scans.mkdir()
        office.now = self._tick

    def _tick(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def add(self, content: str | None = None) -> None:
        """Attach a scan, a new one unless its content is given."""
        path = self._scans / "扫描.pdf"
        path.write_text(content or f"scan {next(self._numbers)}", "utf-8")
        attachments.add(self.office, "students", 1, path)

    def same(self) -> None:
        """Attach what may be there already."""
        self.add("the same scan")

    def remove(self) -> None:
        """Remove the first attachment, where there is one."""
        for one in attachments.all_of(self.office)[:1]:
            attachments.remove(self.office, one.id)

    def undo(self) -> None:
        """Take back the last action that stands, but for the first import."""
        if self.desk.one("SELECT kind FROM action ORDER BY id DESC LIMIT 1") == "attach":
            self.desk.undo()

    def backup(self) -> None:
        """A backup, which thins the older ones."""
        self.office.backup("手动")

    def month(self) -> None:
        """Time goes by; every file is old."""
        self._now += timedelta(days=31)
        for path in self.office.folder.attachments.rglob("*"):
            os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    def sweep(self) -> None:
        """Away with what nothing refers to."""
        attachments.sweep(self.office)

    def look(self) -> None:
        """All that records, the journal and each backup need is there, whole."""
        folder = self.office.folder
        with self.office.engine.connect() as connection:
            known = referred(connection.connection.driver_connection)
        assert all(Store(folder.attachments).sound(sha256) for sha256 in known)
        beside = Store(backups.place_of(folder.backups))
        for one in backups.listed(folder.backups):
            assert one.note is not None
            names = list_of(folder.backups, one.note)
            assert names is not None
            assert one.note.missing == 0
            assert all(beside.sound(name) for name in names)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=works)
def test_no_scan_that_is_needed_is_ever_let_go(
    tmp_path_factory: pytest.TempPathFactory, empty_school: Path, work: list[str]
) -> None:
    root = tmp_path_factory.mktemp("work")
    shutil.copytree(empty_school, root / "office")
    with Office.open(DataFolder(root / "office"), "测试", lambda: NOW) as office:
        clerk = Clerk(office, root / "scans")
        clerk.desk.bring({"学生.xlsx": table(student(1))})
        for step in work:
            getattr(clerk, step)()
            clerk.look()
