"""An open data folder: its one writer, its database, and who is at work."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, func, insert, select

from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_NOT_PERMITTED,
    EXIT_READ_ONLY,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.access.roles import Role, must_be, needed
from xqhz_desktop.services.privacy import cleaning
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.safety import backups, places
from xqhz_desktop.services.seeds import calendar_days, target_rows
from xqhz_desktop.store import attachments, audit, exchange, journal, migrate, sealing
from xqhz_desktop.store.backup import opened, write_json
from xqhz_desktop.store.cipher import key_for
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.failures import failure
from xqhz_desktop.store.lock import FolderLock
from xqhz_desktop.store.models import Action, CalendarDay, TargetRow, User
from xqhz_desktop.store.search import SearchIndex
from xqhz_desktop.store.stopping import stoppable

Clock = Callable[[], datetime]


class _Lost(Exception):
    """The database's file was deleted or exchanged while it was open."""


class Office:
    """Holds one data folder until it is closed; every verb takes it first."""

    def __init__(
        self, folder: DataFolder, engine: Engine, lock: FolderLock | None, who: str, now: Clock
    ):
        """Use `Office.open`, or `Office.look` to read what another has open."""
        self.folder = folder
        self.engine = engine
        self.who = who
        self.now = now
        self.unmasked = False  # for this opening; `services.privacy.masking.unmask` turns it
        self._lock = lock
        self.version = 0  # counts the actions of this opening, so that numbers know to be redone
        self.after_crash = folder.running.exists()
        self._file = _identity(folder)
        self.index = SearchIndex(folder.search, folder.key)

    @classmethod
    def open(
        cls, folder: DataFolder, who: str, now: Clock, *, encrypting: bool = False
    ) -> "Office":
        """Open the folder, making or upgrading its database.

        `encrypting` lets plain records be opened where they must be encrypted, to do just that.
        Raises UserError: on the network (2), in use by another (4), damaged (5), newer (6), no
        space or not there (7), read-only (8), plain on a removable disk (9), encrypted and the
        folder without its key (10).
        """
        places.must_be_fit(folder, encrypting=encrypting)
        try:
            folder.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"数据文件夹建不了，请检查权限：{folder.root}", EXIT_READ_ONLY
            ) from error
        lock = FolderLock(folder.lock, who, f"{now():%Y-%m-%d %H:%M}")
        try:
            return cls._open(folder, lock, who, now)
        except OSError as error:
            lock.release()
            raise UserError("磁盘写不进去，请检查剩余空间。", EXIT_NO_SPACE) from error
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(cls, folder: DataFolder, lock: FolderLock, who: str, now: Clock) -> "Office":
        exchange.finish(folder.database, folder.set_aside)
        sealing.sweep(folder.database)
        encryption.must_have_key(folder)
        attachments.settle(folder.attachments, key_for(folder.database, folder.key))
        _refuse_lost(folder)
        migrate.ensure(folder.database, lambda: cls._save_before_upgrade(folder, now()), folder.key)
        engine = open_engine(folder.database, key=folder.key, make=False)
        cleaning.go_on(folder, engine)
        office = cls(folder, engine, lock, who, now)
        write_json(folder.running, {"since": f"{now():%Y-%m-%d %H:%M}"})
        try:
            office._seed()
            office._must_be_known()
        except BaseException:
            office.engine.dispose()
            raise
        return office

    @classmethod
    def look(cls, folder: DataFolder, who: str, now: Clock) -> "Office":
        """Read what another process of this PC has open; every verb that writes is refused.

        Raises UserError: damaged (5), newer or older than this program (6), no user (9), the
        folder without its key (10).
        """
        encryption.must_have_key(folder)
        migrate.must_be_current(folder.database, folder.key)
        engine = open_engine(folder.database, key=folder.key, make=False, looking=True)
        office = cls(folder, engine, None, who, now)
        try:
            office._must_be_known()
        except BaseException:
            engine.dispose()
            raise
        return office

    @property
    def looking(self) -> bool:
        """Whether it was opened only to look."""
        return self._lock is None

    @property
    def role(self) -> Role:
        """What whoever is at work may do; all, as long as no user has been named."""
        if self.looking:
            return Role.VIEWER
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT name, role FROM user WHERE active").all()
        roles = {name: Role(role) for name, role in found}
        return roles.get(self.who, Role.VIEWER) if roles else Role.ADMIN

    def must_be(self, least: Role, doing: str) -> None:
        """Raises UserError: only looking (4), the role is less than what is needed (9)."""
        if self.looking:
            raise UserError(f"现在是只看不改，不能{doing}；请等那边关闭后重新打开。", EXIT_LOCKED)
        must_be(self.role, least, doing)

    def _must_be_known(self) -> None:
        with self.engine.connect() as connection:
            names = [row[0] for row in connection.execute(select(User.name).where(User.active))]
        if names and self.who not in names:
            raise UserError(
                f"用户名单里没有“{self.who}”，请换用名单里的用户，或请管理员添加。",
                EXIT_NOT_PERMITTED,
            )

    def close(self) -> None:
        """Give the folder back."""
        self.engine.dispose()
        self.index.close()
        if self._lock is None:
            return
        with contextlib.suppress(OSError):  # left over, it costs the next opening one more look
            self.folder.running.unlink()
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
        """One transaction that is one action of the journal: (connection, action id).

        Raises UserError where the file went away meanwhile (5), it was opened only to look (4),
        or whoever is at work may not do this (9); then nothing was written.
        """
        self.must_be(needed(kind), f"做这一步（{title}）")
        at = self.now().isoformat(timespec="seconds")
        try:
            with journal.acting(
                self.engine, who=self.who, at=at, kind=kind, title=title, undoes=undoes
            ) as (connection, action):
                self._must_be_there()
                with stoppable(connection):
                    yield connection, action
                attachments.follow(connection, action)
                self._must_be_there()
        except _Lost as error:
            raise self._rescued() from error
        self.version += 1

    def record(self, kind: str, title: str) -> None:
        """Put into the audit chain what changes no record: a look at what is masked, an export.

        Raises UserError where it cannot be written; then what was to be recorded must not happen.
        """
        at = self.now().isoformat(timespec="seconds")
        with self.engine.begin() as connection:
            audit.append(connection, at=at, who=self.who, kind=kind, title=title)

    @contextmanager
    def exchanging(self, key: bytes) -> Iterator[None]:
        """Meanwhile nobody has the file open, so that encryption can be turned on or off.

        However it ends, the office stands open again on what then lies there.
        """
        self.engine.dispose()
        self.index.forget()  # it is under the other key
        try:
            yield
        finally:
            path = self.folder.database
            self.folder = self.folder.unlocked(key_for(path, key))
            with contextlib.suppress(OSError):  # the next opening settles what is left
                attachments.settle(self.folder.attachments, self.folder.key)
            self.engine = open_engine(path, key=self.folder.key, make=False)
            self.index = SearchIndex(self.folder.search, self.folder.key)
            self._file = _identity(self.folder)

    def _must_be_there(self) -> None:
        """What is written into a deleted file is gone when the program ends."""
        if _identity(self.folder) != self._file:
            raise _Lost

    def _rescued(self) -> UserError:
        """Save what the open connection still sees, and say where."""
        said = "数据文件在程序运行时被删除或换掉了，这次没有写入；"
        try:
            name = self.backup("抢救")
        except UserError:
            return UserError(said + "请退出程序，从备份恢复。", EXIT_DAMAGED)
        return UserError(said + f"此前的内容已存为备份 {name}，请退出后恢复它。", EXIT_DAMAGED)

    def is_empty(self) -> bool:
        """Whether no record has been kept yet."""
        with self.engine.connect() as connection:
            return not any(
                connection.execute(select(func.count()).select_from(model_of(name))).scalar()
                for name in ("firms", "students", "teachers", "bases", "courses")
            )

    def backup(self, reason: str) -> str:
        """Make a verified backup; returns its file name. Raises UserError (5, 7), only looking (4).

        It is made of what this opening sees, even where the file was deleted meanwhile.
        """
        if self.looking:
            self.must_be(Role.VIEWER, "备份")
        with self.engine.connect() as connection:
            return _save(connection.connection.driver_connection, self.folder, self.now(), reason)

    @staticmethod
    def _save_before_upgrade(folder: DataFolder, moment: datetime) -> None:
        with opened(folder.database, folder.key) as connection:
            _save(connection, folder, moment, "升级前")

    def _seed(self) -> None:
        """The dated targets and the calendar's exceptions, once, as the program brings them."""
        with self.engine.connect() as connection:
            if connection.execute(select(Action.id).where(Action.kind == "seed")).first():
                return
        with self.acting("seed", "建立数据库") as (connection, _):
            connection.execute(insert(TargetRow), target_rows())
            connection.execute(insert(CalendarDay), calendar_days())


def _save(connection: Any, folder: DataFolder, moment: datetime, reason: str) -> str:
    """A backup of a driver's connection; a failing disk or file is one sentence."""
    try:
        return backups.make(connection, folder, moment, reason).name
    except OSError as error:
        raise UserError("备份没有写成，请检查磁盘空间后再试。", EXIT_NO_SPACE) from error
    except driver.DatabaseError as error:
        raise failure(error) or error from error


def _identity(folder: DataFolder) -> tuple[int, int] | None:
    """Which file stands under the database's name; None where there is none."""
    try:
        found = folder.database.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refuse_lost(folder: DataFolder) -> None:
    """A school that has backups never begins anew in silence."""
    path = folder.database
    if path.exists() and path.stat().st_size:
        return
    there = backups.listed(folder.backups)
    if there:
        best = backups.newest_good(folder) or there[0]
        raise UserError(
            f"数据文件不见了，请恢复最近的备份 {best.name}；"
            f"若要重新开始，请先把备份文件夹移走：{folder.backups}",
            EXIT_DAMAGED,
        )
