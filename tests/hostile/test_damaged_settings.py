"""Damaged small files beside the records, and settings that are none, never stop the program.

Each is told in a sentence or passed over; the records are as before.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Answer, Here, write
from tests.services.books import student, table

DOCUMENTED = {0, 2, 3, 4, 5, 6, 7, 8, 10}
OF_A_BUG = re.compile(r"Traceback|\bException|程序出错")
SMALL = ("places.json", "health.json", "keys.json", "xqhz.open", "xqhz.lock", "backups/{}.json")
CONTENTS = {
    "zeros": b"\0" * 4096,
    "a list": b"[1, 2]",
    "a depth without end": b"[" * 200_000,
    "a number without end": b'{"second": ' + b"9" * 10_000 + b"}",
    "other encoding": '{"second": "盘"}'.encode("gbk"),
    "wrong kinds": b'{"second": [], "mark": {}, "copied": 7, "thorough": [], "who": 1, "rows": 1}',
    "far times": b'{"second": "/", "mark": "x", "copied": "99999-01-01", "thorough": "\\u0000"}',
    "zero in a path": b'{"second": "\\u0000/../..", "mark": "\\ud800", "copied": null}',
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a student and a backup."""
    place = tmp_path_factory.mktemp("school")
    here = Here(place / "data")
    assert here("import", write(place / "学生.xlsx", table(student(1))), "--yes").code == 0
    assert here("backup").code == 0
    return here.data


@pytest.fixture
def here(school: Path, tmp_path: Path) -> Here:
    """The command line on a copy of it."""
    shutil.copytree(school, tmp_path / "data")
    return Here(tmp_path / "data")


def holds(answer: Answer, here: Here) -> None:
    """It ended as documented, in sentences, and nothing was called a bug."""
    assert answer.code in DOCUMENTED, answer.err
    assert not OF_A_BUG.search(answer.out + answer.err)
    assert not (here.data / "logs" / "xqhz.log").exists()
    if answer.code:
        assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
@pytest.mark.parametrize("name", SMALL)
def test_a_damaged_small_file_is_told_or_passed_over(name: str, content: bytes, here: Here) -> None:
    (backup,) = (here.data / "backups").glob("*.db")
    (here.data / name.format(backup.name)).write_bytes(content)
    for command in ("backups", "backup"):
        holds(here(command), here)
    assert here.count("student") == 1


@pytest.mark.parametrize("name", SMALL)
def test_a_folder_in_its_place_is_too(name: str, here: Here) -> None:
    (backup,) = (here.data / "backups").glob("*.db")
    path = here.data / name.format(backup.name)
    path.unlink(missing_ok=True)
    path.mkdir()
    for command in ("backups", "backup"):
        holds(here(command), here)
    assert here.count("student") == 1


SETTINGS = ("", "x", "-1", "1e999", "nan", "9" * 5_000, "[]", "\0", "'; DROP TABLE student", "真")


@pytest.mark.parametrize("value", SETTINGS)
def test_settings_that_are_none_do_not_stop_the_numbers(value: str, here: Here) -> None:
    from xqhz_desktop.services.settings import _declared

    connection = driver.connect(str(here.data / "xqhz.db"))
    connection.execute("INSERT INTO current_action VALUES (1, 1)")
    names = [one.name for one in _declared()] + ["school_name", "lock_minutes", "none.such"]
    connection.executemany(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
        [(name, value) for name in names],
    )
    connection.execute("DELETE FROM current_action")
    connection.commit()
    connection.close()
    for command in (("indicators", "--json"), ("check", "--json")):
        answer = here(*command)
        holds(answer, here)
        assert answer.code == 3
    assert here("history").code == here("backup").code == 0


def _other(path: Path, *statements: str) -> None:
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def _of_another_program(path: Path) -> None:
    _other(path, "CREATE TABLE student (name TEXT)")


def _with_our_mark_alone(path: Path) -> None:
    _other(path, "PRAGMA application_id = 0x5851485A", "CREATE TABLE a (b)")


def _with_our_revision_alone(path: Path) -> None:
    _with_our_mark_alone(path)
    _other(
        path,
        "CREATE TABLE alembic_version (version_num TEXT)",
        "INSERT INTO alembic_version VALUES ('0002')",
    )


def _of_a_revision_that_never_was(path: Path) -> None:
    _with_our_mark_alone(path)
    _other(
        path,
        "CREATE TABLE alembic_version (version_num TEXT)",
        "INSERT INTO alembic_version VALUES ('0000')",
    )


def _of_views_for_tables(path: Path) -> None:
    _with_our_revision_alone(path)
    _other(path, "CREATE VIEW action AS SELECT 1 AS id, 2 AS at", "CREATE VIEW student AS SELECT 1")


def _of_nothing(path: Path) -> None:
    path.touch()


def _of_text(path: Path) -> None:
    path.write_text("学生,姓名\n" * 1000, "utf-8")


def _of_a_header_alone(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)


def _of_noise(path: Path) -> None:
    path.write_bytes(bytes(n * n * 31 % 251 for n in range(40_960)))


def _that_is_a_folder(path: Path) -> None:
    path.mkdir()


def _that_is_a_device(path: Path) -> None:
    path.symlink_to("/dev/full")


FOREIGN = [
    *(_of_another_program, _with_our_mark_alone, _with_our_revision_alone),
    *(_of_a_revision_that_never_was, _of_views_for_tables, _of_nothing, _of_text),
    *(_of_a_header_alone, _of_noise, _that_is_a_folder, _that_is_a_device),
]


@pytest.mark.parametrize("make", FOREIGN)
@pytest.mark.parametrize("place", ["{}/elsewhere.db", "{}/backups/xqhz-20250101-000000-x.db"])
def test_a_file_that_is_no_backup_is_not_restored(
    make: Callable[[Path], None], place: str, here: Here
) -> None:
    path = Path(place.format(here.data))
    make(path)
    answer = here("restore", path, "--yes")
    holds(answer, here)
    assert answer.code not in (0, 4)
    assert here("history").code == 0
    assert here.count("student") == 1


@pytest.mark.parametrize("name", ["../xqhz", "..", ".", "", "/", "a\0b", "x" * 5_000, "../../x.db"])
def test_a_name_that_leads_elsewhere_is_no_backup(name: str, here: Here) -> None:
    answer = here("restore", name, "--yes")
    holds(answer, here)
    assert answer.code != 0 or here.count("student") == 1
