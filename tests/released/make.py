"""Makes the fixture of the present schema: a small invented school, as this program leaves it.

    python -m tests.released.make

Run it once, when a schema is about to land; what lies here is never made anew after that.
"""

import lzma
import tempfile
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from tests.crash.actions import MORE
from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.database import HEAD

HERE = Path(__file__).parent
NOW = datetime(2025, 3, 1, 9, 30)
MISTAKE = {
    "误导入.xlsx": table(firm(9, "误录企业有限公司")),
    "误导入学生.xlsx": table(student(90), student(91)),
}


def work(folder: DataFolder) -> None:
    """Two years' imports with a row that waits, and between them one that was taken back."""
    with Office.open(folder, "测试", lambda: NOW) as office:
        desk = Desk(office)
        desk.bring(OFFICE)
        desk.bring(MISTAKE)
        desk.undo()
        desk.bring(MORE)


def make(target: Path) -> None:
    """The fixture: the database of that school, one file without a log, packed.

    Raises FileExistsError: what lies here is never replaced.
    """
    with tempfile.TemporaryDirectory() as place, target.open("xb") as made:
        folder = DataFolder(Path(place) / "school")
        work(folder)
        connection = driver.connect(str(folder.database))
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
        connection.close()
        made.write(lzma.compress(folder.database.read_bytes(), preset=9))


if __name__ == "__main__":
    make(HERE / f"{HEAD}.db.xz")
