"""The window's front door: paints first, then opens the records and ties the two together."""

import logging
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.errors import EXIT_OK
from xqhz_desktop.base.log import report
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.second_start import FirstWindow, is_raised
from xqhz_desktop.ui.session import Session
from xqhz_desktop.ui.window import Window

log = logging.getLogger("xqhz")


def run(data_dir: Path | None = None, *, temporary: bool = False, dark: bool | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    The code is 0, or that of the UserError that kept the records closed.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("校企合作台账")
    theme.apply(app, dark=prefers_dark(app) if dark is None else dark)
    with ExitStack() as stack:
        folder = _folder(data_dir, temporary, stack)
        if not temporary and is_raised(folder.root):
            return EXIT_OK
        session = Session(folder, date.today())
        session.opening.may_be_first = not (temporary or (data_dir and data_dir.exists()))
        session.temporary = temporary
        session.opening.fixed = data_dir is not None
        stack.callback(session.close)
        if not temporary:
            first = FirstWindow(session.window)
            first.hear(folder.root)
            session.opening.opened.connect(lambda _: first.hear(session.opening.folder.root))
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
        self._window.tell_bug(report(error))
