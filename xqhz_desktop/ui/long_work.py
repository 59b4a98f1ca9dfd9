"""Work that takes its time: one sentence says how far it is, with a way to stop it."""

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.worker import Job, Show, Work


def long_work(desk: Desk, doing: str, work: Work, done: Show, *, reads: bool = False) -> Job:
    """Do it on the writing thread, or beside it where it only reads; cancelled, it left nothing."""

    def say(what: str = "") -> None:
        desk.said.emit(f"{doing}{f'：{what}' if what else ''}…", "", ("取消", job.cancel))

    def step(_done: int, _all: int, what: str) -> None:
        say(what)

    job: Job = (desk.worker.compute if reads else desk.worker.write)(work, done)
    job.progressed.connect(step)
    job.cancelled.connect(lambda: desk.said.emit("已取消，没有留下任何文件。", "", None))
    say()
    return job
