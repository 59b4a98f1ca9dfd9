"""What is seen while files are dragged over the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFrame, QWidget

from xqhz_desktop.ui.parts import column, label, picture, row


class DropHint(QFrame):
    """Covers the window and says what happens when the mouse is let go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("", 14, bold=True)
        self.setLayout(
            column(
                0,
                row(0, picture("import", "accent", 40), 0),
                row(0, self._words, 0),
                row(0, label("先列清单给您看，不会马上写入。", tone="second"), 0),
                0,
            )
        )
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def offer(self, count: int) -> None:
        """Say how many files or folders would be read."""
        self._words.setText(f"松开鼠标，读取这 {count} 个文件或文件夹")
        self.cover()
        self.raise_()
        self.show()

    def cover(self) -> None:
        """Stay as large as the window."""
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect().adjusted(12, 12, -12, -12))


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The local files and folders of a drag; empty where it holds none."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
