"""Work that takes its time and leaves nothing where it is stopped."""

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.worker import Job, Show, Work


def long_work(desk: Desk, doing: str, work: Work, done: Show, *, reads: bool = False) -> Job:
    """Do it on the writing thread, or beside it where it only reads; say so when it was stopped."""
    worker = desk.worker
    job = (worker.compute if reads else worker.write)(work, done, doing=doing)
    job.cancelled.connect(lambda: desk.said.emit("已取消，没有留下任何文件。", "", None))
    return job
