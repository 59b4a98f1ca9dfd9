"""Attachments: scans and photos that belong to records, copied into the data folder.

The row goes through the journal as every row does; the file lies in the store by its content and
is never changed, so that a removed attachment can come back.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, delete, func, insert, select

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.filenames import is_program, safe_name
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import attachments as files
from xqhz_desktop.store.attachments import Missing, Store
from xqhz_desktop.store.models import Attachment as Row
from xqhz_desktop.store.sealing import overwrite

LARGEST = 200 << 20  # bytes
_BLOCK = 1 << 20
_REST = timedelta(days=1)  # a file whose row is still being written is younger
_ONLY_FILES = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment of a record as a list shows it."""

    id: int
    register: str
    row_id: int
    name: str
    size: int  # bytes
    added: str  # local time, ISO, to the second
    note: str
    sha256: str


def line(one: Attachment) -> str:
    """An attachment in one line: its number, record, day, size, name and note."""
    register = REGISTERS[one.register].label if one.register in REGISTERS else one.register
    note = f"（{one.note}）" if one.note else ""
    size = f"{-(-one.size // 1000):,} KB"
    return f"{one.id}  {register} #{one.row_id}  {one.added[:10]}  {size}  {one.name}{note}"


def add(office: Office, register: str, row_id: int, path: Path, note: str = "") -> Changes:
    """Copy a file into the data folder and attach it to a record.

    Raises UserError: no such record (2), a file that is none, empty, a program or too large (3),
    it cannot be read or kept (7), not permitted (4, 9); then nothing is attached.
    """
    office.must_be(Role.CLERK, "添加附件")
    _must_be_there(office, register, row_id)
    name = _fit_name(path)
    with _kept(path), _opened(path) as source:
        sha256, size = store_of(office).put(_blocks(source, path))
    values = {"table_name": _table(register), "row_id": row_id, "name": name, "sha256": sha256}
    added = office.now().isoformat(timespec="seconds")
    with office.acting("attach", f"添加附件：{REGISTERS[register].label}") as (connection, action):
        more = {"size": size, "added": added, "note": " ".join(note.split()) or None}
        connection.execute(insert(Row).values(values | more))
    return Changes(action, {register: 1})


def must_be_fit(path: Path) -> None:
    """Raises UserError (3) for what `add` would refuse at first sight."""
    _fit_name(path)
    with _opened(path):
        pass


def of(office: Office, register: str, row_id: int) -> list[Attachment]:
    """The attachments of a record, the oldest first."""
    mine = (Row.table_name == _table(register), Row.row_id == row_id)
    with office.engine.connect() as connection:
        return _listed(connection, *mine)


def all_of(office: Office) -> list[Attachment]:
    """Every attachment, by record."""
    with office.engine.connect() as connection:
        return _listed(connection)


def counts(office: Office, register: str) -> dict[int, int]:
    """How many attachments each record of a register has; those without are left out."""
    statement = (
        select(Row.row_id, func.count()).where(Row.table_name == _table(register))
    ).group_by(Row.row_id)
    with office.engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(statement)}


def open_copy(office: Office, attachment: int, folder: Path) -> Path:
    """A readable copy of an attachment under its safe name, in a folder; nothing is overwritten.

    The audit chain says that it was opened: a scan shows whole numbers. Raises UserError: no such
    attachment (2), its file is missing or damaged (5), the folder cannot be written (7), not
    permitted (4, 9).
    """
    office.must_be(Role.CLERK, "打开附件")
    one = _one(office, attachment)
    office.record("open", f"打开 {one.id} 号附件")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(store_of(office), one, folder)
    except Missing as error:
        raise UserError(
            f"附件“{one.name}”的文件不见了或已损坏，请用“repair”命令从备份找回。", EXIT_DAMAGED
        ) from error
    except OSError as error:
        raise UserError(f"附件没有存成，请检查磁盘空间和权限：{folder}", EXIT_NO_SPACE) from error


def remove(office: Office, attachment: int) -> Changes:
    """Take an attachment from its record; its file stays, so that this can be undone.

    Raises UserError: no such attachment (2), not permitted (4, 9).
    """
    one = _one(office, attachment)
    title = f"移除附件：{REGISTERS[one.register].label}"
    with office.acting("attach", title) as (connection, action):
        connection.execute(delete(Row).where(Row.id == attachment))
    return Changes(action, {one.register: 1})


def missing(office: Office) -> list[Attachment]:
    """The attachments whose file is not there, or not right to the last byte.

    Reads every file: for a thread of its own.
    """
    store = store_of(office)
    found = all_of(office)
    right = {sha256 for sha256 in {one.sha256 for one in found} if store.sound(sha256)}
    return [one for one in found if one.sha256 not in right]


def sweep(office: Office) -> int:
    """Remove files that nothing refers to, such as an adding that was cut off has left; how many.

    Nothing goes that a row, the journal or a backup refers to, nothing of today, and nothing at
    all while a state that was set aside, or a backup without its list, may refer to it.
    """
    folder = office.folder
    listed = backups.attachments_of(folder.backups)
    if listed is None or any(folder.set_aside.glob("*/*.db")):
        return 0
    with office.engine.connect() as connection:
        known = files.referred(connection.connection.driver_connection).keys()
    kept = known | {name[:64] for name in listed}
    store = store_of(office)
    old = (office.now() - _REST).timestamp()
    going = [
        path
        for path in (files.place(store.root, name) for name in sorted(store.stored()))
        if path.name[:64] not in kept and path.stat().st_mtime < old
    ]
    for path in going:
        overwrite(path)
    return len(going)


def store_of(office: Office) -> Store:
    """Where the office's attachments lie."""
    return Store(office.folder.attachments, office.folder.key)


# ---------------------------------------------------------------- what may come in


def _fit_name(path: Path) -> str:
    """The safe name of a file that may be attached. Raises UserError."""
    name = safe_name(path.name)
    if is_program(path.name):
        raise UserError(f"“{name}”是程序，不能作附件；请附扫描件、照片或文档。")
    return name


@contextmanager
def _kept(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError("附件没有存成，请检查磁盘空间后再试。", EXIT_NO_SPACE) from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file itself, looked at again once it is open. Raises UserError for what is no file."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # a link shows one file and may be another
            raise UserError(f"“{safe_name(path.name)}”不是文件，请选一个扫描件、照片或文档。")
        handle = os.open(path, os.O_RDONLY | _ONLY_FILES)
    except OSError as error:
        raise UserError(f"附件读不出来，请检查路径和权限：{path}") from error
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or not found.st_size:
            raise UserError(f"“{safe_name(path.name)}”是空的，请检查文件。")
        yield file


def _blocks(source: BinaryIO, path: Path) -> Iterator[bytes]:
    """The file's content; one that is too large, or grows, is refused on the way."""
    left = LARGEST
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise UserError(
                f"“{safe_name(path.name)}”超过 {LARGEST >> 20} MB，请压缩或拆分后再添加。"
            )
        yield block


# ---------------------------------------------------------------- rows


def _table(register: str) -> str:
    if register not in REGISTERS:
        raise UserError(f"没有“{register}”这个台账，请检查写法。", EXIT_USAGE)
    table: str = model_of(register).__tablename__
    return table


def _must_be_there(office: Office, register: str, row_id: int) -> None:
    table = _table(register)
    with office.engine.connect() as connection:
        found = connection.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,))
        if found.first() is None:
            raise UserError(
                f"{REGISTERS[register].label}里没有编号为 {row_id} 的记录，请刷新后再试。",
                EXIT_USAGE,
            )


def _listed(connection: Connection, *where: Any) -> list[Attachment]:
    registers = {model_of(name).__tablename__: name for name in REGISTERS}
    columns = (Row.id, Row.table_name, Row.row_id, Row.name, Row.size, Row.added, Row.note)
    statement = select(*columns, Row.sha256).where(*where)
    found = connection.execute(statement.order_by(Row.table_name, Row.row_id, Row.id)).all()
    return [
        Attachment(
            row.id, registers.get(row.table_name, row.table_name), row.row_id, row.name, row.size,
            row.added, row.note or "", row.sha256,
        )
        for row in found
    ]  # fmt: skip


def _one(office: Office, attachment: int) -> Attachment:
    with office.engine.connect() as connection:
        found = _listed(connection, Row.id == attachment)
    if not found:
        raise UserError(f"没有 {attachment} 号附件，请刷新后再试。", EXIT_USAGE)
    return found[0]


def _copied(store: Store, one: Attachment, folder: Path) -> Path:
    """What the row says is made safe again: it may come from elsewhere."""
    name = safe_name(one.name)
    target = _free(folder, f"{name}.bin" if is_program(name) else name)
    try:
        with target.open("xb") as file:
            for block in store.blocks(one.sha256):
                file.write(block)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _free(folder: Path, name: str) -> Path:
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (name, "")
    path, number = folder / name, 2
    while path.exists() or path.is_symlink():
        path, number = folder / f"{stem} ({number}){suffix}", number + 1
    return path
