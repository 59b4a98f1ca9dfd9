"""Reading workbooks safely: a file is what its bytes say, and a hostile one harms nobody.

All bytes of a file are parsed in a child process. It may use 600 MB, and must give a sign of
progress within 5 s; one step of the parser (a sheet, or the whole of an .xls) may take longer by
its size over 8 MB/s. A child that dies, stalls or grows is ended and answered by one sentence.
"""

import datetime
import logging
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.workbooks import child
from xqhz_desktop.services.workbooks.content import DAMAGED, EMPTY, is_workbook

Cell = (
    None
    | str
    | int
    | float
    | bool
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
)

MAX_FILE = 200 << 20  # bytes
FIRST_START = 30.0  # seconds that a new child may take; virus scanners look at it first
LOOK = 0.1  # seconds between two looks at a silent child
WORN = 200 << 20  # bytes after which a child makes room for a fresh one

MISSING = "找不到了，请确认它没有被移动或改名后再导入"
NO_FILE = "不是文件，或没有权限打开，请检查后再导入"
TOO_BIG = "超过 200 MB，请拆成几个工作簿后再导入"
NO_SHEET = "里面没有工作表，请检查是不是选错了文件"
DIED = "读不出：内容已损坏，或多得超出内存，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"
STALLED = "读了很久没有进展，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sheet:
    """One sheet: `rows[0][0]` is A1; rows end at their last filled cell, '' is None."""

    name: str  # "" for a csv
    rows: list[list[Cell]]
    merges: list[tuple[int, int, int, int]]  # 0-based, inclusive: top, left, bottom, right
    date1904: bool
    visible: bool


@dataclass(slots=True)
class Workbook:
    """One file as read."""

    path: Path
    file: str  # its name without folders, fit to be shown
    sheets: list[Sheet] = field(default_factory=list)
    digest: str = ""  # sha256 of its bytes, hexadecimal


def read_workbook(path: Path, *, task: Task | None = None) -> Workbook:
    """The sheets of one file, hidden ones too.

    Raises UserError with a sentence that names the file and says what to do; Cancelled.
    """
    with WorkbookReader(task) as reader:
        return reader.read(path)


class WorkbookReader:
    """Reads one workbook after another with one child process; for use in a `with`."""

    def __init__(self, task: Task | None = None) -> None:
        self._task = task or Task()
        self._child: _Child | None = None

    def __enter__(self) -> "WorkbookReader":
        self._child = _Child()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_child()

    def read(self, path: Path) -> Workbook:
        """The sheets of one file; raises as `read_workbook` does, and can go on after it."""
        _check_file(path)
        if self._child is None:
            self._child = _Child()
        try:
            return _collect(path, self._child.ask(path, self._task))
        finally:
            # After a cancel or a death nobody knows what is still in the pipe.
            if self._child.busy or self._child.memory() > WORN:
                self._end_child()

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _check_file(path: Path) -> None:
    """Raises UserError for what is no file to read at all."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _rejected(path, MISSING) from error
    if not path.is_file():
        raise _rejected(path, NO_FILE)
    if size > MAX_FILE:
        raise _rejected(path, TOO_BIG)
    if not size:
        raise _rejected(path, EMPTY)


def _rejected(path: Path, why: str) -> UserError:
    return UserError(f"“{shown_name(path)}”{why}。")


def shown_name(path: Path) -> str:
    """A file's name without folders, as text that can be shown and kept whatever its bytes.

    Archives from Chinese Windows unpack to names in GBK on other systems.
    """
    raw = os.fsencode(path.name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _collect(path: Path, messages: Iterator[tuple[Any, ...]]) -> Workbook:
    workbook = Workbook(path, shown_name(path))
    for kind, *content in messages:
        match kind:
            case "sheet":
                name, visible, date1904 = content
                workbook.sheets.append(Sheet(name, [], [], date1904, visible))
            case "merges":
                workbook.sheets[-1].merges = content[0]
            case "rows":
                workbook.sheets[-1].rows += content[0]
            case "done":
                workbook.digest = content[0]
    if not workbook.sheets:
        raise _rejected(path, NO_SHEET)
    for sheet in workbook.sheets:
        while sheet.rows and not sheet.rows[-1]:
            sheet.rows.pop()
    return workbook


class _Child:
    """A running child process and the pipe to it."""

    def __init__(self) -> None:
        import psutil

        # Spawn everywhere: a fork of a program with threads may hang.
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=child.serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._watched = psutil.Process(self._process.pid)
        self._ready = False
        self._patience = FIRST_START
        self.busy = False  # a file was asked for and not answered to the end

    def ask(self, path: Path, task: Task) -> Iterator[tuple[Any, ...]]:
        """The child's messages about a file, to the last. Raises UserError, Cancelled."""
        self.busy = True
        self._await_start(path, task)
        try:
            self._patience = child.patience(path.stat().st_size)
            self._pipe.send(str(path))
            while self.busy:
                message = self._next(path, task)
                self.busy = message[0] not in ("done", "refused", "failed")
                if message[0] == "patience":
                    self._patience = message[1]
                elif message[0] in ("refused", "failed"):
                    raise _refusal(path, *message)
                else:
                    yield message
        except (EOFError, OSError) as error:
            raise _rejected(path, DIED) from error

    def _await_start(self, path: Path, task: Task) -> None:
        """Tells a child that cannot start, which is our fault, from one that a file kills."""
        if not self._ready:
            try:
                self._next(path, task)
            except (EOFError, OSError) as error:
                raise RuntimeError("the reading process does not start") from error
            self._ready = True

    def _next(self, path: Path, task: Task) -> tuple[Any, ...]:
        """The next message; a sentence when the child stalls or grows instead."""
        task.check()
        until = time.monotonic() + self._patience
        while not wait([self._pipe], LOOK):
            task.check()
            if time.monotonic() > until:
                raise _rejected(path, STALLED)
            if self.memory() > child.MEMORY:
                raise _rejected(path, child.TOO_LARGE)
        message: tuple[Any, ...] = self._pipe.recv()
        return message

    def memory(self) -> int:
        """Bytes that the child uses now; 0 when it is dead."""
        import psutil

        try:
            known = self._watched.memory_info()
        except psutil.Error:
            return 0
        return int(getattr(known, "private", known.rss))  # Windows tells what is the child's alone

    def end(self) -> None:
        """Ends the process at once, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _refusal(path: Path, kind: str, why: str) -> UserError:
    if kind == "failed":
        _log.warning("reading a workbook failed: %s", why)
        return _rejected(path, DAMAGED)
    return _rejected(path, why)


# ------------------------------------------------------------------ which files


def find_workbooks(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """(workbooks, passed-over other files) among files and folders with all their sub-folders.

    Both sorted by file name, each file once. What cannot be looked into counts as a workbook:
    reading it says why not. Lock files of Excel and hidden files are neither.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(os.path.realpath(file), file)
    workbooks: list[Path] = []
    others: list[Path] = []
    for file in sorted(found.values(), key=lambda file: (file.name, str(file))):
        (workbooks if _claims_or_is_workbook(file) else others).append(file)
    return workbooks, others


def _files(path: Path) -> Iterator[Path]:
    """The plain files of a path; a path that is not there or not readable stands for itself."""
    if not path.is_dir():
        if path.is_file() or not path.exists():
            yield path
        return
    unreadable: list[Path] = []
    # Linked folders are not entered: they may lead in a circle.
    for folder, folders, files in os.walk(
        path, onerror=lambda e: unreadable.append(Path(e.filename))
    ):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in files:
            if not _is_hidden(name) and (file := Path(folder, name)).is_file():
                yield file
    yield from unreadable


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini")


def _claims_or_is_workbook(path: Path) -> bool:
    try:
        return is_workbook(path)
    except OSError:
        return True
