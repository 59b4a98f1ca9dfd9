"""A window in a process of its own that is typed into and then killed: run by a test.

    python -m tests.ui.typing_to_death FOLDER

Says “typed” when the last key has been pressed; whoever started it kills it then.
"""

import sys
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.session import Session


def type_into(session: Session) -> None:
    """Open the form of a new firm and the grid of agreements, and type into both."""
    window = session.window
    if window.desk is None or window.worker.busy:
        QTimer.singleShot(20, lambda: type_into(session))
        return
    window.go("firms")
    page = window.pages["firms"]
    page.begin_new()
    QTest.keyClicks(page.panel.form.fields["name"], "Ding Gongsi")
    QTest.keyClicks(page.panel.form.fields["contact"], "Qian Da")
    page.model.enter([(page.model.records, page.model.names.index("district"), "Dongqu", None)])
    print("typed", time.monotonic(), flush=True)


def main() -> None:
    """Start as the program does."""
    app = QApplication([])
    theme.apply(app)
    session = Session(DataFolder(Path(sys.argv[1])), date(2025, 9, 15))
    session.window.show()
    session.open()
    QTimer.singleShot(0, lambda: type_into(session))
    app.exec()


if __name__ == "__main__":
    main()
