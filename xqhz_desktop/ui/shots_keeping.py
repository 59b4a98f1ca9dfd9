"""Pictures of what keeps records safe: attachments, deletion, erasure, whole numbers, the guide."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QMessageBox

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.dialogs import question_box

if TYPE_CHECKING:
    from xqhz_desktop.ui.shots import Camera


def take_keeping(camera: "Camera", desk: Desk) -> None:
    """Walk through it with one student of the sample school; the records are as before."""
    window = camera.window
    window.go("register", "students")
    camera.rest()
    page: Any = window.pages["more"]
    page.sheet.selectRow(2)
    page.sheet.opened.emit(2, 0)
    camera.take("record-of-a-person")
    _take_whole(camera, page)
    _take_leaving(camera, desk, page)
    _take_history(camera, desk, page.model.id_at(2))
    from xqhz_desktop.ui.guide import open_guide

    guide = open_guide(window, "settings")
    camera.take("guide", guide)
    guide.close()


def _take_whole(camera: "Camera", page: Any) -> None:
    from xqhz_desktop.ui.pages.exporting import ExportDialog, Offer

    page.whole.toggle()
    camera.take("whole-numbers")
    page.whole.toggle()
    offer = Offer("学生", 325, 12, personal=True, public=True, may_whole=True)
    dialog = ExportDialog(page, offer, lambda _: None)
    dialog.whole.setChecked(True)
    _take(camera, "dialog-export", dialog)


def _take_leaving(camera: "Camera", desk: Desk, page: Any) -> None:
    """What is asked before a record goes."""
    from xqhz_desktop.services import deleting
    from xqhz_desktop.services.privacy import erasing
    from xqhz_desktop.ui.pages.deleting import question
    from xqhz_desktop.ui.pages.erasing import ErasingDialog

    record, name = page.model.id_at(2), page.panel.title
    going = deleting.going(desk.office, "students", [record])
    _ask(camera, "dialog-delete", *question("students", name, going), "不删除")
    plan = erasing.plan(desk.office, "students", record)
    _take(camera, "dialog-erase", ErasingDialog(page, plan, lambda _: None))


def _take_history(camera: "Camera", desk: Desk, record: int) -> None:
    from xqhz_desktop.services import deleting, history
    from xqhz_desktop.ui.pages.undoing import over

    office, window = desk.office, camera.window
    done = deleting.delete(office, "students", [record], with_what_belongs=True)
    window.go("history")
    page: Any = window.pages["history"]
    page.read()
    page.tabs.setCurrentIndex(1)
    camera.take("deleted-records")
    page.tabs.setCurrentIndex(0)
    line = next(one for one in history.actions(office) if one.kind == "import")
    _ask(camera, "dialog-undo-over", *over(line, history.later(office, line.id)))
    history.undo(office, done.action)


def _ask(camera: "Camera", name: str, question: str, more: str, verb: str, stay: str) -> None:
    icon = QMessageBox.Icon.Warning
    box, _, _ = question_box(camera.window, icon, question, more, verb, stay)
    _take(camera, name, box)


def _take(camera: "Camera", name: str, dialog: QDialog) -> None:
    dialog.open()
    camera.take(name, dialog)
    dialog.close()
