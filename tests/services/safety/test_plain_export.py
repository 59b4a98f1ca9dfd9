"""A plain export holds every value to the last bit, and alone rebuilds the database."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.services.books import firm, student, table
from tests.services.desk import JOURNAL, Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import (
    EXIT_LOCKED,
    EXIT_NEWER_FILE,
    EXIT_NO_SPACE,
    EXIT_USAGE,
    UserError,
)
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.access import audit
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import plain_cells
from xqhz_desktop.services.safety.plain_cells import BadCell, as_cell, as_value
from xqhz_desktop.services.safety.plain_export import Exported, export_all
from xqhz_desktop.services.safety.rebuilding import rebuild
from xqhz_desktop.services.workbooks.plan import Choices

NOW = datetime(2025, 3, 1, 9, 30)
LONG = "很长的备注，" * 60_000


def export(desk: Desk, folder: Path, reason: str = "市局检查") -> Exported:
    """An export of the desk's office."""
    return export_all(desk.office, folder, reason)


def rebuilt(source: Path, target: Path) -> DataFolder:
    """A new data folder made out of an export."""
    folder = DataFolder(target)
    rebuild(source, folder, "测试", lambda: NOW, Task())
    return folder


def dump(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table but the row history, with the types of its values."""
    names = {*desk.tables(), "source", "action", "audit_entry"}
    found = {name: desk.read(f'SELECT * FROM "{name}" ORDER BY id') for name in names}
    return {name: [[(type(v), v) for v in row] for row in rows] for name, rows in found.items()}


def test_the_sample_school_comes_back_table_by_table(
    desk: Desk, sample: Path, tmp_path: Path
) -> None:
    apply_import(
        desk.office, plan_import(desk.office, [sample], Task()), Choices(), Task(), backup=False
    )
    before = dump(desk)
    done = export(desk, tmp_path / "导出")
    assert done.rows == {name: len(rows) for name, rows in before.items()}
    assert before["quarantined_row"]
    with Office.open(rebuilt(done.folder, tmp_path / "new"), "测试", lambda: NOW) as office:
        after = dump(Desk(office))
        assert actions(office)[0].kind == "rebuild"
        assert audit.verify(office).whole
    for name in ("action", "audit_entry"):
        after[name].pop()  # the rebuilding itself
    assert after == before


HARD = [
    "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", "\t=1", "'", "00123", "1e5", "TRUE",
    " 前后有空格 ", "", "\r\n", "a\rb", "a\nb", "\x00", "\x0b", "\ud800", "_x0041_", "𬭊䶮", "\\",
    "\\>1", "\\\"a\"", "\u3000", "\ufffe", LONG,
]  # fmt: skip


def test_whatever_a_text_holds_comes_back_and_none_is_a_formula(desk: Desk, tmp_path: Path) -> None:
    with desk.office.acting("edit", "试") as (connection, _):
        for number, text in enumerate(HARD, start=1):
            if "\ud800" not in text:  # the driver refuses it
                connection.exec_driver_sql(
                    "INSERT INTO word (id, list, written, meaning) VALUES (?, ?, ?, ?)",
                    (number, "词", str(number), text),
                )
    before = dump(desk)
    folder = export(desk, tmp_path / "out").folder
    sheet = openpyxl.load_workbook(folder / "词语.xlsx")["词语"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row[1:]} == {"s"}
    assert all(cell.quotePrefix for cell in sheet["D"][2:])
    with Office.open(rebuilt(folder, tmp_path / "new"), "测试", lambda: NOW) as office:
        assert dump(Desk(office))["word"] == before["word"]


values = st.none() | st.text() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)


@given(values)
@example(0.1 + 0.2)
@example(2**53 + 1)
@example(float("inf"))
@example("x" * 70_000)
@example("\x00" * 20_000)
@example("\\" + "𠮷" * 40_000)
def test_a_cell_brings_its_value_back(value: Any) -> None:
    kept: list[list[str]] = []

    def keep(parts: list[str]) -> int:
        kept.append(parts)
        return len(kept)

    cell = as_cell(value, keep)
    pieces = {number: "".join(parts) for number, parts in enumerate(kept, start=1)}
    if isinstance(cell, int | float):
        cell = float(f"{cell:.16G}")  # as a workbook keeps it
    else:
        assert cell is None or len(cell) <= plain_cells.LONGEST
    kind = {int: "INTEGER", float: "REAL"}.get(type(value), "TEXT")
    assert as_value(cell, kind, pieces) == value


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (12.0, "TEXT", "12"),
        (1.5, "TEXT", "1.5"),
        (datetime(2024, 9, 1), "TEXT", "2024-09-01"),
        ("7", "INTEGER", 7),
        (True, "INTEGER", 1),
        ("0.5", "REAL", 0.5),
    ],
)
def test_a_cell_that_excel_has_changed_is_read_as_what_was_meant(
    cell: Any, kind: str, expected: Any
) -> None:
    found = as_value(cell, kind, {})
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("\\>9", "TEXT"), ("\\>x", "TEXT"), ("\\{", "TEXT"), (1.5, "INTEGER"), ("x", "INTEGER"),
     ("x", "REAL"), ("\\" + "[" * 100_000, "TEXT"), (float("inf"), "INTEGER"), (1.0, "BLOB")],
)  # fmt: skip
def test_a_cell_that_cannot_be_what_its_column_holds_is_bad(cell: Any, kind: str) -> None:
    with pytest.raises(BadCell):
        as_value(cell, kind, {})


# --- the folder


def test_an_export_is_unmasked_says_so_and_is_journaled_with_its_reason(
    desk: Desk, tmp_path: Path
) -> None:
    desk.bring({"学生.xlsx": table(student(1))})
    folder = export(desk, tmp_path / "out").folder
    number = desk.one("SELECT id_number FROM student")
    sheet = openpyxl.load_workbook(folder / "学生.xlsx")["学生"]
    assert number in [cell.value for cell in sheet[3]]
    assert "没有遮盖" in (folder / "说明.txt").read_text("utf-8-sig")
    line = audit.entries(desk.office)[0]
    assert (line.kind, line.title) == ("export", "导出全部资料，未遮盖；用途：市局检查")
    assert actions(desk.office)[0].kind == "import"


def test_a_reader_sees_names_beside_numbers(desk: Desk, tmp_path: Path) -> None:
    desk.bring(OFFICE)
    folder = export(desk, tmp_path / "out").folder
    sheet = openpyxl.load_workbook(folder / "岗位实习.xlsx")["岗位实习"]
    beside = {head.value: cell.value for head, cell in zip(sheet[1], sheet[3], strict=True)}
    assert "甲机械有限公司" in [beside[head] for head in beside if head.endswith("（供阅读）")]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_without_a_reason_nothing_is_exported(desk: Desk, tmp_path: Path, reason: str) -> None:
    with pytest.raises(UserError, match="用途"):
        export(desk, tmp_path / "out", reason)
    assert not (tmp_path / "out").exists()
    assert actions(desk.office)[0].kind == "seed"


def test_an_export_overwrites_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "我的.txt").write_text("在", "utf-8")
    with pytest.raises(UserError, match="换一个新的文件夹"):
        export(desk, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["我的.txt"]


def test_a_place_that_cannot_be_written_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="导出没有写成") as caught:
        export(desk, tmp_path / "file" / "out")
    assert caught.value.code == EXIT_NO_SPACE


# --- rebuilding from what is no whole export


@pytest.fixture
def exported(desk: Desk, tmp_path: Path) -> Path:
    """An export of a small office."""
    desk.bring({"企业.xlsx": table(firm(1, "甲机械有限公司"), firm(2, "乙电子有限公司"))})
    return export(desk, tmp_path / "out").folder


def edit(path: Path, change: Callable[[Any], object]) -> None:
    """Change a workbook as Excel does."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def refused(source: Path, target: Path) -> UserError:
    """The error of a rebuild, which must leave no database."""
    with pytest.raises(UserError) as caught:
        rebuilt(source, target)
    left = {path.name for path in target.iterdir()} if target.exists() else set()
    assert left <= {"xqhz.lock"}
    return caught.value


def test_a_workbook_saved_again_by_excel_is_read(exported: Path, tmp_path: Path) -> None:
    edit(exported / "合作企业.xlsx", lambda sheet: sheet.insert_cols(3))
    with Office.open(rebuilt(exported, tmp_path / "new"), "测试", lambda: NOW) as office:
        assert Desk(office).one("SELECT count(*) FROM firm") == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.delete_rows(4), "应有 2 行，读到 1 行"),
        (lambda sheet: sheet.delete_rows(2), "第 2 行少了列"),
        (lambda sheet: sheet.cell(3, 1, "甲"), "第 3 行“编号”读不出"),
        (lambda sheet: sheet.cell(4, 1, sheet.cell(3, 1).value), "不合规则"),
        (lambda sheet: sheet.delete_rows(1, 9), "没有导出的表"),
    ],
)
def test_a_changed_workbook_is_named_with_what_is_wrong(
    exported: Path, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    edit(exported / "合作企业.xlsx", change)
    error = refused(exported, tmp_path / "new")
    assert said in error.message


def test_a_record_that_refers_to_none_is_refused(exported: Path, tmp_path: Path) -> None:
    def elsewhere(sheet: Any) -> None:
        names = [cell.value for cell in sheet[2]]
        sheet.cell(3, names.index("firm_id") + 1, 99)

    edit(exported / "企业曾用名.xlsx", elsewhere)
    assert "对不上" in refused(exported, tmp_path / "new").message


def test_a_missing_workbook_is_named(exported: Path, tmp_path: Path) -> None:
    (exported / "学生.xlsx").unlink()
    assert "学生.xlsx" in refused(exported, tmp_path / "new").message


def test_a_bomb_in_place_of_a_workbook_is_refused(exported: Path, tmp_path: Path) -> None:
    (exported / "学生.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 5000)
    assert "学生.xlsx" in refused(exported, tmp_path / "new").message


def manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the list of an export."""
    path = folder / "清单.json"
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.clear(),
        lambda value: value.update(revision="../0001"),
        lambda value: value.update(revision=1),
        lambda value: value.update(tables=[]),
        lambda value: value["tables"].pop("firm"),
        lambda value: value["tables"].update(firm=5),
        lambda value: value["tables"]["firm"].update(file="../../etc/passwd"),
        lambda value: value["tables"]["firm"].update(rows="2"),
    ],
)
def test_a_damaged_list_is_refused(
    exported: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    manifest(exported, change)
    assert refused(exported, tmp_path / "new").message.endswith(("。", str(exported)))


def test_an_export_of_a_newer_program_is_refused(exported: Path, tmp_path: Path) -> None:
    manifest(exported, lambda value: value.update(revision="9999"))
    assert refused(exported, tmp_path / "new").code == EXIT_NEWER_FILE


def test_a_folder_that_has_records_is_not_rebuilt_into(exported: Path, tmp_path: Path) -> None:
    folder = rebuilt(exported, tmp_path / "new")
    before = folder.database.read_bytes()
    with pytest.raises(UserError, match="已有数据") as caught:
        rebuilt(exported, tmp_path / "new")
    assert caught.value.code == EXIT_USAGE
    assert folder.database.read_bytes() == before


def test_a_folder_in_use_is_not_rebuilt_into(desk: Desk, exported: Path) -> None:
    with pytest.raises(UserError) as caught:
        rebuilt(exported, desk.office.folder.root)
    assert caught.value.code == EXIT_LOCKED


def test_what_was_done_before_a_rebuild_cannot_be_undone_in_silence(
    exported: Path, tmp_path: Path
) -> None:
    with Office.open(rebuilt(exported, tmp_path / "new"), "测试", lambda: NOW) as office:
        desk = Desk(office)
        assert [line.undoable for line in actions(office)] == [False] * 3
        with pytest.raises(UserError, match="没有可以撤销"):
            desk.undo()
        desk.bring({"学生.xlsx": table(student(1))})
        desk.undo()
        assert desk.one("SELECT count(*) FROM student") == 0
        assert {"source", "action"} <= JOURNAL
