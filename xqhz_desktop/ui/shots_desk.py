"""Pictures of the clerk's desk: finding, filters, many rows at once, firms that stand twice."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from xqhz_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from xqhz_desktop.ui.shots import Camera


def take_desk(camera: "Camera", desk: Desk) -> None:
    """Walk through it with the sample school; the records are as before."""
    page = _take_register(camera, desk)
    _take_many(camera, desk, page)
    _take_find(camera, desk)
    _take_waiting(camera)
    _take_handing_out(camera, desk)


def _take_register(camera: "Camera", desk: Desk) -> Any:
    """Filters as chips, the window of one, a record as a form with what is wrong in it."""
    from xqhz_desktop.services.narrowing import Empty

    camera.window.go("register", "placements")
    camera.rest()
    page: Any = camera.window.pages["placements"]
    page.narrowed.click()
    camera.rest()
    page.narrowing.ask("firm")
    camera.rest()
    camera.take("filter-window", page.narrowing.asking)
    page.narrowing.asking.close()
    page.narrowing.put("firm_supervisor", Empty("firm_supervisor"))
    camera.take("filtered")
    page.narrowing.put("firm_supervisor", None)
    camera.rest()
    return page


def _take_many(camera: "Camera", desk: Desk, page: Any) -> None:
    """What is done to many rows at once."""
    from xqhz_desktop.ui.pages.filling import FillDialog
    from xqhz_desktop.ui.pages.merging import MergeDialog
    from xqhz_desktop.ui.pages.splitting import SplitDialog

    ids = [page.model.id_at(at) for at in range(12)]
    _take(camera, "dialog-fill", FillDialog(page, desk, "placements", ids))
    _take(camera, "dialog-split", SplitDialog(page, desk, "placements"))
    _take(camera, "dialog-merge", MergeDialog(page, desk))


def _take_find(camera: "Camera", desk: Desk) -> None:
    from xqhz_desktop.ui.finding import FindDialog

    dialog = FindDialog(camera.window, desk)
    dialog.open()
    camera.rest()
    dialog.field.setText("王")
    camera.take("find", dialog)
    dialog.field.setText("查无此人")
    camera.take("find-nothing", dialog)
    dialog.close()


def _take_waiting(camera: "Camera") -> None:
    camera.window.go("waiting")
    camera.rest()
    page: Any = camera.window.pages["waiting"]
    page.sheet.setFocus()
    page.sheet.selectRow(3)
    page.sheet.opened.emit(3, 0)
    camera.take("waiting-row")


def _take_handing_out(camera: "Camera", desk: Desk) -> None:
    """The page before anything went out, and with three workbooks that did not come back."""
    from xqhz_desktop.services.history import undo
    from xqhz_desktop.services.outgoing.handing_out import hand_out

    camera.window.go("handing_out")
    camera.take("handing_out")
    office, now = desk.office, desk.office.now
    office.now = lambda: now() - timedelta(days=20)
    try:
        with TemporaryDirectory(prefix="xqhz-shots-") as folder:
            hand_out(office, "placements", "class_name", Path(folder), ["phone"])
    finally:
        office.now = now
    page: Any = camera.window.pages["handing_out"]
    page.read()
    camera.take("handed-out")
    undo(office, None)


def _take(camera: "Camera", name: str, dialog: QDialog) -> None:
    dialog.open()
    camera.take(name, dialog)
    dialog.close()
