"""The process that parses workbooks: what kills it kills nothing else.

It is told one path after another and answers each with messages: how long the next step may take,
sheets, rows by the block, and an end. It keeps itself below a memory limit and writes on no stream
that the user sees; when its pipe closes it ends.
"""

import contextlib
import hashlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.services.workbooks.archive import check_archive
from xqhz_desktop.services.workbooks.compound import ENCRYPTED, read_globals, stream_names
from xqhz_desktop.services.workbooks.content import (
    DAMAGED,
    EMPTY,
    NO_TABLE,
    NO_WORKBOOK,
    OLD,
    PASSWORD,
    SAMPLE,
    WEB_ARCHIVE,
    Content,
    Refused,
    content_of,
    decode,
    read_text,
)
from xqhz_desktop.services.workbooks.markup import Grid, read_page, read_spreadsheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MEMORY = 600 << 20  # bytes of the child's own
PATIENCE = 5.0  # seconds without any progress
SLOWEST = 8e6  # unpacked bytes a second that a slow PC parses: what a step may take beyond that
BLOCK = 40_000  # cells in a message

DENIED = "打不开，请关闭正在使用它的程序后再导入"
TOO_LARGE = "内容太多、内存不够，请拆成几个工作簿后再导入"
LEFT_OUT = {
    Content.EMPTY: EMPTY,
    Content.OLD: OLD,
    Content.WEB_ARCHIVE: WEB_ARCHIVE,
    Content.OTHER: NO_WORKBOOK,
}

Rows = Iterator[list[Any]]
Message = tuple[Any, ...]


def patience(size: int) -> float:
    """How many seconds a step over so many bytes may take without a message."""
    return PATIENCE + size / SLOWEST


def serve(connection: Connection) -> None:
    """Answers paths with the contents of their workbooks until the pipe closes."""
    _fall_silent()
    _limit_memory()
    with contextlib.suppress(EOFError, OSError):
        connection.send(("ready",))
        while True:
            path: str = connection.recv()
            for message in _answer(path):
                connection.send(message)


def _fall_silent() -> None:
    """A dying parser leaves no trace, no core and no dialog: all could hold what people wrote."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, stream)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002 | 0x8000)


def _limit_memory() -> None:
    """Where the system can, a request beyond the limit fails; the parent watches everywhere."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _answer(path: str) -> Iterator[Message]:
    """The messages about one file; the last is `done`, `refused` or `failed`."""
    try:
        yield from _read(Path(path))
    except Refused as refused:
        yield "refused", str(refused)
    except MemoryError:
        yield "refused", TOO_LARGE
    except OSError:
        yield "refused", DENIED
    except Exception as error:  # noqa: BLE001 - a file must not end the import; the parent logs it
        yield "failed", _where(error)


def _where(error: Exception) -> str:
    """The kind and place of an error, without its text: that may hold what people wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _read(path: Path) -> Iterator[Message]:
    data = path.read_bytes()
    content = content_of(data[:SAMPLE])
    if content in LEFT_OUT:
        raise Refused(LEFT_OUT[content])
    match content:
        case Content.ZIP:
            yield (
                "patience",
                patience(len(data) * 10),
            )  # the zip is unpacked once to be looked through
            archive = check_archive(data)
            yield "patience", patience(archive.unpacked)
            yield from _parsed(data, archive.date1904)
        case Content.COMPOUND:
            yield "patience", patience(len(data))
            yield from _parsed(data, _checked_globals(data))
        case Content.WEB_PAGE:
            yield "patience", patience(len(data) * 4)
            yield from _grids([read_page(decode(data))])
        case Content.XML_SHEET:
            yield "patience", patience(len(data))
            yield from _grids(read_spreadsheet(decode(data)))
        case _:
            yield "patience", patience(len(data))
            yield "sheet", "", True, False
            yield from _blocks(read_text(data), 0, BLOCK // 20)
    yield "done", hashlib.sha256(data).hexdigest()


def _checked_globals(data: bytes) -> bool:
    """Whether an .xls counts from 1904; raises Refused where it is encrypted or no workbook."""
    names = stream_names(data)
    if ENCRYPTED in names:
        raise Refused(PASSWORD)
    if names and not names & {"workbook", "book"}:
        raise Refused(NO_WORKBOOK)
    known = read_globals(data)
    if known.password:
        raise Refused(PASSWORD)
    return known.date1904


def _grids(grids: Sequence[Grid]) -> Iterator[Message]:
    if not any(grid.rows for grid in grids):
        raise Refused(NO_TABLE)
    for grid in grids:
        yield "sheet", grid.name, True, False
        yield "merges", _merges(grid.merges, grid.end)
        yield from _blocks(iter(grid.rows), 0, BLOCK // 20)


# ------------------------------------------------------------------ calamine


def _parsed(data: bytes, date1904: bool) -> Iterator[Message]:
    import io

    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            yield from _sheets(workbook, date1904)
    except PasswordError as error:
        raise Refused(PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        # calamine tells a broken file by many names, and by OSError though nothing was read.
        raise Refused(DAMAGED) from error


def _sheets(workbook: "CalamineWorkbook", date1904: bool) -> Iterator[Message]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(place)
        yield "sheet", about.name, about.visible is SheetVisibleEnum.Visible, date1904
        if sheet.start is None or sheet.end is None:
            continue
        yield "merges", _merges(sheet.merged_cell_ranges or [], sheet.end)
        width = sheet.end[1] + 1
        yield from _blocks(sheet.iter_rows(), sheet.start[1], max(1, BLOCK // width))


def _merges(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], end: tuple[int, int]
) -> list[tuple[int, int, int, int]]:
    """Merged ranges, each once, cut off where the sheet's cells end."""
    cut = {
        (top, left, min(bottom, end[0]), min(right, end[1])): None
        for (top, left), (bottom, right) in ranges
        if top <= end[0] and left <= end[1]
    }
    return [area for area in cut if area[:2] != area[2:]]


# ------------------------------------------------------------------ rows


def _blocks(rows: Rows, left: int, length: int) -> Iterator[Message]:
    """Rows as messages. calamine's rows begin at the first used column, `left`."""
    margin = [None] * left
    while block := list(islice(rows, length)):
        yield "rows", [margin + row if row else row for row in _tidied(block)]


def _tidied(block: list[list[Any]]) -> list[list[Any]]:
    """The rows without their empty ends, and None for every empty cell.

    Equal cells become one object: a third of the bytes in the pipe, a fifth of the unpacking.
    """
    if bool in set(map(type, chain.from_iterable(block))):
        # True is equal to 1 and must not become it.
        tidied = [[None if cell == "" else cell for cell in row] for row in block]
    else:
        once = dict[Any, Any]({"": None}).setdefault
        tidied = [list(map(once, row, row)) for row in block]
    for row in tidied:
        while row and row[-1] is None:
            row.pop()
    return tidied
