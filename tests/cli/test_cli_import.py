"""`xqhz import`: what it answers, asks, writes and leaves alone."""

import contextlib
import io
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import FIRM, Here, write
from tests.services.books import booking, placement, table
from xqhz_desktop import cli


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


def test_a_spoiled_row_names_its_cell(here: Here, tmp_path: Path) -> None:
    rows = table(booking("无此基地"), booking("无此基地", times="3-4节"))
    done = here("import", write(tmp_path / "a.xlsx", rows), "--json")
    (sheet,) = done.json["sheets"]
    assert [(p["cell"], p["reason"]) for p in sheet["problems"]] == [
        ("C2", "unknown_base"),
        ("C3", "unknown_base"),
    ]
