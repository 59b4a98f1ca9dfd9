"""Rebuild: a new database out of a plain export, equal to the old one table by table."""

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import (
    EXIT_NEWER_FILE,
    EXIT_NO_SPACE,
    EXIT_READ_ONLY,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.safety import plain_files
from xqhz_desktop.services.safety.places import must_be_fit
from xqhz_desktop.services.safety.plain_cells import BadCell, Value, as_value
from xqhz_desktop.services.safety.plain_tables import MANIFEST, Table, tables_of
from xqhz_desktop.services.workbooks.reading import Sheet, WorkbookReader
from xqhz_desktop.store import backup as files
from xqhz_desktop.store import exchange, journal, migrate
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.database import HEAD, open_engine
from xqhz_desktop.store.lock import FolderLock

Manifest = dict[str, tuple[str, int]]  # table → workbook, rows


def rebuild(
    source: Path, target: DataFolder, who: str, now: Callable[[], datetime], task: Task
) -> dict[str, int]:
    """Make the target's database and attachments out of an export; returns rows by table.

    The target must have no database yet. The history of single rows is not in an export, so that
    what was done before cannot be undone afterwards. An export of an older program is brought up
    to date, an attachment that it had lost stays lost. Raises UserError: the folder is no whole
    export (3), of a newer program (6), the target is in use (4), cannot be written (7, 8), or has
    records (2), or is no place for them (2); Cancelled. Then the target is as before.
    """
    must_be_fit(target, encrypting=True)
    revision, manifest, attached = _manifest(source)
    try:
        target.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"数据文件夹建不了，请检查权限：{target.root}", EXIT_READ_ONLY) from error
    lock = FolderLock(target.lock, who, f"{now():%Y-%m-%d %H:%M}")
    try:
        exchange.finish(target.database, target.set_aside)
        if target.database.exists() and target.database.stat().st_size:
            raise UserError(f"这里已有数据，请另选一个空的数据文件夹：{target.root}", EXIT_USAGE)
        at = now().isoformat(timespec="seconds")
        return _rebuild(source, target, _Build(revision, manifest, attached, who, at, task))
    except OSError as error:
        said = "重建没有做成，请检查磁盘空间和权限；没有写入任何数据。"
        raise UserError(said, EXIT_NO_SPACE) from error
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class _Build:
    """What a rebuild is told."""

    revision: str
    manifest: Manifest
    attached: dict[str, tuple[str, str]]
    who: str
    at: str
    task: Task


def _manifest(source: Path) -> tuple[str, Manifest, dict[str, tuple[str, str]]]:
    """(revision, workbooks, files) of an export. Raises UserError for a folder that is none."""
    kept = files.read_json(source / MANIFEST)
    revision, tables = kept.get("revision"), kept.get("tables")
    if not (isinstance(revision, str) and re.fullmatch(r"\d{4}", revision)):
        raise UserError(f"这个文件夹不是完整的导出，里面没有可用的“{MANIFEST}”：{source}")
    if revision > HEAD:
        raise UserError("这份导出由更新版本的程序写成，请先升级程序。", EXIT_NEWER_FILE)
    found: Manifest = {}
    for name, one in tables.items() if isinstance(tables, dict) else ():
        file, rows = (one.get("file"), one.get("rows")) if isinstance(one, dict) else (None, None)
        if not isinstance(file, str) or not isinstance(rows, int) or Path(file).name != file:
            raise UserError(f"“{MANIFEST}”里 {name} 一项写坏了，请重新导出一次。")
        found[name] = (file, rows)
    return revision, found, plain_files.listed(kept)


def _rebuild(source: Path, target: DataFolder, build: _Build) -> dict[str, int]:
    fresh = target.database.with_name(target.database.name + ".rebuilding")
    store, had = Store(target.attachments, target.key), target.attachments.exists()
    _remove(fresh)
    try:
        counted = _database(fresh, source, target.key, build)
        plain_files.bring_home(store, source, build.attached, build.task)
        files.flush(fresh)
        os.replace(fresh, target.database)
        files.sync_folder(target.root)
    except BaseException:
        if not had:
            shutil.rmtree(target.attachments, ignore_errors=True)
        raise
    finally:
        _remove(fresh)
    return counted


def _database(fresh: Path, source: Path, key: bytes | None, build: _Build) -> dict[str, int]:
    """A checked database of all rows, at the newest revision; rows by table as exported."""
    engine = open_engine(fresh, key=key)
    try:
        migrate.run(engine, build.revision)
        counted = _fill(engine, source, build)
    finally:
        engine.dispose()
    migrate.ensure(fresh, key=key)
    engine = open_engine(fresh, key=key)
    title = f"从导出重建 {source.name}"
    try:
        with engine.begin() as connection:
            journal.install(connection)
        with journal.acting(engine, who=build.who, at=build.at, kind="rebuild", title=title):
            pass  # what it was made of is all in the export
    finally:
        engine.dispose()
    files.check(fresh, key)
    return counted


def _remove(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()


def _fill(engine: Engine, source: Path, build: _Build) -> dict[str, int]:
    """Put the rows of all workbooks in, as they were: the journal is silent meanwhile."""
    with engine.begin() as connection:
        _silence(connection)
        tables = tables_of(connection)
    if missing := tables.keys() - build.manifest.keys():
        names = "、".join(sorted(tables[name].label for name in missing))
        raise UserError(f"导出不完整，缺少：{names}。")
    counted = {}
    try:
        with WorkbookReader(build.task) as reader, engine.begin() as connection:
            read = _Reading(reader, source, build)
            for place, table in enumerate(tables.values()):
                build.task.step(place, len(tables), f"读入{table.label}")
                counted[table.name] = _insert(connection, table, read)
    except IntegrityError as error:
        raise UserError(f"导出里有不合规则或互相对不上的行，没有重建：{error.orig}。") from error
    return counted


def _silence(connection: Connection) -> None:
    """Without the journal's triggers: those of today may not fit the tables of an older program."""
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'journal_*'"
    )
    for name in found.scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _insert(connection: Connection, table: Table, read: "_Reading") -> int:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    rows = read.rows(table)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    if rows:
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        connection.exec_driver_sql(statement, rows)
    return len(rows)


class _Reading:
    """Reads the workbooks of an export, each by a child process with limits."""

    def __init__(self, reader: WorkbookReader, source: Path, build: _Build) -> None:
        self._reader = reader
        self._source = source
        self._manifest = build.manifest

    def rows(self, table: Table) -> list[tuple[Value, ...]]:
        """The rows of a table. Raises UserError where the workbook is not what was exported."""
        file, promised = self._manifest[table.name]
        book = self._reader.read(self._source / file)
        if not book.sheets or len(book.sheets[0].rows) < 2:
            raise UserError(f"“{file}”里没有导出的表，请重新导出一次。")
        found = list(_values(file, table, book.sheets[0], _pieces(book.sheets[1:])))
        if len(found) != promised:
            raise UserError(
                f"“{file}”应有 {promised} 行，读到 {len(found)} 行，请找回原来的文件再重建。"
            )
        return found


def _pieces(sheets: list[Sheet]) -> dict[int, str]:
    """The long texts by number."""
    parts: dict[int, list[str]] = defaultdict(list)
    for row in sheets[0].rows if sheets else []:
        if len(row) > 1 and isinstance(row[0], float):
            parts[int(row[0])].append(str(row[1]))
    return {number: "".join(texts) for number, texts in parts.items()}


def _values(
    file: str, table: Table, sheet: Sheet, pieces: dict[int, str]
) -> Iterator[tuple[Value, ...]]:
    """The rows in the order of the table's columns, found by the names in the second row."""
    names: list[Any] = sheet.rows[1]
    if missing := [column.label for column in table.columns if column.name not in names]:
        raise UserError(f"“{file}”第 2 行少了列：{'、'.join(missing)}，请找回原来的文件再重建。")
    places = [(names.index(column.name), column) for column in table.columns]
    for number, row in enumerate(sheet.rows[2:], start=3):
        if not row:
            continue
        values: list[Value] = []
        for place, column in places:
            try:
                values.append(
                    as_value(row[place] if place < len(row) else None, column.kind, pieces)
                )
            except BadCell as error:
                raise UserError(
                    f"“{file}”第 {number} 行“{column.label}”读不出，请找回原来的文件再重建。"
                ) from error
        yield tuple(values)
