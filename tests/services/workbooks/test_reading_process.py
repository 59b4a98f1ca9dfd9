"""The reading process: whatever happens to it, the next file is read, and nothing is left."""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from xqhz_desktop.base.errors import Cancelled, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.workbooks import child
from xqhz_desktop.services.workbooks.reading import WorkbookReader

unix = pytest.mark.skipif(os.name == "nt", reason="needs signals of Unix")


@pytest.fixture
def path(tmp_path) -> Path:
    """A small file to read."""
    path = tmp_path / "名册.csv"
    path.write_text("1\n", "utf-8")
    return path


def refusal(reader: WorkbookReader, path: Path) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(UserError) as caught:
        reader.read(path)
    return caught.value.message


def the_child() -> psutil.Process:
    """The reading process; no other may be open in this test."""
    (process,) = multiprocessing.active_children()
    return psutil.Process(process.pid)


@unix
def test_a_child_that_stands_still_is_ended(path, monkeypatch):
    monkeypatch.setattr(child, "PATIENCE", 0.5)
    with WorkbookReader() as reader:
        reader.read(path)
        os.kill(the_child().pid, signal.SIGSTOP)
        assert "没有进展" in refusal(reader, path)
        assert reader.read(path).sheets[0].rows == [["1"]]


@unix
def test_a_child_that_dies_is_replaced(path):
    with WorkbookReader() as reader:
        reader.read(path)
        victim = the_child()
        victim.kill()
        while victim.status() != psutil.STATUS_ZOMBIE:  # a wait would take it from its parent
            time.sleep(0.01)
        assert "读不出" in refusal(reader, path)
        assert reader.read(path).sheets[0].rows == [["1"]]


@unix
def test_a_child_that_grows_is_ended_where_the_system_does_not_do_it(path, monkeypatch):
    with WorkbookReader() as reader:
        reader.read(path)
        monkeypatch.setattr(child, "MEMORY", 1 << 20)  # the running child keeps its own limit
        os.kill(the_child().pid, signal.SIGSTOP)
        assert "内存不够" in refusal(reader, path)


@unix
def test_a_cancel_ends_a_child_that_stands_still(path):
    task = Task()
    with WorkbookReader(task) as reader:
        reader.read(path)
        os.kill(the_child().pid, signal.SIGSTOP)
        threading.Timer(0.3, task.cancel).start()
        with pytest.raises(Cancelled):
            reader.read(path)


def test_no_child_is_left_behind(path):
    with WorkbookReader() as reader:
        reader.read(path)
        process = the_child()
    assert not process.is_running()
