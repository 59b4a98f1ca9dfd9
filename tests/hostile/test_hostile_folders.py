"""What is given to attach, rebuild and unpack may be anything: a sentence, and nothing is lost."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Answer, Here, write
from tests.hostile.everything import FILES
from tests.services.books import student, table

OF_A_BUG = re.compile(r"Traceback|\bException|程序出错")
unix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a student and a scan, and an export of it beside."""
    place = tmp_path_factory.mktemp("school")
    here = Here(place / "data")
    assert here("import", write(place / "学生.xlsx", table(student(1))), "--yes").code == 0
    (place / "扫描.jpg").write_bytes(b"\xff\xd8\xff" + b"1" * 5000)
    assert here("attach", "students", "#1", place / "扫描.jpg").code == 0
    assert here("export-all", place / "out", "--reason", "检查").code == 0
    return here.data


@pytest.fixture
def here(school: Path, tmp_path: Path) -> Here:
    """The command line on a copy of it."""
    shutil.copytree(school, tmp_path / "data")
    return Here(tmp_path / "data")


def holds(answer: Answer, here: Here) -> None:
    """It ended as documented, in sentences, and nothing was called a bug."""
    assert answer.code in {0, 2, 3, 5, 6, 7, 8, 10}, answer.err
    assert not OF_A_BUG.search(answer.out + answer.err)
    assert not (here.data / "logs" / "xqhz.log").exists()


# ------------------------------------------------------------------ attachments

NAMES = (
    "-rf.jpg",
    "CON.jpg",
    "nul",
    "a:b.jpg",
    "换\n行\t.jpg",
    "\u202egpj.exe",
    "..",
    "...jpg",
    " .jpg ",
    "长" * 80 + ".jpg",
    "a" * 255,
    b"\xd1\xa7\xc9\xfa.jpg".decode("utf-8", "surrogateescape"),
    "%2e%2e%2fevil.jpg",
    "'; DROP TABLE attachment; --.jpg",
    "=cmd|'calc'!A1.jpg",
)


@unix
@pytest.mark.parametrize("name", NAMES)
def test_a_scan_of_any_name_is_kept_and_saved_inside_its_folder(
    name: str, here: Here, tmp_path: Path
) -> None:
    source = tmp_path / "from"
    source.mkdir()
    path = source / name
    if name != "..":
        path.write_bytes(b"scan")
    answer = here("attach", "students", "#1", path)
    holds(answer, here)
    before = set(tmp_path.rglob("*"))
    target = tmp_path / "to"
    holds(here("attachments", "--save", target), here)
    made = set(tmp_path.rglob("*")) - before
    assert made
    assert all(target in (one, *one.parents) or here.data in one.parents for one in made)
    if answer.code == 0:
        assert sum(one.read_bytes() == b"scan" for one in target.iterdir()) == 1


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link_to_a_secret(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _nothing(path: Path) -> None:
    pass


def _empty(path: Path) -> None:
    path.touch()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)


NO_FILES = [_folder, _pipe, _link_to_a_secret, _link_to_itself, _device, _nothing, _empty, _huge]


@unix
@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file_of_its_own_is_not_attached(
    make: Callable[[Path], None], here: Here, tmp_path: Path
) -> None:
    path = tmp_path / "扫描.jpg"
    make(path)
    answer = here("attach", "students", "#1", path)
    holds(answer, here)
    assert answer.code != 0
    assert len(answer.err.splitlines()) == 1
    assert here.count("attachment") == 1


# ------------------------------------------------------------------ rebuild

SPOILT = (
    *("bomb_of_strings", "cell_far_away_in_another_hand", "dimension_that_lies"),
    *("entities_that_grow", "an_entity_of_a_file_of_ours", "a_sheet_that_lies_above_the_zip"),
    *("a_zip_whose_sums_are_wrong", "half_a_workbook", "a_picture", "a_workbook_with_a_password"),
    *("text_that_says_it_is_a_workbook", "nothing_at_all", "very_many_sheets"),
)


@pytest.mark.parametrize("name", SPOILT)
def test_an_export_with_a_spoilt_workbook_makes_no_school(
    name: str, school: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(school.parent / "out", tmp_path / "out"))
    victim = sorted(out.rglob("*.xlsx"))[SPOILT.index(name)]
    victim.unlink()
    FILES[name].make(victim)
    new = Here(tmp_path / "new")
    answer = new("rebuild", out)
    holds(answer, new)
    assert answer.code != 0
    assert not (new.data / "xqhz.db").exists()


def _without(path: Path) -> None:
    path.unlink()


def _climbing(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace(".xlsx", "/../../../x.xlsx"), "utf-8")


def _numbers(path: Path) -> None:
    path.write_text(re.sub(r"\d", "9", path.read_text("utf-8")), "utf-8")


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000, "utf-8")


@pytest.mark.parametrize("spoil", [_without, _climbing, _numbers, _deep])
def test_an_export_with_a_spoilt_list_makes_no_school(
    spoil: Callable[[Path], None], school: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(school.parent / "out", tmp_path / "out"))
    for path in [path for path in out.iterdir() if path.suffix in (".json", ".txt")]:
        spoil(path)
    new = Here(tmp_path / "new")
    answer = new("rebuild", out)
    holds(answer, new)
    assert answer.code != 0
    assert not (new.data / "xqhz.db").exists()


# ------------------------------------------------------------------ unpack


@pytest.mark.parametrize("content", [b"", b"xqhz", b"PK\x03\x04" * 50, b"\0" * 9000, b"{" * 9000])
def test_what_is_no_pack_is_not_unpacked(content: bytes, tmp_path: Path) -> None:
    path, key = tmp_path / "别的.xqhz", tmp_path / "key.txt"
    path.write_bytes(content)
    key.write_text("春江潮水连海平2025", "utf-8")
    new = Here(tmp_path / "new")
    answer = new("unpack", path, "--key-file", key)
    holds(answer, new)
    assert answer.code != 0
    assert not (new.data / "xqhz.db").exists()


# ------------------------------------------------------------------ records that lead elsewhere

TRAVERSAL = ("../" * 30)[:60] + "evil"


def _lead_elsewhere(here: Here, **values: str) -> None:
    """Changes the scan's row past every check of the program."""
    connection = driver.connect(str(here.data / "xqhz.db"))
    connection.execute("INSERT INTO current_action VALUES (1, 1)")
    for name, value in values.items():
        connection.execute(f"UPDATE attachment SET {name} = ?", (value,))
    connection.execute("DELETE FROM current_action")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "values",
    [
        {"name": "../../../evil.jpg"},
        {"name": "/tmp/evil.jpg"},
        {"name": "C:\\evil.jpg"},
        {"name": "a\0b.jpg"},
        {"name": "." * 300},
        {"sha256": TRAVERSAL},
        {"sha256": "/" * 64},
        {"sha256": "é" * 64},
        {"table_name": "../../evil", "note": "\u202e\0"},
    ],
)
def test_a_scan_whose_row_leads_elsewhere_is_never_written_there(
    values: dict[str, str], here: Here, tmp_path: Path
) -> None:
    _lead_elsewhere(here, **values)
    before = set(tmp_path.rglob("*"))
    places = {"save": tmp_path / "save", "out": tmp_path / "out", "usb": tmp_path / "usb"}
    holds(here("attachments", "--save", places["save"]), here)
    holds(here("export-all", places["out"], "--reason", "检查"), here)
    holds(here("backup", "--to", places["usb"]), here)
    holds(here("attachments"), here)
    (made,) = (here.data / "backups").glob("*手动.db")
    holds(here("restore", made.name, "--yes"), here)
    new = Here(tmp_path / "new")
    holds(new("rebuild", places["out"]), new)
    allowed = {*places.values(), here.data, new.data}
    outside = [
        one for one in set(tmp_path.rglob("*")) - before if not allowed & {one, *one.parents}
    ]
    assert outside == []
    assert not Path("/tmp/evil.jpg").exists()
