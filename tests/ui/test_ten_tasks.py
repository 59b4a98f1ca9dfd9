"""Ten tasks of an office, done with the keyboard alone; what is asserted is what is seen."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.services.books import uscc
from tests.ui.conftest import Seat
from tests.ui.hands import Hands

STUDENT = "林洋"


@pytest.fixture
def hands(school: Seat) -> Hands:
    """A user before the sample school, hands on the keyboard."""
    return Hands(school)


def rows(page: Any) -> int:
    """How many records the table shows."""
    return int(page.model.records)


def column(page: Any, heading: str) -> list[str]:
    """What a column says, from the top."""
    names = [one.label for one in page.model.columns]
    at = names.index(heading)
    return [page.model.text(row, at) for row in range(rows(page))]


def notice(hands: Hands) -> str:
    """The sentence above the page."""
    return hands.seat.window.notice.text


def test_a_student_is_found_and_gets_another_phone(hands: Hands) -> None:
    hands.press("Ctrl+K")
    hands.type(STUDENT)
    hands.until(lambda: hands.focus.window().hits.count())
    hands.press("Return")
    page = hands.seat.window.pages["more"]
    hands.until(page.panel.isVisible)
    hands.tab_to("联系电话")
    hands.press("Ctrl+A")
    hands.type("13900000021")
    hands.press("Ctrl+S")
    hands.until(lambda: column(page, "联系电话") == ["139****0021"])
    assert page.panel.title == STUDENT


def test_a_firm_is_added_and_its_agreement(hands: Hands) -> None:
    page = hands.go("合作企业")
    hands.to_table()
    hands.press("Ctrl+End", "Home")
    hands.fill_in(["沂川长风物流有限公司", uscc(77)])
    hands.until(lambda: "沂川长风物流有限公司" in column(page, "企业名称"))
    hands.press("Ctrl+F")
    hands.tab_to("台账", "Backtab")
    hands.press("Right")
    assert page.register == "agreements"
    table = hands.to_table()
    hands.press("Ctrl+End", "Home")
    hands.fill_in(["XQ2025-0901"])
    hands.type("长风")
    hands.until(lambda: QApplication.activePopupWidget())
    hands.press("Tab")
    hands.fill_in(["20250901", "9.1", "2028-8-31"])
    assert "XQ2025-0901　沂川长风物流有限公司　2025-09-01　2025-09-01　2028-08-31" in [
        "　".join(table.model().text(row, at) for at in range(5)) for row in range(rows(page))
    ]


def test_a_block_of_placements_is_pasted(hands: Hands) -> None:
    page = hands.go("岗位实习")
    hands.to_table()
    before = rows(page)
    firm = page.model.text(0, page.model.names.index("firm"))
    block = not_yet_placed(hands.seat, firm)
    QGuiApplication.clipboard().setText("\r\n".join(map("\t".join, block)))
    hands.press("Ctrl+End", "Home", "Ctrl+V")
    hands.until(lambda: rows(page) == before + 3)
    assert column(page, "姓名")[-3:] == [line[1] for line in block]
    assert column(page, "实习单位")[-3:] == [firm] * 3
    assert column(page, "开始")[-3:] == ["2025-09-01"] * 3


def not_yet_placed(seat: Seat, firm: str) -> list[list[str]]:
    """Three lines of a workbook, each for a student who was placed nowhere yet."""
    with seat.desk.office.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT student_no, name, id_number FROM student WHERE provisional = 0"
            " AND id NOT IN (SELECT student_id FROM placement) AND id_number IS NOT NULL"
            " ORDER BY id DESC LIMIT 3"
        ).all()
    return [
        [
            number,
            name,
            "",
            identity,
            "",
            f"1390000002{at}",
            firm,
            "质检员",
            "王师傅",
            "",
            "20250901",
        ]
        for at, (number, name, identity) in enumerate(found)
    ]


def test_a_cell_is_filled_down(hands: Hands) -> None:
    page = hands.go("岗位实习")
    hands.to_table()
    hands.press("Ctrl+Home")
    hands.to_column("实习岗位")
    hands.type("装配钳工")
    hands.press("Return", "Up", "Shift+Down", "Shift+Down", "Shift+Down", "Ctrl+D")
    hands.until(lambda: column(page, "实习岗位")[:4] == ["装配钳工"] * 4)


def test_a_register_is_filtered_and_the_view_saved_under_a_name(hands: Hands) -> None:
    page = hands.go("岗位实习")
    hands.to_table()
    all_rows = rows(page)
    hands.press("Ctrl+Home")
    hands.to_column("实习岗位")
    hands.press("Alt+Down")
    hands.type("质检员")
    hands.press("Return")
    assert set(column(page, "实习岗位")) == {"质检员"}
    hands.press("Alt+V")
    hands.choose("存为视图")
    hands.type("质检岗")
    hands.press("Return")
    hands.press("Alt+V")
    hands.choose("全部")
    assert rows(page) == all_rows
    hands.press("Alt+V")
    hands.choose("质检岗")
    assert set(column(page, "实习岗位")) == {"质检员"}


def test_a_waiting_row_is_corrected_where_it_stands(hands: Hands) -> None:
    page = hands.go("待更正")
    before = page.model.rowCount()
    hands.to_table()
    hands.to_row("“日期”：日期读不出或不存在")
    hands.press("Return")
    hands.until(page.panel.isVisible)
    hands.press("Ctrl+A")
    hands.type("2024-09-12")
    hands.until(page.panel.take.isEnabled)
    hands.press("Return")
    hands.until(lambda: page.model.rowCount() == before - 1)
    assert f"待更正  {before - 1}" in hands.seat.window.navigation.button("waiting").text()


def test_a_mistake_is_undone_and_done_again(hands: Hands) -> None:
    page = hands.go("合作企业")
    hands.to_table()
    hands.press("Ctrl+Home")
    hands.to_column("所在县区")
    before = column(page, "所在县区")[0]
    hands.type("高新区")
    hands.press("Return", "Up")
    hands.until(lambda: column(page, "所在县区")[0] == "高新区")
    hands.press("Ctrl+Z")
    hands.until(lambda: column(page, "所在县区")[0] == before)
    hands.press("Ctrl+Y")
    hands.until(lambda: column(page, "所在县区")[0] == "高新区")


def test_what_was_deleted_is_put_back_from_the_trash(hands: Hands) -> None:
    page = hands.go("基地排期")
    hands.to_table()
    hands.press("Ctrl+Home", "Down")
    before, first = rows(page), hands.row_text()
    hands.answer("删除")
    hands.press("Ctrl+-")
    hands.until(lambda: rows(page) == before - 1)
    hands.go("历史")
    hands.tab_to("历史的两部分")
    hands.press("Right")
    hands.press("Shift+Tab")
    hands.press("Space")
    hands.go("基地排期")
    hands.until(lambda: rows(page) == before)
    assert first in [
        "　".join(page.model.text(row, at) for at in range(len(page.model.columns)))
        for row in range(3)
    ]


def test_what_is_seen_is_exported(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "女生.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = hands.go("岗位实习")
    hands.to_table()
    hands.press("Ctrl+Home")
    hands.to_column("性别")
    hands.press("Alt+Down")
    hands.type("女")
    hands.press("Return", "Ctrl+F")
    hands.tab_to("导出")
    hands.press("Space")
    hands.press("Return")
    hands.until(path.exists)
    names = [
        row[2]
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        if row[3] == "女"
    ]
    assert names == column(page, "姓名")
    assert f"已导出 {len(names)} 行" in notice(hands)


def test_a_firm_that_stands_twice_becomes_one(hands: Hands) -> None:
    hands.go("合作企业")
    hands.press("Ctrl+F")
    hands.tab_to("更多")
    hands.press("Space")
    hands.choose("合并重复的企业")
    dialog: Any = hands.focus.window()
    hands.until(dialog.yes.isEnabled)
    pair = dialog.pairs.lines[0]
    hands.tab_to("合并")
    hands.press("Space")
    hands.until(lambda: f"“{pair.gone[1]}”已并入“{pair.kept[1]}”" in notice(hands))
    assert dialog.pairs.rowCount() == 0
