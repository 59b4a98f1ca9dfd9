"""Changes one byte of an encrypted database, anywhere, and looks whether the program notices.

Called as `python -m tests.crash.changing BYTES FOLDER`; prints a Report.
"""

import shutil
import sys
from pathlib import Path
from random import Random

from tests import cheap
from tests.crash import tracing
from tests.crash.actions import LATER, NOW, clock
from tests.crash.failing import check_words
from tests.crash.report import Report
from tests.crash.sealing import PASSWORD, WHO
from tests.crash.state import Bad
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import EXIT_DAMAGED
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office

PAGE = 4096
# The salt, the first page's ends, a page's signature: where a look could be careless.
PLACES = (0, 15, 16, 100, PAGE - 1, PAGE, 2 * PAGE - 80, 2 * PAGE - 1)


def change(number: int, scratch: Path) -> Report:
    """So many bytes, each in a copy of its own, met by a command after a crash."""
    report = Report()
    (scratch / "key.txt").write_text(PASSWORD, "utf-8")
    with (
        cheap.wrapping(),
        clock(NOW),
    ):
        origin = _encrypted(scratch / "before")
        size = (origin / "xqhz.db").stat().st_size
        chance = Random(number)
        places = [*PLACES, size - 1, *(chance.randrange(size) for _ in range(number))]
        with clock(LATER):
            if (ran := _run(origin, scratch)).code:
                raise RuntimeError(f"the whole file is refused: {ran}")
            for place in places[:number]:
                _meet(origin, place, 1 << chance.randrange(8), scratch, report)
    return report


def _encrypted(folder: Path) -> Path:
    """A closed, encrypted school that has free pages, as after a crash."""
    with Office.open(DataFolder(folder), WHO, lambda: NOW) as office:
        desk = Desk(office)
        desk.bring(OFFICE)
        encryption.turn_on(office, PASSWORD, lambda _: None)
        desk.undo(2)
    (folder / "xqhz.open").touch()
    return folder


def _run(origin: Path, scratch: Path) -> tracing.Ran:
    folder = scratch / "school"
    if origin != folder and not folder.exists():
        shutil.copytree(origin, folder)
    secret = ("--key-file", str(scratch / "key.txt"))
    return tracing.run(["--data-dir", str(folder), "history", *secret], scratch)


def _meet(origin: Path, place: int, bit: int, scratch: Path, report: Report) -> None:
    folder = scratch / "school"
    shutil.rmtree(folder)
    shutil.copytree(origin, folder)
    path = folder / "xqhz.db"
    content = bytearray(path.read_bytes())
    content[place] ^= bit
    path.write_bytes(content)
    ran = _run(folder, scratch)
    report.points += 1
    report.struck += ran.code == EXIT_DAMAGED
    report.ended(ran.code)
    try:
        check_words(ran, (EXIT_DAMAGED,))
        if ran.code != EXIT_DAMAGED:
            raise Bad("not noticed")
        if path.read_bytes() != content:
            raise Bad("the damaged file was written to")
    except Bad as bad:
        report.bad.append(f"byte {place} of {len(content)}: {bad}")


if __name__ == "__main__":
    change(int(sys.argv[1]), Path(sys.argv[2])).hand_over()
