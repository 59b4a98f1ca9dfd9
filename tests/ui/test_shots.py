"""`dev.py shots` takes a picture of every page and dialog."""

from PySide6.QtGui import QImage

from xqhz_desktop.ui import shots
from xqhz_desktop.ui.navigation import PLACES
from xqhz_desktop.ui.window import REGISTER_PLACES


def test_every_page_and_dialog_has_its_picture(qapp, tmp_path, capsys):
    assert shots.main([str(tmp_path), "--size", "1100x700"]) == 0
    taken = sorted(tmp_path.glob("*.png"))
    assert f"{len(taken)} 张截图" in capsys.readouterr().out
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
    } <= set(names)

    images = {name: QImage(str(path)) for name, path in zip(names, taken, strict=True)}
    assert images["board"].size().toTuple() == (1100, 700)
    # No two pictures of pages are the same: each came to rest on what it is named after.
    pages = [images[name] for name in (*registers, "board", "plan", "findings", "waiting")]
    assert all(one != other for at, one in enumerate(pages) for other in pages[:at])
