"""One writer a folder: a second is told who has it, and a dead one has it no longer."""

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_READ_ONLY, UserError
from xqhz_desktop.store.lock import FolderLock, Holder, holder_of

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys, pathlib;"
    "from xqhz_desktop.store.lock import FolderLock;"
    "lock = FolderLock(pathlib.Path(sys.argv[1]), '李四', '2025-03-01 08:00');"
    "print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the lock lies."""
    return tmp_path / "xqhz.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_a_second_process_is_told_who_has_the_folder(path: Path) -> None:
    with pytest.raises(UserError, match=r"李四.*2025-03-01 08:00") as caught:
        FolderLock(path, "王一", "now")
    assert caught.value.code == EXIT_LOCKED


def test_the_lock_of_a_killed_process_clears_itself(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    holder.wait()
    assert path.exists()
    lock = FolderLock(path, "王一", "now")
    assert "王一" in path.read_text("utf-8")
    lock.release()


def test_a_released_lock_can_be_taken_again(path: Path) -> None:
    FolderLock(path, "王一", "now").release()
    FolderLock(path, "李四", "later").release()


def test_one_process_cannot_take_it_twice(path: Path) -> None:
    lock = FolderLock(path, "王一", "now")
    with pytest.raises(UserError, match="王一"):
        FolderLock(path, "王一", "now")
    lock.release()


def test_who_holds_it_is_unknown_where_the_note_cannot_be_read(path: Path) -> None:
    lock = FolderLock(path, "王一", "now")
    path.write_bytes(b"\xff\xfe garbage")
    with pytest.raises(UserError, match="另一个程序"):
        FolderLock(path, "李四", "later")
    lock.release()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "xqhz.lock").mkdir()
    with pytest.raises(UserError) as caught:
        FolderLock(tmp_path / "xqhz.lock", "王一", "now")
    assert caught.value.code == EXIT_READ_ONLY
    assert str(tmp_path) in caught.value.message


def test_a_program_can_ask_who_holds_it(path: Path, holder: subprocess.Popen[str]) -> None:
    found = holder_of(path)
    assert found == Holder("李四", platform.node(), "2025-03-01 08:00", holder.pid)
    assert found.here
    holder.kill()
    holder.wait()
    assert holder_of(path) is None


def test_nobody_holds_what_is_not_there_or_was_released(path: Path) -> None:
    assert holder_of(path) is None
    assert not path.exists()
    FolderLock(path, "王一", "now").release()
    assert holder_of(path) is None
    FolderLock(path, "王一", "now").release()  # asking has not kept it


@pytest.mark.usefixtures("holder")
@pytest.mark.parametrize("note", ["", "[]", "{}", '{"who": 1}', "[" * 100_000])
def test_a_holder_whose_note_cannot_be_read_is_one_all_the_same(path: Path, note: str) -> None:
    path.write_text(note, "utf-8")
    assert holder_of(path) == Holder()
    assert not Holder().here


def test_a_lock_that_is_only_being_asked_about_can_be_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FolderLock(path, "王一", "now").release()
    asking = FolderLock(path, "王一", "now")
    monkeypatch.setattr(time, "sleep", lambda _: asking.release())
    FolderLock(path, "李四", "later").release()


def test_what_cannot_be_tried_counts_as_held_by_whoever_is_noted(path: Path) -> None:
    path.mkdir()
    assert holder_of(path) == Holder()
