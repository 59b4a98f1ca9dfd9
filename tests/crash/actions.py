"""The actions that are cut off, made to fail and replayed; each is one call of the command line.

The day is fixed, and the workbooks lie in memory (reading them has tests of its own), so that an
action makes the same calls to the system every time and costs a fraction of a second.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from tests.services.books import firm, placement, student, table
from tests.services.desk import Books, Desk, Shelf
from tests.services.small_office import FIRM, OFFICE
from xqhz_desktop import cli
from xqhz_desktop.base.paths import DataFolder, migrations, resources
from xqhz_desktop.commands import keeping
from xqhz_desktop.services.access.first_start import prepare
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.services.workbooks import planning
from xqhz_desktop.store import database, migrate

NOW = datetime(2025, 3, 1, 9, 30)
LATER = datetime(2025, 3, 1, 9, 45)
BACKUP = f"xqhz-{NOW:%Y%m%d-%H%M%S}-手动.db"

# What is scanned: anything with bytes.
SCANS = (
    resources() / "fonts" / "OFL-NotoSansSC.txt",
    resources() / "fonts" / "OFL-XqhzFallbackSC.txt",
)

# A second year: new rows, a changed firm, and a row that waits for correction.
MORE: Books = {
    "01企业.xlsx": table(firm(1, FIRM, 企业性质="国有"), firm(3, "丙化工有限公司")),
    "02学生.xlsx": table(*(student(number) for number in range(4, 24))),
    "03实习.xlsx": table(
        *(placement(number, FIRM) for number in range(4, 23)),
        placement(23, FIRM, 实习开始日期="无此日"),
    ),
}

NEXT = '''"""A next migration: a new table, a new column, and every firm rewritten."""

from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade() -> None:
    """Change much."""
    op.execute("CREATE TABLE parking (id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT")
    op.execute("ALTER TABLE student ADD COLUMN web TEXT")
    op.execute("INSERT INTO parking (day) SELECT name FROM student")
'''


@dataclass(frozen=True, slots=True)
class Action:
    """What is done: the command line after `--data-dir`, and the words that promise it was done."""

    name: str
    arguments: tuple[str, ...]
    promise: str
    prepare: Callable[[Path], None]
    # What a clerk calls who finds it done already.
    when_done: tuple[str, ...] = ("history",)


def _fresh(folder: Path) -> None:
    """A school before its first start."""
    folder.mkdir()


def _office(folder: Path) -> None:
    """A school with the records of one year and a scan, its database closed."""
    with Office.open(DataFolder(folder), "测试", lambda: NOW) as office:
        Desk(office).bring(OFFICE)
        attachments.add(office, "firms", 1, SCANS[0])
        if first := prepare(office.folder, "测试"):
            first.keep()


def _two_years(folder: Path) -> None:
    """A school with two years' records, as a program that was killed has left it: a hot log."""
    live = folder.with_name(folder.name + "-live")
    _office(live)
    with Office.open(DataFolder(live), "测试", lambda: NOW) as office:
        Desk(office).bring(MORE)
        shutil.copytree(live, folder)
    shutil.rmtree(live)


def _second_thoughts(folder: Path) -> None:
    """A school with a backup of its first year, which the second has not made any better."""
    _office(folder)
    with Office.open(DataFolder(folder), "测试", lambda: NOW) as office:
        office.backup("手动")
        Desk(office).bring(MORE)


ACTIONS = {
    action.name: action
    for action in (
        Action("start", ("history",), "建立数据库", _fresh),
        Action("import", ("import", "--yes", "."), "已导入", _office),
        Action("undo", ("undo",), "已撤销", _two_years),
        Action("backup", ("backup",), "已备份", _two_years, when_done=("backup",)),
        Action("restore", ("restore", "--yes", BACKUP), "已恢复", _second_thoughts),
        Action("migration", ("history",), "建立数据库", _two_years),
        Action("attach", ("attach", "firms", "#2", str(SCANS[1])), "已添加", _office),
    )
}


class _Clock:
    """Stands in for `datetime` at the front door."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The moment that was set."""
        return self._moment


@contextmanager
def clock(moment: datetime) -> Iterator[None]:
    """The front door reads this moment."""
    with (
        patch.object(cli, "datetime", _Clock(moment)),
        patch.object(keeping, "clock", lambda: moment),
    ):
        yield


@contextmanager
def program(action: Action, scratch: Path) -> Iterator[None]:
    """The program as the action meets it: its workbooks, its moment, its newest migration."""
    with ExitStack() as stack:
        stack.enter_context(clock(NOW))
        names = [Path(name) for name in sorted(MORE)]
        stack.enter_context(patch.object(planning, "find_workbooks", lambda _: (names, [])))
        stack.enter_context(patch.object(planning, "WorkbookReader", lambda *_: Shelf(MORE)))
        if action.name == "migration":
            stack.enter_context(_next_program(scratch))
        yield


@contextmanager
def _next_program(scratch: Path) -> Iterator[None]:
    """A program that knows one migration more."""
    folder = scratch / "next-db"
    if not folder.exists():
        shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = NEXT.format(head=database.HEAD)
        (folder / "migrations" / "versions" / "9000_next.py").write_text(text, "utf-8")
    with (
        patch.object(migrate, "HEAD", "9000"),
        patch.object(database, "HEAD", "9000"),
        patch.object(migrate, "migrations", lambda: folder),
    ):
        yield
