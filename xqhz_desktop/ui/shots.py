"""Pictures of every page and dialog with the sample school, without a screen.

python -m xqhz_desktop.ui.shots OUT [--dark] [--size 1366x768]
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk, Files, Rows
from xqhz_desktop.ui.dialogs import bug_dialog, question_box
from xqhz_desktop.ui.shots_desk import take_desk
from xqhz_desktop.ui.shots_door import take_door
from xqhz_desktop.ui.shots_keeping import take_keeping
from xqhz_desktop.ui.shots_training import take_training
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

_LONGEST_MS = 120_000
# The day of every picture, so that two runs show the same.
_NOW = datetime(2025, 9, 15, 9, 0)


class Camera:
    """Takes numbered pictures of a window into a folder."""

    def __init__(self, out: Path, window: Window) -> None:
        self.out = out
        self.window = window
        self.taken: list[Path] = []
        out.mkdir(parents=True, exist_ok=True)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        wait(lambda: not self.window.worker.busy)

    def take(self, name: str, what: QWidget | None = None) -> None:
        """Wait until nothing is under way, then take the picture."""
        self.rest()
        path = self.out / f"{len(self.taken) + 1:02d}-{name}.png"
        if not (what or self.window).grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        self.taken.append(path)


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something holds. Raises TimeoutError after two minutes."""
    deadline = QDeadlineTimer(_LONGEST_MS)
    quiet = 0
    while quiet < 3:
        turn = QEventLoop()
        QTimer.singleShot(15, turn.quit)
        turn.exec()
        quiet = quiet + 1 if until() else 0
        if deadline.hasExpired():
            raise TimeoutError("a page did not come to rest")


def take_all(camera: Camera, desk: Desk) -> None:
    """Walk through the program as a clerk on the first day."""
    from xqhz_desktop.services.importing import sample_folder
    from xqhz_desktop.ui.pages.importing import ImportPage

    window = camera.window
    camera.take("first-start")
    window.go("firms")
    camera.take("empty-register")
    window.go("board")
    camera.take("empty-board")
    window.go("import")
    camera.take("import")
    window.drop_hint.offer(3)
    camera.take("drop")
    window.drop_hint.hide()
    window.go("import", Files((sample_folder(),)))
    page: Any = window.pages["import"]
    assert isinstance(page, ImportPage)
    camera.take("plan")
    _take_groups(camera, page)
    _take_mapping(camera, page)
    page.go_on.click()
    camera.take("imported")
    _take_filled(camera, desk)


def _take_groups(camera: Camera, page: Any) -> None:
    for at, group in enumerate(page.view.groups):
        if at:
            page.view.tabs.setCurrentIndex(at)
            camera.take(f"plan-{group.title}")


def _take_mapping(camera: Camera, page: Any) -> None:
    from xqhz_desktop.ui.pages.mapping import MappingDialog

    sheet = next(one for one in page.view.plan.sheets if one.register == "placements")
    dialog = MappingDialog(camera.window, sheet, page.desk.today)
    dialog.open()
    camera.take("dialog-mapping", dialog)
    dialog.close()


def _take_filled(camera: Camera, desk: Desk) -> None:
    window = camera.window
    for place in ("start", "board"):
        window.go(place)
        camera.take(place)
    board: Any = window.pages["board"]
    board.views.setCurrentIndex(1)
    camera.take("board-table")
    _take_registers(camera)
    for place in ("import", "waiting", "findings"):
        window.go(place)
        camera.take(place)
    _take_book(camera)
    desk.office.backup("手动")
    for place in ("backups", "history", "security", "settings"):
        window.go(place)
        camera.take(place)
    take_desk(camera, desk)
    take_training(camera, desk)
    take_keeping(camera, desk)
    take_door(camera, desk)
    _take_dialogs(camera, desk)


def _take_registers(camera: Camera) -> None:
    from xqhz_desktop.ui.window import REGISTER_PLACES

    window = camera.window
    for place, (_, registers) in REGISTER_PLACES.items():
        for register in registers:
            window.go(place, register)
            camera.take(f"register-{register}")
    window.go("register", "placements")
    page: Any = window.pages["placements"]
    wait(lambda: not window.worker.busy)
    page.sheet.selectRow(2)
    page.sheet.opened.emit(2, 0)
    camera.take("record")
    window.go("register", Rows("placements", (1, 2, 3), "集中岗位实习率，2024年度，分子"))
    camera.take("rows-behind-a-number")
    page.search.setText("没有这样的词")
    wait(lambda: page.stages.currentIndex() == 1)
    camera.take("nothing-found")


def _take_book(camera: Camera) -> None:
    window = camera.window
    window.go("yearbook")
    camera.take("yearbook")
    page: Any = window.pages["yearbook"]
    page.make.click()
    camera.take("yearbook-preview")


def _take_dialogs(camera: Camera, desk: Desk) -> None:
    window = camera.window
    window.say("数据没有写入：磁盘空间不足或文件被占用，请检查后重试。", "warn")
    camera.take("notice")
    window.notice.hide()
    question, _, _ = question_box(
        window,
        QMessageBox.Icon.Question,
        "撤销“导入 22 个工作簿：新增 1,327，待更正 81”？",
        "这次操作写入的内容会恢复到操作之前；撤销本身也能再撤销。",
        "撤销这次操作",
        "不撤销",
    )
    question.open()
    camera.take("dialog-undo", question)
    question.close()
    _take_restore(camera, desk)
    box = bug_dialog(window, "Traceback …")
    box.open()
    camera.take("dialog-bug", box)
    box.close()


def _take_restore(camera: Camera, desk: Desk) -> None:
    from xqhz_desktop.services.safety import backups
    from xqhz_desktop.ui.pages.backups import question

    backup = backups.listed(desk.office.folder.backups)[-1]
    asked, more = question(backup, backup.name, backups.present(desk.office))
    icon = QMessageBox.Icon.Warning
    box, _, _ = question_box(camera.window, icon, asked, more, "恢复这份备份", "不恢复")
    box.open()
    camera.take("dialog-restore", box)
    box.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures; says on stdout how many. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="shots", description="每个页面的截图")
    parser.add_argument("out", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1366x768")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QApplication(["shots"])
    assert isinstance(app, QApplication)
    theme.apply(app, dark=options.dark)
    width, height = map(int, options.size.split("x"))
    with TemporaryDirectory(prefix="xqhz-shots-", ignore_cleanup_errors=True) as folder:
        taken = _photographed(options.out, DataFolder(Path(folder)), width, height)
    print(f"{len(taken)} 张截图：{options.out}")
    return 0


def _photographed(out: Path, folder: DataFolder, width: int, height: int) -> list[Path]:
    from xqhz_desktop.services.office import Office

    worker = Worker()
    window = Window(worker)
    window.resize(width, height)
    window.show()
    office: Office = Office.open(folder, "王敏", lambda: _NOW)
    try:
        desk = Desk(office, worker, _NOW.date())
        window.open_desk(desk)
        camera = Camera(out, window)
        take_all(camera, desk)
        return camera.taken
    finally:
        worker.stop()
        office.close()
        window.close()
        window.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
