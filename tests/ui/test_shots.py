"""`dev.py shots` takes a picture of every page and dialog; what stands there has a name.

The walk through the whole program is gone once for both.
"""

from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from xqhz_desktop.ui import shots
from xqhz_desktop.ui.navigation import PLACES
from xqhz_desktop.ui.window import REGISTER_PLACES


@dataclass
class Walk:
    """What was seen on the way."""

    folder: Path
    said: StringIO = field(default_factory=StringIO)
    nameless: dict[str, set[str]] = field(default_factory=dict)
    named: int = 0

    def look(self, name: str, what: QWidget) -> None:
        """Note what takes the keys and could not be told to whoever does not see it."""
        for one in (what, *what.findChildren(QWidget)):
            if one.focusPolicy() == Qt.FocusPolicy.NoFocus or not one.isVisible():
                continue
            said = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
            self.named += bool(said.strip())
            if not said.strip() and not one.objectName().startswith("qt_"):
                where = one.parentWidget()
                self.nameless.setdefault(name, set()).add(
                    f"{type(one).__name__} {one.objectName()} in {type(where).__name__}"
                )


@pytest.fixture(scope="module")
def walk(qapp, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The way through the program, once."""
    seen = Walk(tmp_path_factory.mktemp("shots"))
    take = shots.Camera.take

    def look(camera: shots.Camera, name: str, what: QWidget | None = None) -> None:
        take(camera, name, what)
        seen.look(name, what or camera.window)

    with pytest.MonkeyPatch.context() as patch, redirect_stdout(seen.said):
        patch.setattr(shots.Camera, "take", look)
        assert shots.main([str(seen.folder), "--size", "1100x700"]) == 0
    return seen


def test_whatever_takes_the_keys_has_a_name_on_every_page_and_dialog(walk: Walk) -> None:
    assert walk.nameless == {}
    assert walk.named > 1000


def test_every_page_and_dialog_has_its_picture(walk: Walk) -> None:
    taken = sorted(walk.folder.glob("*.png"))
    assert f"{len(taken)} 张截图" in walk.said.getvalue()
    names = [path.stem.partition("-")[2] for path in taken]
    assert set(PLACES) - set(REGISTER_PLACES) <= set(names)
    registers = [f"register-{name}" for _, all_ in REGISTER_PLACES.values() for name in all_]
    assert set(registers) <= set(names)
    assert {
        "dialog-mapping",
        "dialog-undo",
        "dialog-restore",
        "dialog-bug",
        "record-of-a-person",
        "dialog-export",
        "dialog-delete",
        "dialog-erase",
        "dialog-undo-over",
        "deleted-records",
        "guide",
        "yearbook-preview",
        "filter-window",
        "dialog-fill",
        "dialog-split",
        "dialog-merge",
        "find",
        "waiting-row",
        "handed-out",
        "batch",
        "batch-checklist",
        "dialog-due-list",
        "dialog-place",
    } <= set(names)

    images = {name: QImage(str(path)) for name, path in zip(names, taken, strict=True)}
    assert images["board"].size().toTuple() == (1100, 700)
    # No two pictures of pages are the same: each came to rest on what it is named after.
    pages = [images[name] for name in (*registers, "board", "plan", "findings", "waiting")]
    assert all(one != other for at, one in enumerate(pages) for other in pages[:at])
