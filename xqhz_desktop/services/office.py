"""An open data folder: its one writer, its database, and who is at work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, func, insert, select

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_READ_ONLY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.seeds import calendar_days, target_rows
from xqhz_desktop.store import journal, migrate
from xqhz_desktop.store.backup import verified_backup
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.lock import FolderLock
from xqhz_desktop.store.models import Action, CalendarDay, TargetRow

Clock = Callable[[], datetime]


class Office:
    """Holds one data folder until it is closed; every verb takes it first."""

    def __init__(self, folder: DataFolder, engine: Engine, lock: FolderLock, who: str, now: Clock):
        """Use `Office.open`."""
        self.folder = folder
        self.engine = engine
        self.who = who
        self.now = now
        self._lock = lock
        self.version = 0  # counts the actions of this opening, so that numbers know to be redone

    @classmethod
    def open(cls, folder: DataFolder, who: str, now: Clock) -> "Office":
        """Open the folder, making or upgrading its database.

        Raises UserError: in use by another (4), damaged (5), newer (6), no space (7),
        read-only (8).
        """
        try:
            folder.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"数据文件夹建不了，请检查权限：{folder.root}", EXIT_READ_ONLY
            ) from error
        lock = FolderLock(folder.lock, who, f"{now():%Y-%m-%d %H:%M}")
        try:
            migrate.ensure(folder.database, lambda: cls._save(folder, now(), "升级前"))
            office = cls(folder, open_engine(folder.database), lock, who, now)
            office._seed()
        except OSError as error:
            lock.release()
            raise UserError("磁盘写不进去，请检查剩余空间。", EXIT_NO_SPACE) from error
        except BaseException:
            lock.release()
            raise
        return office

    def close(self) -> None:
        """Give the folder back."""
        self.engine.dispose()
        self._lock.release()

    def __enter__(self) -> "Office":
        """The office itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def acting(
        self, kind: str, title: str, undoes: int | None = None
    ) -> Iterator[tuple[Connection, int]]:
        """One transaction that is one action of the journal: (connection, action id)."""
        at = self.now().isoformat(timespec="seconds")
        with journal.acting(
            self.engine, who=self.who, at=at, kind=kind, title=title, undoes=undoes
        ) as (connection, action):
            yield connection, action
        self.version += 1

    def is_empty(self) -> bool:
        """Whether no record has been kept yet."""
        with self.engine.connect() as connection:
            return not any(
                connection.execute(select(func.count()).select_from(model_of(name))).scalar()
                for name in ("firms", "students", "teachers", "bases", "courses")
            )

    def backup(self, reason: str) -> str:
        """Make a verified backup; returns its file name. Raises UserError (5, 7)."""
        try:
            return self._save(self.folder, self.now(), reason)
        except OSError as error:
            raise UserError("备份没有写成，请检查磁盘空间后再试。", EXIT_NO_SPACE) from error

    @staticmethod
    def _save(folder: DataFolder, moment: datetime, reason: str) -> str:
        name = f"xqhz-{moment:%Y%m%d-%H%M%S}-{reason}.db"
        try:
            return verified_backup(folder.database, folder.backups, name).name
        except driver.DatabaseError as error:
            raise failure(error) or error from error

    def _seed(self) -> None:
        """The dated targets and the calendar's exceptions, once, as the program brings them."""
        with self.engine.connect() as connection:
            if connection.execute(select(Action.id).where(Action.kind == "seed")).first():
                return
        with self.acting("seed", "建立数据库") as (connection, _):
            connection.execute(insert(TargetRow), target_rows())
            connection.execute(insert(CalendarDay), calendar_days())
