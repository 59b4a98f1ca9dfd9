"""What a test of the window asks for: an office, filled or empty, and the window upon it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.importing import apply_import, plan_import, sample_folder
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.plan import Choices
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.pages.undoing import undo_action
from xqhz_desktop.ui.session import Session
from xqhz_desktop.ui.window import Window
from xqhz_desktop.ui.worker import Worker

NOW = datetime(2025, 9, 15, 9, 0)
WAIT_MS = 60_000


def opened(folder: Path) -> Office:
    """The office of a folder, at a fixed moment."""
    return Office.open(DataFolder(folder), "王敏", lambda: NOW)


@dataclass
class Seat:
    """A window with an opened office, and how a user acts upon it."""

    qtbot: Any
    window: Window
    desk: Desk

    def go(self, place: str, what: object = None) -> Any:
        """The page of a place, at rest."""
        self.window.go(place, what)
        self.rest()
        return self.window.pages[self.window.place]

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.window.worker.busy, timeout=WAIT_MS)

    def press(self, button: Any) -> None:
        """Press a button with the mouse; it must be there to be pressed."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def drop(self, *paths: Path) -> None:
        """Drag files over the window and let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        action = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(300, 300), action, data, buttons, keys)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(300, 300), action, data, buttons, keys)
        QApplication.sendEvent(self.window, drop)

    def press_tab(self, tabs: Any, at: int) -> None:
        """Press a tab with the mouse."""
        place = tabs.tabRect(at).center()
        self.qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)

    def write(self, field: Any, text: str) -> None:
        """Type Chinese: the input method commits the text."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        field.setFocus()
        QApplication.sendEvent(field, event)

    def undo_all(self) -> None:
        """Take back the last action, as the history's page does."""
        last = next(one for one in actions(self.desk.office) if one.undoable)
        undo_action(self.desk, last.id)
        self.rest()

    def headings(self, sheet: Any) -> list[str]:
        """The headings of a table."""
        return [column.label for column in sheet.model().columns]

    def texts(self, sheet: Any, heading: str) -> list[str]:
        """The cells of a column, by its heading; the empty row to type into is left out."""
        at = self.headings(sheet).index(heading)
        model = sheet.model()
        rows = getattr(model, "records", model.rowCount())
        return [model.text(row, at) for row in range(rows)]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its fonts and colours; dressing it anew costs a third of a second."""
    theme.apply(qapp)
    return qapp


@pytest.fixture
def seat(qtbot: Any, dressed: QApplication) -> Iterator[Callable[[Path], Seat]]:
    """Opens the window on a data folder: `seat(folder)`."""
    made: list[Seat] = []

    def sit(folder: Path) -> Seat:
        worker = Worker()
        window = Window(worker)
        qtbot.addWidget(window)
        window.show()
        desk = Desk(opened(folder), worker, NOW.date())
        window.open_desk(desk)
        made.append(Seat(qtbot, window, desk))
        made[-1].rest()
        return made[-1]

    yield sit
    QGuiApplication.clipboard().clear()  # offscreen, what is left there crashes the process's end
    for one in made:
        # A key that was clicked with Ctrl leaves Ctrl held down for whatever is selected next.
        qtbot.keyRelease(one.window, Qt.Key.Key_Control)
        one.window.worker.stop()
        one.desk.office.close()


@pytest.fixture
def empty(seat: Callable[[Path], Seat], tmp_path: Path) -> Seat:
    """A window on its first start."""
    return seat(tmp_path / "data")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the sample school was imported; not to be written."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    with opened(folder) as office:
        plan = plan_import(office, [sample_folder()], Task())
        apply_import(office, plan, Choices(), Task())
    return folder


@pytest.fixture
def school(seat: Callable[[Path], Seat], sample_data: Path, tmp_path: Path) -> Seat:
    """A window on a copy of the sample school."""
    shutil.copytree(sample_data, tmp_path / "data")
    return seat(tmp_path / "data")


@dataclass
class Front:
    """The whole window at its front door, and how a user acts upon it."""

    qtbot: Any
    session: Session

    @property
    def window(self) -> Window:
        """The window."""
        return self.session.window

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.session.worker.busy, timeout=WAIT_MS)

    def open(self) -> None:
        """Start as the program does, until it asks something or stands open."""
        self.session.open()
        self.rest()

    def see(self, widget: Any) -> None:
        """Wait until something is seen."""
        self.qtbot.waitUntil(widget.isVisible, timeout=WAIT_MS)
        self.rest()

    def press(self, button: Any) -> None:
        """Press a button with the mouse; it must be there to be pressed."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def enter(self, secret: str) -> None:
        """Type a password at the door and press Enter."""
        self.see(self.session.opening.door)
        field = self.session.opening.door.field
        field.setText(secret)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.rest()

    def page(self, place: str) -> Any:
        """The page of a place, at rest."""
        self.window.go(place)
        self.rest()
        return self.window.pages[place]

    def dialog(self) -> Any:
        """The dialog above the window."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        return QApplication.activeModalWidget()


@pytest.fixture
def front(qtbot: Any, dressed: QApplication) -> Iterator[Callable[..., Front]]:
    """The window at its front door: `front(folder)`; it has not opened anything yet."""
    made: list[Front] = []

    def stand(folder: Path | DataFolder, *, may_be_first: bool = False) -> Front:
        data = folder if isinstance(folder, DataFolder) else DataFolder(folder)
        session = Session(data, date(2025, 9, 15))
        session.opening.may_be_first = may_be_first
        qtbot.addWidget(session.window)
        session.window.show()
        made.append(Front(qtbot, session))
        return made[-1]

    yield stand
    for one in made:
        one.session.close()
        one.session.office = None
