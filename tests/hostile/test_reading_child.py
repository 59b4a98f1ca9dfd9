"""The process that parses is ended at 5 s without progress and kept below 600 MB, by real files."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.hostile.corpus import pack, parts, sheet
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.workbooks import child
from xqhz_desktop.services.workbooks.reading import WorkbookReader

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a lease is Linux's")
MB = 1 << 20


@contextmanager
def held_back(path: Path) -> Iterator[None]:
    """Meanwhile whoever opens the file waits, as for a network drive that does not answer."""
    import fcntl

    asked = signal.signal(signal.SIGIO, signal.SIG_IGN)  # the system asks for the lease back
    with path.open("r+b") as file:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        try:
            yield
        finally:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            signal.signal(signal.SIGIO, asked)


def refusal(reader: WorkbookReader, path: Path) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(UserError) as caught:
        reader.read(path)
    return caught.value.message


@linux
def test_a_file_that_gives_nothing_is_given_up_after_five_seconds(tmp_path: Path) -> None:
    path, other = tmp_path / "网盘上的.csv", tmp_path / "别的.csv"
    path.write_text("姓名\n王一\n", "utf-8")
    other.write_text("姓名\n王二\n", "utf-8")
    with WorkbookReader() as reader:
        reader.read(other)
        with held_back(path):
            started = time.monotonic()
            assert "没有进展" in refusal(reader, path)
            assert child.PATIENCE <= time.monotonic() - started < child.PATIENCE + 2
        assert reader.read(other).sheets[0].rows == [["姓名"], ["王二"]]


class Watch(threading.Thread):
    """Notes the most that any child of this process used."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Look a hundred times a second."""
        while not self.over.wait(0.01):
            for one in psutil.Process(os.getpid()).children():
                try:
                    self.most = max(self.most, one.memory_info().rss)
                except psutil.Error:
                    continue


def test_a_file_that_eats_all_memory_gets_no_more_than_its_share(tmp_path: Path) -> None:
    far = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>"
    path = pack(tmp_path / "贪吃.xlsx", parts(sheet(far)))
    watch = Watch()
    with WorkbookReader() as reader:
        watch.start()
        said = refusal(reader, path)
        watch.over.set()
        assert "内存" in said
        assert watch.most < child.MEMORY + 100 * MB
        good = tmp_path / "好的.csv"
        good.write_text("1\n", "utf-8")
        assert reader.read(good).sheets[0].rows == [["1"]]
