"""The command line from outside: what it answers, says, writes, and its exit codes."""

import contextlib
import io
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
import xlsxwriter

from tests.services.books import Table, booking, firm, id_number, placement, student, table, wrong
from xqhz_desktop import cli
from xqhz_desktop.services import numbers as numbers_module

FIRM = "甲机械有限公司"


def write(path: Path, rows: Table) -> Path:
    """A workbook of one sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def small_folder(place: Path) -> Path:
    """A folder of two small workbooks, one row of them bad."""
    bad = student(2, 身份证号=wrong(id_number(2)))
    write(place / "books" / "企业.xlsx", table(firm(1, FIRM)))
    write(place / "books" / "更深" / "学生.xlsx", table(student(1), bad))
    return place / "books"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Two small workbooks, one row of them bad."""
    return small_folder(tmp_path)


class Answer:
    """What a command gave back."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The answer as JSON; fails where anything else stands beside it."""
        return json.loads(self.out)


class Here:
    """The command line in this process, on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *arguments: object) -> Answer:
        """Run one command."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["--data-dir", str(self.data), *map(str, arguments)])
        return Answer(code, out.getvalue(), err.getvalue())

    def count(self, table_name: str) -> int:
        """How many rows a table has."""
        connection = driver.connect(str(self.data / "xqhz.db"))
        found = connection.execute(f"SELECT count(*) FROM {table_name}").fetchone()[0]
        connection.close()
        return int(found)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    """The command line on a data folder of its own."""
    return Here(tmp_path / "data")


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sits at a keyboard."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())


# ---------------------------------------------------------------- import


def test_an_import_answers_with_json_alone(here: Here, books: Path) -> None:
    done = here("import", books, "--yes", "--json")
    assert done.code == 0
    sheets = {sheet["file"]: sheet for sheet in done.json["sheets"]}
    assert {"register": "firms", "rows": 1, "valid": 1, "new": 1}.items() <= sheets[
        "企业.xlsx"
    ].items()
    assert {"rows": 2, "valid": 1, "new": 1}.items() <= sheets["学生.xlsx"].items()
    (problem,) = sheets["学生.xlsx"]["problems"]
    assert (problem["row"], problem["cell"], problem["reason"]) == (3, "C3", "id_check_digit")
    assert here.count("student") == here.count("firm") == 1


def test_quarantined_rows_are_no_failure(here: Here, books: Path) -> None:
    done = here("import", books, "--yes")
    assert done.code == 0
    assert "待更正 1" in done.out
    assert "C3" in done.out
    assert here.count("quarantined_row") == 1


@pytest.mark.parametrize("arguments", [["--dry-run"], ["--dry-run", "--yes"], []])
def test_without_a_yes_or_on_a_dry_run_nothing_is_written(
    here: Here, books: Path, arguments: list[str]
) -> None:
    done = here("import", books, *arguments)
    assert done.code == 0
    assert "合作企业 1 行，新增 1" in done.out
    assert here.count("firm") == here.count("quarantined_row") == 0
    assert here.count("action") == 1


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(("typed", "firms"), [("y\n", 1), ("是\n", 1), ("n\n", 0), ("\n", 0)])
def test_in_a_terminal_the_plan_is_shown_and_asked_about(
    here: Here, books: Path, monkeypatch: pytest.MonkeyPatch, typed: str, firms: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    out, err = Terminal(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert cli.main(["--data-dir", str(here.data), "import", str(books)]) == 0
    assert "新增 1" in out.getvalue()
    assert "确认" in err.getvalue()
    assert here.count("firm") == firms


def test_the_same_folder_again_changes_nothing(here: Here, books: Path) -> None:
    here("import", books, "--yes")
    again = here("import", books, "--yes", "--json")
    assert [(s["new"], s["changed"], s["same"]) for s in again.json["sheets"]] == [(0, 0, 1)] * 2
    assert "没有需要写入" in again.err
    assert here.count("action") == 2


def test_an_unreadable_file_is_named_and_the_others_are_imported(here: Here, books: Path) -> None:
    (books / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing more")
    done = here("import", books, "--yes", "--json")
    assert done.code == 3
    assert [entry["file"] for entry in done.json["unreadable"]] == ["坏.xlsx"]
    assert "坏.xlsx" in done.err
    assert here.count("firm") == 1


def test_where_nothing_is_readable_nothing_is_written(here: Here, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing more")
    done = here("import", path, "--yes", "--json")
    assert done.code == 3
    assert done.json["sheets"] == []
    assert here.count("action") == 1


def test_an_empty_folder_is_nothing_readable(here: Here, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert here("import", tmp_path / "empty", "--yes").code == 3


def test_other_files_are_passed_over_and_named_once(here: Here, books: Path) -> None:
    (books / "truth.json").write_text("{}", "utf-8")
    (books / "说明.docx").write_bytes(b"PK\x03\x04")
    done = here("import", books, "--yes")
    assert done.err.count("truth.json") == 1
    assert "truth.json" not in done.out


def test_a_path_that_is_not_there_is_named(here: Here, tmp_path: Path) -> None:
    done = here("import", tmp_path / "没有", "--yes", "--json")
    assert (done.code, done.out) == (3, "")
    assert "没有" in done.err


def test_near_rows_become_records_of_their_own(here: Here, tmp_path: Path) -> None:
    here("import", write(tmp_path / "a.xlsx", table(placement(1, FIRM))), "--yes")
    late = table(placement(1, FIRM, 实习开始日期="2023-09-11"))
    done = here("import", write(tmp_path / "a.xlsx", late), "--yes", "--json")
    (sheet,) = done.json["sheets"]
    assert (sheet["near"], sheet["valid"]) == (1, 1)
    assert here.count("placement") == 2


# ---------------------------------------------------------------- the other commands


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after an import."""
    place = tmp_path_factory.mktemp("imported")
    books = small_folder(place)
    write(books / "实习.xlsx", table(placement(1, FIRM), placement(3, "丙物流有限公司")))
    assert Here(place / "data")("import", books, "--yes").code == 0
    return place / "data"


@pytest.fixture
def filled(here: Here, imported: Path) -> Here:
    """The command line on a copy of it."""
    shutil.copytree(imported, here.data)
    return here


def test_indicators_answer_for_every_year_with_records(filled: Here) -> None:
    said = filled("indicators", "--json").json
    assert said["by_school_year"]["2023-2024"]["internship_students"] == 2
    assert {*said} == {"by_school_year", "by_year", "practice_share"}


def test_indicators_say_how_many_rows_wait(filled: Here) -> None:
    assert "另有 1 行待更正未计入。" in filled("indicators").out


def test_findings_name_the_row_they_are_about(filled: Here) -> None:
    said = filled("check", "--json").json
    (found,) = [one for one in said["findings"] if one["rule"] == "firm_not_a_partner"]
    assert found["source"] == {"file": "实习.xlsx", "sheet": "Sheet1", "row": 3}
    assert found["school_year"] == "2023-2024"
    assert said["double_bookings"] == {"2023": []}


@pytest.mark.parametrize("register", cli.EXPORTED)
def test_every_register_can_be_exported(filled: Here, tmp_path: Path, register: str) -> None:
    path = tmp_path / f"{register}.xlsx"
    done = filled("export", register, "-o", path)
    assert done.code == 0
    assert path.read_bytes()[:2] == b"PK"


def test_what_was_exported_comes_back_as_the_same(filled: Here, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for register in ("firms", "students", "placements"):
        filled("export", register, "-o", tmp_path / "out" / f"{register}.xlsx")
    done = filled("import", tmp_path / "out", "--json")
    found = {s["register"]: (s["new"], s["changed"], s["same"]) for s in done.json["sheets"]}
    assert found == {"firms": (0, 0, 1), "students": (0, 0, 1), "placements": (0, 0, 2)}


def test_history_and_undo_speak_of_the_last_import(filled: Here) -> None:
    assert "导入 3 个工作簿" in filled("history").out
    done = filled("undo")
    assert done.code == 0
    assert "已撤销" in done.out
    assert filled.count("firm") == filled.count("student") == 0
    assert "（已撤销）" in filled("history").out


def test_an_undo_without_anything_to_undo_is_refused(here: Here) -> None:
    done = here("undo")
    assert (done.code, done.out) == (3, "")
    assert "没有可以撤销的操作" in done.err


def test_a_backup_is_named_and_lies_there(filled: Here) -> None:
    done = filled("backup")
    path = Path(done.out.strip().removeprefix("已备份并核对："))
    assert path.is_file()
    assert path.with_name(path.name + ".sha256").is_file()


def test_an_import_into_records_takes_a_backup_first(filled: Here, tmp_path: Path) -> None:
    filled("import", write(tmp_path / "b.xlsx", table(firm(2, "乙电子有限公司"))), "--yes")
    assert len([*(filled.data / "backups").glob("*导入前.db")]) == 1


# ---------------------------------------------------------------- when something is wrong


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
    from xqhz_desktop.store.lock import FolderLock

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
    assert "导出没有写成" in done.err


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with a bug in its numbers."""

    def fail(_: object) -> None:
        raise ZeroDivisionError("secret 371300200603010011")

    monkeypatch.setattr(numbers_module, "numbers", fail)


@pytest.mark.usefixtures("broken")
def test_a_bug_is_one_sentence_and_1_and_its_traceback_is_in_the_log(here: Here) -> None:
    done = here("indicators")
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1
    log = here.data / "logs" / "xqhz.log"
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


def test_a_spoiled_row_names_its_cell(here: Here, tmp_path: Path) -> None:
    rows = table(booking("无此基地"), booking("无此基地", times="3-4节"))
    done = here("import", write(tmp_path / "a.xlsx", rows), "--json")
    (sheet,) = done.json["sheets"]
    assert [(p["cell"], p["reason"]) for p in sheet["problems"]] == [
        ("C2", "unknown_base"),
        ("C3", "unknown_base"),
    ]
