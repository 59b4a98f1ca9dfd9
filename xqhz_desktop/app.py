"""The window's front door: paints first, then opens the records and ties the two together."""

import getpass
import logging
import os
import sys
import traceback
from contextlib import ExitStack
from datetime import date, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.errors import EXIT_OK, UserError
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.base.task import Task
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

log = logging.getLogger("xqhz")


class Session:
    """One opening of the window on one data folder."""

    def __init__(self, folder: DataFolder, today: date) -> None:
        self.folder = folder
        self.today = today
        self.code = EXIT_OK
        self.office: Office | None = None
        self.worker = Worker()
        self.window = Window(self.worker)

    def open(self) -> None:
        """Open the records on the writing thread; heavy libraries are imported there."""
        self.worker.write(self._open, self._opened, self._refused)

    def _open(self, _: Task) -> "Office":
        from xqhz_desktop.services.office import Office

        office = Office.open(self.folder, getpass.getuser(), datetime.now)
        log_to(self.folder)
        return office

    def _opened(self, office: "Office") -> None:
        self.code, self.office = EXIT_OK, office
        self.window.open_desk(Desk(office, self.worker, self.today))

    def _refused(self, error: UserError) -> None:
        self.code = error.code
        self.window.fail(error, self.open)

    def close(self) -> None:
        """Stop the threads and give the folder back."""
        self.worker.stop()
        if self.office is not None:
            self.office.close()


def run(data_dir: Path | None = None, *, temporary: bool = False, dark: bool | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    The code is 0, or that of the UserError that kept the records closed.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("校企合作台账")
    theme.apply(app, dark=prefers_dark(app) if dark is None else dark)
    with ExitStack() as stack:
        session = Session(_folder(data_dir, temporary, stack), date.today())
        stack.callback(session.close)
        sys.excepthook = Hook(session.window)
        session.window.show()
        QTimer.singleShot(0, session.open)
        app.exec()
        return session.code


def prefers_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark windows."""
    from PySide6.QtCore import Qt

    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _folder(data_dir: Path | None, temporary: bool, stack: ExitStack) -> DataFolder:
    if temporary:
        made = TemporaryDirectory(prefix="xqhz-", ignore_cleanup_errors=True)
        return DataFolder(Path(stack.enter_context(made)))
    return DataFolder(data_dir) if data_dir else default_data_folder()


def log_to(folder: DataFolder) -> None:
    """Keep the program's log in the data folder; where it cannot be written, on stderr alone."""
    try:
        folder.logs.mkdir(exist_ok=True)
        handler = RotatingFileHandler(
            folder.logs / "xqhz.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError as error:
        log.warning("no log file: %s", os.strerror(error.errno or 0))
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


class Hook:
    """Logs what no code expected, and shows it in one dialog."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Called by Python for an exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.error("uncaught", exc_info=(kind, error, trace))
        self._window.tell_bug("".join(traceback.format_exception(kind, error, trace)))
