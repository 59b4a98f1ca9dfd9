"""A second start of the same account on the same folder: the first window comes to the front.

They meet at a named local socket, which no other computer and no other account can reach.
"""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

_CONNECT_MS = 300
_ANSWER_MS = 1_500  # a window that does not answer by then is not at work any more
_HERE = b"here"


class FirstWindow(QObject):
    """Hears of further starts as long as the window lives, and brings it to the front."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def hear(self, root: Path) -> None:
        """Answer for a folder from now on; what a program that crashed has left is replaced."""
        name = _name(root)
        if self._server.serverName() == name:
            return
        self._server.close()
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def _answer(self) -> None:
        while caller := self._server.nextPendingConnection():
            caller.write(_HERE)
            caller.flush()
            caller.disconnected.connect(caller.deleteLater)
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        QApplication.alert(self._window)


def is_raised(root: Path) -> bool:
    """Whether a window of this account has the folder open; it is in front then."""
    caller = QLocalSocket()
    caller.connectToServer(_name(root))
    if not caller.waitForConnected(_CONNECT_MS):
        return False
    answered = caller.waitForReadyRead(_ANSWER_MS)
    caller.disconnectFromServer()
    return answered


def _name(root: Path) -> str:
    """Names account and folder without telling either."""
    said = f"{getpass.getuser()}\0{root.resolve()}"
    return f"xqhz-{hashlib.sha256(said.encode()).hexdigest()[:20]}"
