"""When something is wrong: one sentence, its exit code, and never a number or a traceback."""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Here
from xqhz_desktop import cli
from xqhz_desktop.services import numbers as numbers_module
from xqhz_desktop.store.lock import FolderLock

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "arguments",
    [["import"], ["nonsense"], ["export", "nonsense", "-o", "x"], ["yearbook", "-o", "x.pdf"]],
)
def test_a_wrong_command_is_one_sentence_and_2(here: Here, arguments: list[str]) -> None:
    err = io.StringIO()
    with contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        here(*arguments)
    assert ended.value.code == 2


def test_a_wrong_school_year_is_a_wrong_command(here: Here, tmp_path: Path) -> None:
    done = here("yearbook", "--school-year", "2023-2025", "-o", tmp_path / "x.pdf")
    assert done.code == 2
    assert "2023-2024" in done.err


def test_a_data_folder_that_is_a_file_is_read_only(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    done = Here(tmp_path / "data")("indicators")
    assert (done.code, done.out) == (8, "")
    assert "检查权限" in done.err


def test_a_folder_in_use_names_its_user(here: Here, filled: Here) -> None:
    lock = FolderLock(here.data / "xqhz.lock", "李四", "2025-03-01 08:00")
    done = here("indicators", "--json")
    lock.release()
    assert (done.code, done.out) == (4, "")
    assert "李四" in done.err


def test_a_newer_file_is_refused(filled: Here) -> None:
    connection = driver.connect(str(filled.data / "xqhz.db"))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert filled("indicators").code == 6


def spoiled(path: Path, first: int, last: int) -> None:
    """Overwrite some pages of a database."""
    content = bytearray(path.read_bytes())
    content[4096 * first : 4096 * last] = b"\xa5" * (4096 * (last - first))
    path.write_bytes(content)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 500)])
@pytest.mark.parametrize("command", [["indicators"], ["check", "--json"], ["backup"], ["undo"]])
def test_a_damaged_file_is_one_sentence_and_5(
    filled: Here, first: int, last: int, command: list[str]
) -> None:
    size = (filled.data / "xqhz.db").stat().st_size // 4096
    spoiled(filled.data / "xqhz.db", first, min(last, size))
    done = filled(*command)
    assert (done.code, done.out) == (5, "")
    assert "备份" in done.err


def test_an_output_that_cannot_be_written_is_7(filled: Here, tmp_path: Path) -> None:
    done = filled("export", "firms", "-o", tmp_path / "no" / "folder.xlsx")
    assert done.code == 7
    assert "工作簿没有写成" in done.err


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with a bug in its numbers."""

    def fail(_: object) -> None:
        raise ZeroDivisionError("secret 371300200603010011")

    monkeypatch.setattr(numbers_module, "numbers", fail)


@pytest.mark.usefixtures("broken")
def test_a_bug_is_one_sentence_and_1_and_its_traceback_is_in_the_log(filled: Here) -> None:
    done = filled("indicators")
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1
    log = filled.data / "logs" / "xqhz.log"
    assert str(log) in done.err
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_a_run_without_trouble_writes_no_log(filled: Here) -> None:
    assert not (filled.data / "logs").exists()


def test_no_id_number_of_the_sample_is_ever_printed(here: Here, sample: Path) -> None:
    said = [
        here("import", sample, "--yes"),
        here("import", sample, "--json"),
        here("check"),
        here("check", "--json"),
        here("indicators"),
        here("history"),
    ]
    connection = driver.connect(str(here.data / "xqhz.db"))
    numbers = {row[0] for row in connection.execute("SELECT id_number FROM student")}
    numbers |= {row[0] for row in connection.execute("SELECT id_number FROM part_timer")}
    connection.close()
    printed = "".join(answer.out + answer.err for answer in said)
    assert len(numbers) > 300
    assert len(printed) > 10_000
    assert not [run for run in re.findall(r"\d{17}[\dX]", printed) if run in numbers]
    assert not re.findall(r"3713\d{13}[\dX]", printed)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a file")
def test_a_full_disk_is_7_and_leaves_the_records_as_they_were(filled: Here, sample: Path) -> None:
    limit = (filled.data / "xqhz.db").stat().st_size + 200_000
    code = (
        "import resource, sys; from xqhz_desktop.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); sys.exit(main())"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "--data-dir",
            str(filled.data),
            "import",
            str(sample),
            "--yes",
        ],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        cwd=filled.data,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert "没有写入" in done.stderr
    assert "Traceback" not in done.stderr
    assert filled.count("student") == 2
    assert filled("indicators").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("export", "students", "-o"),
        ("template", "students", "-o"),
        ("handover", "-o"),
        ("yearbook", "--year", "2024", "-o"),
        ("hand-back", "--reason", "更正", "-o"),
        ("export-all", "--reason", "备查"),
        ("test-copy",),
        ("backup", "--to"),
    ],
)
@pytest.mark.parametrize("name", ["xqhz.db", "keys.json", "backups/new"])
def test_nothing_that_goes_out_lands_in_the_data_folder(
    filled: Here, command: tuple[str, ...], name: str
) -> None:
    before = {path: path.read_bytes() for path in filled.data.glob("*.*") if path.is_file()}
    answer = filled(*command, filled.data / name)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert {path: path.read_bytes() for path in before if path.suffix != ".log"} == {
        path: content for path, content in before.items() if path.suffix != ".log"
    }


@pytest.mark.parametrize(
    "command",
    [
        ("delete", "students", "#99999999999999999999", "--yes"),
        ("put-back", "99999999999999999999"),
        ("undo", "99999999999999999999"),
        ("merge-firms", "99999999999999999999", "1"),
        ("attachments", "students", "#99999999999999999999"),
    ],
)
def test_a_number_beyond_all_numbers_is_one_sentence(
    filled: Here, command: tuple[str, ...]
) -> None:
    with contextlib.suppress(SystemExit):  # argparse's own way to end with 2
        answer = filled(*command)
        assert answer.code in (2, 3)
        assert len(answer.err.splitlines()) == 1


def test_what_is_wrong_with_a_command_is_said_in_chinese(
    filled: Here, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["export", "students"], ["no-such-command"], ["undo", "x"], ["check", "-x"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["--data-dir", str(filled.data), *command])
        said = capsys.readouterr().err
        assert ended.value.code == 2
        assert said.startswith("命令写法不对")
        assert not re.search("required|invalid|unrecognized|argument", said)
