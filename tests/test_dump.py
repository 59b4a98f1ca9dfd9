"""With encryption on, no file that the program leaves holds a number of a person.

Twenty known ID numbers and phones go through a school's whole day, a crash and a kill among it;
then every byte of every file is searched: database, log, backups, second place, exports,
attachments, logs, reports of bugs, temporary files.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import Here, write
from tests.dying import NOW
from tests.services.books import id_number, placement, student, table
from xqhz_desktop.base.log import report
from xqhz_desktop.services import numbers

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "春江潮水连海平2025"
HOW_MANY = 20
FIRST = 100
PEOPLE = range(FIRST, FIRST + HOW_MANY)


def phone(number: int) -> str:
    """An invented phone of a person, and the one it is changed to for those above 10,000."""
    return f"139{number * 7919 % 100_000_000:08d}"


IDS = [id_number(number) for number in PEOPLE]
PHONES = [phone(number) for number in PEOPLE]
NEW_PHONES = [phone(number + 10_000) for number in PEOPLE]
KILLED = [id_number(number, NOW.date().replace(year=2005)) for number in range(1, HOW_MANY + 1)]
KNOWN = [*IDS, *PHONES, *NEW_PHONES, *KILLED]


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of its name; of a zip those of its members, too."""
    yield path.read_bytes()
    yield os.fsencode(path.name)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def told(place: Path) -> list[str]:
    """The files below a folder that hold a known number, in any usual encoding."""
    forms = [
        form.encode(encoding)
        for number in KNOWN
        for form in (number, number.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    found = []
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        if any(form in content for content in contents(path) for form in forms):
            found.append(str(path.relative_to(place)))
    return found


def books(place: Path, phones: list[str]) -> Path:
    """The workbooks of the twenty, with these phones."""
    people = [student(n, 联系电话=p) for n, p in zip(PEOPLE, phones, strict=True)]
    write(place / "学生.xlsx", table(*people))
    work = [placement(n, "甲机械有限公司", 联系电话=p) for n, p in zip(PEOPLE, phones, strict=True)]
    write(place / "实习.xlsx", table(*work))
    bad = student(FIRST, 身份证号=IDS[0], 入学时间="无此日", 联系电话=phones[0])
    write(place / "待更正.xlsx", table(bad))
    return place


class Day:
    """A clerk's day: `place` holds all that the program writes, `own` what it reads."""

    def __init__(self, root: Path) -> None:
        self.place, self.own = root / "place", root / "own"
        for folder in (self.place / "tmp", self.own):
            folder.mkdir(parents=True)
        self.key = self.own / "key.txt"
        self.key.write_text(PASSWORD, "utf-8")
        self.here = Here(self.place / "data")

    def do(self, *arguments: object, code: int = 0) -> str:
        """One command, which ends as it should; what it said."""
        done = self.here(*arguments, "--key-file", self.key)
        assert done.code == code, done.err
        return done.out + done.err


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Day:
    """A folder whose temporary files are its own."""
    made = Day(tmp_path)
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(made.place / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(made.place / "tmp"))
    return made


def worked(day: Day) -> str:
    """Import, correct, attach, back up, export, take back; all that was said."""
    scan = day.own / "身份证.jpg"
    scan.write_text(" ".join(KNOWN), "utf-8")
    return "".join(
        [
            day.do("import", "--yes", books(day.own / "first", PHONES)),
            day.do("import", "--yes", books(day.own / "second", NEW_PHONES)),
            day.do("attach", "students", IDS[0], scan),
            day.do("backup", "--to", day.place / "usb"),
            day.do("export", "students", "-o", day.place / "学生.xlsx"),
            day.do("export", "placements", "-o", day.place / "实习.xlsx"),
            day.do("check"),
            day.do("history"),
            day.do("undo"),
            day.do("undo"),
            day.do("backup"),
        ]
    )


def killed(day: Day) -> None:
    """An import that is killed while its rows are on their way to the disk."""
    arguments = [str(day.here.data), "import", "commit", "0", PASSWORD]
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode < 0


def broke(day: Day, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bug whose words are full of numbers; what the window's dialog would offer to copy."""
    error = ValueError(f"cannot read {dict(zip(IDS, PHONES, strict=True))}")

    def fail(_: object) -> None:
        raise error

    with monkeypatch.context() as within:
        within.setattr(numbers, "numbers", fail)
        day.do("indicators", code=1)
    return report(error)


def test_no_file_of_an_encrypted_school_holds_a_number_of_a_person(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.do("encrypt")
    said = worked(day)
    said += broke(day, monkeypatch)
    killed(day)
    wal = day.here.data / "xqhz.db-wal"
    assert wal.exists()
    assert wal.stat().st_size > 100_000
    (day.place / "said.txt").write_text(said, "utf-8")
    assert (day.here.data / "logs" / "xqhz.log").exists()
    assert len(list(day.place.rglob("*.db"))) >= 5
    assert len(list(day.place.rglob("*.sealed"))) >= 2
    assert told(day.place) == []


def test_the_search_finds_them_where_nothing_is_encrypted(day: Day) -> None:
    """The control: the same day in the open tells all of it, in every kind of file."""
    day.key.write_text("", "utf-8")
    worked(day)
    found = told(day.place)
    assert {Path(name).name for name in found} >= {"xqhz.db"}
    assert sum(name.endswith(".db") for name in found) >= 3
    assert any("attachments" in name for name in found)
    assert not any(name.endswith(".xlsx") for name in found)  # an export is masked
    assert {Path(name).name for name in told(day.own)} >= {"学生.xlsx", "实习.xlsx"}
