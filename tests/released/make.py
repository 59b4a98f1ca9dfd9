"""Makes the fixtures of the present schema: small invented schools, as this program leaves them.

One is a plain database, one a whole encrypted data folder with its key ring and a scan.

    python -m tests.released.make

Run it once, when a schema is about to land; what lies here is never made anew after that.
"""

import io
import lzma
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from tests.crash.actions import MORE
from tests.services.books import firm, student, table
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.store.database import HEAD

HERE = Path(__file__).parent
PLAIN, SEALED = ".db.xz", "-sealed.tar.xz"
PASSWORD = "春江潮水连海平2025"
SCAN = b"\xff\xd8\xff" + bytes(range(256)) * 12
CODE = "code.txt"
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


def make_sealed(target: Path) -> None:
    """The fixture of an encrypted school: its whole folder, and its recovery code beside.

    Raises FileExistsError: what lies here is never replaced.
    """
    with tempfile.TemporaryDirectory() as place, tarfile.open(target, "x:xz") as made:
        folder = DataFolder(Path(place) / "school")
        scan = Path(place) / "扫描.jpg"
        scan.write_bytes(SCAN)
        codes: list[str] = []
        with Office.open(folder, "测试", lambda: NOW) as office:
            Desk(office).bring(OFFICE)
            attachments.add(office, "students", 1, scan)
            encryption.turn_on(office, PASSWORD, codes.append)
        for path in sorted(path for path in folder.root.rglob("*") if path.is_file()):
            # What is encrypted cannot be packed: a backup would double the fixture.
            if path != folder.lock and path.parent != folder.backups:
                _put(made, path.relative_to(folder.root).as_posix(), path.read_bytes())
        _put(made, CODE, codes[0].encode())


def _put(made: tarfile.TarFile, name: str, content: bytes) -> None:
    """A member without anything of the machine that made it."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    made.addfile(member, io.BytesIO(content))


if __name__ == "__main__":
    make(HERE / f"{HEAD}{PLAIN}")
    make_sealed(HERE / f"{HEAD}{SEALED}")
