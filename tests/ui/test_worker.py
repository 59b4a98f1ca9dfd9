"""Long work leaves the window's thread, and its answer comes back to it."""

import gc
import threading

import pytest

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui.worker import Worker


@pytest.fixture
def worker(qtbot):
    made = Worker()
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_answered_here(qtbot, worker):
    where: list[threading.Thread] = []
    answers: list[tuple[int, threading.Thread]] = []

    def work(_: Task) -> int:
        where.append(threading.current_thread())
        return 42

    worker.write(work, lambda answer: answers.append((answer, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert where[0] is not threading.main_thread()
    assert answers == [(42, threading.main_thread())]


def test_writing_is_done_one_after_another_beside_computing_and_reading(qtbot, worker):
    gate = threading.Event()
    done: list[str] = []
    worker.write(lambda _: gate.wait(20), lambda _: done.append("first"))
    worker.write(lambda _: None, lambda _: done.append("second"))
    worker.compute(lambda _: gate.wait(20), lambda _: done.append("computed"))
    worker.read(lambda _: None, lambda _: done.append("read"))
    qtbot.waitUntil(lambda: done == ["read"])
    assert worker.writing
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert done[0] == "read"
    assert done.index("first") < done.index("second")


def test_progress_arrives_in_order_and_ends_with_the_last_step(qtbot, worker):
    steps: list[tuple[int, int, str]] = []

    def work(task: Task) -> None:
        for number in range(1, 1001):
            task.step(number, 1000, "写入")

    job = worker.write(work, lambda _: None)
    job.progressed.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(job.ended):
        pass
    assert steps == sorted(steps)
    assert steps[-1] == (1000, 1000, "写入")
    assert len(steps) < 100


def test_a_cancel_ends_the_work_without_an_answer(qtbot, worker):
    started, answers = threading.Event(), []

    def work(task: Task) -> None:
        started.set()
        while True:
            task.check()

    job = worker.write(work, answers.append)
    started.wait(20)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == []


def test_a_user_error_is_told_by_its_sentence(qtbot, worker):
    def work(_: Task) -> None:
        raise UserError("磁盘满了，请清理后再试。", 7)

    with qtbot.waitSignal(worker.refused) as told:
        worker.write(work, lambda _: None)
    assert told.args[0].message == "磁盘满了，请清理后再试。"


def test_our_bug_is_logged_and_told_with_its_details(qtbot, worker, caplog):
    with qtbot.waitSignal(worker.broke) as told:
        worker.read(lambda _: 1 // 0, lambda _: None)
    assert "ZeroDivisionError" in told.args[0]
    assert "ZeroDivisionError" in caplog.text
    qtbot.waitUntil(lambda: not worker.busy)


def test_garbage_dies_on_the_windows_thread_alone(qtbot, worker):
    died: list[threading.Thread] = []

    class Cycle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died.append(threading.current_thread())

    answers: list[None] = []
    worker.compute(lambda _: [Cycle() for _ in range(5_000)] and None, answers.append)
    qtbot.waitUntil(lambda: bool(died), timeout=20_000)
    assert answers == [None]
    assert set(died) == {threading.main_thread()}


def test_python_collects_by_itself_again_once_the_threads_have_ended(qtbot):
    made = Worker()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
