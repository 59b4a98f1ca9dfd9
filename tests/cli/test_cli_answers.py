"""The other commands: one answer on stdout, in a file, or in the history."""

from pathlib import Path

import pytest

from tests.cli.command_line import Here, write
from tests.services.books import firm, table
from xqhz_desktop.cli import main
from xqhz_desktop.registers.catalogue import REGISTERS


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


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_can_be_exported(filled: Here, tmp_path: Path, register: str) -> None:
    path = tmp_path / f"{register}.xlsx"
    done = filled("export", register, "-o", path)
    assert done.code == 0
    assert path.read_bytes()[:2] == b"PK"


def test_a_register_is_known_by_what_the_office_calls_it(filled: Here, tmp_path: Path) -> None:
    for command, label in (("export", "实习批次"), ("export", "合作企业"), ("template", "学生")):
        assert filled(command, label, "-o", tmp_path / f"{label}.xlsx").code == 0


@pytest.mark.parametrize("command", ["export", "template", "hand-back", "attach", "delete"])
def test_an_unknown_register_is_said_as_the_office_would_say_it(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    mark = ("--register", "nosuch") if command == "hand-back" else ("nosuch",)
    with pytest.raises(SystemExit) as ended:
        main([command, *mark])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "没有“nosuch”这个台账，可写的有：合作企业（firms）、" in said
    assert "register " not in said


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
    assert path.with_name(path.name + ".json").is_file()


def test_an_import_into_records_takes_a_backup_first(filled: Here, tmp_path: Path) -> None:
    filled("import", write(tmp_path / "b.xlsx", table(firm(2, "乙电子有限公司"))), "--yes")
    assert len([*(filled.data / "backups").glob("*导入前.db")]) == 1
