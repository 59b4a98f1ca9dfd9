"""Pictures of internships as they are lived: a batch, its list, what is done for many at once."""

from typing import TYPE_CHECKING, Any

from xqhz_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from xqhz_desktop.ui.shots import Camera

_BATCH = {
    "name": "2025-2026学年第一批", "school_year": "2025", "kind": "岗位实习", "form": "集中",
    "start": "2025-9-1", "end": "2026-6-30",
}  # fmt: skip


def take_training(camera: "Camera", desk: Desk) -> None:
    """Walk through a batch with the sample school; the records are as before."""
    from xqhz_desktop.services.history import actions, undo

    camera.window.go("batch")
    camera.take("batch-none")
    last = actions(desk.office, 1)[0].id
    _begin(desk)
    page: Any = camera.window.pages["batch"]
    page.read()
    camera.take("batch")
    page.tabs.setCurrentIndex(1)
    page.sheet.selectRow(0)
    camera.take("batch-checklist")
    _take_dialogs(camera, desk, page)
    for line in actions(desk.office):
        if line.id > last:
            undo(desk.office, line.id)


def _begin(desk: Desk) -> None:
    """A batch, its list, some of whom are placed."""
    from xqhz_desktop.services import tables
    from xqhz_desktop.services.entry.editing import Edit, set_cells
    from xqhz_desktop.services.internships.doing import carry_out
    from xqhz_desktop.services.internships.due_list import classes, due_from_classes

    office = desk.office
    batch = set_cells(office, "batches", [Edit(None, *one) for one in _BATCH.items()]).ids[0]
    due_from_classes(office, batch, [one.id for one in classes(office, batch)][-2:])
    firm = tables.rows(office, "firms", tables.ids(office, "firms")[:1])[0]["name"]
    place = {"firm": firm, "start": "2025-9-1", "position": "钳工", "arrangement": "集中"}
    carry_out(office, "place", tables.ids(office, "dues")[:9], place)


def _take_dialogs(camera: "Camera", desk: Desk, page: Any) -> None:
    from xqhz_desktop.services import tables
    from xqhz_desktop.services.internships.deeds import DEEDS
    from xqhz_desktop.ui.pages.deeds import DeedDialog
    from xqhz_desktop.ui.pages.due_list import DueListDialog

    for name, dialog in (
        ("dialog-due-list", DueListDialog(page, desk, None)),
        ("dialog-place", DeedDialog(page, desk, DEEDS["place"], tables.ids(desk.office, "dues"))),
    ):
        dialog.open()
        camera.take(name, dialog)
        dialog.close()
