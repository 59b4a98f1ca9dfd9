"""Empty workbooks are saved from the window: of the register that is seen, or of all."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import Seat
from xqhz_desktop.registers.catalogue import IMPORTED


def headings(path: Path) -> set[str]:
    """Every cell of the first rows, without the mark of what must be filled in."""
    rows = openpyxl.load_workbook(path).active.iter_rows(max_row=3, values_only=True)
    return {str(cell).rstrip("*") for row in rows for cell in row if cell}


def test_the_register_that_is_seen_gives_its_template(
    empty: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "企业.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = empty.go("firms")
    page.acts.more.actions["下载模板…"].trigger()
    empty.rest()
    assert {"企业名称", "统一社会信用代码"} <= headings(path)
    assert "合作企业的模板已保存" in empty.window.notice.text


def test_all_templates_go_into_a_folder_and_write_over_nothing(
    empty: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "模板"))
    (tmp_path / "模板").mkdir()
    filled_in = tmp_path / "模板" / "学生模板.xlsx"
    filled_in.write_text("filled in", "utf-8")
    page = empty.go("import")
    page.templates.menu.actions()[0].trigger()
    empty.rest()
    assert filled_in.read_text("utf-8") == "filled in"
    found = sorted((tmp_path / "模板").iterdir())
    assert len(found) == len(IMPORTED) + 1
    assert f"{len(IMPORTED)} 个台账的模板已保存" in empty.window.notice.text


def test_a_register_that_no_workbook_holds_has_no_template(empty: Seat) -> None:
    page = empty.go("register", "majors")
    assert not page.acts.more.actions["下载模板…"].isVisible()
