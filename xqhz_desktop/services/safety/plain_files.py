"""The attachments of a plain export: readable files, and how they find home again."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.filenames import is_program, safe_name
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.safety.attachments import Attachment
from xqhz_desktop.services.safety.plain_tables import MANIFEST
from xqhz_desktop.store.attachments import Missing, Store

FOLDER = "附件"
_BLOCK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")
Written = dict[int, tuple[str, str]]  # attachment's number: its file's name, its SHA-256


def write(store: Store, found: Sequence[Attachment], folder: Path, task: Task) -> Written:
    """Write the files of attachments; those that are missing or damaged are left out.

    Raises OSError, Cancelled.
    """
    made: Written = {}
    for place, one in enumerate(found):
        task.step(place, len(found), "导出附件")
        name = _name(one)
        path = folder / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        try:
            with path.open("xb") as file:
                file.writelines(store.blocks(one.sha256))
        except Missing:
            path.unlink()
            continue
        made[one.id] = (name, one.sha256)
    return made


def _name(one: Attachment) -> str:
    """The number keeps two of one name apart; what the row says is made safe again."""
    name = f"{one.id}-{safe_name(one.name)}"
    return f"{name}.bin" if is_program(name) else name


def said(made: Written) -> dict[str, Any]:
    """What the export's list says of them."""
    return {str(one): {"file": name, "sha256": sha} for one, (name, sha) in made.items()}


def readable(
    connection: Connection, found: Sequence[Attachment], made: Written
) -> list[tuple[str, int, dict[int, str]]]:
    """For a reader beside each attachment's number: its record, and its file."""
    records = {one.id: _record(connection, one) for one in found}
    files = {one: f"{FOLDER}/{name}" for one, (name, _) in made.items()}
    return [("所属记录", 0, records), ("文件", 0, files)]


def _record(connection: Connection, one: Attachment) -> str:
    if one.register not in REGISTERS:
        return f"{one.register} {one.row_id}"
    model = model_of(one.register)
    named = "name" if hasattr(model, "name") else "id"
    statement = f'SELECT "{named}" FROM "{model.__tablename__}" WHERE id = ?'
    row = connection.exec_driver_sql(statement, (one.row_id,)).first()
    return f"{REGISTERS[one.register].label} {row[0] if row else one.row_id}"


# ---------------------------------------------------------------- home again


def listed(manifest: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The files of an export, by attachment: (name, SHA-256). Raises UserError for a bad list.

    A name that leads out of the folder is one, too.
    """
    files = manifest.get("files", {})
    found = {}
    for number, one in files.items() if isinstance(files, dict) else ():
        name, sha256 = (one.get("file"), one.get("sha256")) if isinstance(one, dict) else ("", "")
        if not (isinstance(name, str) and isinstance(sha256, str) and _HASH.fullmatch(sha256)):
            raise _bad_list(number)
        if not name or name in (".", "..") or re.search(r"[/\\\x00]|^[A-Za-z]:", name):
            raise _bad_list(number)
        found[str(number)] = (name, sha256)
    return found


def _bad_list(number: object) -> UserError:
    return UserError(f"“{MANIFEST}”里 {number} 号附件一项写坏了，请重新导出一次。")


def bring_home(store: Store, source: Path, files: dict[str, tuple[str, str]], task: Task) -> None:
    """Keep the files of an export.

    Raises UserError where one is missing or another than was exported; OSError, Cancelled.
    """
    for place, (name, sha256) in enumerate(files.values()):
        task.step(place, len(files), "读入附件")
        if not store.holds(sha256):
            try:
                store.put(_blocks(source / FOLDER / name), sha256, lasting=False)
            except Missing as error:
                raise UserError(
                    f"附件“{name}”不见了或与导出时不同，请找回原来的文件再重建。"
                ) from error
    if files:
        store.sync()


def _blocks(path: Path) -> Iterator[bytes]:
    """A file's content; a link, a folder or nothing at all is Missing."""
    if path.is_symlink() or not path.is_file():
        raise Missing
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.read(_BLOCK), b"")
    except OSError as error:
        raise Missing from error
